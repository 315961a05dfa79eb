"""A year of invented history, written through the ports and the pipeline itself: posts, readings, asks, answers, placements."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from listbot.domain.invented import invented_takers
from listbot.domain.mail import Address, Arrival, Channel
from listbot.domain.reading import (
    DateMention,
    DateRole,
    Deadline,
    Identifier,
    Kind,
    Need,
    Part,
    PartKind,
    Place,
    Reading,
    Span,
)
from listbot.domain.registry import Proposal
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, MailState, MessageState, NeedState, PostState
from listbot.domain.work import AnswerReading, Delivery, NewAnswer, NewPost, Queue, SentLetter, StoredAsk, StoredNeed
from listbot.pipeline import ask, moderate
from listbot.pipeline.answer import answer_on_page
from listbot.pipeline.context import LEASE, Context
from listbot.pipeline.office import Office

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""When the invented year ends: a Monday."""

_TOWNS = (
    ("Charlotte", "Mecklenburg", "NC", 35.23, -80.84), ("Houston", "Harris", "TX", 29.76, -95.37),
    ("Miami", "Miami-Dade", "FL", 25.77, -80.19), ("Omaha", "Douglas", "NE", 41.26, -95.94),
    ("Boise", "Ada", "ID", 43.61, -116.2), ("Los Angeles", "Los Angeles", "CA", 34.05, -118.24),
    ("Brooklyn", "Kings", "NY", 40.65, -73.95), ("Memphis", "Shelby", "TN", 35.15, -90.05),
    ("Lumpkin", "Stewart", "GA", 32.05, -84.79), ("El Paso", "El Paso", "TX", 31.76, -106.49),
    ("Chicago", "Cook", "IL", 41.85, -87.65), ("Billings", "Yellowstone", "MT", 45.78, -108.5),
)  # fmt: skip
_RELIEF = (
    ("asylum", "SIJS"), ("asylum",), ("bond",), ("U visa",), ("SIJS",), ("removal defense",), ("cancellation",), ("VAWA",),
)  # fmt: skip
_IDS = {
    "SIJS": "sijs", "U visa": "u_visa", "VAWA": "vawa", "removal defense": "removal_defense",
    "cancellation": "cancellation_nonlpr", "asylum": "asylum", "bond": "bond",
}  # fmt: skip
_FELLOWS = ("Noor Haddad", "Samuel Okoye", "Pilar Estrada", "Greta Lindqvist", "Teo Marsh", "Ines Vale")
_COUNTRIES = (("Honduras", "es"), ("Haiti", "ht"), ("Venezuela", "es"), ("Cameroon", "fr"), ("Afghanistan", "fa"))
_HOLDS = (
    "the place could be Charlotte, NC or Charlotte, TX",
    "it could be a question rather than a plea",
    "two deadlines contradict each other",
    "it did not come through a known list",
)


@dataclass
class Clock:
    """The time as the history tells it."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Written:
    """A post as it came and as it was read."""

    raw: bytes
    new: NewPost
    reading: Reading


async def write(office: Office, posts: int = 600, takers: int = 500, seed: int = 1) -> Office:
    """Fill an empty store; the office's time stands at NOW afterwards."""
    clock = Clock(NOW - timedelta(days=365))
    office = replace(office, context=replace(office.context, clock=clock))
    people = invented_takers(takers, seed, today=NOW.date())
    await office.context.registry.put(people, "import", clock.now())
    dice = random.Random(seed)
    for number in range(posts):
        clock.at = NOW - timedelta(days=365) * ((posts - number) / posts) - timedelta(hours=dice.random() * 6)
        await _life(office, clock, number, dice, recent=number > posts - 30)
    clock.at = NOW
    await _moderators(office)
    return office


async def _life(office: Office, clock: Clock, number: int, dice: random.Random, recent: bool) -> None:
    """One post from its arrival as far as it got."""
    context, written = office.context, _post(number, clock.now(), dice)
    (message,) = await context.journal.keep([Arrival("imap", f"1.{number + 1}", written.raw, clock.now())], None, clock.now())
    lease = await context.work.claim(Queue.MESSAGE, message, clock.now(), LEASE)
    assert lease
    (id,), _ = await context.cases.parsed(lease, [written.new], None, MessageState.PARSED, "", clock.now())
    lease = await context.work.claim(Queue.POST, id, clock.now(), LEASE)
    assert lease
    plea = written.reading.kind is Kind.REFERRAL
    held = (recent and dice.random() < 0.5) or dice.random() < 0.05
    state = PostState.HELD if held else PostState.READ if plea else PostState.SET_ASIDE
    why = dice.choice(_HOLDS) if held else ""
    needs = written.reading.needs if state is PostState.READ else ()
    await context.cases.read(lease, written.reading, state, needs, (), clock.now(), why)
    if state is PostState.HELD and not recent:
        post = await context.cases.post(id)
        await (
            moderate.release(office, post, post.reading.needs, "moderator@example.org")
            if plea and post.reading
            else moderate.drop(office, post, "second@example.org", "not a plea")
        )
        state = PostState.READ if plea else PostState.SET_ASIDE
    if state is PostState.READ:
        lease = await context.work.claim(Queue.POST, id, clock.now(), LEASE)
        assert lease
        await ask.first_waves(context, lease)
        for need in await context.cases.needs(post=id):
            await _search(context, clock, need, dice, recent)


