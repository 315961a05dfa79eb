"""Which day binds a taker, for what is asked. The posts are of Wednesday 15 January 2025."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from listbot.reading import binding, date_roles, dates, deadlines
from listbot.reading.judgement import Judgement, Mentions, View, judged
from listbot.reading.text import Sentences

TODAY = date(2025, 1, 15)


def binds(sentence: str, *relief: str, age: int | None = None) -> tuple[str, str] | None:
    text = f"Looking for counsel\n\n{sentence}\n"
    found = date_roles.roles_of(dates.find_dates(text, TODAY), text, Sentences(text), TODAY)
    roled = deadlines.derived(found, text, relief, TODAY, age)
    deadline, _ = deadlines.binding(roled, text, TODAY, relief, age)
    return (str(deadline.date), deadline.kind.value) if deadline else None


@pytest.mark.parametrize(
    ("sentence", "relief", "wanted"),
    [
        ("Entered 3/2/24, nothing filed.", "asylum", ("2025-03-02", "one_year")),
        ("Entered 3/2/24, the I-589 was filed in May.", "asylum", None),
        ("Entered 3/2/24, needs a work permit.", "work_permit", None),
        ("Entered 3/2/22, nothing filed.", "asylum", None),
        ("The IJ denied asylum on January 6.", "bia_appeal", ("2025-02-05", "appeal")),
        ("The IJ denied asylum on January 6; the appeal is due Feb 4.", "bia_appeal", ("2025-02-04", "appeal")),
        ("BIA dismissed 1/6.", "circuit_petition", ("2025-02-05", "appeal")),
        ("The Board affirmed on January 6.", "motion_to_reopen", ("2025-04-06", "filing")),
        ("Ordered removed in absentia January 6.", "motion_to_reopen", ("2025-07-05", "filing")),
        ("RFE dated January 6, 87 days.", "adjustment", ("2025-04-03", "response")),
        ("N-400 denied January 6; she has 30 days to ask for the N-336.", "naturalization", ("2025-02-05", "appeal")),
        ("Her divorce was final January 6.", "vawa", ("2027-01-06", "filing")),
        ("The Supp. B was signed January 6.", "u_visa", ("2025-07-06", "filing")),
        ("Born June 9, 2007.", "guardianship", ("2025-06-09", "age_out")),
        ("Born June 9, 2007.", "sijs", ("2028-06-09", "age_out")),
        ("Hearing March 20, evidence due 15 days before.", "asylum", ("2025-03-05", "filing")),
        ("Interview on February 20.", "naturalization", ("2025-02-20", "hearing")),
        ("Biometrics on February 20.", "asylum", ("2025-02-20", "other")),
        ("DACA expires February 20.", "daca", ("2025-02-20", "filing")),
        ("His work permit expires February 20.", "bond", None),
        ("She turns 18 on June 9.", "t_visa", None),
        ("Her son turns 21 on June 9.", "t_visa", ("2025-06-09", "age_out")),
        ("Master 3/4, individual 5/6.", "asylum", ("2025-03-04", "hearing")),
        ("Last hearing was 1/6, next one 5/6.", "asylum", ("2025-05-06", "hearing")),
        ("Hearing sometime in March.", "asylum", None),
        ("Due date for the 42A: March 16, 2026.", "cancellation_lpr", ("2026-03-16", "filing")),
        ("The request for evidence is dated January 6 and gives 87 days.", "adjustment", ("2025-04-03", "response")),
        ("Born June 9, 2004.", "guardianship", ("2025-06-09", "age_out")),
        ("The certification was signed January 6.", "guardianship", ("2025-07-06", "filing")),
        ("The Board dismissed on December 2; new evidence since.", "bia_appeal", None),
        ("Came 3/2/24 with no asylum application.", "removal_defense", ("2025-03-02", "one_year")),
        ("I have the removal case (individual March 4).", "habeas", None),
        ("Her custody review is March 4, that's mine.", "bond", None),
        ("Her C14 card is good until March 4.", "work_permit", ("2025-03-04", "filing")),
        ("Her birthday is March 4, she'll be sixteen.", "sijs", None),
        ("The hearing on January 10 went off; next is March 4.", "asylum", ("2025-03-04", "hearing")),
        ("An interview letter came for Reno, March 4.", "naturalization", ("2025-03-04", "hearing")),
        ("The reunion is 21 March in Reno.", "sijs", None),
        ("The 589 must be lodged by the thirtieth.", "asylum", ("2025-01-30", "filing")),
        ("He leaves the shelter February 4.", "sijs", None),
        ("I am keeping the master on 3/4.", "asylum", None),
        ("Her certification expires February 20.", "u_visa", ("2025-02-20", "filing")),
        ("An RFE came and it is due February 20.", "adjustment", ("2025-02-20", "response")),
        ("The sheriff signed her I-918B on December 20.", "u_visa", ("2025-06-20", "filing")),
        ("El detective le firmó la hoja el 20 de diciembre.", "u_visa", ("2025-06-20", "filing")),
        (
            "Her husband died June 8, 2024; the widow's petition must be in within two years.",
            "adjustment",
            ("2026-06-08", "filing"),
        ),
        ("He was born June 9, 2007 and the court loses him at eighteen.", "sijs", ("2025-06-09", "age_out")),
    ],
)
def test_the_earliest_day_that_binds_for_what_is_asked(sentence: str, relief: str, wanted: tuple[str, str] | None) -> None:
    assert binds(sentence, relief) == wanted


def test_a_birthday_of_a_grown_client_binds_nobody() -> None:
    assert binds("Her birthday is June 9.", "asylum", age=44) is None
    assert binds("His birthday is June 9.", "sijs", age=17) == ("2025-06-09", "age_out")


def weighed(sentence: str, shares: Mapping[str, float], *relief: str) -> str | None:
    """The deadline of one date of which an encoder thinks so."""
    text = f"Looking for counsel\n\n{sentence}\n"
    found = date_roles.roles_of(dates.find_dates(text, TODAY), text, Sentences(text), TODAY)
    view = View(text, 19, (), (), TODAY, Mentions((), tuple(found), ()))
    mentions = judged(view, Judgement(dates=(shares,)))
    deadline, _ = deadlines.binding(deadlines.derived(list(mentions.dates), text, relief, TODAY, None), text, TODAY, relief)
    return str(deadline.date) if deadline else None


def test_an_encoder_that_is_sure_of_a_hearing_makes_a_date_bind() -> None:
    assert weighed("Master is February 20.", {"hearing": 0.9, "event": 0.05, "none": 0.05}, "asylum") == "2025-02-20"


def test_an_encoder_that_sees_an_event_keeps_a_date_from_binding() -> None:
    assert weighed("The clinic meets February 20.", {"event": 0.9, "hearing": 0.05, "none": 0.05}, "asylum") is None


def test_a_year_runs_from_an_entry_that_only_the_encoder_sees() -> None:
    sentence = "He turned up at Otay on March 2, 2024; asylum."
    assert weighed(sentence, {"entry": 0.9, "past": 0.05, "none": 0.05}, "asylum") == "2025-03-02"


def test_the_likelihood_of_a_date_without_signs_is_a_half() -> None:
    assert binding.likelihood({}, {}) == 0.5
