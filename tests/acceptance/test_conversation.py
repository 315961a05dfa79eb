"""The whole story by real mail: a plea, a yes, another yes, robots, a correction, a hand-back, and the end of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest

from listbot import config
from listbot.domain.follow_up import reserves
from listbot.domain.mail import Address
from listbot.domain.states import AnswerKind, AskState, NeedState
from tests.acceptance.bot import Bot, mails, plea, taker
from tests.acceptance.test_main_path import wait_for
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.postfix import Postfix

pytestmark = [pytest.mark.dovecot, pytest.mark.postfix, pytest.mark.timeout(600)]


@pytest.fixture
def bot(tmp_path: Path, dovecot: Dovecot, postfix: Postfix) -> Iterator[Bot]:
    bot = Bot(tmp_path, dovecot, postfix)
    yield bot
    if bot.process and bot.process.poll() is None:
        bot.kill()


class Story:
    """The bot, its takers by mailbox, and the fellow."""

    def __init__(self, bot: Bot, count: int) -> None:
        self.bot = bot
        self.takers = [bot.dovecot.new_mailbox() for _ in range(count)]
        bot.register([taker(m) for m in self.takers])
        self.fellow = bot.dovecot.new_mailbox("fellows.example")
        bot.start()

    def post(self, days: int = 30) -> None:
        self.bot.post(*plea(days), author=Address(self.fellow.address, "Ana Field"))
        wait_for(lambda: len(self.asked()) >= 2 and mails(self.fellow))

    def asked(self) -> list[Mailbox]:
        """Those who have an ask, in the order of their mailboxes."""
        return [t for t in self.takers if t.messages()]

    def ask_of(self, mailbox: Mailbox) -> EmailMessage:
        return next(m for m in mails(mailbox) if m["List-Unsubscribe"])

    def need(self) -> Any:
        return self.bot.rows(lambda c: c.cases.needs())[0]

    def ask_states(self) -> dict[str, AskState]:
        return {a.email: a.state for a in self.bot.rows(lambda c: c.cases.asks())}

    def fellow_replies(self, letter: EmailMessage, text: str) -> None:
        self.reply(letter, Address(self.fellow.address, "Ana Field"), str(letter["Reply-To"]), text)

    def reply(self, letter: EmailMessage, author: Address, to: str, text: str, sender: str | None = None, **headers: str) -> None:
        """Somebody answers a letter of the bot."""
        reply = EmailMessage()
        reply["From"], reply["To"], reply["Subject"] = str(author), to, f"Re: {letter['Subject']}"
        reply["In-Reply-To"], reply["Message-ID"] = str(letter["Message-ID"]), make_msgid(domain="people.example")
        for name, value in headers.items():
            reply[name.replace("_", "-")] = value
        reply.set_content(text)
        self.bot.send(reply, author.email if sender is None else sender, [self.bot.mailbox.address])

    def is_away(self, mailbox: Mailbox) -> None:
        """As a vacation responder answers: to the envelope sender, without the token."""
        text = "I am out of the office until March 1, 2099 and will answer then.\n"
        self.reply(
            self.ask_of(mailbox), Address(mailbox.address), self.bot.mailbox.address, text, "",
            Auto_Submitted="auto-replied", Precedence="bulk",
        )  # fmt: skip

    def bounces(self, mailbox: Mailbox) -> None:
        """As a server far away reports: the user is unknown."""
        self.bot.send(_dsn(self.ask_of(mailbox), mailbox.address, self.bot.mailbox.address), "", [self.bot.mailbox.address])


def _dsn(letter: EmailMessage, recipient: str, to: str) -> EmailMessage:
    """A delivery status notification (RFC 3464)."""
    raw = (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.far.example>\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: {make_msgid(domain='mx.far.example')}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you that your message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.far.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter['Message-ID']}\r\nSubject: {letter['Subject']}\r\n\r\n--b--\r\n"
    )
    from tests.acceptance.bot import read

    return read(raw.encode())


def kinds_of(bot: Bot, recipient: str) -> list[str]:
    letters = bot.rows(lambda c: c.outbox.letters(limit=1000))
    return [letter.kind for _, _, letter, _ in reversed(letters) if letter.recipient == recipient]


def test_from_the_plea_to_placed_with_robots_a_correction_and_a_hand_back(bot: Bot) -> None:
    story = Story(bot, 8)
    story.post(12)
    wait_for(lambda: len(story.asked()) >= 4)
    away, gone, first, second = story.asked()[:4]

    story.is_away(away)
    wait_for(lambda: story.ask_states()[away.address] is AskState.SILENT)
    story.bounces(gone)
    wait_for(lambda: story.ask_states()[gone.address] is AskState.BOUNCED)
    entries = {c.taker.email: c for c in bot.rows(lambda c: c.registry.takers())}
    assert str(entries[away.address].taker.paused_until) == "2099-03-01"
    assert entries[gone.address].standing.bounced_at is not None

    story.fellow_replies(mails(story.fellow)[0], "Thanks! She also needs a U visa.\n")
    wait_for(lambda: any("Noted" in str(m["Subject"]) for m in mails(story.fellow)))
    assert "u_visa" in story.need().need.relief

    bot.answer(story.ask_of(first), "Happy to take this one, please send me the file.\n")
    wait_for(lambda: story.need().state is NeedState.OFFERED)
    bot.answer(story.ask_of(second), "Yes, I can take this case.\n")
    wait_for(lambda: "reserve" in kinds_of(bot, second.address))
    introduction = next(m for m in mails(story.fellow) if "Introduction" in str(m["Subject"]))

    bot.answer(story.ask_of(first), "I am so sorry, I have a conflict and cannot take this case after all.\n")
    wait_for(lambda: "offered" in kinds_of(bot, story.fellow.address))
    assert story.need().state is NeedState.OFFERED

    story.fellow_replies(introduction, "It is placed, thank you all!\n")
    wait_for(lambda: story.need().state is NeedState.PLACED)
    wait_for(lambda: all(s is not AskState.QUEUED for s in story.ask_states().values()))
    assert kinds_of(bot, first.address) == ["ask", "introduction"]
    assert kinds_of(bot, second.address) == ["ask", "reserve"]
    assert kinds_of(bot, story.fellow.address).count("note") == 1
    assert len(kinds_of(bot, story.fellow.address)) <= 4
    assert all(len(kinds_of(bot, t.address)) <= 2 for t in story.takers)
    assert "Traceback" not in bot.log.read_text()


def test_a_hundred_yeses_at_once_give_one_lead_and_ninety_nine_reserves_in_order_and_lose_none(bot: Bot) -> None:
    _ask_everybody_at_once(bot)
    story = Story(bot, 100)
    story.post(1)
    wait_for(lambda: len(story.asked()) == 100, 120)
    for mailbox in story.takers:
        bot.answer(story.ask_of(mailbox), "Yes, happy to take this case.\n", only_bot=True)
    wait_for(lambda: _written(bot)["reserve"] == 99, 180)
    assert _written(bot)["introduction"] == 2, "to the lead, and to the fellow"
    need, asks = story.need(), bot.rows(lambda c: c.cases.asks(need=1))
    assert need.state is NeedState.OFFERED
    assert [a.answer for a in asks] == [AnswerKind.YES] * 100
    order = [a.taker for a in reserves(asks, need.lead)]
    assert len(order) == 99
    assert need.lead not in order
    assert not bot.rows(lambda c: c.work.aside())


def _ask_everybody_at_once(bot: Bot) -> None:
    """Rules under which a wave is a hundred people."""
    folder = bot.folder / "rules"
    shutil.copytree(config.shipped("rules"), folder)
    outreach = folder / "outreach.yaml"
    text = re.sub(r"(?m)^least: \d+", "least: 100", outreach.read_text())
    text = re.sub(r"(?m)^least_chance: [\d.]+", "least_chance: 0", text)
    outreach.write_text(re.sub(r"most: \d+", "most: 100", text))
    bot.path.write_text(bot.path.read_text().replace("[bot]\n", '[bot]\nrules = "rules"\n'))


def _written(bot: Bot) -> Counter[str]:
    return Counter(letter.kind for _, _, letter, _ in bot.rows(lambda c: c.outbox.letters(limit=1000)))


def test_a_held_post_is_released_by_a_moderators_reply(bot: Bot) -> None:
    story = Story(bot, 3)
    bot.post(*plea(), list_id="", author=Address(story.fellow.address, "Ana Field"))
    wait_for(lambda: mails(bot.moderator))
    held = mails(bot.moderator)[0]
    story.reply(held, Address(bot.moderator.address), str(held["Reply-To"]), "RELEASE\n")
    wait_for(lambda: len(story.asked()) >= 2)
