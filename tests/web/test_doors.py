"""Every address of the pages: who may pass and who may not. A new one without a row here fails the test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from listbot.domain.desk import Role
from listbot.domain.states import PostState
from listbot.pipeline.office import PostQuery
from listbot.web.app import DOORS
from listbot.web.doors import route
from tests.web.conftest import Desk

BAD_TOKEN = "a" * 24


@dataclass(frozen=True)
class Row:
    """An address as the test calls it: the lowest role that passes (None: anybody), with what form."""

    role: Role | None
    path: str
    form: dict[str, str] = field(default_factory=dict)
    ends: tuple[int, ...] = (200,)  #: statuses of somebody who may
    wrong: str = ""  #: the same with a forged token or a thing that is not there: 404


LETTER = {"name": "ask", "language": "en", "text": "Subject: x\n\nx", "html": "<p>x</p>"}
R, M, A = Role.READER, Role.MODERATOR, Role.ADMIN
ROWS = {
    "GET /": Row(R, "/"),
    "POST /posts/decide": Row(M, "/posts/decide", {"do": "release"}, (303,)),
    "POST /posts/undo": Row(M, "/posts/undo", {"post": "99999"}, (303,)),
    "GET /answers": Row(R, "/answers?state=all&order=newest"),
    "GET /mail": Row(R, "/mail?state=all&order=oldest"),
    "GET /registry/offers": Row(R, "/registry/offers?state=asked"),
    "POST /registry/offers": Row(M, "/registry/offers", {"do": "nothing"}, (400,)),
    "POST /answers/decide": Row(M, "/answers/decide", {"do": "drop"}, (303,)),
    "POST /letters/decide": Row(M, "/letters/decide", {"do": "retry"}, (303,)),
    "POST /again": Row(M, "/again", {"row": "message:1"}, (303,)),
    "GET /posts": Row(R, "/posts?q=bond&state=held"),
    "GET /posts/{id:int}": Row(R, "/posts/1", wrong="/posts/99999"),
    "POST /posts/{id:int}/reveal": Row(M, "/posts/1/reveal", wrong="/posts/99999/reveal"),
    "POST /posts/{id:int}/release": Row(M, "/posts/1/release", {"clients": "0"}, (400,), "/posts/99999/release"),
    "POST /posts/{id:int}/drop": Row(M, "/posts/1/drop", {}, (303, 409), "/posts/99999/drop"),
    "GET /towns": Row(R, "/towns?n0_place=Durh"),
    "GET /needs": Row(R, "/needs?show=all&state=NC&relief=asylum"),
    "GET /needs/{id:int}": Row(R, "/needs/1?all=1", wrong="/needs/99999"),
    "POST /needs/{id:int}": Row(M, "/needs/1", {"do": "nothing"}, (400,)),
    "POST /needs/{id:int}/people": Row(M, "/needs/1/people", {"do": "out:99999"}, (303,), "/needs/99999/people"),
    "POST /needs/{id:int}/correct": Row(M, "/needs/1/correct", {"n_age": "a lot"}, (400,), "/needs/99999/correct"),
    "GET /registry": Row(R, "/registry?q=a&standing=ready&order=newest"),
    "GET /registry/new": Row(M, "/registry/new"),
    "POST /registry/new": Row(M, "/registry/new", {"email": "nobody"}, (400,)),
    "GET /registry/import": Row(M, "/registry/import"),
    "POST /registry/import": Row(M, "/registry/import", {}, (400,)),
    "POST /registry/import/{token}": Row(M, "/registry/import/nothing", {}, (404,)),
    "POST /registry/export": Row(M, "/registry/export"),
    "GET /registry/{id:int}": Row(R, "/registry/1", wrong="/registry/99999"),
    "POST /registry/{id:int}": Row(M, "/registry/1", {}, (400,), "/registry/99999"),
    "POST /registry/{id:int}/forget": Row(M, "/registry/1/forget", {}, (400,), "/registry/99999/forget"),
    "GET /rules": Row(R, "/rules"),
    "POST /rules/drafts": Row(M, "/rules/drafts", {"name": "x"}, (303,)),
    "GET /rules/drafts/{id:int}": Row(R, "/rules/drafts/1", wrong="/rules/drafts/99999"),
    "POST /rules/drafts/{id:int}": Row(M, "/rules/drafts/1", {"file": "limits.yaml", "text": "["}, (303,), "/rules/drafts/9999"),
    "POST /rules/drafts/{id:int}/check": Row(M, "/rules/drafts/1/check", {"file": "limits.yaml", "text": "["}),
    "POST /rules/drafts/{id:int}/discard": Row(M, "/rules/drafts/7/discard", {}, (303,)),
    "POST /rules/drafts/{id:int}/apply": Row(M, "/rules/drafts/1/apply", {}, (400, 303), "/rules/drafts/9999/apply"),
    "POST /rules/drafts/{id:int}/try": Row(M, "/rules/drafts/1/try", {}, (400, 303), "/rules/drafts/9999/try"),
    "GET /rules/tries/{token}": Row(R, "/rules/tries/nothing", {}, (404,)),
    "GET /rules/drafts/{id:int}/letters": Row(
        R, "/rules/drafts/1/letters?name=note&language=es", wrong="/rules/drafts/1/letters?name=nothing"
    ),
    "POST /rules/drafts/{id:int}/letters": Row(M, "/rules/drafts/1/letters", LETTER, (303,), "/rules/drafts/9999/letters"),
    "POST /rules/drafts/{id:int}/letters/look": Row(
        M, "/rules/drafts/1/letters/look", LETTER, wrong="/rules/drafts/9999/letters/look"
    ),
    "GET /rules/drafts/{id:int}/letters/{name}": Row(R, "/rules/drafts/1/letters/ask", wrong="/rules/drafts/1/letters/nothing"),
    "POST /rules/force": Row(M, "/rules/force", {"number": "99"}, (404,)),
    "GET /letters": Row(R, "/letters?name=ask&language=es", wrong="/letters?name=nothing"),
    "GET /letters/{name}": Row(R, "/letters/ask", wrong="/letters/nothing"),
    "GET /coverage": Row(R, "/coverage?relief=sijs&language=es&detained=yes"),
    "GET /coverage.csv": Row(R, "/coverage.csv"),
    "GET /coverage.svg": Row(R, "/coverage.svg"),
    "GET /coverage.png": Row(R, "/coverage.png"),
    "GET /report": Row(R, "/report?since=2025-06-01"),
    "GET /report/public": Row(R, "/report/public"),
    "GET /health": Row(R, "/health"),
    "GET /log": Row(M, "/log"),
    "GET /a/{token}": Row(None, "/a/TOKEN", wrong=f"/a/{BAD_TOKEN}"),
    "POST /a/{token}": Row(None, "/a/TOKEN", {"do": "nonsense"}, (400,), f"/a/{BAD_TOKEN}"),
    "GET /a/{token}/stop": Row(None, "/a/TOKEN/stop", wrong=f"/a/{BAD_TOKEN}/stop"),
    "POST /a/{token}/stop": Row(None, "/a/TOKEN/stop", wrong=f"/a/{BAD_TOKEN}/stop"),
    "GET /c/{token}": Row(None, "/c/QUESTION", wrong=f"/c/{BAD_TOKEN}"),
    "POST /c/{token}": Row(None, "/c/QUESTION", {"do": "nonsense"}, (400,), f"/c/{BAD_TOKEN}"),
    "GET /c/{token}/stop": Row(None, "/c/QUESTION/stop", wrong=f"/c/{BAD_TOKEN}/stop"),
    "POST /c/{token}/stop": Row(None, "/c/QUESTION/stop", wrong=f"/c/{BAD_TOKEN}/stop"),
    "GET /sign-in": Row(None, "/sign-in?next=/posts"),
    "POST /sign-in": Row(None, "/sign-in", {"email": "x@example.org"}),
    "GET /sign-in/{secret}": Row(None, "/sign-in/whatever"),
    "POST /sign-in/{secret}": Row(None, "/sign-in/whatever", {}, (404,)),
    "POST /sign-out": Row(R, "/sign-out", {}, (303,)),
    "GET /people": Row(A, "/people"),
    "POST /people": Row(A, "/people", {"email": "new@example.org", "role": "reader"}, (303,)),
    "GET /healthz": Row(None, "/healthz"),
    "GET /readyz": Row(None, "/readyz"),
    "GET /metrics": Row(None, "/metrics"),
}


def test_every_address_has_its_row() -> None:
    assert {door.name for door in DOORS} == set(ROWS)


def test_the_rows_ask_for_the_role_that_the_doors_ask_for() -> None:
    assert {door.name: door.role for door in DOORS} == {name: row.role for name, row in ROWS.items()}


def test_whatever_changes_something_is_a_post_and_carries_the_word_of_its_session() -> None:
    by_token = {"POST /a/{token}", "POST /a/{token}/stop", "POST /c/{token}", "POST /c/{token}/stop"}
    assert {door.name for door in DOORS if door.method == "POST" and not door.csrf} == by_token


_FORM = re.compile(r'<form\b[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
_LIVE = re.compile(r'hx-post="([^"]+)"')


async def test_a_reader_sees_no_button_that_would_be_refused(drafted: Desk) -> None:
    held = (await drafted.office.insight.posts(PostQuery(state=PostState.HELD), 1, 0)).rows[0].id
    paths = [row.path for name, row in ROWS.items() if name.startswith("GET ") and row.role is R]
    shut = [door for door in DOORS if door.method == "POST" and door.role not in (None, R)]
    client, _ = await drafted.signed_in(R)
    async with client:
        pages = {path: (await client.get(path)).text for path in [*paths, f"/posts/{held}"]}
    used = {(path, to) for path, text in pages.items() for to, inside in _FORM.findall(text) if "<button" in inside}
    used |= {(path, to) for path, text in pages.items() for to in _LIVE.findall(text)}
    refused = [use for use in used for door in shut if route(door).path_regex.fullmatch(use[1])]
    assert refused == []
    assert "a moderator decides" in pages[f"/posts/{held}"]


@pytest.fixture
async def drafted(desk: Desk) -> Desk:
    """The desk with a draft of rules."""
    await desk.office.drafts.save(None, "x", 0, desk.office.rulebook.shipped(), "test", desk.clock.at)
    return desk


async def test_those_who_may_get_through(drafted: Desk) -> None:
    token, question, wrong = await drafted.token(), await drafted.question_token(), {}
    for name, row in ROWS.items():
        method, path = name.split()[0], row.path.replace("TOKEN", token).replace("QUESTION", question)
        client, csrf = await drafted.signed_in(row.role) if row.role else (drafted.anonymous(), "")
        async with client:
            response = await client.request(method, path, data={**row.form, "csrf": csrf} if method == "POST" else None)
        if response.status_code not in row.ends:
            wrong[name] = response.status_code
    assert wrong == {}


async def test_a_forged_token_and_a_foreign_thing_look_like_nothing(desk: Desk) -> None:
    wrong = {}
    for name, row in ROWS.items():
        if row.wrong:
            method = name.split()[0]
            client, csrf = await desk.signed_in(row.role) if row.role else (desk.anonymous(), "")
            async with client:
                response = await client.request(method, row.wrong, data={**row.form, "csrf": csrf} if method == "POST" else None)
            said = "That did not work" if row.role and method == "POST" else "This page is not here"
            if response.status_code != 404 or said not in response.text:
                wrong[name] = response.status_code
    assert wrong == {}


async def test_nobody_passes_without_signing_in(desk: Desk) -> None:
    wrong = {}
    async with desk.anonymous() as client:
        for name, row in ROWS.items():
            if row.role:
                response = await client.request(name.split()[0], row.path)
                expected = 303 if name.startswith("GET") else 401
                if response.status_code != expected or (expected == 303 and "/sign-in" not in response.headers["location"]):
                    wrong[name] = response.status_code
    assert wrong == {}


async def test_a_lower_role_is_refused_and_nothing_changes(desk: Desk) -> None:
    wrong = {}
    for name, row in ROWS.items():
        if row.role in (None, Role.READER):
            continue
        lower = Role.READER if row.role is Role.MODERATOR else Role.MODERATOR
        client, csrf = await desk.signed_in(lower)
        async with client:
            response = await client.request(
                name.split()[0], row.path, data={**row.form, "csrf": csrf} if "POST" in name else None
            )
        if response.status_code != 403:
            wrong[name] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("csrf", ["", "0" * 32], ids=["missing", "forged"])
async def test_a_form_without_its_word_is_refused(desk: Desk, csrf: str) -> None:
    wrong = {}
    client, _ = await desk.signed_in()
    async with client:
        for name, row in ROWS.items():
            if row.role and name.startswith("POST"):
                response = await client.post(row.path, data={**row.form, "csrf": csrf})
                if response.status_code != 403:
                    wrong[name] = response.status_code
    assert wrong == {}


async def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    async with client:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            response = await client.post("/sign-out", data={"csrf": csrf}, headers=headers)
            assert response.status_code == 403


async def test_a_forged_or_ended_session_is_nobody(desk: Desk) -> None:
    client, csrf = await desk.signed_in()
    async with client:
        assert (await client.get("/")).status_code == 200
        assert (await client.post("/sign-out", data={"csrf": csrf})).status_code == 303
    cookie = client.cookies.get("listbot") or ""
    async with desk.anonymous() as other:
        for forged in (cookie, "x" + cookie, "nonsense", ""):
            assert (await other.get("/", headers={"Cookie": f"listbot={forged}"})).status_code == 303


async def test_refusals_are_logged_without_the_token(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    client, _ = await desk.signed_in()
    async with client:
        await client.post("/needs/1", data={"do": "close"})
    assert "refused POST /needs/{id:int}" in caplog.text


async def test_every_page_carries_the_security_headers_and_no_inline_script(drafted: Desk) -> None:
    token, question = await drafted.token(), await drafted.question_token()
    client, _ = await drafted.signed_in()
    async with client:
        for name, row in ROWS.items():
            if name.startswith("GET"):
                response = await client.get(row.path.replace("TOKEN", token).replace("QUESTION", question))
                assert "default-src 'none'" in response.headers["content-security-policy"], name
                if name.endswith("/letters/{name}"):  # a letter brings its styles, in a frame that lets nothing else happen
                    assert "sandbox" in response.headers["content-security-policy"]
                    continue
                assert response.headers["referrer-policy"] == "no-referrer"
                if "html" in response.headers.get("content-type", ""):
                    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=|<style", response.text), name
