"""Why somebody is asked is said in the language of the letter: every kind of reason, in every language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import listbot.domain.rules.preferences as preferences
from listbot.adapters.letters import JinjaComposer
from listbot.adapters.letters.samples import BOT, SAMPLES, TAKER
from listbot.adapters.letters.words import LANGUAGES
from listbot.domain.letters import AskValues, ReasonsValues
from listbot.domain.reasons import KINDS, Reason

TEMPLATES = Path(__file__).parents[3] / "templates"


def said(language: str, *reasons: str, own: dict[str, str] | None = None) -> list[str]:
    """The reasons as a letter in this language says them."""
    composer = JinjaComposer(BOT, b"s" * 32, [TEMPLATES], own or {})
    text = composer.render("reasons", TAKER, ReasonsValues(reasons=reasons), language).text
    return re.findall(r"^- (.+(?:\n  .+)*)", text, re.MULTILINE)


def test_every_reason_that_a_preference_gives_is_among_the_kinds() -> None:
    sources = "".join(file.read_text() for file in Path(str(preferences.__file__)).parent.glob("*.py"))
    given = set(re.findall(r'Reason\(\s*"(\w+)"', sources)) | set(re.findall(r': \("(\w+)", "you', sources))
    assert given == {reason.kind for reason in KINDS}


def test_english_letters_say_what_commands_and_pages_show() -> None:
    assert said("en", *KINDS) == list(KINDS)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
@pytest.mark.parametrize("reason", KINDS, ids=lambda reason: reason.kind)
def test_each_reason_has_words_of_its_own_in_every_language(language: str, reason: Reason) -> None:
    (words,) = said(language, reason)
    assert words != reason
    assert "you" not in words.split()
    assert all(
        LANGUAGES[language].called(str(value)) in words
        for name, value in reason.named.items()
        if name in ("place", "miles", "cases")
    )


def test_a_reason_of_no_known_kind_is_said_as_it_is() -> None:
    assert said("es", "you were named by a colleague") == ["you were named by a colleague"]


def test_an_ask_in_spanish_gives_its_reasons_in_spanish_as_text_and_as_html() -> None:
    _, values = SAMPLES["ask"][0]
    assert isinstance(values, AskValues)
    letter = JinjaComposer(BOT, b"s" * 32, [TEMPLATES]).render("ask", TAKER, values, "es")
    for form in (letter.text, letter.html):
        assert "está a 24 millas de Durham" in form
        assert "you are" not in form


def test_moderators_word_a_reason_anew_and_every_ask_says_it_so() -> None:
    shipped = (TEMPLATES / "es" / "reasons.txt").read_text()
    own = {"letters/es/reasons.txt": shipped.replace("toma casos a distancia", "trabaja también por video")}
    remote = next(reason for reason in KINDS if reason.kind == "remote")
    assert said("es", remote, own=own) == ["trabaja también por video"]
    _, values = SAMPLES["ask"][0]
    assert isinstance(values, AskValues)
    letter = JinjaComposer(BOT, b"s" * 32, [TEMPLATES], own).render("ask", TAKER, _with(values, remote), "es")
    assert "trabaja también por video" in letter.text
    assert "trabaja también por video" in letter.html


def test_a_name_in_a_reason_is_no_markup() -> None:
    _, values = SAMPLES["ask"][0]
    assert isinstance(values, AskValues)
    letter = JinjaComposer(BOT, b"s" * 32, [TEMPLATES]).render(
        "ask", TAKER, _with(values, Reason("in_place", "", place="<b>x</b>")), "es"
    )
    assert "<b>x</b>" not in letter.html
    assert "&lt;b&gt;x" in letter.html


def _with(values: AskValues, reason: Reason) -> AskValues:
    return replace(values, reasons=(reason,))
