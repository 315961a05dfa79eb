"""How dates are written, and the day they mean."""

from __future__ import annotations

from datetime import date

import pytest

from listbot.reading.dates import find_dates, is_day_first

TODAY = date(2025, 1, 14)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "ahead", "back"),
    [
        ("2025-02-24", "2025-02-24", "2025-02-24"),
        ("2/24/24", "2024-02-24", "2024-02-24"),
        ("2-24-2024", "2024-02-24", "2024-02-24"),
        ("24FEB2025", "2025-02-24", "2025-02-24"),
        ("Feb. 24th, '25", "2025-02-24", "2025-02-24"),
        ("24 February 2025", "2025-02-24", "2025-02-24"),
        ("the 24th of February", "2025-02-24", "2024-02-24"),
        ("3/4", "2025-03-04", "2024-03-04"),
        ("the eleventh of April last year", "2024-04-11", "2024-04-11"),
        ("2 de abril de 2025", "2025-04-02", "2025-04-02"),
        ("Friday", "2025-01-17", "2025-01-10"),
        ("next Tuesday", "2025-01-21", "2025-01-21"),
        ("a week from Friday", "2025-01-24", "2025-01-24"),
        ("two weeks from Monday", "2025-02-03", "2025-02-03"),
        ("Tue 4/29", "2025-04-29", "2025-04-29"),
        ("tomorrow", "2025-01-15", "2025-01-15"),
        ("in three weeks", "2025-02-04", "2025-02-04"),
        ("5 days ago", "2025-01-09", "2025-01-09"),
        ("este jueves", "2025-01-16", "2025-01-09"),
        ("the last day of June", "2025-06-30", "2024-06-30"),
        ("the 27th", "2025-01-27", "2024-12-27"),
        ("by the thirtieth", "2025-01-30", "2024-12-30"),
        ("on the fifth of June, a Thursday", "2025-06-05", "2025-06-05"),
        ("June the 5th", "2025-06-05", "2024-06-05"),
        ("mid-March, the 16th", "2025-03-16", "2024-03-16"),
        ("December 2023 (the eleventh)", "2023-12-11", "2023-12-11"),
        ("the 18th of this month", "2025-01-18", "2025-01-18"),
        ("last June 30", "2024-06-30", "2024-06-30"),
        ("Dec. 17 last year", "2024-12-17", "2024-12-17"),
        ("dated 2 NOV 23", "2023-11-02", "2023-11-02"),
        ("14 mars 2025", "2025-03-14", "2025-03-14"),
        ("vendredi", "2025-01-17", "2025-01-10"),
        ("by webex 11.20", "2025-11-20", "2024-11-20"),
        ("master | 8-21 | Reno", "2025-08-21", "2024-08-21"),
        ("Friday next", "2025-01-24", "2025-01-24"),
        ("a week ago Saturday", "2025-01-04", "2025-01-04"),
        ("Thanksgiving last year", "2024-11-28", "2024-11-28"),
        ("the day after the Fourth", "2025-07-05", "2024-07-05"),
        ("Election Day", "2025-11-04", "2024-11-05"),
    ],
)
def test_a_date_means_its_day_looking_ahead_and_back(words: str, ahead: str, back: str) -> None:
    (*_, found) = find_dates(f"it is {words}, they say", TODAY, day_first=False)
    assert (str(found.ahead), str(found.back)) == (ahead, back)


@pytest.mark.parametrize("words", ["mid-March", "in two months", "next week", "soon", "March 2026", "in 48-72 hrs"])
def test_what_names_no_day_is_kept_as_words(words: str) -> None:
    (found,) = find_dates(f"it is {words} they say", TODAY)
    assert found.ahead is None
    assert found.text


@pytest.mark.parametrize(
    "words",
    [
        "at 9.30",
        "8 CFR 208.16",
        "3.15 miles",
        "who may write",
        "within 30 days of the order",
        "in Ames",
        "open 24/7",
        "INA 240(b)(5)",
        "Form I-589",
        "1/2 of them",
        "por la mañana",
        "2/30/25",
        "$3/4 off",
    ],
)
def test_what_is_no_date_is_not_found(words: str) -> None:
    assert [m for m in find_dates(words, TODAY) if m.ahead] == []


