"""Each page in a real browser: phone and desk, light and dark, with the keyboard alone, without scripts, for everybody's eyes.

With LISTBOT_PICTURES=FOLDER each is also kept there as a picture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Visit = Callable[..., BrowserContext]

DESK = (
    "/", "/posts", "/posts?state=held", "/posts/1", "/posts/60", "/needs", "/needs?show=all", "/needs/1", "/registry", "/registry/1",
    "/registry/new", "/registry/import", "/rules", "/letters", "/rules/drafts/1",
    "/rules/drafts/1/letters", "/coverage", "/report", "/report/public", "/health", "/log", "/people",
    "/answers", "/answers?state=all", "/mail?state=all", "/mail?state=undelivered", "/registry/offers", "/rules/tries/done", "/nowhere",
)  # fmt: skip
LETTERS = ("/sign-in", "/sign-in/whatever", "/a/TOKEN", "/a/TOKEN/stop", "/a/nothing")


def _paths(served: Served) -> list[tuple[str, bool]]:
    return [(path, True) for path in DESK] + [(path.replace("TOKEN", served.tokens[0]), False) for path in LETTERS]


@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1440, False), (1440, True)])
def test_no_page_breaks_the_accessibility_rules(served: Served, visit: Visit, width: int, dark: bool) -> None:
    kept, found = os.environ.get("LISTBOT_PICTURES"), dict[str, list[str]]()
    browsers = {True: visit(width=width, dark=dark), False: visit(width=width, dark=dark, signed_in=False)}
    script = AXE.read_text(encoding="utf-8")
    for path, signed_in in _paths(served):
        page = browsers[signed_in].new_page()
        page.goto(path)
        if kept:
            page.screenshot(path=f"{kept}/{re.sub('[^a-z0-9]+', '-', path[:40])}-{width}{'-dark' * dark}.png", full_page=True)
        page.evaluate(script)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
        for v in result["violations"]:
            found.setdefault(f"{path} {v['id']}", []).extend(node["html"][:160] for node in v["nodes"][:2])
        page.close()
    assert found == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen_shifts_or_complains(served: Served, visit: Visit, width: int) -> None:
    wrong: dict[str, object] = {}
    browsers = {True: visit(width=width), False: visit(width=width, signed_in=False)}
    for path, signed_in in _paths(served):
        page = browsers[signed_in].new_page()
        said: list[str] = []
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("console", lambda message, said=said: said.append(message.text) if "Content Security" in message.text else None)
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(path, wait_until="networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        shift = page.evaluate("window.shift")
        if wide > 0 or shift > 0.01 or said:
            wrong[path] = (wide, shift, said)
        page.close()
    assert wrong == {}


def test_the_first_paint_weighs_less_than_100_kilobytes(served: Served, visit: Visit) -> None:
    heavy: dict[str, int] = {}
    for path, signed_in in _paths(served):
        page = visit(signed_in=signed_in).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(int(event["encodedDataLength"])))
        page.goto(path, wait_until="networkidle")
        if sum(sizes) > 100_000:
            heavy[path] = sum(sizes)
        blocking = page.evaluate("[...document.scripts].filter(s => !s.defer && !s.async).length")
        assert blocking == 0
        page.context.close()
    assert heavy == {}


def test_a_held_post_is_decided_by_keyboard_alone(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/")
    rows = page.locator("[data-row]").count()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("[data-row].here a.title")
    assert first.evaluate("e => e === document.activeElement")
    page.keyboard.press("d")
    page.wait_for_selector("[role=status]")
    assert "1 post left alone" in page.inner_text("[role=status]")
    assert page.locator("[data-row]").count() == rows - 1
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]:has-text('waits again')")
    page.goto("/")
    assert page.locator("[data-row]").count() == rows


def test_the_keyboard_reaches_the_page_first(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/posts")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_all_rows_of_a_list_are_chosen_at_once(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/")
    held = page.locator("form:has(#held)")
    held.locator("[data-all]").check()
    assert held.locator("[data-row] input:checked").count() == held.locator("[data-row]").count() > 1
    held.locator("[data-all]").uncheck()
    assert held.locator("[data-row] input:checked").count() == 0
    without = visit(scripts=False).new_page()
    without.goto("/")
    assert not without.locator("[data-all]").first.is_visible()


def test_on_a_phone_every_answer_stands_beside_its_taker(visit: Visit) -> None:
    page = visit(width=390).new_page()
    page.goto("/needs/1")
    for badge in page.locator("section:has(#asked) .badge").all()[:5]:
        box = badge.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390


def test_the_registry_finds_as_one_types_and_back_works(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/registry")
    everybody = page.locator("#rows tbody tr").count()
    with page.expect_response(lambda r: "q=zzzz" in r.url):
        page.locator("#q").press_sequentially("zzzz", delay=20)
    page.wait_for_selector("#rows .empty")
    assert "q=zzzz" in page.url
    page.goto("/registry/1")
    page.go_back()
    page.goto("/registry")
    assert page.locator("#rows tbody tr").count() == everybody


def test_a_fault_shows_while_one_types(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/rules")
    page.get_by_role("button", name="Begin").click()
    page.locator("#text").fill("- name: x\n  kind: nonsense\n")
    page.wait_for_selector("#found .fault-at")
    assert "there is no kind 'nonsense'" in page.inner_text("#found")


def test_a_letter_is_seen_while_its_words_are_typed(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/rules/drafts/1/letters?name=stopped")
    page.locator("#text").fill("Subject: Farewell\n\nGo well, {{ to.name }}.")
    page.wait_for_selector("#look h3:has-text('Farewell')")
    assert "Go well, Ana" in page.inner_text("#look pre")
    assert "Ana" in page.frame_locator("#look iframe").locator("body").inner_text()
    page.locator("#text").fill("Subject: Farewell\n\n{{ nobody }}")
    page.wait_for_selector("#look .fault-at")
    page.go_back()
    assert page.url == "about:blank"  # previews are no steps of the way back


def test_a_held_answer_is_corrected_by_keyboard_alone(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/")
    answers = page.locator("section[aria-labelledby=answers] [data-row]")
    number, posts = answers.count(), page.locator("section[aria-labelledby=held] [data-row]").count()
    for _ in range(posts + 1):
        page.keyboard.press("j")
    answers.first.locator("select").focus()
    page.keyboard.type("maybe")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "1 answer acted on" in page.inner_text("[role=status]")
    assert answers.count() == number - 1


def test_places_are_completed(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/needs/1")
    page.locator("#n_place1").press_sequentially("Durha", delay=20)
    page.wait_for_selector("#towns option[value='Durham, NC']", state="attached")


def test_without_scripts_a_moderator_decides_and_a_taker_answers(served: Served, visit: Visit) -> None:
    page = visit(scripts=False).new_page()
    page.goto("/")
    page.locator("[data-row] input[type=checkbox]").first.check()
    page.get_by_role("button", name="Drop chosen").click()
    assert "1 post left alone" in page.inner_text("[role=status]")
    page.get_by_role("button", name="Undo").click()
    assert "1 post waits again" in page.inner_text("[role=status]")
    page.goto("/registry/offers")
    page.get_by_role("button", name="Confirm").first.click()
    assert "The entry says so now" in page.inner_text("[role=status]")
    page.goto("/answers?order=newest")
    page.get_by_role("button", name="Leave alone").first.click()
    assert "1 answer left alone" in page.inner_text("[role=status]")
    page.goto("/needs")
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="Send the next wave now").click()
    assert "planned at once" in page.inner_text("[role=status]")
    page.goto("/registry?standing=ready")
    page.locator("tbody th a").first.click()
    page.locator("#c_open_slots").fill("5")
    page.get_by_role("button", name="Save").click()
    assert "Saved" in page.inner_text("[role=status]") or "Nothing was changed" in page.inner_text("[role=status]")
    taker = visit(scripts=False, signed_in=False, width=390).new_page()
    taker.goto(f"/a/{served.tokens[1]}")
    taker.get_by_role("button", name="I can take it").click()
    assert "You have this case" in taker.inner_text("main") or "a little faster" in taker.inner_text("main")


def test_two_moderators_see_each_other(served: Served, visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/posts?state=held")
    page.locator("tbody th a").first.click()
    assert "looking at this" not in page.inner_text("main")