async def _search(context: Context, clock: Clock, need: StoredNeed, dice: random.Random, recent: bool) -> None:
    """Waves and answers until a yes, the deadline, or today."""
    for _ in range(1 if recent else 3):
        await _deliver(context, clock, dice)
        clock.at += timedelta(minutes=dice.randint(5, 600))
        for asked in await context.cases.asks(need=need.id, states=[AskState.SENT]):
            if dice.random() < 0.25:
                kind = dice.choice([AnswerKind.YES, AnswerKind.NO, AnswerKind.NO, AnswerKind.MAYBE])
                await answer_on_page(context, asked, AnswerReading(kind=kind, confidence=1.0))
        now = await context.cases.need(need.id)
        if now.state not in NEED_OPEN or not now.next_at or recent:
            break
        clock.at = max(clock.at, now.next_at)
        lease = await context.work.claim(Queue.NEED, need.id, clock.now(), LEASE)
        if lease is None:
            break
        await ask.next_look(context, lease)
    await _end(context, clock, need.id, dice, recent)


async def _deliver(context: Context, clock: Clock, dice: random.Random) -> None:
    letters = await context.outbox.take(clock.now(), 500, LEASE)
    states = [MailState.REFUSED if dice.random() < 0.01 else MailState.SENT for _ in letters]
    said = {MailState.SENT: "250 2.0.0 Ok: queued", MailState.REFUSED: "550 5.1.1 no such user"}
    await context.outbox.settle(
        [Delivery(lease=x.lease, state=s, reply=said[s]) for x, s in zip(letters, states, strict=True)], clock.now()
    )


async def _end(context: Context, clock: Clock, id: int, dice: random.Random, recent: bool) -> None:
    need = await context.cases.need(id)
    if need.state is NeedState.OFFERED and dice.random() < (0.2 if recent else 0.9):
        clock.at += timedelta(days=dice.randint(1, 5))
        await context.cases.close_need(id, NeedState.PLACED, "fellow", "the fellow answered: placed", (), clock.now())
    elif need.state in NEED_OPEN and not recent and dice.random() < 0.9:
        end = NeedState.EXPIRED if need.need.deadline and dice.random() < 0.5 else NeedState.CLOSED
        await context.cases.close_need(id, end, "listbot", "nobody was found", (), clock.now())


async def _moderators(office: Office) -> None:
    """Some things that stand on the desk today."""
    context, now = office.context, NOW
    for number, error in enumerate(("the message breaks the parser: 70 nested parts", "claimed 5 times without a result")):
        (id,) = await context.journal.keep([Arrival("imap", f"2.{number + 1}", b"?", now)], None, now)
        lease = await context.work.claim(Queue.MESSAGE, id, now, LEASE)
        assert lease
        await context.work.set_aside(lease, error, now)
    await _offers_of_room(context)
    asked = [a for a in await context.cases.asks(states=[AskState.SENT]) if a.need]
    for number, (kind, words, why) in enumerate(_ANSWERS):
        await _held_answer(context, 10 + number, asked[-1 - number], AnswerReading(kind=kind, confidence=0.5, words=words), why)


async def _offers_of_room(context: Context) -> None:
    """Somebody wrote on the list how many cases they could take; another, until when none."""
    talk = await context.cases.posts(PostState.SET_ASIDE, limit=2)
    offers = [(4, None), (None, NOW.date() + timedelta(days=60))]
    for post, taker, (slots, until) in zip(talk, await context.registry.takers(limit=2), offers, strict=False):
        await context.proposals.propose(
            Proposal(post=post.id, taker=taker.id, slots=slots, until=until, asked_at=post.post.posted_at)
        )


_ANSWERS = (
    (AnswerKind.YES, "I might be able to, if the hearing can be moved. Call me at 919-555-0142.", "it could be a maybe rather than a yes"),
    (AnswerKind.NO, "Not this month. Try my colleague, she does these.", "it names somebody else, but nobody in the registry"),
    (AnswerKind.QUESTION, "Is there a conflict with the matter we discussed?", "a question that the fellow should not get unseen"),
)  # fmt: skip


