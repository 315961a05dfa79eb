"""The words of each language that templates are filled with: days, times, deadlines, lists, and the facts of a need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from listbot.adapters.letters.spanish_names import NAMES
from listbot.domain.languages import language_name
from listbot.domain.letters import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. Patterns are `str.format` patterns; a missing entry of a mapping falls back to its key."""

    weekdays: tuple[str, ...]  #: from Monday
    months: tuple[str, ...]
    long_day: str  #: {weekday} {month} {day} {year}
    short_day: str  #: {month} {day}
    moment: str  #: {weekday} {month} {day} {time} {zone}
    twelve_hours: bool
    conjunctions: Mapping[str, str]
    before: Mapping[str, tuple[str, str]]  #: conjunction to the beginnings of words (a pattern) before which it is another
    due: Mapping[str, str]  #: deadline kind to a pattern with {day}
    today: str
    tomorrow: str
    in_days: str  #: {n}
    passed: str
    languages: Mapping[str, str]
    names: Mapping[str, str]  #: of states, countries, and cities: "New York, NY"
    identifiers: Mapping[str, str]
    labels: Mapping[str, str]  #: rows of the facts
    reliefs: Mapping[str, str]  #: kinds of relief by their plain English words, casefolded
    scopes: Mapping[str, str]
    detained: Mapping[bool, str]
    remote: Mapping[bool, str]
    minor: str
    adult: str
    years: str  #: {n}
    origin: str  #: {country}
    speaks: str  #: {languages}
    supervision: str

    def day(self, when: date) -> str:
        """ "Monday, February 24, 2025"."""
        return self.long_day.format(weekday=self.weekdays[when.weekday()], **self._parts(when))

    def short(self, when: date) -> str:
        """ "February 24": within subjects, where the year is plain."""
        return self.short_day.format(**self._parts(when))

    def at(self, when: datetime) -> str:
        """ "Tuesday, February 25, 10:30 am EST", in the zone of `when`."""
        if self.twelve_hours:
            clock = f"{when.hour % 12 or 12}:{when.minute:02d} {'am' if when.hour < 12 else 'pm'}"
        else:
            clock = f"{when.hour}:{when.minute:02d}"
        weekday = self.weekdays[when.weekday()]
        return self.moment.format(weekday=weekday, time=clock, zone=when.tzname() or "", **self._parts(when)).strip()

    def listed(self, items: Sequence[str], conjunction: str = "and") -> str:
        """ "a, b and c", or with another conjunction of the language."""
        if len(items) < 2:
            return "".join(items)
        sounds, other = self.before.get(conjunction, ("", ""))
        word = other if sounds and re.match(sounds, items[-1], re.IGNORECASE) else self.conjunctions[conjunction]
        return f"{', '.join(items[:-1])} {word} {items[-1]}"

    def due_on(self, facts: Facts, long: bool = False) -> str:
        """ "filing due February 24", "hearing on March 3"; empty where there is no deadline."""
        if facts.deadline is None:
            return ""
        pattern = self.due.get(facts.deadline_kind, self.due["other"])
        return pattern.format(day=self.day(facts.deadline) if long else self.short(facts.deadline))

    def days(self, left: int) -> str:
        """ "today", "in 12 days", "has passed"."""
        if left < 0:
            return self.passed
        return (self.today, self.tomorrow)[left] if left < 2 else self.in_days.format(n=left)

    def speech(self, code: str) -> str:
        """The name of a language."""
        return self.languages.get(code, language_name(code))

    def called(self, place: str) -> str:
        """A place or a country by its name in the language; a town with its state only as a pair: "Lebanon, TN" is no country."""
        parts = place.split(", ")  # before the town there may be a facility
        town = ", ".join(parts[-2:])
        return ", ".join([*parts[:-2], self.names.get(town, town)])

    def relief(self, facts: Facts) -> str:
        """What is needed, in a line."""
        return self.listed([self.kind_of_relief(label) for label in facts.relief])

    def kind_of_relief(self, label: str) -> str:
        """A kind of relief by its plain English words."""
        return self.reliefs.get(label.casefold(), label)

    def identifier(self, kind: str) -> str:
        """The name of a kind of identifier."""
        return self.identifiers.get(kind, kind.replace("_", " "))

    def rows(self, facts: Facts) -> list[tuple[str, str]]:
        """The facts of a need as label and value, those not said left out."""
        rows = {
            "what": _capital(self.relief(facts)),
            "where": self.listed([*map(self.called, facts.places)], "or"),
            "when": self._when(facts),
            "client": _capital(", ".join(self._client(facts))),
            "scope": self.scopes.get(facts.scope, facts.scope) if facts.scope else "",
            "remote": "" if facts.remote is None else self.remote[facts.remote],
            "supervision": self.supervision if facts.supervision else "",
        }
        return [(self.labels[key], value) for key, value in rows.items() if value]

    def _when(self, facts: Facts) -> str:
        left = f" ({self.days(facts.days_left)})" if facts.days_left is not None else ""
        return _capital(self.due_on(facts, long=True)) + left if facts.deadline else ""

    def _client(self, facts: Facts) -> list[str]:
        age = "" if facts.minor is None else self.minor if facts.minor else self.adult
        return [
            said
            for said in (
                self.years.format(n=facts.age) if facts.age is not None else age,
                self.origin.format(country=self.called(facts.country)) if facts.country else "",
                self.speaks.format(languages=self.listed([*map(self.speech, facts.languages)])) if facts.languages else "",
                "" if facts.detained is None else self.detained[facts.detained],
            )
            if said
        ]

    def _parts(self, when: date) -> dict[str, object]:
        return {"month": self.months[when.month - 1], "day": when.day, "year": when.year}