def test_days_counted_from_a_date_give_a_date_of_their_own() -> None:
    base, counted = find_dates("87 days from 1/6", TODAY)
    assert str(base.back) == "2025-01-06"
    assert str(counted.ahead) == "2025-04-03"


def test_figures_are_read_day_first_in_a_spanish_post() -> None:
    text = "La audiencia es el 3/4/2025 y el señor vive en la ciudad con su hermana que habla español"
    assert is_day_first(text)
    assert str(find_dates(text, TODAY)[0].ahead) == "2025-04-03"


def test_a_weekday_settles_the_year() -> None:
    (found,) = find_dates("picked up on Thursday, December 19", TODAY)
    assert str(found.ahead) == "2024-12-19"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("my wedding is on December 9; the hearing is the day before.", "2025-12-08"),
        ("she missed court on December 3 and was ordered removed that same day", "2025-12-03"),
        ("the trial is March 3 and the bond hearing a week later.", "2025-03-10"),
    ],
)
def test_a_day_may_be_told_by_the_date_before_it(words: str, day: str) -> None:
    assert str(find_dates(words, TODAY)[-1].ahead) == day


def test_a_count_of_days_runs_from_the_date_beside_it_only() -> None:
    found = find_dates("87 days from Jan 6, so Apr 3 at the latest", TODAY)
    assert [str(m.ahead) for m in found] == ["2026-01-06", "2025-04-03", "2025-04-03"]


def test_an_age_before_a_month_is_no_day() -> None:
    (found,) = find_dates("he turns 18 Oct 29", TODAY)
    assert str(found.ahead) == "2025-10-29"


def test_figures_are_read_day_first_where_the_post_says_so() -> None:
    assert is_day_first("The dates are day-first: hearing 6/5/2025")
    assert not is_day_first("hearing 6/5/2025, was 9/14/2023")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("She landed three days before Easter, 2024, at JFK.", "2024-03-28"),
        ("Court is two weeks from this coming Monday.", "2025-02-03"),
        ("A month from Friday is her hearing.", "2025-02-17"),
        ("It is due the Friday before March 5.", "2025-02-28"),
        ("He was taken three Mondays ago.", "2024-12-30"),
        ("The merits are the second Tuesday in March.", "2025-03-11"),
        ("Their bus leaves the first Monday of every month.", "2025-02-03"),
        ("They came on the ninth of last March.", "2024-03-09"),
        ("Entró el 3 de marzo del 24 por Reynosa.", "2024-03-03"),
        ("The window shuts the day before Black Friday.", "2025-11-27"),
        ("File before the tenth she said.", "2025-02-10"),
    ],
)
def test_a_day_may_be_told_by_a_feast_or_by_its_place_in_a_month(words: str, day: str) -> None:
    assert day in {str(m.ahead) for m in find_dates(words, TODAY)}


def test_a_day_that_only_helps_to_count_is_no_date() -> None:
    assert [m.text for m in find_dates("Court is a month from Saturday.", TODAY)] == ["a month from Saturday"]


def test_days_before_a_hearing_are_counted_back_from_it() -> None:
    found = find_dates("Individual March 20. Exhibits are due fifteen days before.", TODAY)
    assert str(found[-1].ahead) == "2025-03-05"


def test_a_forwarded_mail_is_read_from_its_own_day() -> None:
    words = "still nobody\n\nFrom: A. Field\nSent: Monday, January 6, 2025 4:12 PM\n\nExhibits were due this Friday, merits 3/5."
    found = {m.text: str(m.ahead) for m in find_dates(words, TODAY)}
    assert found["this Friday"] == "2025-01-10"
    assert found["3/5"] == "2025-03-05"


def test_the_end_of_one_line_and_the_number_of_the_next_are_no_date() -> None:
    assert [m.text for m in find_dates("It expires 12 September.\n\n4) A sister.", TODAY)] == ["12 September"]


def test_a_day_of_a_month_gone_by_lies_behind() -> None:
    (_, told) = find_dates("Mom was admitted January 8 and came home the 12th.", TODAY)
    assert str(told.back) == "2025-01-12"