async def _held_answer(context: Context, number: int, asked: StoredAsk, reading: AnswerReading, why: str) -> None:
    """An answer to an ask that waits for a moderator."""
    sender, now = Address(asked.email), NOW - timedelta(hours=number)
    raw = f"From: {sender.email}\r\nSubject: Re: a case\r\nMessage-ID: <answer{number}@x.example>\r\n\r\n{reading.words}".encode()
    (message,) = await context.journal.keep([Arrival("imap", f"2.{number}", raw, now)], None, now)
    lease = await context.work.claim(Queue.MESSAGE, message, NOW, LEASE)
    assert lease
    new = NewAnswer(
        message_id=f"<answer{number}@x.example>",
        author=sender,
        subject="Re: a case that needs somebody",
        posted_at=now,
        answers=SentLetter(kind="ask", recipient=asked.email, post=None, need=asked.need, ask=asked.id),
        trusted=True,
    )
    _, answer = await context.cases.parsed(lease, [], new, MessageState.PARSED, "", now)
    assert answer
    lease = await context.work.claim(Queue.ANSWER, answer, NOW, LEASE)
    assert lease
    await context.cases.answered(lease, reading, asked.id, None, None, (), why, now)


def _post(number: int, at: datetime, dice: random.Random) -> Written:
    author = dice.choice(_FELLOWS)
    address = Address(f"{author.split()[0].lower()}@fellows.example", author)
    if dice.random() < 0.25:
        subject, body, reading = _talk(number)
    else:
        subject, body, reading = _plea(number, at.date(), dice)
    head = f"From: {author} <{address.email}>\r\nTo: fellows@lists.example\r\nSubject: {subject}\r\n"
    head += f"Message-ID: <history{number}@fellows.example>\r\nDate: {at:%a, %d %b %Y %H:%M:%S} +0000\r\n"
    raw = (head + "List-Id: <fellows.lists.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n").encode()
    new = NewPost(
        part=0,
        channel=Channel.LIST,
        list_name="fellows",
        message_id=f"<history{number}@fellows.example>",
        references=(),
        author=address,
        subject=subject,
        posted_at=at,
        content_key=f"history {number}",
    )
    return Written(raw + body.replace("\n", "\r\n").encode(), new, reading)


def _talk(number: int) -> tuple[str, str, Reading]:
    subject, body = (
        "Sample brief on nexus?",
        f"Does anybody have a recent brief on nexus they could share? ({number})\n\nThanks!\n",
    )
    kind = (Kind.QUESTION, Kind.ANNOUNCEMENT, Kind.RESPONSE)[number % 3]
    return subject, body, Reading(kind=kind, confidence=0.9, redacted_text=body)


def _plea(number: int, today: date, dice: random.Random) -> tuple[str, str, Reading]:
    """A plea whose evidence is known, because the text is put together here."""
    town, county, state, lat, lon = dice.choice(_TOWNS)
    relief, (country, language) = dice.choice(_RELIEF), dice.choice(_COUNTRIES)
    age, detained = dice.randint(9, 60), dice.random() < 0.3
    due = today + timedelta(days=dice.randint(4, 90)) if dice.random() < 0.75 else None
    subject = f"{' + '.join(relief)} in {town}, {state}"
    text, spans = _Text(subject), {}
    text.say(f"\nDear all,\n\nI am looking for someone for a {age}-year-old from {country}, ")
    text.say("detained, now in " if detained else "living in ")
    spans["places"] = text.say(f"{town}, {state}")
    text.say(". The claim is ")
    spans["relief"] = text.say(" and ".join(relief))
    text.say(" (A-number ")
    identifier = text.say(f"A2{number:08d}")
    text.say("). ")
    if due:
        spans["deadline"] = text.say(f"The filing is due {due:%B} {due.day}, {due.year}")
        text.say(". ")
    text.say("We can help with the declaration.\n\nThank you,\n")
    body_end = len(text.words)
    text.say("--\nA fellowship, somewhere\n")
    place = Place(f"{town}, {state}", town, county, state, lat=lat, lon=lon)
    need = Need(
        places=(place,),
        relief=tuple(_IDS[r] for r in relief),
        deadline=Deadline(due, DateRole.FILING, f"due {due:%B} {due.day}") if due else None,
        dates=(DateMention(due, DateRole.FILING, f"due {due:%B} {due.day}", True),) if due else (),
        detained=detained or None,
        languages=(language,),
        country=country,
        minor=age < 18,
        age=age,
        confidence=round(dice.uniform(0.6, 0.99), 2),
        evidence={key: (span,) for key, span in spans.items()},
    )
    parts = (Part(PartKind.BODY, (len(subject) + 1, body_end)), Part(PartKind.SIGNATURE, (body_end, len(text.words))))
    words = text.words[len(subject) + 1 : body_end].replace(text.words[slice(*identifier)], "[A-number]").strip()
    reading = Reading(
        kind=Kind.REFERRAL,
        confidence=round(dice.uniform(0.7, 0.99), 2),
        needs=(need,),
        redacted_text=words,
        identifiers=(Identifier("a_number", identifier),),
        parts=parts,
    )
    return subject, text.words[len(subject) + 1 :], reading


class _Text:
    """Words put together, with the place of each."""

    def __init__(self, start: str) -> None:
        self.words = start

    def say(self, words: str) -> Span:
        start = len(self.words)
        self.words += words
        return start, len(self.words)
