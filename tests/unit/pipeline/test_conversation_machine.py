"""Needs, asks and answers in any order, with time, duplicates, losses and crashes: what must never happen does not.

A crash is a process killed just before, or just after, it has written something: the row's lease runs out, and another worker goes on.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from listbot.domain.follow_up import FELLOW_MAILS, TAKER_MAILS, WHO_TAKES_IT
from listbot.domain.mail import Address
from listbot.domain.states import NEED_OPEN, AnswerKind, AnswerState, AskState, NeedState, PostState
from listbot.pipeline.heard import RECENT
from tests.unit.pipeline.world import FELLOW, LIST, MIA, MO, World

T = TypeVar("T")
TAKERS = 9
TAKER_WORDS = st.sampled_from(
    ["YES", "YES", "YES", "NO", "MAYBE", "LATER", "STOP", "PLACED", "QUESTION", "OTHER", "YES then STOP", "CAPACITY 2025-06-01",
     "CAPACITY 2", "ROBOT 2025-03-20", "ROBOT", "BOUNCE", "BOUNCE soft", "REFER"]
)  # fmt: skip
FELLOW_WORDS = st.sampled_from(["PLACED", "STOP", "NOPLEA", "ALSO U visa", "HELD", "FREE", "FELL through", "hm"])
WRITES = ("asked", "answered", "read", "parsed", "lead", "correct_need", "close_need", "chored")


class Killed(BaseException):
    """The process is gone."""


class Mortal:
    """A store during whose next write the process is killed, before or after it is committed."""

    def __init__(self, cases: Any) -> None:
        self._cases, self.dies = cases, ""

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._cases, name)
        if name not in WRITES:
            return method

        async def write(*args: Any, **more: Any) -> Any:
            dies, self.dies = self.dies, ""
            if dies == "before":
                raise Killed
            result = await method(*args, **more)
            if dies == "after":
                raise Killed
            return result

        return write


class Conversation(RuleBasedStateMachine):
    """A list, one fellow, nine takers, two moderators and a bot."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.world = World()
        self.mortal = Mortal(self.world.store.cases)
        object.__setattr__(self.world.context, "cases", self.mortal)

    def teardown(self) -> None:
        self.loop.close()

    def run(self, doing: Awaitable[T]) -> T | None:
        """Do it; where the process is killed, another one goes on once the lease is over."""

        async def survive() -> T | None:
            try:
                return await doing
            except Killed:
                self.world.clock.time += timedelta(seconds=31)
                return None

        return self.loop.run(survive())

    def settle(self) -> None:
        self.run(self.world.settle())
        self.run(self.world.settle())

    # --- what happens ---

    @initialize(days=st.sampled_from([1, 3, 12, 60]))
    def a_plea(self, days: int) -> None:
        self.run(self.world.register(TAKERS))
        self.run(self.world.post("Asylum in Charlotte", f"please help, due in {days} days"))
        self.settle()

    @rule(hours=st.sampled_from([0.1, 1, 5, 14, 30, 24 * 4, 24 * 12]))
    def time_passes(self, hours: float) -> None:
        self.run(self.world.run(hours=hours))
        self.settle()

    @rule(moment=st.sampled_from(["before", "after"]))
    def the_process_will_be_killed(self, moment: str) -> None:
        self.mortal.dies = moment

    @precondition(lambda self: self.world.asks())
    @rule(data=st.data(), words=TAKER_WORDS, copies=st.integers(1, 3), at_once=st.booleans())
    def a_taker_answers(self, data: st.DataObject, words: str, copies: int, at_once: bool) -> None:
        ask = data.draw(st.sampled_from(self.world.asks()))
        machine = {"Auto_Submitted": "auto-replied"} if words.startswith("ROBOT") else {}
        message = self.run(self.world.reply(ask, words, settle=False, **machine))
        assert message is not None
        for _ in range(copies - 1):
            self.run(self.world.receive(message))
        if at_once:
            self.settle()

    @rule(words=FELLOW_WORDS, data=st.data())
    def the_fellow_answers(self, words: str, data: st.DataObject) -> None:
        letters = self.world.mails(FELLOW.email)
        if letters:
            self.run(self.world.reply(data.draw(st.sampled_from(letters)), words, FELLOW, settle=False))
            self.settle()

    @rule(text=st.sampled_from(["bump, still looking please help", "PLACED thanks"]))
    def the_fellow_posts_again(self, text: str) -> None:
        self.run(self.world.post("Re: Asylum in Charlotte", text))
        self.settle()

    @rule()
    def somebody_offers_on_the_list(self) -> None:
        self.run(self.world.post("Re: Asylum in Charlotte", "REPLY I can help", Address("eve@elsewhere.example", "Eve Else")))
        self.settle()

    @precondition(lambda self: self.world.mails(MO.email, "held_answer"))
    @rule(data=st.data(), words=st.sampled_from(["RELEASE", "DROP", "YES", "NO", "well"]))
    def a_moderator_decides(self, data: st.DataObject, words: str) -> None:
        held = data.draw(st.sampled_from(self.world.mails(MO.email, "held_answer")))
        self.run(self.world.reply(held, words, MO, settle=False))
        self.settle()

    # --- what must hold ---

    def rows(self, name: str) -> list[Any]:
        return list(self.world.store.cases._tables.table(name).values())

    @invariant()
    def nobody_is_asked_twice_about_a_need(self) -> None:
        live = Counter((a["need"], a["taker"]) for a in self.rows("ask") if a["state"] is not AskState.WITHDRAWN)
        assert all(n == 1 for n in live.values())
        left = Counter((m.letter.need, m.letter.recipient) for m in self.world.asks())
        assert all(n == 1 for n in left.values())

    @invariant()
    def a_plea_and_its_bumps_are_one_need(self) -> None:
        """What is posted months later under the same subject may be another client."""
        posted = [row["post"].posted_at for row in self.rows("post") if row["state"] is PostState.MATCHED]
        assert all(later - earlier > RECENT for earlier, later in pairwise(posted))

    @invariant()
    def nobody_is_written_to_who_stopped_before(self) -> None:
        for row in self.rows("taker"):
            stopped = row["opted_out_at"] or row["bounced_at"]
            asks = list(self.world.mails(row["taker"].email, "ask"))
            assert not stopped or all(m.at <= stopped for m in asks)

    @invariant()
    def no_ask_leaves_after_the_yes(self) -> None:
        assert all(mail.need_was in NEED_OPEN for mail in self.world.asks())

    @invariant()
    def a_need_costs_the_fellow_four_mails_and_each_taker_two(self) -> None:
        """In its whole life. Beyond that the fellow hears of each who takes it, and of what a moderator passes on; nothing else."""
        people: dict[str, list[str]] = {}
        for row in self.rows("mail"):
            people.setdefault(row["letter"].recipient, []).append(row["letter"].kind)
        decided = any(self.world.mails(who.email, "decided") for who in (MO, MIA))
        for email, kinds in people.items():
            if email in (MO.email, MIA.email):
                continue
            if email == FELLOW.email:
                assert set(kinds[FELLOW_MAILS:]) <= WHO_TAKES_IT | ({"question", "cocounsel"} if decided else set()), kinds
            else:
                assert len(kinds) <= TAKER_MAILS, (email, kinds)
            once = Counter(
                kind for kind in kinds if kind not in WHO_TAKES_IT | {"settled", "alarm", "corrected", "question", "cocounsel"}
            )
            assert all(n == 1 for n in once.values()), (email, kinds)

    @invariant()
    def whoever_leads_said_yes_and_was_introduced(self) -> None:
        for need in self.rows("need"):
            if need["state"] is not NeedState.OFFERED:
                continue
            lead = next(a for a in self.rows("ask") if a["need"] == need["id"] and a["taker"] == need["lead"])
            assert lead["answer"] is AnswerKind.YES
            known = {(m["letter"].kind, m["letter"].recipient) for m in self.rows("mail")}
            assert ("introduction", lead["email"]) in known or ("offered", FELLOW.email) in known

    @invariant()
    def the_bot_writes_to_people_only(self) -> None:
        assert not {LIST.address, "bot@bot.example"} & set(self.world.boxes)

    @invariant()
    def nothing_is_given_up(self) -> None:
        assert not [row for name in ("message", "post", "need", "answer", "mail") for row in self.rows(name) if row["aside_at"]]
        states = {row["state"] for row in self.rows("answer")}
        assert states <= {
            AnswerState.RECEIVED,
            AnswerState.APPLIED,
            AnswerState.HELD,
            AnswerState.SET_ASIDE,
            AnswerState.ASKED_BACK,
        }


TestConversation = Conversation.TestCase
TestConversation.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
