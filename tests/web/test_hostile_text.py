"""Script in any field that mail, CSV or an address can fill stays text on every page."""

from __future__ import annotations

from dataclasses import replace

from listbot.domain.mail import Address, Arrival, Channel
from listbot.domain.reading import DateRole, Deadline, Kind, Need, Place, Reading
from listbot.domain.registry import Level, Taker
from listbot.domain.states import MessageState, PostState
from listbot.domain.work import NewPost, Queue
from listbot.pipeline import ask
from listbot.pipeline.context import LEASE
from tests.web.conftest import Desk
from tests.web.test_doors import ROWS

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"


async def _stored(desk: Desk) -> tuple[int, int]:
    """A post, its need and a taker whose every word is hostile."""
    context, now = desk.office.context, desk.clock.at
    raw = f"From: x@fellows.example\r\nSubject: {EVIL}\r\nMessage-ID: <evil@fellows.example>\r\n\r\n{EVIL}\r\n".encode()
    (message,) = await context.journal.keep([Arrival("imap", "9.1", raw, now)], None, now)
    lease = await context.work.claim(Queue.MESSAGE, message, now, LEASE)
    assert lease
    post = NewPost(
        part=0, channel=Channel.LIST, list_name=EVIL, message_id="<evil@fellows.example>", references=(),
        author=Address("x@fellows.example", EVIL), subject=EVIL, posted_at=now, content_key="evil",
    )  # fmt: skip
    (id,), _ = await context.cases.parsed(lease, [post], None, MessageState.PARSED, "", now)
    need = Need(
        places=(Place(EVIL, EVIL, EVIL, "NC", lat=35.2, lon=-80.8),), relief=("asylum",), languages=(EVIL,), country=EVIL,
        deadline=Deadline(now.date(), DateRole.FILING, EVIL), scope=EVIL, evidence={EVIL: ((0, 5),), "relief": ((2, 9),)},
    )  # fmt: skip
    reading = Reading(kind=Kind.REFERRAL, confidence=0.9, needs=(need,), redacted_text=EVIL)
    lease = await context.work.claim(Queue.POST, id, now, LEASE)
    assert lease
    await context.cases.read(lease, reading, PostState.READ, [need], (), now, "")
    taker = Taker(
        email="evil@alumni.example", name=EVIL, organization=EVIL, cohort=EVIL, city=EVIL, state="NC", bar_states=frozenset({"NC"}),
        relief={"asylum": Level.EXPERT}, languages=frozenset({EVIL}), funding_limits=frozenset({EVIL}), consent_at=now.date(),
    )  # fmt: skip
    await context.registry.put([taker], EVIL, now)
    await context.registry.put([replace(taker, cohort="2020")], EVIL, now)
    lease = await context.work.claim(Queue.POST, id, now, LEASE)
    assert lease
    await ask.first_waves(context, lease)
    held = replace(post, message_id="<evil2@fellows.example>", content_key="evil2", part=1)
    (message,) = await context.journal.keep([Arrival("imap", "9.2", raw, now)], None, now)
    lease = await context.work.claim(Queue.MESSAGE, message, now, LEASE)
    assert lease
    (other,), _ = await context.cases.parsed(lease, [replace(held, part=0)], None, MessageState.PARSED, "", now)
    lease = await context.work.claim(Queue.POST, other, now, LEASE)
    assert lease
    await context.cases.read(lease, reading, PostState.HELD, (), (), now, EVIL)
    return id, other


async def test_hostile_words_stay_words(desk: Desk) -> None:
    post, held = await _stored(desk)
    (need,) = await desk.office.context.cases.needs(post=post)
    entry = await desk.office.context.registry.taker("evil@alumni.example")
    assert entry
    await desk.office.drafts.save(None, EVIL, 0, {"limits.yaml": EVIL}, EVIL, desk.clock.at)
    ask_letter = next((x for _, _, x, _ in await desk.office.context.outbox.letters(need=need.id) if x.kind == "ask"), None)
    assert ask_letter, "the hostile need was asked about"
    paths = [f"/posts/{post}", f"/posts/{held}", f"/needs/{need.id}", f"/registry/{entry.id}", "/rules/drafts/1?file=limits.yaml"]
    paths += [
        row.path for name, row in ROWS.items() if name.startswith("GET") and not {"TOKEN", "QUESTION"} & set(row.path.split("/"))
    ]
    paths += [f"/a/{ask_letter.token}", f"/a/{ask_letter.token}/stop"]
    client, _ = await desk.signed_in()
    async with client:
        for path in paths:
            response = await client.get(path)
            assert response.status_code < 500, path
            if "html" in response.headers["content-type"] or "svg" in response.headers["content-type"]:
                for live in ("<script>alert", "<img src=x", "<svg onload"):
                    assert live not in response.text, path


async def test_hostile_words_of_an_address_stay_words(desk: Desk) -> None:
    client, _ = await desk.signed_in()
    async with client:
        for path in ("/posts", "/registry", "/needs", "/coverage", "/report", "/sign-in", "/towns", "/posts/0", "/nowhere"):
            evil = {
                "q": EVIL,
                "state": EVIL,
                "relief": EVIL,
                "next": EVIL,
                "since": EVIL,
                "order": EVIL,
                "list": EVIL,
                "offset": EVIL,
            }
            text = (await client.get(path, params={**evil, "n0_place": EVIL})).text
            assert "<script>alert" not in text
            assert "<svg onload" not in text
