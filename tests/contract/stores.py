"""One store over each kind of database, and the small worlds that the contract tests start from."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from listbot.domain.mail import Address, Arrival, Channel
from listbot.domain.matching import Match, Shortlist
from listbot.domain.reading import Kind, Need, Place, Reading
from listbot.domain.registry import Candidate, Level, Taker
from listbot.domain.states import MailState, MessageState, NeedState, PostState
from listbot.domain.work import (
    Delivery,
    Lease,
    Letter,
    NewAnswer,
    NewAsk,
    NewPost,
    NewWave,
    Outgoing,
    Queue,
    SentLetter,
    StoredAsk,
)
from listbot.pipeline.ports import Cases, Journal, Outbox, Proposals, Registry, RuleVersions, Work

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
POSTER = "fellow@corps.example"
CHARLOTTE = Need(places=(Place("Charlotte", "Charlotte", "Mecklenburg", "NC", lat=35.23, lon=-80.84),), relief=("asylum",))
ANA = Taker(
    email="ana@alumni.example",
    name="Ana",
    city="Durham",
    state="NC",
    lat=35.99,
    lon=-78.9,
    bar_states=frozenset({"NC"}),
    relief={"asylum": Level.EXPERT, "sijs": Level.ABLE},
    languages=frozenset({"es", "en"}),
    consent_at=date(2025, 1, 1),
)


@dataclass
class Store:
    """The ports over one database, and shortcuts through the pipeline's steps."""

    journal: Journal
    work: Work
    cases: Cases
    registry: Registry
    proposals: Proposals
    outbox: Outbox
    rules: RuleVersions
    now: datetime = NOON
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def later(self, **span: float) -> datetime:
        """Move the time on."""
        self.now += timedelta(**span)
        return self.now

    async def message(self, raw: bytes = b"Subject: help\r\n\r\nplease\r\n") -> int:
        arrival = Arrival("inbox", f"7.{next(self.numbers)}", raw, self.now)
        return (await self.journal.keep([arrival], None, self.now))[0]

    async def claim(self, queue: Queue, id: int) -> Lease:
        lease = await self.work.claim(queue, id, self.now, LEASE)
        assert lease is not None
        return lease

    async def posts(self, *posts: NewPost) -> list[int]:
        """The posts of one message."""
        lease = await self.claim(Queue.MESSAGE, await self.message())
        ids, _ = await self.cases.parsed(lease, posts, None, MessageState.PARSED, "", self.now)
        return ids

    async def read_post(self, state: PostState = PostState.READ, post: NewPost | None = None, *needs: Need) -> int:
        """A post that was read, with one need where none is named; it stands before its match."""
        (id,) = await self.posts(post or new_post(next(self.numbers)))
        opened = (needs or (CHARLOTTE,)) if state is PostState.READ else ()
        reading = Reading(kind=Kind.REFERRAL, confidence=0.9, needs=opened)
        await self.cases.read(
            await self.claim(Queue.POST, id), reading, state, opened, (), self.now, "odd" * (state is PostState.HELD)
        )
        return id

    async def need(self, post: NewPost | None = None) -> int:
        """A need whose post was matched without an ask; due at once."""
        id = await self.read_post(PostState.READ, post)
        (need,) = await self.cases.needs(post=id)
        await self.cases.asked(await self.claim(Queue.POST, id), [new_wave(need.id, next_at=self.now)], (), self.now)
        return need.id

    async def taker(self, taker: Taker = ANA) -> int:
        await self.registry.put([taker], "test", self.now)
        found = await self.registry.taker(taker.email)
        assert found is not None
        return found.id

    async def taker_number(self, number: int) -> Candidate:
        """One of many takers who only differ in their address."""
        await self.registry.put([replace(ANA, email=f"taker{number}@alumni.example")], "test", self.now)
        found = await self.registry.taker(f"taker{number}@alumni.example")
        assert found is not None
        return found

    async def ask(self, need: int, taker: int, email: str = ANA.email, **letter: object) -> int:
        """One ask in a wave of its own, the need due again at once."""
        asked = new_ask(need, taker, email, **letter)
        lease = await self.claim(Queue.NEED, need)
        (id,) = await self.cases.asked(lease, [new_wave(need, asked, next_at=self.now)], (), self.now)
        return id

    async def the_ask(self, id: int) -> StoredAsk:
        return next(ask for ask in await self.cases.asks() if ask.id == id)

    async def send_all(self) -> None:
        """Every due letter is taken by the mail server."""
        sent = [Delivery(lease=out.lease, state=MailState.SENT, reply="250 ok") for out in await self.take(1000)]
        await self.outbox.settle(sent, self.now)

    async def held_with_open_need(self) -> int:
        """A due need whose post could not be matched and is held."""
        post = await self.read_post()
        (need,) = await self.cases.needs(post=post)
        await self.work.set_aside(await self.claim(Queue.POST, post), "no rule fits", self.now)
        for state in (NeedState.CLOSED, NeedState.ASKING):
            await self.cases.close_need(need.id, state, "moderator@bot.example", "", (), self.now)
        return need.id

    async def take(self, limit: int = 10) -> list[Outgoing]:
        return await self.outbox.take(self.now, limit, LEASE)

    async def answer(self, ask: int, words: str = "yes") -> Lease:
        """An answer to an ask arrives and is claimed."""
        stored = await self.the_ask(ask)
        about = SentLetter(kind="ask", recipient=stored.email, post=None, need=stored.need, ask=ask)
        number = next(self.numbers)
        new = NewAnswer(
            message_id=f"<answer{number}@alumni.example>",
            author=Address(stored.email),
            subject=words,
            posted_at=self.now,
            answers=about,
            trusted=True,
        )
        lease = await self.claim(Queue.MESSAGE, await self.message())
        _, id = await self.cases.parsed(lease, (), new, MessageState.PARSED, "", self.now)
        assert id is not None
        return await self.claim(Queue.ANSWER, id)


def new_post(number: int, **values: object) -> NewPost:
    post = NewPost(
        part=0,
        channel=Channel.LIST,
        list_name="fellows",
        message_id=f"<post{number}@corps.example>",
        references=("<earlier@corps.example>",),
        author=Address(POSTER, "A Fellow"),
        subject="Help in Charlotte",
        posted_at=NOON,
        content_key=f"words of {number}",
        warnings=("no date",),
    )
    return replace(post, **values)  # type: ignore[arg-type]


def letter(name: str, **values: object) -> Letter:
    made = Letter(
        key=name,
        kind="note",
        sender="bot@bot.example",
        recipient="ana@alumni.example",
        message_id=f"<{name}@bot.example>",
        raw=b"Subject: hello\r\n\r\n\xc3\xa9\r\n",
    )
    return replace(made, **values)  # type: ignore[arg-type]


def new_ask(need: int, taker: int, email: str = ANA.email, **values: object) -> NewAsk:
    match = Match(taker_id=taker, email=email, score=0.9, chance=0.2, wave=1, miles=4.0, reasons=("you know asylum",))
    about = {"kind": "ask", "recipient": email, "token": f"token-{need}-{taker}", "need": need}
    return NewAsk(match=match, letter=letter(f"ask:{need}:{taker}", **about | values))


def new_wave(need: int, *asks: NewAsk, state: NeedState = NeedState.OPEN, next_at: datetime | None = None) -> NewWave:
    state = NeedState.ASKING if asks else state
    return NewWave(need=need, asks=asks, shortlist=Shortlist(rules_version=3), state=state, wave=1, next_at=next_at)
