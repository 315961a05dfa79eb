"""Invented letters, one full and one bare of each kind: to check templates, to preview them, to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from listbot.domain.letters import (
    AskValues,
    CapacityQuestionValues,
    CapacityValues,
    DecidedValues,
    DigestNeed,
    DigestValues,
    Elsewhere,
    Facts,
    FellowValues,
    HeldAnswerValues,
    HeldValues,
    IntroductionValues,
    NoteCase,
    NoteValues,
    QuestionValues,
    ReasonsValues,
    ShadowCase,
    ShadowValues,
    SignInValues,
    TakerValues,
    TroubleValues,
    UnclearValues,
    Values,
    WouldAsk,
)
from listbot.domain.mail import Address
from listbot.domain.reasons import KINDS, Reason

BOT = Address("bot@bot.example", "Referral bot")
TAKER = Address("ana@alumni.example", "Ana Ruiz Ferrer")
FELLOW = Address("sam@fellows.example", "Sam O'Neill")
NOBODY = Address("x@alumni.example")
MODERATOR = Address("moderator@example.org", "Mo")
WHEN = datetime(2025, 2, 13, 15, 30, tzinfo=UTC)
WORDS = """Hi all,

I am looking for someone who could take a 17-year-old in Durham. He came from Honduras in 2023, lives with his aunt [name], and \
wants to apply for asylum; SIJS looks possible too. He speaks Spanish only.

The I-589 is due February 24. He has a master calendar hearing in Charlotte on March 12.
We can help with the declaration and with country conditions.

