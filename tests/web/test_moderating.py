"""What moderators do on the pages: decide, correct, search, edit, import, change the rules."""

from __future__ import annotations

import asyncio
import re

from listbot.domain.desk import Role
from listbot.domain.states import AnswerKind, AnswerState, AskState, NeedState, PostState
from tests.web.conftest import Desk


async def _held_plea(desk: Desk) -> int:
    posts = await desk.office.context.cases.posts(PostState.HELD)
    return next(p.id for p in posts if p.reading and p.reading.needs)


async def test_a_held_post_is_released_with_a_correction_which_is_kept(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    id = await _held_plea(desk)
    form = {"csrf": csrf, "clients": "2", "n0_use": "yes", "n0_place": "Durham, NC", "n0_relief": "asylum", "n0_deadline": "2026-04-01",
            "n0_deadline_kind": "filing", "n0_languages": "Spanish, Mam", "n0_age": "17", "n0_minor": "yes"}  # fmt: skip
    async with client:
        response = await client.post(f"/posts/{id}/release", data=form)
        assert response.status_code == 303
    (need,) = await desk.office.context.cases.needs(post=id)
    assert (need.need.places[0].city, need.need.states, need.need.relief) == ("Durham", {"NC"}, ("asylum",))
    assert need.need.places[0].lat is not None
    assert need.need.languages == ("es", "Mam")
    assert (await desk.office.context.cases.post(id)).state is PostState.READ
    kept = (await desk.office.drafts.corrections())[0]
    assert (kept.post, kept.after[0].age) == (id, 17)
    assert kept.before != kept.after


async def test_a_fault_in_the_form_changes_nothing_and_is_named(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    id = await _held_plea(desk)
    form = {"csrf": csrf, "clients": "2", "n0_use": "yes", "n0_place": "Atlantis", "n0_relief": "asylum"}
    async with client:
        response = await client.post(f"/posts/{id}/release", data=form)
    assert response.status_code == 400
    assert "names no state" in response.text
    assert (await desk.office.context.cases.post(id)).state is PostState.HELD


async def test_of_two_moderators_the_second_hears_who_was_faster(desk: Desk) -> None:
    id = await _held_plea(desk)
    one, csrf = await desk.signed_in()
    two, csrf2 = await desk.signed_in(Role.MODERATOR)
    async with one, two:
        await one.get(f"/posts/{id}")
        assert "moderator@example.org is looking at this" in (await two.get(f"/posts/{id}")).text
        assert (await one.post(f"/posts/{id}/drop", data={"csrf": csrf, "why": "settled"})).status_code == 303
        again = await two.post("/posts/decide", data={"csrf": csrf2, "one": f"release:{id}"}, follow_redirects=True)
    assert "decided already" in again.text or "1 post released" in again.text  # what was dropped may be taken up again


async def test_many_posts_are_decided_at_once(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    held = await desk.office.context.cases.posts(PostState.HELD)
    async with client:
        response = await client.post(
            "/posts/decide", data={"csrf": csrf, "do": "drop", "post": [str(p.id) for p in held]}, follow_redirects=True
        )
    assert f"{len(held)} posts left alone" in response.text
    assert await desk.office.context.cases.posts(PostState.HELD) == []


async def test_held_answers_are_taken_as_read_corrected_or_left_alone(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    cases = desk.office.context.cases
    yes, no, question = sorted(await cases.answers(AnswerState.HELD), key=lambda a: a.id)
    async with client:
        today = (await client.get("/")).text
        assert "I might be able to" in today
        assert "555-0142" not in today
        await client.post("/answers/decide", data={"csrf": csrf, "one": f"correct:{yes.id}", f"kind{yes.id}": "maybe"})
        unsaid = await client.post("/answers/decide", data={"csrf": csrf, "one": f"correct:{no.id}"}, follow_redirects=True)
        assert "say what it is" in unsaid.text
        await client.post("/answers/decide", data={"csrf": csrf, "do": "release", "answer": [str(no.id)]})
        await client.post("/answers/decide", data={"csrf": csrf, "do": "drop", "answer": [str(question.id)]})
        late = await client.post("/answers/decide", data={"csrf": csrf, "one": f"drop:{no.id}"}, follow_redirects=True)
        assert "decided already" in late.text
    decided = [await cases.answer(a.id) for a in (yes, no, question)]
    assert [a.state for a in decided] == [AnswerState.RECEIVED, AnswerState.RECEIVED, AnswerState.SET_ASIDE]
    assert [a.reading.kind for a in decided[:2] if a.reading] == [AnswerKind.MAYBE, AnswerKind.NO]


async def test_identifiers_are_masked_and_who_looks_is_written_down(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    id = await _held_plea(desk)
    async with client:
        assert not re.search(r"A2\d{8}", (await client.get(f"/posts/{id}")).text)
        assert re.search(r"A2\d{8}", (await client.post(f"/posts/{id}/reveal", data={"csrf": csrf})).text)
    changes = await desk.office.context.cases.changes("post", id)
    assert (changes[-1].what, changes[-1].who) == ("revealed identifiers", "moderator@example.org")


async def test_a_need_is_corrected_hurried_paused_closed_and_opened_again(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    cases = desk.office.context.cases
    need = (await cases.needs([NeedState.ASKING, NeedState.OPEN]))[0]
    async with client:
        await client.post(
            f"/needs/{need.id}/correct", data={"csrf": csrf, "n_place": "Boise, ID", "n_relief": "bond", "n_detained": "yes"}
        )
        changed = await cases.need(need.id)
        assert (changed.need.states, changed.need.relief, changed.need.detained) == ({"ID"}, ("bond",), True)
        assert changed.next_at == desk.clock.at
        await client.post(f"/needs/{need.id}", data={"csrf": csrf, "do": "pause", "until": "2026-03-20"})
        assert (await cases.need(need.id)).next_at > desk.clock.at  # type: ignore[operator]
        await client.post(f"/needs/{need.id}", data={"csrf": csrf, "do": "hurry"})
        assert (await cases.need(need.id)).next_at == desk.clock.at
        await client.post(f"/needs/{need.id}", data={"csrf": csrf, "do": "close", "why": "withdrawn"})
        assert (await cases.need(need.id)).state is NeedState.CLOSED
        await client.post(f"/needs/{need.id}", data={"csrf": csrf, "do": "reopen"})
        assert (await cases.need(need.id)).state is NeedState.ASKING
    log = await cases.changes("need", need.id)
    corrected = next(c for c in log if c.what == "corrected")
    assert corrected.detail["relief"][1] == ["bond"]  # type: ignore[index]


async def test_a_person_is_asked_out_of_turn_and_another_left_out(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    for need in await desk.office.context.cases.needs([NeedState.ASKING, NeedState.OPEN]):
        decision = await desk.office.insight.decision(need.id)
        asked = {a.taker for a in await desk.office.context.cases.asks(need=need.id)}
        left = [m for m in decision.shortlist.matches if m.taker_id not in asked] if decision else []
        if len(left) >= 2:
            break
    async with client:
        out = await client.post(
            f"/needs/{need.id}/people", data={"csrf": csrf, "do": f"out:{left[0].taker_id}"}, follow_redirects=True
        )
        assert "is left out of this search" in out.text
        form = {"csrf": csrf, "do": f"ask:{left[0].taker_id}"}
        again = await client.post(f"/needs/{need.id}/people", data=form, follow_redirects=True)
        assert "Nobody was asked" in again.text
        gone = await client.post(f"/needs/{need.id}/people", data={"csrf": csrf, "do": "out:999999"}, follow_redirects=True)
        assert "Nobody was left out: this person is not on the shortlist any more" in gone.text
        odd = await client.post(f"/needs/{need.id}/people", data={"csrf": csrf, "do": f"drop:{left[1].taker_id}"})
        assert odd.status_code == 400
        assert "there is no such action" in odd.text
    asks = {a.taker: a.state for a in await desk.office.context.cases.asks(need=need.id)}
    assert asks[left[0].taker_id] is AskState.WITHDRAWN
    assert left[1].taker_id not in asks


async def test_an_entry_is_edited_with_faults_named_and_no_lost_change(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    async with client:
        text = (await client.get("/registry/1")).text
        was = re.search(r'name="was" value="(\w+)"', text)[1]  # type: ignore[index]
        values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', text)) | {"kind": "attorney", "csrf": csrf, "was": was}
        bad = await client.post("/registry/1", data=values | {"open_slots": "many", "zip": "x"})
        assert bad.status_code == 400
        assert "is not a whole number" in bad.text
        assert (await client.post("/registry/1", data=values | {"open_slots": "7"})).status_code == 303
        late = await client.post("/registry/1", data=values | {"open_slots": "2"})
        assert "somebody else changed this entry" in late.text
    entry = await desk.office.insight.taker(1, desk.clock.at)
    assert entry
    assert entry.taker.open_slots == 7


async def test_somebody_is_found_by_the_beginnings_of_words(desk: Desk) -> None:
    client, _ = await desk.signed_in()
    entry = await desk.office.insight.taker(5, desk.clock.at)
    assert entry
    async with client:
        text = (await client.get("/registry", params={"q": f"{entry.taker.email[:5]} {entry.taker.city[:4]}"})).text
    assert "/registry/5" in text


async def test_an_import_is_looked_at_before_it_counts(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    entry = await desk.office.insight.taker(1, desk.clock.at)
    assert entry
    file = f"email,name,open_slots\n{entry.taker.email},Another Name,4\nnew@alumni.example,New,1\nnobody,,\n".encode()
    async with client:
        review = await client.post("/registry/import", data={"csrf": csrf}, files={"file": ("people.csv", file, "text/csv")})
        assert "Another Name" in review.text
        assert "is not a mail address" in review.text
        assert (await desk.office.insight.taker(1, desk.clock.at)) == entry
        token = re.search(r"/registry/import/([\w-]+)", review.text)[1]  # type: ignore[index]
        done = await client.post(f"/registry/import/{token}", data={"csrf": csrf}, follow_redirects=True)
        assert "1 new and 1 changed" in done.text
        exported = (await client.post("/registry/export", data={"csrf": csrf})).text
    assert "new@alumni.example" in exported


async def test_a_person_is_forgotten_only_when_the_address_is_typed(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    entry = await desk.office.insight.taker(3, desk.clock.at)
    assert entry
    async with client:
        assert (await client.post("/registry/3/forget", data={"csrf": csrf, "email": "x@y.example"})).status_code == 400
        assert (await client.post("/registry/3/forget", data={"csrf": csrf, "email": entry.taker.email})).status_code == 303
        assert (await client.get("/registry/3")).status_code == 404


async def test_rules_are_drafted_tried_applied_and_taken_back(desk: Desk) -> None:
    installed = desk.office.context.rules().limits
    client, csrf = await desk.signed_in()
    async with client:
        address = (await client.post("/rules/drafts", data={"csrf": csrf, "name": "Fewer"})).headers["location"]
        await client.post(address, data={"csrf": csrf, "file": "limits.yaml", "rule": "cool_down", "f_days": "many"})
        assert "&#39;many&#39; is not" in (await client.get(f"{address}?file=limits.yaml")).text
        assert (await client.post(f"{address}/apply", data={"csrf": csrf})).status_code == 400
        await client.post(address, data={"csrf": csrf, "file": "limits.yaml", "rule": "cool_down", "f_days": "9"})
        assert "cool_down: days 5 -&gt; 9" in (await client.get(f"{address}?file=limits.yaml")).text
        tried = (await client.post(f"{address}/try", data={"csrf": csrf, "posts": "10"})).headers["location"]
        for _ in range(200):
            text = (await client.get(tried)).text
            if "Needs looked at" in text:
                break
            await asyncio.sleep(0.05)
        assert "Needs looked at" in text
        assert (await client.post(f"{address}/apply", data={"csrf": csrf})).status_code == 303
        assert desk.office.context.rules().version == 2
        other = (await client.post("/rules/drafts", data={"csrf": csrf, "name": "Other"})).headers["location"]
        await client.post(other, data={"csrf": csrf, "file": "limits.yaml", "rule": "cool_down", "f_days": "1"})
        await client.post(f"{other}/apply", data={"csrf": csrf})
        assert desk.office.context.rules().version == 3
        await client.post("/rules/force", data={"csrf": csrf, "number": "2"})
        assert desk.office.context.rules().version == 2
        assert "the rules as installed" in (await client.get("/rules")).text
        await client.post("/rules/force", data={"csrf": csrf, "number": "1"})
    assert desk.office.context.rules().version == 1
    assert desk.office.context.rules().limits == installed


async def test_the_comments_of_a_rule_file_outlive_its_form(desk: Desk) -> None:
    book = desk.office.rulebook
    before = book.shipped()["limits.yaml"]
    after = book.replaced("limits.yaml", before, "cool_down", {"days": "9", "enabled": "no"})
    assert [line for line in before.splitlines() if line.startswith("#")] == [x for x in after.splitlines() if x.startswith("#")]
    assert "days: 9" in after
    assert book.replaced("limits.yaml", after, "cool_down", {"days": "5", "enabled": ""}) == before


async def test_machines_read_figures_without_a_person(desk: Desk) -> None:
    async with desk.anonymous() as client:
        text = (await client.get("/metrics")).text
    assert 'listbot_posts{state="matched"}' in text
    assert "@" not in text


async def test_a_letter_is_worded_in_a_draft_seen_while_typed_and_holds_when_applied(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    form = {"csrf": csrf, "name": "stopped", "language": "en", "html": "<p>Bye, {{ to.name }}.</p>"}

    def mail() -> str:
        return desk.office.wording.letter("stopped", "en")[1]

    shipped = mail()
    async with client:
        draft = (await client.post("/rules/drafts", data={"csrf": csrf, "name": "Words"})).headers["location"]
        typed = await client.post(f"{draft}/letters/look", data={**form, "text": "Subject: Bye\n\nFare well, {{ to.name }}."})
        assert "Fare well, Ana" in typed.text
        frame = re.search(r'src="([^"]+)"', typed.text)
        assert frame
        assert "Bye, Ana" in (await client.get(frame[1].replace("&amp;", "&"))).text
        wrong = {**form, "text": "Subject: Bye\n\n{{ colleague }}"}
        assert "letters/en/stopped.txt, line 3" in (await client.post(f"{draft}/letters/look", data=wrong)).text
        await client.post(f"{draft}/letters", data=wrong)
        refused = await client.post(f"{draft}/apply", data={"csrf": csrf})
        assert refused.status_code == 400
        assert "&#39;colleague&#39; is not known" in refused.text
        await client.post(f"{draft}/letters", data={**form, "text": "Subject: Bye\n\nFare well, {{ to.name }}."})
        assert "letters/en/stopped.txt: changed" in (await client.get(f"{draft}/letters?name=stopped")).text
        assert mail() == shipped
        assert (await client.post(f"{draft}/apply", data={"csrf": csrf})).status_code == 303
        assert "Fare well, Ana" in mail()
        back = (await client.post("/rules/drafts", data={"csrf": csrf, "name": "Back"})).headers["location"]
        await client.post(f"{back}/letters", data={**form, "text": "Subject: x", "do": "shipped"})
        await client.post(f"{back}/apply", data={"csrf": csrf})
        assert mail() == shipped
        await client.post("/rules/force", data={"csrf": csrf, "number": "2"})
        assert "Fare well, Ana" in mail()
