"""A whole bot in memory: mails go in, a clock is moved, and what everybody finds in the mailbox is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from listbot.adapters.letters import JinjaComposer
from listbot.adapters.memory.assignment import assign
from listbot.adapters.memory.store import MemoryStore
from listbot.adapters.mime import parse
from listbot.adapters.mime.authentication import authenticated_domains
from listbot.adapters.rulefiles import load
from listbot.domain.brakes import Brakes, held_back
from listbot.domain.corrections import OTHER_CLIENTS, Correction
from listbot.domain.mail import Address, Arrival, Post
from listbot.domain.reading import DateRole, Deadline, Kind, Need, Place, Reading
from listbot.domain.registry import Level, Taker
from listbot.domain.states import AnswerKind, MailState, NeedState
from listbot.domain.trust import ListIdentity
from listbot.domain.work import AnswerReading, Delivery, Lease, Letter, Queue, StoredAsk, StoredNeed
from listbot.pipeline import chores
from listbot.pipeline.act import STEPS, actor
from listbot.pipeline.context import Context, Identity
from listbot.pipeline.intake import keeper
from listbot.pipeline.ports import Reader

BOT = Address("bot@bot.example", "Referral bot")
LIST = ListIdentity("fellows", "fellows.lists.example", "fellows@lists.example")
FELLOW = Address("sam@fellows.example", "Sam O'Neill")
MO, MIA = Address("mo@desk.example", "Mo"), Address("mia@desk.example", "Mia")
TUESDAY = datetime(2025, 2, 11, 15, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[3] / "templates"
RULES = load()
CHARLOTTE = Place("Charlotte", city="Charlotte", county="Mecklenburg", state="NC", lat=35.23, lon=-80.84)
RALEIGH = Place("Raleigh", city="Raleigh", county="Wake", state="NC", lat=35.78, lon=-78.64)


@dataclass
class StillClock:
    """Stands still until a test moves it."""

    time: datetime = TUESDAY

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class PlainReader:
    """Reads mail in which people say what they mean in one word: the real reader's twin where reading is not the question."""

    def read(self, post: Post) -> Reading:
        word = post.text.split()[0] if post.text.split() else ""
        kind = {"PLACED": Kind.PLACED, "OFFER": Kind.OFFER, "REPLY": Kind.RESPONSE}.get(word, Kind.REFERRAL)
        days = next((int(w) for w in post.text.split() if w.isdigit()), None)
        day = (post.date or TUESDAY).date() + timedelta(days=days) if days else None
        deadline = Deadline(day, DateRole.FILING, f"due {day}") if day else None
        need = Need(places=(CHARLOTTE,), relief=("asylum",), deadline=deadline)
        needs = (need, replace(need, places=(RALEIGH,))) if "Raleigh" in post.text else (need,)
        return Reading(kind=kind, confidence=0.9, needs=needs if kind is Kind.REFERRAL else (), redacted_text=post.text)

    def read_answer(self, post: Post, today: datetime) -> AnswerReading:
        word, *rest = post.text.split(">")[0].split() or ["other"]
        until = next((w for w in rest if w[:2] == "20"), None)
        slots = next((int(w) for w in rest if w.isdigit()), None)
        kind = AnswerKind(word.lower()) if word.lower() in set(AnswerKind) else AnswerKind.OTHER
        also = (AnswerKind.STOP,) if "STOP" in rest else ()
        return AnswerReading(
            kind=kind,
            confidence=0.9,
            until=until,
            slots=slots,
            also=also,
            words=post.text.strip(),
            soft="soft" in rest,
            letters_in="es" if "ESPAÑOL" in rest else None,
        )

    def read_room(self, post: Post, today: datetime) -> AnswerReading:
        return self.read_answer(post, today)

    def read_correction(self, post: Post, need: Need, today: date) -> Correction:
        word = (post.text.split() or [""])[0]
        ends = {"PLACED": NeedState.PLACED, "STOP": NeedState.CLOSED, "NOPLEA": NeedState.CLOSED}.get(word)
        relief = ("u_visa",) if word == "ALSO" else ()
        detained = {"HELD": True, "FREE": False}.get(word)
        doubt = {"FURTHER": OTHER_CLIENTS, "QUESTION": "the fellow asks a question"}.get(word, "")
        return Correction(
            ends=ends, because=word, relief_too=relief, detained=detained, reopens=word == "FELL", doubt=doubt, words=post.text
        )

    def read_further(self, post: Post, known: Need, today: date) -> Need | None:
        return replace(known, places=(RALEIGH,), age=15) if "Raleigh" in post.text else None

    def redact(self, text: str) -> str:
        return text


