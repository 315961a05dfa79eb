"""Spanish words of answers; beside them the few of French, Portuguese and German that come back to an English ask."""

from __future__ import annotations

NEUTRAL: tuple[str, ...] = (
    r"no (?:hay|tengo|tiene) (?:prisa|problema|ning[uú]n conflicto|conflictos?)",
    r"gracias por [^.!,\n]{3,50}",
    r"no se diga m[aá]s|no faltaba m[aá]s|no (?:hay|es) (?:de qu[eé]|molestia|pena)|no (?:se|te) preocupe[ns]?|no lo (?:pienso|dudo)(?: dos veces| ni un segundo)?",
)

ACCEPT: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^\W*(?:pues |bueno,? |claro que |ay,? )?(?:s[ií]|claro(?: que s[ií])?|por supuesto|dale|va(?=\W*$|,)|[oó]rale|"
        r"[aá]ndale|de una|listo|acepto|desde luego|con (?:mucho )?gusto|encantad[oa]|cuenten? conmigo|hecho|"
        r"sale)\b(?!,? pero\b)",
    ),
    (
        3,
        r"\b(?:yo )?(?:l[oae]s?|me) (?:tomo|agarro|llevo|encargo|apunto|hago|represento|quedo)\b|\byo me encargo|\b(?:tomo|"
        r"acepto|llevo|agarro) (?:el|este|ese|su) caso|\bcuenten? conmigo|\bcon (?:mucho )?gusto (?:l[oa]|tomo|acepto|"
        r"represento)|\blo (?:hago|agarro|tomo) yo|\bs[ií] puedo\b|\bpuedo (?:tomar|llevar|"
        r"representar)(?:l[oa])?\b(?! (?:solo|nada))|\b(?:m[aá]nd(?:en|e|a)me|p[aá]senme|env[ií]enme) (?:todo|los datos|"
        r"el (?:tel[eé]fono|expediente|contacto)|la informaci[oó]n|copia)|\bme pueden conectar|\bquiero (?:tomar|ayudar)|"
        r"\blo asumo\b|\bme interesa mucho\b|\bh[aá]gale\b|\byo (?:le entro|l[oa]s? (?:represento|tomo))|\badelante\b|"
        r"\bah[ií] estar[eé]|\bya (?:tiene|cuenta con) (?:qui[eé]n (?:l[oae]s? )?(?:defienda|represente|ayude)|conmigo)",
    ),
    (
        3,
        r"^\W*(?:oui|avec (?:grand )?plaisir|d'accord|volontiers|bien s[uû]r|je (?:prends|le prends|la prends|m'en (?:occupe|"
        r"charge)|veux bien|peux le prendre)|sim\b|claro|pode (?:mandar|contar)|com prazer|fico com|aceito|gerne|ja gerne|"
        r"mache ich)|\bje (?:le |la )?prends\b|\bje m'en (?:occupe|charge)|\bpode contar comigo|\bfico com (?:o caso|ele|"
        r"ela)|\bich übernehme",
    ),
)

DECLINE: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^\W*(?:ay,? |h[ií]jole,? |uy,? |lo siento,? )?(?:no\b(?! (?:me (?:manden|escriban|env)|quiero|hay|tengo ning))|"
        r"lamentablemente|desafortunadamente|qu[eé] pena|disculpen?|esta vez (?:paso|no)|ahorita no|por ahora no)",
    ),
    (
        3,
        r"\bno (?:puedo|podr[eé]|podemos|me es posible|tengo (?:espacio|tiempo|cupo|capacidad|disponibilidad)|me da la vida|"
        r"llevo|hago|tomo|atiendo|manejo|soy)\b|\bya no (?:llevo|hago|tomo|atiendo)|\best(?:oy|amos) (?:hasta el|llen[oa]s?|"
        r"saturad[oa]s?|satura|a tope|al l[ií]mite)|\b(?:ando|estoy) (?:muy )?(?:saturad|ocupad|llen)[oa]|\bpaso\b|"
        r"\bno doy abasto|\bno alcanzo|\bno me alcanza|\bimposible\b|\bno es lo m[ií]o|\bqu[eé] m[aá]s quisiera|\bahora no\b|"
        r"\bme encantar[ií]a,? pero|\blo siento\b",
    ),
    (
        3,
        r"^\W*(?:non\b|désolée?|malheureusement|hélas|infelizmente|desculpe|não (?:posso|fa[çc]o|tenho|consigo|d[aá])|leider|"
        r"nein)|\bje (?:ne peux pas|suis (?:complet|complète|débordée?|absente?))|\bnão (?:posso|fa[çc]o|consigo)",
    ),
)

