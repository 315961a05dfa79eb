"""A dozen invented posts of every kind, dated so that their deadlines lie ahead of whatever day the demo runs on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

LIST = "fellows@lists.example"

_POSTS: tuple[tuple[str, str, str], ...] = (
    (
        "Noor Haddad <noor@hudsonyouthlaw.example>",
        "17yo just moved from Long Island to Charlotte - asylum + SIJS",
        """Dear all,

My client, 17, from Honduras, has just moved from Long Island to Charlotte, NC to live with her aunt. She has an asylum
claim and is eligible for SIJS. She came in on {entry} and nothing has been filed yet, so her I-589 is due {in_40_days}.
She speaks Spanish only. I cannot appear in North Carolina for the custody order. Can anyone take her? I will share my
declaration draft and stay on as co-counsel as long as it helps.

Thank you,
Noor
--
Noor Haddad, Hudson Youth Law Project, Hempstead, New York
""",
    ),
    (
        "Pilar Estrada <pilar@bayouhelp.example>",
        "Bond hearing next week, Winn",
        """Colleagues, we have a Cuban man, 44, detained at Winn Correctional in Winnfield, Louisiana. Bond hearing on {in_8_days} at
8:30 before the Jena court, by video. Just the bond hearing, a limited E-28 is fine. No criminal history, US citizen wife in
Tampa. We are conflicted out. Spanish. Anybody?

Pilar Estrada
Bayou Immigrant Help, New Orleans
""",
    ),
    (
        "Samuel Okoye <sokoye@prairiejustice.example>",
        "Two clients who moved away",
        """Hello friends, two of mine have left Omaha and need new counsel:

1) Mother and two kids from Guatemala (Mam, some Spanish), now in Rogers, Arkansas. Asylum, individual hearing {in_75_days}
in the Memphis Immigration Court.

2) K., 22, from Cameroon, now in Silver Spring, Maryland. U visa, I-918B signed on {signed}, certification is good for six
months. French and English.

Files are in order, happy to talk.
Samuel, Prairie Justice Center, Omaha
""",
    ),
    (
        "Greta Lindqvist <greta@northstarclinic.example>",
        "Capacity for two SIJS cases in Minnesota",
        """Our clinic can take two SIJS cases of children living in Minnesota this semester, state court included. Write me off list.
Greta Lindqvist, North Star Children's Clinic, Minneapolis
""",
    ),
    (
        "Jamal Whitaker <jw@cascadedefense.example>",
        "Sample brief on Matter of M-R-M-S-?",
        """Does anybody have a redacted brief on nexus after Matter of M-R-M-S- that worked in the Ninth Circuit? My client's
individual is not until next year, I am just collecting arguments. Thanks!
Jamal
""",
    ),
    (
        "Renata Silva <renata@lakeshorelegal.example>",
        "CLE: Asylum basics, Chicago, {in_20_days}",
        """Join us for a free asylum basics training at Lakeshore Legal in Chicago on {in_20_days}, 2 pm to 5 pm. 3 CLE hours,
lunch included. Register by {in_8_days}.
""",
    ),
    (
        "Tomas Reyes <tomas@valleyfamilies.example>",
        "Re: Need someone in Fresno for a green card interview",
        """I can take this one, Ana. I'm ten minutes from the field office. Send me the file?

Tomas

> Can someone stand in for an adjustment interview in Fresno on the 12th?
""",
    ),
    (
        "Ana Duarte <ana@centralcoastlegal.example>",
        "PLACED - Re: Need someone in Fresno for a green card interview",
        """Placed with Tomas, thank you all so much.
Ana
""",
    ),
    (
        "Maribel Soto <maribel@ayudaisla.example>",
        "Se busca abogado en Orlando: VAWA",
        """Estimados colegas: represento a una señora colombiana de 36 años que se mudó de San Juan a Orlando, Florida, con sus dos
hijos. Necesita ayuda con su petición VAWA (I-360), no hay nada presentado todavía. Habla solamente español. No está
detenida. ¿Alguien con espacio?

Gracias,
Maribel Soto, San Juan
""",
    ),
    (
        "Erin Gallagher <erin@newcomerlawvt.example>",
        "has anyone dealt with this",
        """I may have to hand off a case if my funding ends, a man in detention somewhere in Texas, I will know more when I hear back
from the family. How do people usually find out where someone was transferred to?
Erin
""",
    ),
    (
        "Divya Raman <divya@garden-state-aid.example>",
        "thank you!",
        """Just wanted to say thank you to everyone who answered last week. This list is the best.
Divya
""",
    ),
    (
        "Noor Haddad <noor@hudsonyouthlaw.example>",
        "Family in Lowell MA, TPS re-registration",
        """Hi again, a family of four from Haiti, now in Lowell, Massachusetts, needs help with TPS re-registration and work permits.
The window closes {in_30_days}. Haitian Creole. Limited scope is fine, one afternoon with forms.
Noor Haddad, Hudson Youth Law Project, Hempstead, New York
""",
    ),
)


def posts(now: datetime) -> Iterator[EmailMessage]:
    """The posts as their writers send them to the list, a minute apart up to `now` (aware)."""
    days = {f"in_{n}_days": _day(now + timedelta(days=n)) for n in (8, 20, 30, 40, 75)}
    days["entry"] = _day(now + timedelta(days=40 - 365), year=True)
    days["signed"] = _day(now - timedelta(days=45))
    for number, (author, subject, text) in enumerate(_POSTS):
        message = EmailMessage()
        message["From"] = author
        message["To"] = LIST
        message["Subject"] = subject.format(**days)
        message["Date"] = format_datetime(now - timedelta(minutes=len(_POSTS) - number))
        domain = author.rpartition("@")[2].rstrip(">")
        message["Message-ID"] = f"<demo-{now:%Y%m%d%H%M%S}-{number}@{domain}>"
        message.set_content(text.format(**days))
        yield message


def _day(day: datetime, year: bool = False) -> str:
    return f"{day:%B} {day.day}" + (f", {day.year}" if year else "")
