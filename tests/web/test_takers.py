"""A taker answers on the page of an ask: the same follows as from a reply, once, and never by looking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listbot.domain.registry import Candidate
from listbot.domain.states import AnswerKind, NeedState
from listbot.domain.work import StoredAsk, StoredNeed
from tests.web.conftest import Desk


async def _state(desk: Desk, token: str) -> tuple[StoredAsk, StoredNeed, Candidate]:
    context = desk.office.context
    letter = await context.outbox.answered_letter(token, ())
    assert letter
    assert letter.need
    ask = next(a for a in await context.cases.asks(need=letter.need) if a.id == letter.ask)
    entry = await context.registry.taker(ask.email)
    assert entry
    return ask, await context.cases.need(letter.need), entry


async def _kinds(desk: Desk, need: int) -> list[str]:
    return sorted(x.kind for _, _, x, _ in await desk.office.context.outbox.letters(need=need) if x.kind != "ask")


async def _post(desk: Desk, token: str, **form: str) -> str:
    async with desk.anonymous() as client:
        response = await client.post(f"/a/{token}", data=form, follow_redirects=True)
        assert response.status_code == 200, response.text
        return response.text


async def test_looking_changes_nothing(desk: Desk) -> None:
    token = await desk.token()
    before = await _state(desk, token)
    async with desk.anonymous() as client:
        for path in (f"/a/{token}", f"/a/{token}/stop"):
            assert (await client.get(path)).status_code == 200
            assert (await client.head(path)).status_code in (200, 404, 405)
    assert await _state(desk, token) == before


async def test_the_page_shows_facts_and_redacted_words_only(desk: Desk) -> None:
    token = await desk.token()
    async with desk.anonymous() as client:
        text = (await client.get(f"/a/{token}")).text
    assert "[A-number]" in text
    assert "A20000" not in text
    assert "I can take it" in text


async def test_a_yes_leads_and_introduces_and_is_said_twice_without_harm(desk: Desk) -> None:
    token = await desk.token()
    text = await _post(desk, token, do="take")
    assert "You have this case" in text
    ask, need, _ = await _state(desk, token)
    assert (need.state, need.lead, ask.answer) == (NeedState.OFFERED, ask.taker, AnswerKind.YES)
    letters = await _kinds(desk, need.id)
    assert letters.count("introduction") == 2  # one each
    await _post(desk, token, do="take")
    assert await _kinds(desk, need.id) == letters


async def test_the_lead_may_give_a_case_back(desk: Desk) -> None:
    token = await desk.token()
    await _post(desk, token, do="take")
    await _post(desk, token, do="decline", why="other")
    ask, need, _ = await _state(desk, token)
    assert (need.state, need.lead, ask.answer) == (NeedState.ASKING, None, AnswerKind.NO)


async def test_a_no_with_its_reason(desk: Desk) -> None:
    token = await desk.token()
    assert "the next person hears of it sooner" in await _post(desk, token, do="decline", why="conflict")
    ask, need, _ = await _state(desk, token)
    assert ask.answer is AnswerKind.NO
    changes = await desk.office.context.cases.changes("ask", ask.id)
    assert changes[-1].why == "A conflict of interest"
    assert need.state is NeedState.ASKING


async def test_an_offer_to_co_counsel_introduces_and_the_search_goes_on(desk: Desk) -> None:
    token = await desk.token()
    await _post(desk, token, do="cocounsel")
    ask, need, _ = await _state(desk, token)
    assert (need.state, need.lead, ask.answer) == (NeedState.ASKING, None, AnswerKind.MAYBE)
    assert "cocounsel" in await _kinds(desk, need.id)


async def test_a_pause_until_a_day(desk: Desk) -> None:
    token = await desk.token()
    day = (desk.clock.at + timedelta(days=40)).date()
    await _post(desk, token, do="pause", until=day.isoformat())
    _, _, entry = await _state(desk, token)
    assert entry.taker.paused_until == day


@pytest.mark.parametrize("until", ["yesterday", "2020-01-01"])
async def test_a_day_that_is_none_is_said_so(desk: Desk, until: str) -> None:
    token = await desk.token()
    async with desk.anonymous() as client:
        response = await client.post(f"/a/{token}", data={"do": "pause", "until": until})
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert (await _state(desk, token))[2].taker.paused_until is None


async def test_room_and_states_are_set(desk: Desk) -> None:
    token = await desk.token()
    await _post(desk, token, do="capacity", slots="3", states="nc, SC", remote="yes")
    taker = (await _state(desk, token))[2].taker
    assert (taker.open_slots, taker.service_states, taker.remote) == (3, frozenset({"NC", "SC"}), True)


async def test_the_language_of_letters_is_chosen_on_the_page(desk: Desk) -> None:
    token = await desk.token()
    await _post(desk, token, do="capacity", letters_in="es", states="NC")
    taker = (await _state(desk, token))[2].taker
    assert await desk.office.context.registry.languages([taker.email]) == {taker.email: "es"}
    async with desk.anonymous() as client:
        assert '<option value="es" lang="es" selected>' in (await client.get(f"/a/{token}")).text


async def test_one_click_unsubscribes_without_cookie_or_login(desk: Desk) -> None:
    token = await desk.token()
    async with desk.anonymous() as client:
        headers = {"Origin": "https://webmail.example", "Sec-Fetch-Site": "cross-site"}
        response = await client.post(f"/a/{token}/stop", data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    ask, _, entry = await _state(desk, token)
    assert entry.standing.opted_out_at is not None
    assert ask.answer is AnswerKind.STOP


async def test_an_old_link_shows_nothing_but_stops_all_the_same(desk: Desk) -> None:
    token = await desk.token()
    desk.clock.at += timedelta(days=400)
    async with desk.anonymous() as client:
        assert (await client.get(f"/a/{token}")).status_code == 404
        assert (await client.post(f"/a/{token}", data={"do": "take"})).status_code == 404
        assert (await client.post(f"/a/{token}/stop", data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert (await _state(desk, token))[2].standing.opted_out_at is not None
