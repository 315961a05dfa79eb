"""The words around a place that tell its role: classes of words, and what each class says with which preposition."""

from __future__ import annotations

from listbot.reading.lexicon import norm
from listbot.reading.place_words import words

IN, FROM, TO, THROUGH, BEFORE, BARE = "in", "from", "to", "through", "before", "bare"

PREPOSITIONS = {
    **dict.fromkeys(words("in at near outside around inside en within by cerca fuera between aqui"), IN),
    **dict.fromkeys(words("from de desde out leaving left ex"), FROM),
    **dict.fromkeys(words("to into toward towards a hacia"), TO),
    **dict.fromkeys(["through", "thru", "via", "por", "across"], THROUGH),
    **dict.fromkeys(["before", "ante"], BEFORE),
}
"""What a word right before a place says of it."""

SKIPPED = frozenset(
    words(
        "the el la las los greater downtown rural north south east west northern southern eastern western central "
        "upstate metro suburban beautiful lovely sunny snowy little old a an of our their his her up down over back "
        "somewhere right way area also either both just nearby actually de ciudad condado city county town border norte "
        "sur"
    )
)
"""Words between the preposition and the name."""

_CLASSES = {
    "live": (
        "live lives living live reside resides residing resident residents stay stays staying settled settle settling based "
        "located lands enrolled vive viven viviendo radica radican home lodged works working worked lives bags trabaja attends "
        "reunified reunited resettled situated"
    ),
    "move": (
        "move moved moves moving relocate relocated relocates relocating transfer transfers transferred transfered transferring "
        "sent send sends brought bring taken took flown fly flew shipped bused bussed driven packed released release placed went "
        "go goes going headed heading returned returning return bound trasladado trasladada trasladaron mudo mudaron mudarse fue "
        "fueron vino move paroled bonded sending rerouted landed travel traveled"
    ),
    "now": "now currently presently newly recently ahora actualmente hoy tonight",
    "held": (
        "detained held custody detention jail jailed sitting locked housed stuck incarcerated detenido detenida detenidos "
        "detenidas preso presos detainee detainees inmate"
    ),
    "gone": "formerly previously originally initially lived vivia used until prior ex former grew raised",
    "past": "was were estaba once old years before first served",
    "caught": "arrested arrest picked grabbed stopped raid roundup swept nabbed caught seized detuvieron arrestaron",
    "self": "i im ive id my me we weve our us here nuestra nuestro yo nosotros nosotras estoy estamos somos soy greetings saludos",
    "shop": "office offices clinic firm practice program project shop nonprofit oficina despacho attorney-at-law practise solo",
    "court": (
        "hearing hearings master masters individual court courts docket nta ntas judge judges ij ijs interview biometrics "
        "calendar venue cov trial merits mch appear appears appearing appearance notice appointment order ordered absentia eoir "
        "corte cita audiencia juez filed pending checkin scheduled set dhs opla appointments fingerprints conflict jurisdiction "
        "probate"
    ),
    "entry": (
        "entered enter enters entering entry crossed cross crossing arrived arriving came border port inspected apprehended "
        "encountered presented inspection ewi cruzo cruzaron entro entraron ingreso llego llegaron walked poe turned waved flew "
        "parolee cbp cbp1"
    ),
    "client": (
        "client clients man woman boy girl kid kids teen teens teenager teenagers youth minor mother mom mama dad couple lady "
        "gentleman guy person national senor senora joven nino nina mujer hombre muchacho muchacha student survivor nurse worker "
        "farmworker he she they family familia cliente father yo hes shes case caso cases folks detainee lpr siblings brothers "
        "sisters child clienta ella el"
    ),
    "seek": (
        "attorney attorneys lawyer lawyers counsel anyone someone somebody anybody colleague colleagues friends people atty attys "
        "rep representation help referral referrals abogado abogada abogados alguien taker takers coverage cover covers covering "
        "practice practices practicing practitioner licensed admitted barred youre you need needed needs looking seeking body busca "
        "buscamos buscando necesita necesito necesitamos local standin nonlawyer placement ayuda wanted"
    ),
    "kin": (
        "brother sister uncle aunt cousin tio tia prima primo hermano hermana wife husband esposo esposa relatives parents son "
        "daughter abuela abuelo grandmother grandfather friend sponsor fiance fiancee partner spouse boyfriend girlfriend "
        "roommate godmother sobrina nephew niece padres tios"
    ),
    "other": (
        "conviction convicted charge charged stabbed shot robbed raped assaulted mugged crime incident training symposium "
        "conference event hospital school university college church born wedding funeral vacation visiting liaison expert "
        "interpreter interpreters treatment treated hospitalized surgery rehab hours minutes miles hour minute mile drive horas millas police marshals prosecutor prosecutors "
        "sheriff consulate embassy seminary program trafficked trafficking beaten attacked born"
    ),
}
"""Words by what they speak of: homes, moves, detention, the writer, courts, borders, clients, lawyers, kin, and the rest."""
CLASS_OF = {norm(word): name for name, members in _CLASSES.items() for word in members.split()}