@dataclass(repr=False)
class Mail:
    """A letter somebody has."""

    letter: Letter = field(repr=False)
    at: datetime
    need_was: NeedState | None = None  #: the state of the need as the letter left

    def __repr__(self) -> str:
        return f"{self.kind} to {self.letter.recipient} at {self.at:%d %H:%M}"

    @property
    def kind(self) -> str:
        return self.letter.kind

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.letter.raw, policy=policy.default)  # type: ignore[return-value]

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return " ".join(str(body.get_content()).split())


@dataclass
class World:
    """The bot, its clock, and everybody's mailbox."""

    reader: Reader = field(default_factory=PlainReader)
    brakes: Brakes = field(default_factory=lambda: Brakes(exempt=frozenset({MO.email, MIA.email})))
    mode: str = "auto"
    bot: Address = BOT

    def __post_init__(self) -> None:
        self.store, self.clock = MemoryStore(b"key"), StillClock()
        self.boxes: dict[str, list[Mail]] = {}
        self.numbers = 0
        self.context = Context(
            identity=Identity(
                address=self.bot,
                secret=b"s" * 32,
                lists=(LIST,),
                moderators=(MO, MIA),
                mode=self.mode,
                host="mx.bot.example",  # type: ignore[arg-type]
            ),
            clock=self.clock,
            journal=self.store.journal,
            work=self.store.work,
            cases=self.store.cases,
            registry=self.store.registry,
            proposals=self.store.proposals,
            outbox=self.store.outbox,
            retention=None,  # type: ignore[arg-type]  # nothing is purged here
            parser=parse,
            reader=self.reader,
            composer=JinjaComposer(self.bot, b"s" * 32, [TEMPLATES]),
            assigner=assign,
            authenticated=authenticated_domains,
            rules=lambda: RULES,
        )
        self.keep, self.act = keeper(self.context), actor(self.context, lambda: None)

    # --- mail in ---

    async def receive(self, message: EmailMessage, recipient: str = "") -> None:
        """The bot's mailbox has a message."""
        self.numbers += 1
        await self.keep([Arrival("inbox", f"1.{self.numbers}", bytes(message), self.clock.now(), recipient)], None)

    def message(self, author: Address, to: str, subject: str, text: str, **headers: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = str(author), to, subject
        message["Date"] = format_datetime(self.clock.now())
        self.numbers += 1
        message["Message-ID"] = headers.pop("message_id", f"<{self.numbers}@{author.email.partition('@')[2]}>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        return message

    async def post(self, subject: str, text: str, author: Address = FELLOW, **headers: str) -> str:
        """Somebody writes to the list; the Message-ID."""
        message = self.message(author, LIST.address, subject, text, List_Id=f"<{LIST.id}>", **headers)
        await self.receive(message)
        await self.settle()
        return str(message["Message-ID"])

    async def reply(
        self, mail: Mail, text: str, author: Address | None = None, *, settle: bool = True, **headers: str
    ) -> EmailMessage:
        """Somebody answers a letter of the bot to every address of its Reply-To."""
        of = mail.message
        to = str(headers.pop("to", of["Reply-To"]))
        who = author or Address(mail.letter.recipient)
        headers.setdefault("In_Reply_To", str(of["Message-ID"]))
        message = self.message(who, to, f"Re: {of['Subject']}", text, **headers)
        await self.receive(message)
        if settle:
            await self.settle()
        return message

    # --- the bot at work ---

    async def settle(self, *, deliver: bool = True) -> None:
        """Let the bot do everything that is due now."""
        for _ in range(200):
            if not await self.step() and not (deliver and await self.deliver()):
                return
        raise AssertionError("the bot does not come to rest")

    async def step(self) -> bool:
        """Act on what is due; whether there was anything."""
        due = [(queue, id) for queue in STEPS for id in await self.store.work.due(queue, self.clock.now())]
        for queue, id in due:
            await self.act(queue, id)
        return bool(due)

    async def deliver(self) -> bool:
        """The mail server takes what no brake holds; whether there was anything."""
        now = self.clock.now()
        batch = await self.store.outbox.take(now, 1000, timedelta(minutes=5))
        letters = [out.letter for out in batch]
        needs = sorted({x.need for x in letters if x.need is not None})
        traffic = await self.store.outbox.traffic(sorted({x.recipient for x in letters}), needs, now)
        held = held_back(letters, traffic, self.brakes)
        settled: list[Delivery] = []
        for out in batch:
            why = held.get(out.letter.key, "")
            settled.append(Delivery(lease=out.lease, state=MailState.HELD if why else MailState.SENT, reply=why))
            if not why:
                state = (await self.need(out.letter.need)).state if out.letter.need else None
                self.boxes.setdefault(out.letter.recipient, []).append(Mail(out.letter, now, state))
        await self.store.outbox.settle(settled, now)
        return bool(batch)

    async def run(self, **span: float) -> None:
        """Let time go by, with everything that falls due in it."""
        end = self.clock.now() + timedelta(**span)
        await chores.ensure(self.context)
        await self.settle()
        while (at := await self.store.work.next_due(self.clock.now())) is not None and at <= end:
            self.clock.time = max(self.clock.time, at)
            await self.settle()
        self.clock.time = end

    async def claim(self, queue: Queue, id: int) -> Lease:
        lease = await self.store.work.claim(queue, id, self.clock.now(), timedelta(seconds=30))
        assert lease is not None
        return lease

    # --- looking ---

    def mails(self, email: str, *kinds: str) -> list[Mail]:
        """What somebody has, of these kinds or of all."""
        return [m for m in self.boxes.get(email, []) if not kinds or m.kind in kinds]

    def asks(self) -> list[Mail]:
        """Every ask that left, in order."""
        return sorted((m for box in self.boxes.values() for m in box if m.kind == "ask"), key=lambda m: m.at)

    async def need(self, id: int = 1) -> StoredNeed:
        return await self.store.cases.need(id)

    async def the_ask(self, email: str, need: int = 1) -> StoredAsk:
        return next(a for a in await self.store.cases.asks(need=need) if a.email == email)

    async def register(self, count: int, first: int = 1, **said: object) -> list[str]:
        """People in Charlotte who take asylum; their addresses."""
        takers = [taker(n, **said) for n in range(first, first + count)]
        await self.store.registry.put(takers, "test", self.clock.now())
        return [t.email for t in takers]


def taker(number: int, **said: object) -> Taker:
    values: dict[str, object] = {
        "email": f"taker{number}@alumni{number}.example",
        "name": f"Taker Number{number}",
        "city": "Charlotte",
        "state": "NC",
        "lat": 35.2271,
        "lon": -80.8431,
        "bar_states": frozenset({"NC"}),
        "service_states": frozenset({"NC"}),
        "relief": {"asylum": Level.EXPERT, "sijs": Level.ABLE},
        "languages": frozenset({"es", "en"}),
        "minors": True,
        "consent_at": date(2025, 1, 1),
    }
    return Taker(**(values | said))  # type: ignore[arg-type]


def kinds(mails: Sequence[Mail]) -> list[str]:
    return [m.kind for m in mails]
