"""Which day binds a taker, for what is asked. The posts are of Wednesday 15 January 2025."""

from __future__ import annotations

from datetime import date

import pytest

from listbot.reading import date_roles, dates, deadlines
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
    ],
)
def test_the_earliest_day_that_binds_for_what_is_asked(sentence: str, relief: str, wanted: tuple[str, str] | None) -> None:
    assert binds(sentence, relief) == wanted


def test_a_birthday_of_a_grown_client_binds_nobody() -> None:
    assert binds("Her birthday is June 9.", "asylum", age=44) is None
    assert binds("His birthday is June 9.", "sijs", age=17) == ("2025-06-09", "age_out")
