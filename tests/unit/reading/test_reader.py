"""A post, and what is understood of it (by rules alone)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.domain.reading import DateRole, Kind
from listbot.reading import Reader, body
from tests.unit.reading.conftest import PostFactory

PLEA = """Hi all,

I'm in Brooklyn. My client M., 17, from Honduras, just moved from Long Island to Charlotte, NC and needs an attorney there.
He entered on 2/24/24 and nothing is filed, so the I-589 is due Feb 24. Spanish speaker. SIJS is next. A# 220-113-904.

Thanks,
Ana Field
Brooklyn Clinic
"""


def test_a_plea_is_read_whole(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(post(PLEA, subject="17yo just moved to Charlotte - SIJS/asylum"))
    assert reading.kind is Kind.REFERRAL
    (need,) = reading.needs
    assert need.states == {"NC"}
    assert need.places[0].city == "Charlotte"
    assert set(need.relief) == {"asylum", "sijs"}
    assert need.deadline is not None
    assert str(need.deadline.date) == "2025-02-24"
    assert (need.country, need.minor, need.age, need.languages, need.detained) == ("Honduras", True, 17, ("es",), False)
    assert "220-113-904" not in reading.redacted_text


def test_evidence_points_into_the_text(reader: Reader, post: PostFactory) -> None:
    message = post(PLEA, subject="17yo just moved to Charlotte")
    text = f"{message.subject}\n{message.text}"
    (need,) = reader.read(message).needs
    assert any("Charlotte" in text[a:b] for a, b in need.evidence["places"])
    assert any(text[a:b] == "Honduras" for a, b in need.evidence["country"])
    assert all(0 <= a < b <= len(text) for spans in need.evidence.values() for a, b in spans)


def test_the_place_of_detention_decides_the_state(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(
        post(
            "Our office in Newark, NJ needs bond counsel for a Colombian man detained at Moshannon Valley. Hearing 2/3.",
            subject="Bond",
        )
    )
    (need,) = reading.needs
    assert need.states == {"PA"}
    assert need.detained is True
    assert "bond" in need.relief


def test_a_date_gone_by_is_never_a_deadline(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(
        post(
            "Looking for an attorney in Akron, OH for asylum. Her last hearing was on 12/3/24 and she missed it.",
            subject="Need attorney",
        )
    )
    assert all(n.deadline is None for n in reading.needs)


def test_a_one_year_deadline_follows_from_the_entry(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(
        post("Seeking an attorney for asylum in Akron, OH. She entered on 3/5/2024 and has not filed.", subject="Asylum")
    )
    deadline = reading.needs[0].deadline
    assert deadline is not None
    assert (str(deadline.date), deadline.kind) == ("2025-03-05", DateRole.ONE_YEAR)


def test_a_bump_takes_its_need_from_the_quote(reader: Reader, post: PostFactory) -> None:
    text = "bump, still looking\n\nOn Tue, Jan 7, 2025 at 4:02 PM Ana wrote:\n> Need an attorney in Akron, OH for an asylum hearing on 2/3.\n"
    reading = reader.read(post(text, subject="Re: asylum in Akron"))
    assert reading.kind is Kind.REFERRAL
    assert reading.needs[0].states == {"OH"}


def test_a_robot_is_no_plea(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(
        post("I am out of the office until Monday.", subject="Automatic reply: attorney needed", auto_submitted="auto-replied")
    )
    assert reading.kind is Kind.OTHER
    assert reading.needs == ()


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), subject=st.text(max_size=60))
def test_any_text_is_read_without_failing_and_the_same_way_twice(reader: Reader, text: str, subject: str) -> None:
    from datetime import UTC, datetime

    from listbot.domain.mail import Address, Post

    message = Post(
        message_id="",
        author=Address("a@b.example"),
        subject=subject.replace("\n", " "),
        text=text,
        date=datetime(2025, 1, 14, tzinfo=UTC),
    )
    first = reader.read(message)
    assert first == reader.read(message)
    length = len(message.subject) + 1 + len(message.text)
    assert all(0 <= a <= b <= length for a, b in (p.span for p in first.parts))


def test_hostile_text_stays_quick(reader: Reader, post: PostFactory) -> None:
    import time

    for text in (
        "a" * 1_000_000,
        "1/2/25 " * 100_000,
        "> " * 200_000,
        "in Akron, " * 50_000,
        "((((" * 100_000,
        "due on by in " * 40_000,
    ):
        started = time.process_time()
        reader.read(post(text))
        assert time.process_time() - started < 4, text[:20]


QUOTED = """

On Mon, Jan 13, 2025 Ana Field wrote:
> Looking for an attorney in Tulsa for a boy of 15 from Guatemala, SIJS and asylum. His master is on March 3. Can anyone take him?
"""


def test_a_reply_that_says_enough_is_read_without_its_quote(reader: Reader, post: PostFactory) -> None:
    answer = "Ana, we can do this one. I would want to file the bare bones 589 first and then begin in the family court after that, fine?"
    parts = post(answer + QUOTED, subject="Re: Tulsa")
    text = f"{parts.subject}\n{parts.text}"
    assert "Guatemala" not in reader.view(parts, text, body.parts_of(parts)).text


def test_a_bump_is_read_with_its_quote(reader: Reader, post: PostFactory) -> None:
    bump = post("Bumping this up, nobody yet." + QUOTED, subject="Re: Tulsa")
    assert reader.read(bump).needs[0].states == {"OK"}
