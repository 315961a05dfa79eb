"""Which letter goes to whom, how answers to it find their way back, and what it is filled with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from listbot.domain import wording
from listbot.domain.letters import LetterSpec, TroubleValues, Values, copies
from listbot.domain.mail import Address
from listbot.domain.matching import Match
from listbot.domain.reading import Reading
from listbot.domain.tokens import plus_address, token
from listbot.domain.work import Letter, NewPost, NewWave, StoredAsk, StoredNeed, StoredPost
from listbot.pipeline.context import Context


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes the bot's letters as of one moment."""

    context: Context
    now: datetime

    def letters(self, *specs: LetterSpec) -> list[Letter]:
        """The finished mails, one for each recipient."""
        return [self.context.composer.compose(copy, self.now) for spec in specs for copy in copies(spec)]

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

    def news(self, template: str, post: StoredPost, need: StoredNeed, asked: int) -> LetterSpec:
        """`nobody` or `expired`: news of one need to its fellow."""
        values = wording.fellow_values(need.need, post, labels=self._labels, today=self._today, asked=asked)
        return self._to_fellow(f"{template}:{need.id}:{need.wave}", template, post, values, "auto-generated", need.id)

    def introduction(
        self, post: StoredPost, need: StoredNeed, asked: StoredAsk, name: str, template: str = "introduction"
    ) -> LetterSpec:
        """`introduction` or `cocounsel`: one mail to taker and fellow; the details stay between them."""
        secret = token(self.context.identity.secret, "ask", need.id, asked.taker)
        taker = Address(asked.email, name)
        return LetterSpec(
            key=f"{template}:{need.id}:{asked.taker}",
            template=template,
            to=taker,
            cc=(post.post.author,),
            values=wording.introduction_values(need.need, post, taker, labels=self._labels, today=self._today),
            reply_to=(post.post.author, taker, self._answers_to(secret)),
            automatic="auto-replied",
            token=secret,
            post=post.id,
            need=need.id,
        )

    def word(self, template: str, post: StoredPost, need: StoredNeed, asked: StoredAsk) -> LetterSpec:
        """`reserve`, `placed`, `stopped` or `paused`: a short word to somebody who was asked."""
        secret = token(self.context.identity.secret, "ask", need.id, asked.taker)
        return LetterSpec(
            key=f"{template}:{need.id}:{asked.taker}",
            template=template,
            to=Address(asked.email),
            values=wording.taker_values(need.need, post, labels=self._labels, today=self._today),
            reply_to=(self._answers_to(secret),),
            automatic="auto-replied",
            token=secret,
            post=post.id,
            need=need.id,
        )

    def held(self, post: StoredPost, reading: Reading, why: str) -> list[LetterSpec]:
        """To each moderator: a post waits."""
        base = self.context.identity.base_url
        values = wording.held_values(
            post, reading, why, labels=self._labels, today=self._today, link=f"{base}/posts/{post.id}" if base else ""
        )
        return [
            LetterSpec(key=f"held:{post.id}:{moderator.email}", template="held", to=moderator, values=values, post=post.id)
            for moderator in self.context.identity.moderators
        ]

    def unreadable(self, message: int, posts: Sequence[NewPost]) -> list[LetterSpec]:
        """To each moderator: a message of the list could not be read, and nobody was asked."""
        values = TroubleValues(
            what="A post on the list could not be read, so nobody was asked",
            since=self.now.astimezone(self.context.identity.zone),
            details=tuple(f"from {p.author}: {p.reason}" for p in posts if p.reason),
            mend="Please look at it in your own mailbox. If it is a plea, ask its writer to post it again as plain text.",
        )
        return [
            LetterSpec(key=f"unreadable:{message}:{moderator.email}", template="trouble", to=moderator, values=values)
            for moderator in self.context.identity.moderators
        ]

    def shadow(self, post: StoredPost, needs: Sequence[StoredNeed], waves: Sequence[NewWave]) -> list[LetterSpec]:
        """To each moderator in shadow mode: what would have been done."""
        values = wording.shadow_values(post, needs, waves, labels=self._labels, today=self._today)
        return [
            LetterSpec(key=f"shadow:{post.id}:{moderator.email}", template="shadow", to=moderator, values=values, post=post.id)
            for moderator in self.context.identity.moderators
        ]

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
