"""Every letter in a real browser: phone and desk, light and dark, in each language, full and bare, and as its situations go.

With LISTBOT_PICTURES=FOLDER each is also kept there as a picture, and as the text that goes with it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from listbot.adapters.letters import JinjaComposer
from listbot.adapters.letters.samples import BOT, SAMPLES
from tests.browser.test_pages import AXE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]
TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = ("en", "es")
WIDTHS = (390, 1280)
WIDE = (
    "() => [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName)"
)


def letters() -> dict[str, tuple[str, str]]:
    """Name to text and HTML."""
    composer = JinjaComposer(BOT, b"s" * 32, [TEMPLATES])
    found: dict[str, tuple[str, str]] = {}
    for language in LANGUAGES:
        for template, samples in SAMPLES.items():
            if not (TEMPLATES / language / f"{template}.txt").is_file():
                continue  # moderators' letters are in English
            for said, (to, values) in enumerate(samples, start=1):
                letter = composer.render(template, to, values, language)
                found[f"{template}-{language}-{said}"] = (f"Subject: {letter.subject}\n\n{letter.text}", letter.html)
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_letter_fits_and_can_be_read_by_everybody(chromium: Browser, width: int, dark: bool) -> None:
    kept, found = os.environ.get("LISTBOT_PICTURES"), dict[str, object]()
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page, script = context.new_page(), AXE.read_text(encoding="utf-8")
    for name, (text, html) in letters().items():
        page.set_content(html)
        if wide := page.evaluate(WIDE):
            found[f"{name} is too wide"] = wide
        page.evaluate(script)
        result = page.evaluate("axe.run(document, {runOnly: ['color-contrast', 'html-has-lang', 'list', 'link-name']})")
        if result["violations"]:
            found[name] = [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]]
        if kept:
            page.screenshot(path=f"{kept}/{name}-{width}{'-dark' * dark}.png", full_page=True)
            Path(kept, f"{name}.txt").write_text(text, encoding="utf-8")
    context.close()
    assert not found
