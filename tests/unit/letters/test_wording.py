"""What letters say, and how their text is laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import reading
from listbot.adapters.letters import JinjaComposer, layout, spanish_names
from listbot.adapters.letters.samples import BARE, BOT, FULL, SAMPLES
from listbot.adapters.letters.words import ENGLISH, LANGUAGES, SPANISH
from listbot.adapters.rulefiles import load
from listbot.domain.geography import STATES
from listbot.domain.letters import LETTERS, Values
from listbot.domain.mail import Address, Channel
from listbot.domain.matching import Exclusion, Match, Shortlist
from listbot.domain.reading import DateRole, Deadline, Identifier, Kind, Need, Place, Reading
from listbot.domain.states import NeedState, PostState
from listbot.domain.wording import ask_values, facts, held_values, note_values, place_name, redacted_subject, shadow_values
from listbot.domain.work import NewPost, NewWave, StoredNeed, StoredPost

TEMPLATES = Path(__file__).parents[3] / "templates"
COMPOSER = JinjaComposer(BOT, b"s", [TEMPLATES])
EVERY = [(language, name, n) for language in LANGUAGES for name in LETTERS for n in (0, 1)]
LABELS = {"asylum": "asylum", "sijs": "Special Immigrant Juvenile Status"}
TODAY = date(2025, 2, 13)
NOW = datetime(2025, 2, 13, 15, 30, tzinfo=UTC)
NEED = Need(
    places=(Place("Durham", "Durham", "Durham County", "NC"),),
    relief=("asylum", "sijs", "u_visa"),
    deadline=Deadline(date(2025, 2, 24), DateRole.FILING, "due February 24"),
)
MATCH = Match(
    taker_id=7, email="ana@alumni.example", score=0.9, chance=0.2, wave=1, miles=4.0, reasons=("you are near",), name="Ana"
)


def stored_post(**changes: object) -> StoredPost:
    post = NewPost(
        part=0,
        channel=Channel.LIST,
        list_name="fellows",
        message_id="<1@fellows.example>",
        references=(),
        author=Address("sam@fellows.example", "Sam"),
        subject="Durham asylum, A 012-345-678",
        posted_at=NOW - timedelta(days=1),
        content_key="k",
    )
    reading = Reading(kind=Kind.REFERRAL, confidence=0.9, redacted_text="Words.", identifiers=(Identifier("a_number", (15, 28)),))
    return replace(StoredPost(id=12, message=3, state=PostState.READ, post=post, reading=reading), **changes)  # type: ignore[arg-type]


def wave(*, asks: int = 0, matches: int = 0, next_at: datetime | None = None) -> NewWave:
    listed = Shortlist(
        matches=(MATCH,) * matches,
        excluded=(Exclusion(taker_id=8, email="b@alumni.example", rule="paused", because="paused until 2099-01-01"),) * 2,
    )
    return NewWave(need=5, asks=(None,) * asks, shortlist=listed, state=NeedState.ASKING, wave=1, next_at=next_at)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "name", "n"), EVERY)
def test_every_letter_keeps_to_72_columns_and_to_its_tone(language: str, name: str, n: int) -> None:
    to, values = SAMPLES[name][n]
    rendered = COMPOSER.render(name, to, values, language)
    for line in rendered.text.split("\n"):
        assert len(line) <= layout.WIDTH or " " not in line.strip(), line
    assert rendered.subject == rendered.subject.strip() != ""
    for said in (rendered.subject, rendered.text, re.sub(r"<!doctype|!important", "", rendered.html)):
        assert "!" not in said
        assert not re.search(r"None(?! of it)", said)
        assert "  ," not in said
    assert "\n\n\n" not in rendered.text
    assert "\n-- \n" in rendered.text


@pytest.mark.parametrize(("language", "name", "n"), EVERY)
def test_no_letter_loads_anything_from_elsewhere(language: str, name: str, n: int) -> None:
    to, values = SAMPLES[name][n]
    html = COMPOSER.render(name, to, values, language).html
    assert not re.search(r"<(img|script|iframe|link|object|embed|form)\b|url\(|@import|\bsrc=", html)
    assert html.count("<div") == html.count("</div>")


def test_the_bare_letters_say_nothing_that_is_not_known() -> None:
    assert ENGLISH.rows(BARE) == SPANISH.rows(BARE) == []


def test_the_facts_of_a_need_in_english_and_spanish() -> None:
    english, spanish = dict(ENGLISH.rows(FULL)), dict(SPANISH.rows(FULL))
    assert english["By when"] == "Filing due Monday, February 24, 2025 (in 11 days)"
    assert english["Client"] == "17 years old, from Honduras, speaks Spanish, not detained"
    assert spanish["Plazo"] == "Presentación hasta el lunes 24 de febrero de 2025 (en 11 días)"
    assert spanish["Cliente"] == "17 años, de Honduras, habla español, en libertad"


@pytest.mark.parametrize(("left", "said"), [(-3, "already past"), (0, "today"), (1, "tomorrow"), (2, "in 2 days")])
def test_the_days_that_are_left(left: int, said: str) -> None:
    assert ENGLISH.days(left) == said


def test_times_are_said_as_clocks_say_them() -> None:
    when = datetime(2025, 2, 17, 15, 5, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))
    assert ENGLISH.at(when) == "Monday, February 17, 10:05 am EST"
    assert SPANISH.at(when) == "lunes 17 de febrero, 10:05 EST"
    assert ENGLISH.at(when.replace(hour=0)).startswith("Monday, February 17, 12:05 am")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("Stewart", "Lumpkin", None, "GA", facility="Stewart Detention Center"), "Stewart Detention Center, Lumpkin, GA"),
        (Place("Durham", "Durham", "Durham County", "NC"), "Durham, NC"),
        (Place("Orange County", None, "Orange County", "CA"), "Orange County, CA"),
        (Place("NC", state="NC"), "North Carolina"),
        (Place("somewhere in the south"), "somewhere in the south"),
    ],
)
def test_places_are_named_as_lawyers_name_them(place: Place, name: str) -> None:
    assert place_name(place) == name


def test_an_ask_is_built_from_what_is_known() -> None:
    values = ask_values(NEED, MATCH, stored_post(), labels=LABELS, today=TODAY, answers_to="bot+t@bot.example")
    assert values.facts.relief == ("asylum", "Special Immigrant Juvenile Status", "u visa")
    assert (values.facts.days_left, values.words, values.reasons) == (11, "Words.", ("you are near",))


def test_a_subject_loses_its_identifiers() -> None:
    assert redacted_subject(stored_post()) == "Durham asylum, […]"
    assert redacted_subject(stored_post(reading=None)) == "Durham asylum, A 012-345-678"


def test_the_note_says_how_many_were_asked_and_when_the_next_are() -> None:
    need = StoredNeed(id=5, post=12, number=1, need=NEED, state=NeedState.ASKING)
    zone = ZoneInfo("America/New_York")
    values = note_values(stored_post(), [need], [wave(asks=2, matches=5, next_at=NOW)], labels=LABELS, now=NOW, zone=zone)
    (case,) = values.cases
    assert (case.asked, case.left, case.next_at) == (2, 3, NOW)
    assert values.held_back == ("a_number",)
    text = COMPOSER.render("note", Address("sam@fellows.example", "Sam"), values).text
    assert "2 people\nwere asked" in text
    assert "10:30 am EST" in text.replace("\n", " ")
    nobody = note_values(stored_post(), [need], [wave(next_at=NOW)], labels=LABELS, now=NOW, zone=zone)
    assert nobody.cases[0].next_at is None
    assert "Sorry: nobody in the registry fits" in COMPOSER.render("note", Address("sam@fellows.example"), nobody).text


def test_shadow_mode_tells_whom_it_would_have_asked_and_who_is_kept_out() -> None:
    need = StoredNeed(id=5, post=12, number=1, need=NEED, state=NeedState.CLOSED)
    values = shadow_values(stored_post(), [need], [wave(matches=2)], labels=LABELS, today=TODAY)
    assert values.cases[0].excluded == (("paused", 2),)
    text = COMPOSER.render("shadow", Address("mo@bot.example"), values).text
    assert "Ana <ana@alumni.example>, score 0.90, chance 20 %" in text


def test_what_was_odd_about_a_held_message_is_said() -> None:
    post = stored_post()
    post = replace(post, post=replace(post.post, warnings=("a header line was damaged",)))
    assert post.reading is not None
    reading = replace(post.reading, warnings=("only the beginning of this long message was read",))
    mail = COMPOSER.render("held", Address("mo@bot.example"), held_values(post, reading, "unclear", labels=LABELS, today=TODAY))
    for text in (mail.text, mail.html):
        assert "a header line was damaged" in text
        assert "only the beginning of this long message was read" in " ".join(text.split())


def test_facts_without_a_deadline_have_no_days_left() -> None:
    assert facts(Need(), LABELS, TODAY) == BARE


@given(st.text(max_size=400))
def test_filling_loses_no_word_and_keeps_its_width(text: str) -> None:
    filled = layout.fill(text)
    assert filled.split() == layout.clean(text).split()
    assert all(len(line) <= layout.WIDTH or " " not in line.strip(" >-*•") for line in filled.split("\n"))


@given(st.text(max_size=400))
def test_quoted_words_are_quoted_on_every_line(text: str) -> None:
    assert all(line.startswith(">") for line in layout.quoted(text).split("\n"))


def test_every_kind_of_values_has_its_letters() -> None:
    assert {type(values) for letters in SAMPLES.values() for _, values in letters} == set(LETTERS.values())
    assert set(SAMPLES) == set(LETTERS)
    assert all(isinstance(v, LETTERS[name]) for name, letters in SAMPLES.items() for _, v in letters)
    assert Values


def test_every_relief_of_the_shipped_rules_has_its_spanish_words() -> None:
    labels = {label.casefold() for label in load().relief_labels.values()}
    assert labels - SPANISH.reliefs.keys() == {"vawa", "daca"}, "which are the same in both"


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("North Carolina", "Carolina del Norte"),
        ("New York, NY", "Nueva York, NY"),
        ("Stewart Detention Center, Lumpkin, GA", "Stewart Detention Center, Lumpkin, GA"),
        ("Haiti", "Haití"),
        ("Texas", "Texas"),
        ("Philadelphia, PA", "Filadelfia, PA"),
        ("New Orleans, LA", "Nueva Orleans, LA"),
        ("Varick Street Immigration Court, New York, NY", "Varick Street Immigration Court, Nueva York, NY"),
        ("Lebanon", "Líbano"),
    ],
)
def test_places_and_countries_have_their_spanish_names(english: str, spanish: str) -> None:
    assert (LANGUAGES["es"].called(english), LANGUAGES["en"].called(english)) == (spanish, english)


@pytest.mark.parametrize(
    "town",
    ["Palestine, TX", "Lebanon, TN", "Jordan, MN", "Norway, ME", "Oregon, OH", "Philadelphia, MS", "County Jail, Lebanon, TN"],
)
def test_an_american_town_is_not_called_like_a_country_a_state_or_a_greater_town(town: str) -> None:
    assert LANGUAGES["es"].called(town) == town


def test_every_name_that_spanish_has_is_one_of_those_in_use() -> None:
    table = Path(reading.__file__).parent / "data" / "countries.tsv"
    used = {line.split("\t")[1] for line in table.read_text(encoding="utf-8").splitlines()}
    assert set(spanish_names.COUNTRIES) <= used
    assert set(spanish_names.STATES) <= {state.name for state in STATES.values()}


@pytest.mark.parametrize(
    ("places", "said"),
    [(["Texas", "Ohio"], "Texas u Ohio"), (["Ohio", "Texas"], "Ohio o Texas"), (["Maine", "Illinois"], "Maine o Illinois")],
)
def test_the_spanish_or_changes_before_its_own_sound(places: list[str], said: str) -> None:
    assert LANGUAGES["es"].listed(places, "or") == said


def test_the_spanish_and_changes_before_its_own_sound() -> None:
    assert [LANGUAGES["es"].listed(["Ana", who]) for who in ("Inés", "Hilda", "Iago", "Ana")] == [
        "Ana e Inés", "Ana e Hilda", "Ana y Iago", "Ana y Ana",
    ]  # fmt: skip