Thank you,
Sam"""

FULL = Facts(
    relief=("asylum", "Special Immigrant Juvenile Status"),
    places=("Durham, NC",),
    deadline=date(2025, 2, 24),
    deadline_kind="filing",
    days_left=11,
    detained=False,
    minor=True,
    age=17,
    languages=("es",),
    country="Honduras",
    scope="full",
    remote=True,
    supervision=True,
)
DETAINED = Facts(
    relief=("bond",), places=("Stewart Detention Center, Lumpkin, GA",), deadline=date(2025, 2, 14), deadline_kind="hearing",
    days_left=1, detained=True, languages=("ht", "fr"), country="Haiti", scope="limited",
)  # fmt: skip
BARE = Facts()

_REASONS = (
    Reason("often", "you named asylum as something you do often", relief="asylum"),
    Reason("miles_from", "you are 24 miles from Durham", miles=24, place="Durham"),
    Reason("room", "you have room for 2 cases", cases=2),
)
_ANSWERS = "bot+k3v7q2mz5t4wa6xj2n8rcy4p@bot.example"
_LINK = "https://listbot.example.org/a/k3v7q2mz5t4wa6xj2n8rcy4p"
_MONDAY = datetime(2025, 2, 17, 10, 30, tzinfo=UTC)
_FIRST = (
    WouldAsk(name=TAKER.name, email=TAKER.email, score=0.91, chance=0.22, reasons=_REASONS),
    WouldAsk(name="", email="bo@alumni.example", score=0.75, chance=0.1, reasons=()),
)
_ELSEWHERE = (
    Elsewhere(name="Kids & Counsel", description="Pro bono counsel with mentoring for children.", url="https://kids.example"),
    Elsewhere(name="Law-school clinics", description="Clinics take cases at the start of a semester.", url=""),
)
_POSTING = (
    ("Title", "Pro bono counsel for asylum and Special Immigrant Juvenile Status, North Carolina"),
    ("Time commitment", "Full representation; the next date is February 24"),
    ("Languages", "Spanish"),
)

SAMPLES: Mapping[str, tuple[tuple[Address, Values], ...]] = {
    "ask": (
        (TAKER, AskValues(facts=FULL, fellow=FELLOW, list_name="fellows", posted_on=date(2025, 2, 12), reasons=_REASONS,
                          words=WORDS, answers_to=_ANSWERS, link=_LINK)),
        (NOBODY, AskValues(facts=BARE, fellow=Address("y@fellows.example"), list_name="", posted_on=None, reasons=(), words="",
                           answers_to=_ANSWERS, link="")),
    ),
    "reasons": ((TAKER, ReasonsValues(reasons=KINDS)), (NOBODY, ReasonsValues(reasons=("you were named by a colleague",)))),
    "note": (
        (FELLOW, NoteValues(about="Durham NC - asylum/SIJS, and a bond hearing at Stewart", posted_on=date(2025, 2, 12), cases=(
            NoteCase(facts=FULL, asked=4, left=7, next_at=_MONDAY), NoteCase(facts=DETAINED, asked=0, left=0, next_at=None),
        ), held_back=("a_number", "birth_date"))),
        (NOBODY, NoteValues(about="", posted_on=None, cases=(NoteCase(facts=BARE, asked=0, left=0, next_at=None),),
                            held_back=())),
    ),
    **{
        name: (
            (FELLOW, FellowValues(facts=FULL, about="Durham NC - asylum/SIJS", asked=9, taker=TAKER.name,
                                  organization="Ruiz & Tate PLLC",
                                  elsewhere=_ELSEWHERE, posting=_POSTING)),
            (NOBODY, FellowValues(facts=BARE, about="", asked=0, taker="x@alumni.example")),
        )
        for name in ("nobody", "expired", "corrected", "further", "settled", "alarm")
    },
    **{
        name: (
            (TAKER, IntroductionValues(facts=FULL, about="Durham NC", fellow=FELLOW, taker=TAKER,
                                       organization="Ruiz & Tate PLLC")),
            (NOBODY, IntroductionValues(facts=BARE, about="", fellow=Address("y@fellows.example"), taker=NOBODY,
                                        organization="", leads=name == "introduction")),
        )
        for name in ("introduction", "cocounsel", "offered")
    },
    **{
        name: (
            (TAKER, TakerValues(facts=FULL, fellow=FELLOW, until=date(2025, 6, 30))),
            (NOBODY, TakerValues(facts=BARE, fellow=FELLOW)),
        )
        for name in ("reserve", "placed", "stopped", "paused")
    },
    "question": (
        (FELLOW, QuestionValues(facts=FULL, about="Durham NC - asylum/SIJS", taker=TAKER,
                                words="Who is the judge, and is there a prior order?")),
        (NOBODY, QuestionValues(facts=BARE, about="", taker=NOBODY, words="")),
    ),
    "unclear": (
        (FELLOW, UnclearValues(about="Durham NC - asylum/SIJS", words="The hearing moved to March 12.", question="which",
                               cases=(FULL, DETAINED), until=_MONDAY)),
        *((NOBODY, UnclearValues(about="", words="", question=question, cases=(BARE,), until=_MONDAY))
          for question in ("further", "end", "what")),
    ),
    **{
        name: (
            (TAKER, CapacityValues(slots=2, until=date(2025, 6, 30), list_name="fellows")),
            (NOBODY, CapacityValues(slots=None, until=None)),
        )
        for name in ("capacity", "capacity_confirm")
    },
    "capacity_question": (
        (TAKER, CapacityQuestionValues(slots=2, stated_on=date(2024, 2, 10), answers_to=_ANSWERS,
                                       link="https://listbot.example.org/c/k3v7q2mz5t4wa6xj2n8rcy4p")),
        (NOBODY, CapacityQuestionValues(slots=None, stated_on=None, answers_to=_ANSWERS, link="")),
    ),
    "held_answer": (
        (MODERATOR, HeldAnswerValues(answer=7, about="Durham NC - asylum/SIJS", author=TAKER, kind="yes", confidence=0.61,
                                     why="the answer says more than one thing", facts=FULL,
                                     words="I could, if [name] has no other lawyer. Otherwise no.")),
        (NOBODY, HeldAnswerValues(answer=8, about="", author=NOBODY, kind="other", confidence=0.3,
                                  why="it answers no mail of ours", facts=BARE, words="")),
    ),
    "decided": (
        (MODERATOR, DecidedValues(what="post 12", about="Durham NC - asylum/SIJS", verdict="released", who="mo@example.org")),
        (NOBODY, DecidedValues(what="answer 7", about="", verdict="left alone", who="mo@example.org")),
    ),
    "digest": (
        (MODERATOR, DigestValues(day=date(2025, 2, 13), more=3, link="https://listbot.example.org/", needs=(
            DigestNeed(need=12, facts=DETAINED, state="asking", asked=9, waiting=4),
            DigestNeed(need=9, facts=FULL, state="offered", asked=3, waiting=0),
        ), held=("post 14: where help is needed is not clear", "2 answers"), trouble=("1 letter was refused by its server",))),
        (NOBODY, DigestValues(day=date(2025, 2, 13), needs=(), more=0, held=(), trouble=(), link="")),
    ),
    "held": (
        (Address("moderator@example.org", "Mo"), HeldValues(
            post=12, about="Durham NC - asylum/SIJS", author=FELLOW, posted_on=date(2025, 2, 12), kind="referral",
            confidence=0.71, why="the place could be Durham, NC or Durham, CA", cases=(FULL, DETAINED), words=WORDS,
            warnings=("the message has 61,200,000 bytes, of which the first 200,000 were kept",), link="https://listbot.example.org/held/12", by_reply=True)),
        (NOBODY, HeldValues(post=13, about="", author=NOBODY, posted_on=None, kind="other", confidence=0.4,
                            why="it did not come through a known list", cases=(), words="", warnings=(), link="", by_reply=False)),
    ),
    "shadow": (
        (Address("moderator@example.org"), ShadowValues(post=12, about="Durham NC", author=FELLOW, words=WORDS, cases=(
            ShadowCase(facts=FULL, first=_FIRST, left=7, excluded=(("paused", 4), ("no_consent", 2))),
            ShadowCase(facts=DETAINED, first=(), left=0, excluded=()),
        ))),
        (NOBODY, ShadowValues(post=13, about="", author=NOBODY, cases=(), words="")),
    ),
    "trouble": (
        (Address("moderator@example.org"), TroubleValues(
            what="The mail server smtp.example.org refuses the password", since=WHEN,
            details=("14 letters wait", "the server said: 535 5.7.8 authentication failed"),
            mend="put the right password into smtp.password_file; the letters leave by themselves then")),
        (NOBODY, TroubleValues(what="Nothing arrives", since=None, details=(), mend="")),
    ),
    "sign_in": (
        (Address("moderator@example.org", "Mo"), SignInValues(
            link="https://listbot.example.org/sign-in/k3v7q2mz5t4w", minutes=15)),
        (NOBODY, SignInValues(link="http://127.0.0.1:8080/sign-in/k3v7q2mz5t4w", minutes=1)),
    ),
}  # fmt: skip
"""Letters by template: whom to, and the values; the first with everything said, the second with nothing."""