def _capital(text: str) -> str:
    """The first letter in upper case, the others as they are ("U visa" stays)."""
    return text[:1].upper() + text[1:]


ENGLISH = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    long_day="{weekday}, {month} {day}, {year}",
    short_day="{month} {day}",
    moment="{weekday}, {month} {day}, {time} {zone}",
    twelve_hours=True,
    conjunctions={"and": "and", "or": "or"},
    before={},
    due={
        "filing": "filing due {day}",
        "hearing": "hearing on {day}",
        "one_year": "one-year asylum deadline {day}",
        "age_out": "ages out {day}",
        "appeal": "appeal due {day}",
        "response": "response due {day}",
        "other": "by {day}",
    },
    today="today",
    tomorrow="tomorrow",
    in_days="in {n} days",
    passed="already past",
    languages={},
    names={},
    identifiers={
        "a_number": "an A-number",
        "receipt": "a receipt number",
        "ssn": "a Social Security number",
        "passport": "a passport number",
        "birth_date": "a date of birth",
        "phone": "a phone number",
        "email": "an e-mail address",
        "address": "a street address",
        "name": "a full name",
    },
    labels={
        "what": "Relief", "where": "Where", "when": "By when", "client": "Client",
        "scope": "Scope", "remote": "Remote", "supervision": "Support",
    },
    reliefs={},
    scopes={"full": "Full representation", "limited": "Limited scope"},
    detained={True: "detained", False: "not detained"},
    remote={True: "Remote work is possible", False: "Not remotely"},
    minor="a minor",
    adult="an adult",
    years="{n} years old",
    origin="from {country}",
    speaks="speaks {languages}",
    supervision="Co-counsel or mentoring is offered",
)  # fmt: skip

SPANISH = Words(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    long_day="{weekday} {day} de {month} de {year}",
    short_day="{day} de {month}",
    moment="{weekday} {day} de {month}, {time} {zone}",
    twelve_hours=False,
    conjunctions={"and": "y", "or": "o"},
    before={"and": (r"h?[ií](?![aeouáéóú])", "e"), "or": (r"h?[oó]", "u")},
    due={
        "filing": "presentación hasta el {day}",
        "hearing": "audiencia el {day}",
        "one_year": "plazo de un año para el asilo: {day}",
        "age_out": "límite de edad el {day}",
        "appeal": "apelación hasta el {day}",
        "response": "respuesta hasta el {day}",
        "other": "hasta el {day}",
    },
    today="hoy",
    tomorrow="mañana",
    in_days="en {n} días",
    passed="ya vencido",
    languages={
        "en": "inglés", "es": "español", "fr": "francés", "pt": "portugués", "ht": "criollo haitiano", "zh": "chino",
        "ar": "árabe", "ru": "ruso", "qu": "quechua", "uk": "ucraniano", "fa": "persa", "ps": "pastún", "am": "amárico",
        "ti": "tigriña", "so": "somalí", "sw": "suajili", "hi": "hindi", "pa": "panyabí", "ur": "urdu", "bn": "bengalí",
        "vi": "vietnamita", "ko": "coreano", "de": "alemán", "it": "italiano", "tr": "turco", "my": "birmano",
    },
    names=NAMES,
    identifiers={
        "a_number": "un número A",
        "receipt": "un número de recibo",
        "ssn": "un número de Seguro Social",
        "passport": "un número de pasaporte",
        "birth_date": "una fecha de nacimiento",
        "phone": "un número de teléfono",
        "email": "una dirección de correo electrónico",
        "address": "un domicilio",
        "name": "un nombre completo",
    },
    labels={
        "what": "Materia", "where": "Lugar", "when": "Plazo", "client": "Cliente",
        "scope": "Alcance", "remote": "Remoto", "supervision": "Apoyo",
    },
    reliefs={
        "asylum": "asilo", "withholding of removal": "suspensión de la remoción (withholding)",
        "convention against torture": "Convención contra la Tortura",
        "special immigrant juvenile status": "estatus de joven inmigrante especial (SIJS)", "u visa": "visa U", "t visa": "visa T",
        "cancellation (permanent residents)": "cancelación de la remoción (residentes permanentes)",
        "cancellation (non-permanent residents)": "cancelación de la remoción (no residentes)",
        "adjustment of status": "ajuste de estatus", "family petition": "petición familiar",
        "temporary protected status": "estatus de protección temporal (TPS)",
        "labor-based deferred action": "acción diferida laboral", "naturalization and citizenship": "naturalización y ciudadanía",
        "bond": "fianza", "parole": "parole", "habeas corpus": "hábeas corpus", "appeal to the bia": "apelación ante la BIA",
        "petition for review": "petición de revisión (circuito)", "motion to reopen": "moción de reapertura",
        "stay of removal": "suspensión temporal de la remoción (stay)", "work permit": "permiso de trabajo",
        "removal of conditions": "eliminación de condiciones (I-751)",
        "refugee or asylee adjustment": "ajuste de refugiado o asilado", "consular processing": "trámite consular",
        "guardianship or custody order for sijs": "orden de tutela o custodia para SIJS",
        "removal defense": "defensa contra la remoción", "something else": "otro asunto",
    },
    scopes={"full": "Representación completa", "limited": "Alcance limitado"},
    detained={True: "en detención", False: "en libertad"},
    remote={True: "Es posible trabajar a distancia", False: "No a distancia"},
    minor="menor de edad",
    adult="mayor de edad",
    years="{n} años",
    origin="de {country}",
    speaks="habla {languages}",
    supervision="Se ofrece coabogacía o mentoría",
)  # fmt: skip

LANGUAGES: Mapping[str, Words] = {"en": ENGLISH, "es": SPANISH}
"""Every language that letters can be written in; English stands in for a letter that another language lacks."""