STOP: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\b(?:ya )?no (?:me|nos) (?:manden?|escriban?|env[ií]en?|contacten?|molesten?|llamen)\b(?!.{0,25}\bhasta\b)|"
        r"\b(?:qu[ií]t|b[oó]rr|s[aá]qu|elim[ií]n|r[eé]tir)(?:en|e|a)me\b|\bden(?:me)? de baja|\bdarme de baja|"
        r"^\W*(?:dar de )?baja\W*$|\bno (?:quiero|queremos|deseo|deseamos|me interesa) (?:(?:seguir|que me (?:sigan|vuelvan a)) )?(?:recib\w+|mand\w+|escrib\w+|estar en|m[aá]s)|"
        r"\bdejen? de (?:mandar|escribir|enviar|contactar)|\b(?:favor de|por favor,?) no (?:volver a )?(?:escribir|contactar|mandar|enviar)|"
        r"\b(?:qu[ií]t|b[oó]rr|s[aá]qu|elim[ií]n|r[eé]tir|d)(?:en|e|a)nos\b|\b(?:elimin|borr|quit|sac)(?:e|en|ar)? (?:mi|nuestro) (?:correo|nombre|direcci[oó]n)|"
        r"\bcancelar (?:mi )?suscripci[oó]n|\bya basta\b|\bsalir de la lista|\bno (?:me|nos) contacten",
    ),
    (
        3,
        r"désinscri|désabonn|ne (?:plus )?m'(?:écrivez|envoyez)|ne m'écrivez plus|\babmelden|\bcancelar (?:minha )?inscri|"
        r"me (?:tirem|removam)|não (?:me )?(?:mandem|enviem|escrevam)",
    ),
)

LATER: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\b(?:a partir del?|despu[eé]s del?|desde el|hasta)\b[^.!?\n]{2,40}\b(?:s[ií] (?:podr[ií]a|puedo)|podr[ií]a|puedo|"
        r"con gusto|disponible|libre)|\b(?:despu[eé]s|luego) con gusto|\bquiz[aá]s? en unas?|\bm[aá]s adelante|"
        r"\bde ah[ií] en adelante|\bahorita no,? pero",
    ),
    (3, r"\baprès (?:ça|cela|le \d)[^.!?\n]{0,20}\b(?:je peux|oui)|\bdepois d[eo]\b[^.!?\n]{0,25}\bposso"),
    (
        2,
        r"\b(?:hasta|a partir de|despu[eé]s de)l? (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
        r"noviembre|diciembre|\d)",
    ),
)

MAYBE: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\b(?:tal vez|quiz[aá]s?|a lo mejor|depende|tendr[ií]a que (?:preguntar|ver|consultar)|d[eé]jenme (?:ver|pensar|"
        r"consultar|revisar)|si (?:la|el|me|hay|nadie|no|es|lo)\b[^.!?\n]{2,40}(?:,|le entro|podr[ií]a|puedo)|nada m[aá]s|"
        r"[uú]nicamente|solamente|solo (?:la|el|con|para|si)|ayudar con|peut-être|pero no (?:llevarlo|como|sol[oa])|apoyar|"
        r"acompañar|ça dépend|talvez|vielleicht)\b",
    ),
)

PLACED: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\bya (?:tiene|tienen|consigui[oó]|encontr[oó]|contrat[oó]) (?:un |una )?(?:abogad|licenciad|defensor|representaci)|"
        r"\b(?:l[oa] tom[oó]|ya l[oa] tienen|ya est[aá] (?:tomado|colocado|asignado)|ya no se necesita)",
    ),
)

CAPACITY: tuple[tuple[int, str], ...] = (
    (
        3,
        r"\btengo (?:espacio|cupo|lugar|capacidad) para (?:un|una|dos|tres|cuatro|\d)|\bpuedo (?:tomar|"
        r"aceptar) (?:hasta )?(?:un|una|dos|tres|cuatro|\d) casos?|\bno me (?:manden|env[ií]en)\b[^.!?\n]{0,25}\bhasta\b|"
        r"\bde incapacidad\b|\bp[oó]nganme (?:en pausa|como no disponible)",
    ),
)

QUESTION: tuple[tuple[int, str], ...] = (
    (
        3,
        r"^\W*¿|^\W*(?:y |pero )?(?:qui[eé]n|cu[aá]ndo|cu[aá]l|d[oó]nde|cu[aá]ntos?|en qu[eé]|qu[eé] (?:edad|tipo|juez|"
        r"idioma|fecha)|cu[aá]ndo fue|tiene|habla|elle parle|il parle|ele (?:já|tem)|ela (?:já|tem))\b|\buna pregunta\b",
    ),
)
