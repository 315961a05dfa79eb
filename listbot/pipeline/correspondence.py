"""Which letter goes to whom, how answers to it find their way back, and what it is filled with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from listbot.domain import wording
from listbot.domain.corrections import Unclear
from listbot.domain.fallback import fallbacks, posting
from listbot.domain.follow_up import taker_has_room
from listbot.domain.letters import (
    CapacityQuestionValues,
    CapacityValues,
    DecidedValues,
    DigestValues,
    Facts,
    HeldAnswerValues,
    LetterSpec,
    QuestionValues,
    TroubleValues,
    UnclearValues,
    Values,
    copies,
)
from listbot.domain.mail import Address
from listbot.domain.matching import Match
from listbot.domain.reading import Need, Reading
from listbot.domain.registry import Candidate, Taker
from listbot.domain.tokens import plus_address, token
from listbot.domain.work import (
    AnswerReading,
    Letter,
    NewPost,
    NewWave,
    Queue,
    StoredAnswer,
    StoredAsk,
    StoredNeed,
    StoredPost,
    Told,
)
from listbot.pipeline.context import Context

ENGLISH = "en"

DECIDABLE = frozenset({"held", "held_answer"})
"""Letters to moderators that are decided by a reply."""

WAYS_OUT = frozenset({"nobody", "expired", "alarm"})
"""News that says where else the fellow can turn."""

TO_MODERATORS = frozenset({"decided", "digest", "shadow", "sign_in", "trouble"})
"""Letters to moderators from an answer to which nothing follows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes the bot's letters as of one moment."""

    context: Context
    now: datetime

    async def letters(self, *specs: LetterSpec) -> list[Letter]:
        """The finished mails, one for each recipient, in the language that everybody named in it wishes; else in English.

        In mode shadow nobody but moderators is written to, whatever led to the letter.
        """
        if self.context.identity.mode == "shadow":
            specs = tuple(spec for spec in specs if spec.template in TO_MODERATORS | DECIDABLE)
        people = {person.email for spec in specs for person in (spec.to, *spec.cc)}
        wishes = await self.context.registry.languages(people) if people else {}
        composed: list[Letter] = []
        for spec in specs:
            wished = {wishes.get(person.email, ENGLISH) for person in (spec.to, *spec.cc)}
            worded = replace(spec, language=wished.pop() if len(wished) == 1 else ENGLISH)
            composed += [self.context.composer.compose(copy, self.now) for copy in copies(worded)]
        return composed

    def ask(self, post: StoredPost, need: StoredNeed, match: Match) -> LetterSpec:
        """One mail to one taker about one need; answers reach fellow and bot."""
        identity = self.context.identity
        secret = token(identity.secret, "ask", need.id, match.taker_id)
        bot = self._answers_to(secret)
        link = f"{identity.base_url}/a/{secret}" if identity.base_url else ""
        return LetterSpec(
            key=f"ask:{need.id}:{match.taker_id}",
            template="ask",
            to=Address(match.email, match.name),
            values=wording.ask_values(
                need.need, match, post, labels=self._labels, today=self._today, answers_to=bot.email, link=link
            ),
            reply_to=(post.post.author, bot),
            unsubscribe=(bot.email, f"{link}/stop" if link else ""),
            token=secret,
            post=post.id,
            need=need.id,
            held=identity.mode == "approve",
        )

    def note(self, post: StoredPost, needs: Sequence[StoredNeed], waves: Sequence[NewWave]) -> LetterSpec:
        """The one private note to the fellow: what was understood, how many were asked, how to correct it."""
        values = wording.note_values(post, needs, waves, labels=self._labels, now=self.now, zone=self.context.identity.zone)
        return self._to_fellow(f"note:{post.id}", "note", post, values, "auto-generated")

    def news(
        self, template: str, post: StoredPost, need: StoredNeed, asked: int, *, taker: Taker | None = None, nth: object = ""
    ) -> LetterSpec:
        """`nobody`, `expired`, `corrected`, `settled` or `alarm`: news of one need to its fellow.

        `taker` leads the need; `nth` tells apart what may be said of it more than once. A need that is over gets no posting.
        """
        rules = self.context.rules()
        values = wording.fellow_values(
            need.need,
            post,
            labels=self._labels,
            today=self._today,
            asked=asked,
            taker=(taker.name or taker.email) if taker else "",
            organization=taker.organization if taker else "",
            resources=fallbacks(need.need, rules) if template in WAYS_OUT else (),
            posting=posting(need.need, rules, self._today) if template != "expired" else None,
        )
        automatic = "auto-replied" if template == "corrected" else "auto-generated"
        return self._to_fellow(f"{template}:{need.id}:{nth or need.wave}", template, post, values, automatic, need.id)

    def unclear(
        self, post: StoredPost, needs: Sequence[StoredNeed], question: Unclear, words: str, until: datetime
    ) -> LetterSpec:
        """To the fellow, once for each post: what was understood, and which of two things is meant."""
        values = UnclearValues(
            about=wording.redacted_subject(post),
            words=words,
            question=question,
            cases=tuple(map(self.facts, needs)),
            until=until.astimezone(self.context.identity.zone),
        )
        return self._to_fellow(f"unclear:{post.id}", "unclear", post, values, "auto-replied")

    def further(self, post: StoredPost, need: Need, nth: int) -> LetterSpec:
        """To the fellow: a client was added by their reply, and this is what was understood."""
        values = wording.fellow_values(need, post, labels=self._labels, today=self._today, asked=0)
        return self._to_fellow(f"further:{post.id}:{nth}", "further", post, values, "auto-replied")

    def question(self, post: StoredPost, need: StoredNeed, taker: Address, words: str, nth: object) -> LetterSpec:
        """What somebody who was asked wants to know, to the fellow; the reply goes to both."""
        secret = token(self.context.identity.secret, "note", post.id)
        values = QuestionValues(facts=self.facts(need), about=wording.redacted_subject(post), taker=taker, words=words)
        return LetterSpec(
            key=f"question:{need.id}:{nth}",
            template="question",
            to=post.post.author,
            values=values,
            reply_to=(taker, self._answers_to(secret)),
            automatic="auto-replied",
            token=secret,
            post=post.id,
            need=need.id,
        )

    def introduced(
        self,
        post: StoredPost,
        need: StoredNeed,
        asked: StoredAsk,
        taker: Taker,
        told: Sequence[Told],
        template: str = "introduction",
    ) -> LetterSpec:
        """`introduction` or `cocounsel`: one mail to taker and fellow; the details stay between them.

        A taker who has had both letters a need may cost is not written to again: the fellow alone hears of it, and writes to them.
        """
        secret = token(self.context.identity.secret, "ask", need.id, asked.taker)
        them, fellow, both = Address(asked.email, taker.name), post.post.author, taker_has_room(asked.email, told)
        values = wording.introduction_values(
            need.need,
            post,
            them,
            labels=self._labels,
            today=self._today,
            organization=taker.organization,
            leads=template == "introduction",
        )
        return LetterSpec(
            key=f"{template}:{need.id}:{asked.taker}" if both else f"offered:{template}:{need.id}:{asked.taker}",
            template=template if both else "offered",
            to=them if both else fellow,
            cc=(fellow,) if both else (),
            values=values,
            reply_to=(fellow, them, self._answers_to(secret)) if both else (them, self._answers_to(secret)),
            automatic="auto-replied",
            token=secret,
            post=post.id,
            need=need.id,
        )

    def noted(self, template: str, to: Taker, key: str, change: CapacityValues, secret: str, post: int | None) -> LetterSpec:
        """`capacity` or `capacity_confirm`: an entry was changed, or shall be."""
        return LetterSpec(
            key=f"{template}:{key}",
            template=template,
            to=Address(to.email, to.name),
            values=change,
            reply_to=(self._answers_to(secret),),
            automatic="auto-replied",
            token=secret,
            post=post,
        )

    def capacity_question(self, asked: Candidate) -> LetterSpec:
        """To somebody who has long said nothing of their room: is it still so?"""
        identity, id = self.context.identity, asked.id
        secret = token(identity.secret, "capacity_question", id, self._today.isoformat())
        bot = self._answers_to(secret)
        link = f"{identity.base_url}/c/{secret}" if identity.base_url else ""
        stated = asked.standing.capacity_at
        return LetterSpec(
            key=f"capacity_question:{id}:{self._today}",
            template="capacity_question",
            to=Address(asked.taker.email, asked.taker.name),
            values=CapacityQuestionValues(
                slots=asked.taker.open_slots,
                stated_on=stated.astimezone(identity.zone).date() if stated else None,
                answers_to=bot.email,
                link=link,
            ),
            reply_to=(bot,),
            unsubscribe=(bot.email, f"{link}/stop" if link else ""),
            token=secret,
            held=identity.mode == "approve",
        )

    def word(self, template: str, post: StoredPost, need: StoredNeed, asked: StoredAsk, until: date | None = None) -> LetterSpec:
        """`reserve`, `placed`, `stopped` or `paused`: a short word to somebody who was asked."""
        secret = token(self.context.identity.secret, "ask", need.id, asked.taker)
        return LetterSpec(
            key=f"{template}:{need.id}:{asked.taker}",
            template=template,
            to=Address(asked.email),
            values=wording.taker_values(need.need, post, labels=self._labels, today=self._today, until=until),
            reply_to=(self._answers_to(secret),),
            automatic="auto-replied",
            token=secret,
            post=post.id,
            need=need.id,
        )

    def held(self, post: StoredPost, reading: Reading, why: str) -> list[LetterSpec]:
        """To each moderator: a post waits."""
        base = self.context.identity.base_url
        link = f"{base}/posts/{post.id}" if base else ""
        values = wording.held_values(post, reading, why, labels=self._labels, today=self._today, link=link, by_reply=True)
        return self._to_moderators("held", str(post.id), values, post.id)

    def held_answer(
        self, stored: StoredAnswer, reading: AnswerReading, why: str, post: StoredPost | None, need: StoredNeed | None
    ) -> list[LetterSpec]:
        """To each moderator: an answer waits."""
        values = HeldAnswerValues(
            answer=stored.id,
            about=wording.redacted_subject(post) if post else "",
            author=stored.answer.author,
            kind=reading.kind,
            confidence=reading.confidence,
            why=why,
            facts=self.facts(need) if need else Facts(),
            words=self.context.reader.redact(reading.words),
        )
        return self._to_moderators("held_answer", str(stored.id), values, post.id if post else None)

    def held_click(self, asked: StoredAsk, reading: AnswerReading, why: str) -> list[LetterSpec]:
        """To each moderator: what somebody pressed on the page of an ask could not be done."""
        what = f"{asked.email} answered {reading.kind} on the page of need {asked.need}, and nothing followed"
        return self.trouble(f"click:{asked.id}:{reading.kind}", what, [why], "Please write to fellow and taker yourself.")

    def decided(self, what: str, about: str, verdict: str, who: str) -> list[LetterSpec]:
        """To the other moderators: somebody has decided."""
        values = DecidedValues(what=what, about=about, verdict=verdict, who=who)
        specs = self._to_moderators("decided", what, values, None)
        return [spec for spec in specs if spec.to.email.lower() != who.lower()]

    def trouble(self, key: str, what: str, details: Sequence[str] = (), mend: str = "") -> list[LetterSpec]:
        """To each moderator: something needs a hand."""
        since = self.now.astimezone(self.context.identity.zone)
        return self._to_moderators("trouble", key, TroubleValues(what=what, since=since, details=tuple(details), mend=mend), None)

    def braked(self, reasons: Sequence[str]) -> list[LetterSpec]:
        """To each moderator, once a day for each brake: letters are held back."""
        mend = "look at `listbot mail --state held`: release what is right, drop the rest"
        return [s for why in reasons for s in self.trouble(f"{why}:{self._today}", "Letters are held back", [why], mend)]

    def digest(self, values: DigestValues) -> list[LetterSpec]:
        """To each moderator: the morning's overview."""
        return self._to_moderators("digest", values.day.isoformat(), values, None)

    def facts(self, need: StoredNeed) -> Facts:
        """A need in plain words."""
        return wording.facts(need.need, self._labels, self._today)

    def _to_moderators(self, template: str, key: str, values: Values, post: int | None) -> list[LetterSpec]:
        """One letter each; what can be decided by reply has a token of its own for each moderator."""
        secret = self.context.identity.secret
        specs: list[LetterSpec] = []
        for moderator in self.context.identity.moderators:
            own = token(secret, template, key, moderator.email) if template in DECIDABLE else ""
            spec = LetterSpec(
                key=f"{template}:{key}:{moderator.email}",
                template=template,
                to=moderator,
                values=values,
                reply_to=(self._answers_to(own),) if own else (),
                token=own,
                post=post,
            )
            specs.append(spec)
        return specs

    def unreadable(self, message: int, posts: Sequence[NewPost]) -> list[LetterSpec]:
        """To each moderator: a message of the list could not be read, and nobody was asked."""
        return self.trouble(
            f"unreadable:{message}",
            "A post on the list could not be read, so nobody was asked",
            [f"from {p.author}: {p.reason}" for p in posts if p.reason],
            "Please look at it in your own mailbox. If it is a plea, ask its writer to post it again as plain text.",
        )

    def shadow(self, post: StoredPost, needs: Sequence[StoredNeed], waves: Sequence[NewWave]) -> list[LetterSpec]:
        """To each moderator in shadow mode: what would have been done."""
        values = wording.shadow_values(post, needs, waves, labels=self._labels, today=self._today)
        return self._to_moderators("shadow", str(post.id), values, post.id)

    def _to_fellow(
        self, key: str, template: str, post: StoredPost, values: Values, automatic: str, need: int | None = None
    ) -> LetterSpec:
        secret = token(self.context.identity.secret, "note", post.id)
        return LetterSpec(
            key=key,
            template=template,
            to=post.post.author,
            values=values,
            reply_to=(self._answers_to(secret),),
            automatic=automatic,
            token=secret,
            post=post.id,
            need=need,
            held=self.context.identity.mode == "approve",
        )

    def _answers_to(self, secret: str) -> Address:
        bot = self.context.identity.address
        return Address(plus_address(bot.email, secret), bot.name)

    @property
    def _labels(self) -> dict[str, str]:
        return self.context.rules().relief_labels

    @property
    def _today(self) -> date:
        return self.now.astimezone(self.context.identity.zone).date()


def teller(context: Context) -> Callable[[Sequence[str]], Awaitable[None]]:
    """Has moderators told that brakes hold letters back; handed to delivery with the reasons."""

    async def tell(reasons: Sequence[str]) -> None:
        now = context.clock.now()
        desk = Desk(context, now)
        await context.outbox.put(await desk.letters(*desk.braked(reasons)), now)
        context.wake(Queue.MAIL)

    return tell