SAYS: dict[tuple[str, str], tuple[str, float]] = {
    ("live", IN): ("need", 3.0), ("live", BARE): ("need", 1.2), ("live", FROM): ("need", 0.8),
    ("live", TO): ("need", 1.0),
    ("move", TO): ("need", 3.0), ("move", FROM): ("former", 3.2), ("move", IN): ("need", 1.2),
    ("move", BARE): ("need", 0.8), ("move", THROUGH): ("former", 2.4),
    ("now", IN): ("need", 2.8), ("now", TO): ("need", 1.5), ("now", BARE): ("need", 2.0),
    ("held", IN): ("need", 2.8), ("held", BARE): ("need", 1.8), ("held", FROM): ("former", 2.2),
    ("held", TO): ("need", 1.0),
    ("gone", IN): ("former", 3.0), ("gone", BARE): ("former", 2.2), ("gone", FROM): ("former", 2.6),
    ("past", IN): ("former", 1.6), ("past", BARE): ("former", 1.2), ("past", FROM): ("former", 2.0),
    ("caught", IN): ("former", 2.8), ("caught", FROM): ("former", 2.4), ("caught", BARE): ("former", 0.8),
    ("self", IN): ("office", 2.0), ("self", BARE): ("office", 0.7), ("self", FROM): ("office", 1.0),
    ("shop", IN): ("office", 2.4), ("shop", BARE): ("office", 1.2), ("shop", FROM): ("office", 0.8),
    ("court", IN): ("court", 2.4), ("court", BARE): ("court", 1.7), ("court", TO): ("court", 2.2),
    ("court", FROM): ("court", 2.0), ("court", BEFORE): ("court", 2.8),
    ("entry", IN): ("entry", 2.8), ("entry", THROUGH): ("entry", 3.2), ("entry", BARE): ("entry", 1.2),
    ("entry", FROM): ("former", 1.6), ("entry", TO): ("need", 1.2),
    ("client", IN): ("need", 2.2), ("client", FROM): ("need", 1.0), ("client", BARE): ("need", 0.8),
    ("client", TO): ("need", 0.8),
    ("seek", IN): ("need", 2.6), ("seek", BARE): ("need", 1.6), ("seek", FROM): ("need", 1.0),
    ("seek", TO): ("need", 1.0),
    ("kin", IN): ("other", 2.2), ("kin", FROM): ("other", 1.6),
    ("other", IN): ("other", 2.4), ("other", FROM): ("other", 2.4), ("other", TO): ("other", 1.2),
    ("other", BARE): ("other", 0.8),
}  # fmt: skip
"""(class, preposition): role and weight, for a word that stands right before the preposition."""

AFTER = {
    **dict.fromkeys(
        words("court ij ijs judge judges docket eoir master hearing venue calendar juvenile probate"), ("court", 2.8)
    ),
    **dict.fromkeys(words("asylum uscis field ero fo ao"), ("court", 1.4)),
    **dict.fromkeys(
        words("pd police hospital high school university airport prosecutor da sheriff circuit bar consulate general medical"),
        ("other", 2.6),
    ),
    **dict.fromkeys(["bridge", "poe", "border", "crossing", "port"], ("entry", 2.4)),
    **dict.fromkeys(
        words(
            "man woman boy girl kid kids teen teens mom mother dad couple guy family families resident detainee detained "
            "client clients area case cases asylum bond sij attorney lawyer counsel atty help referral detention local "
            "folks lady bound"
        ),
        ("need", 2.2),
    ),
    **dict.fromkeys(["here", "office", "clinic"], ("office", 2.4)),
}
"""What a word right behind a place says of it."""

WITH = frozenset(words("with con w to join her-with"))
OWNERS = frozenset(words("his her their my the su sus our clients usc lpr adult older younger"))
SUBJECTS = frozenset(words("i im ive we weve id ill yo my our me"))
AUXILIARIES = frozenset(
    words("am are also just only now both ve have all can cant cannot could will wont would dont do not to never")
)
"""Words between a subject and its verb."""
OURSELVES = frozenset(words("office clinic firm org organization program project practice nonprofit agency"))
SIGN_OFFS = frozenset(
    words("thanks thank best regards sincerely gracias saludos abrazo warmly cheers atte yours pray gratefully solidarity")
)
SERVES = frozenset(words("cover covers covering practice practices practicing licensed admitted barred serve serves"))
"""Words of what a lawyer covers: of "we", the writer's own; of "anyone who", where help is needed."""
NO_PLACE = frozenset({"circuits", "offices", "service_center", "lockbox", "office"})
"""Sorts of offices that sit elsewhere for everyone: they name a forum, never where help is needed."""
