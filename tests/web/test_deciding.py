"""Drops undone, offers of room confirmed for somebody, lists of answers and letters, what was odd about a mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from listbot.domain.desk import Role
from listbot.domain.mail import Arrival, Channel
from listbot.domain.registry import Proposal
from listbot.domain.states import MailState, MessageState, PostState, ProposalState
from listbot.domain.work import NewPost, Queue
from listbot.pipeline.context import LEASE
from tests.web import place
from tests.web.conftest import Desk


async def test_dropped_posts_wait_again_after_undo_and_teach_nothing(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    cases = desk.office.context.cases
    held = [p.id for p in await cases.posts(PostState.HELD)][:2]
    reasons = [(await cases.post(id)).hold for id in held]
    known = len(await desk.office.drafts.corrections())
    async with client:
        page = await client.post("/posts/decide", data={"csrf": csrf, "do": "drop", "post": held}, follow_redirects=True)
        assert "2 posts left alone" in page.text
        assert re.search(rf'action="/posts/undo".*value="{held[0]}".*Undo', page.text)
        undone = await client.post("/posts/undo", data={"csrf": csrf, "post": held}, follow_redirects=True)
        assert "2 posts wait again" in undone.text
        twice = await client.post("/posts/undo", data={"csrf": csrf, "post": held[:1]}, follow_redirects=True)
        assert "was decided anew since" in twice.text
    assert [(await cases.post(id)).hold for id in held] == reasons
    assert len(await desk.office.drafts.corrections()) == known
    assert (await cases.changes(Queue.POST, held[0]))[-1].who == place.ADMIN


async def test_the_page_of_a_dropped_post_offers_to_undo_it(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    id = (await desk.office.context.cases.posts(PostState.HELD))[0].id
    reader, _ = await desk.signed_in(Role.READER)
    async with client, reader:
        await client.post(f"/posts/{id}/drop", data={"csrf": csrf, "why": "settled"})
        text = (await client.get(f"/posts/{id}")).text
        assert "Left alone by moderator@example.org" in text
        assert 'action="/posts/undo"' in text
        assert "Undo" not in (await reader.get(f"/posts/{id}")).text
        back = await client.post("/posts/undo", data={"csrf": csrf, "post": id})
        assert back.headers["location"] == f"/posts/{id}"


async def _offered(desk: Desk, taker: int = 1) -> Proposal:
    """Somebody registered wrote that they have room."""
    post = (await desk.office.context.cases.posts(PostState.MATCHED))[taker].id
    one = Proposal(post=post, taker=taker, slots=4, until=None, asked_at=desk.clock.at)
    await desk.office.context.proposals.propose(one)
    return one


async def test_an_offer_of_room_is_confirmed_for_somebody_once(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    one = await _offered(desk)
    async with client:
        text = (await client.get("/registry/offers?state=asked")).text
        assert "<ins>4</ins>" in text
        assert f'name="post" value="{one.post}"' in text
        form = {"csrf": csrf, "post": one.post, "do": "confirmed", "back": "/registry/offers?state=asked"}
        done = await client.post("/registry/offers", data=form)
        assert done.headers["location"] == "/registry/offers?state=asked"
        again = await client.post("/registry/offers", data=form | {"do": "declined"})
        assert (again.status_code, "confirmed already by moderator@example.org" in again.text) == (409, True)
        assert f'name="post" value="{one.post}"' not in (await client.get("/registry/offers")).text
    entry = await desk.office.insight.taker(1, desk.clock.at)
    assert entry
    assert entry.taker.open_slots == 4
    assert (await desk.office.context.registry.changes(entry.taker.email))[-1].who == place.ADMIN


async def test_what_its_owner_has_said_since_stands(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    one, registry = await _offered(desk), desk.office.context.registry
    entry = await desk.office.insight.taker(1, desk.clock.at)
    assert entry
    desk.clock.at += timedelta(hours=1)
    await registry.stated(replace(entry.taker, open_slots=0), "taker 1", desk.clock.at)
    other = await _offered(desk, 2)
    stopped = await desk.office.insight.taker(2, desk.clock.at)
    assert stopped
    await registry.opt_out(stopped.taker.email, "taker 2", desk.clock.at)
    async with client:
        for proposal, why in ((one, "they have said how much room they have since"), (other, "they asked for no more mail")):
            refused = await client.post("/registry/offers", data={"csrf": csrf, "post": proposal.post, "do": "confirmed"})
            assert (refused.status_code, why in refused.text) == (409, True)
        await client.post("/registry/offers", data={"csrf": csrf, "post": other.post, "do": "declined"})
    desk.clock.at += timedelta(days=40)
    client, _ = await desk.signed_in()
    async with client:
        assert f"post {one.post}<" in (await client.get("/registry/offers?state=expired")).text
        assert f"post {other.post}<" in (await client.get("/registry/offers?state=declined")).text
    settled = await desk.office.context.proposals.proposal(other.post)
    assert settled
    assert settled.state is ProposalState.DECLINED


async def test_all_answers_and_letters_are_paged_sorted_and_lead_back(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    outbox = desk.office.context.outbox
    async with client:
        text = (await client.get("/answers")).text
        ids = re.findall(r'name="answer" value="(\d+)"', text)
        assert ids == sorted(ids, key=int)
        turned = re.findall(r'name="answer" value="(\d+)"', (await client.get("/answers?order=newest")).text)
        assert turned == ids[::-1]
        assert "919-555-0142" not in text
        left = await client.post("/answers/decide", data={"csrf": csrf, "one": f"drop:{ids[0]}", "back": "/answers?order=newest"})
        assert left.headers["location"] == "/answers?order=newest"
        away = await client.post("/answers/decide", data={"csrf": csrf, "one": f"drop:{ids[1]}", "back": "//evil.example/"})
        assert away.headers["location"] == "/"
        first = (await client.get("/mail?state=all")).text
        assert 'rel="next"' in first
        assert "51–" in (await client.get("/mail?state=all&offset=50")).text
        refused = (await client.get("/mail?state=undelivered")).text
        assert len(re.findall(r'name="mail"', refused)) == len(await outbox.letters(MailState.REFUSED))


async def test_what_was_odd_about_a_mail_stands_on_the_page_of_its_post(desk: Desk) -> None:
    context, now = desk.office.context, desk.clock.at
    raw = b"From: a@fellows.example\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n"
    (message,) = await context.journal.keep([Arrival("imap", "9.1", raw, now)], None, now)
    lease = await context.work.claim(Queue.MESSAGE, message, now, LEASE)
    assert lease
    (parsed,) = context.parser(raw)
    new = NewPost(
        part=0,
        channel=Channel.LIST,
        list_name="fellows",
        message_id=parsed.message_id,
        references=(),
        author=parsed.author,
        subject="x",
        posted_at=now,
        content_key="x",
        warnings=parsed.warnings,
    )
    (id,), _ = await context.cases.parsed(lease, [new], None, MessageState.PARSED, "", now)
    client, _ = await desk.signed_in()
    async with client:
        text = (await client.get(f"/posts/{id}")).text
    assert parsed.warnings
    assert all(f"<li>{warning}</li>" in text for warning in parsed.warnings)
