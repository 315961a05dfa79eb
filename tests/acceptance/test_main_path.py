"""From a post on a real mail server to asks in the takers' mailboxes, through restarts and crashes."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from listbot.adapters.sql.work import MOST_CLAIMS
from tests.acceptance.bot import LIST, LIST_ID, Bot, mails, plea, taker
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.postfix import Postfix

# A busy machine may need a minute to start a bot: the limits are there to end what hangs, not to measure.
pytestmark = [pytest.mark.dovecot, pytest.mark.postfix, pytest.mark.timeout(600)]

MakeBot = Callable[..., Bot]


@pytest.fixture
def make_bot(tmp_path: Path, dovecot: Dovecot, postfix: Postfix) -> Iterator[MakeBot]:
    made: list[Bot] = []

    def make(**options: str) -> Bot:
        folder = tmp_path / f"bot{len(made)}"
        folder.mkdir()
        made.append(Bot(folder, dovecot, postfix, **options))
        return made[-1]

    yield make
    for bot in made:
        if bot.process and bot.process.poll() is None:
            bot.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


def wait_for(look: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.1)


def settled(bot: Bot, takers: list[Mailbox], fellow: Mailbox, asks: int) -> bool:
    return sum(len(t.messages()) for t in takers) >= asks and len(fellow.messages()) >= 1


def registered(bot: Bot, number: int) -> list[Mailbox]:
    mailboxes = [bot.dovecot.new_mailbox() for _ in range(number)]
    bot.register([taker(m) for m in mailboxes])
    return mailboxes


def fellow_of(bot: Bot) -> Mailbox:
    return bot.dovecot.new_mailbox("fellows.example")


def author(mailbox: Mailbox):  # type: ignore[no-untyped-def]
    from listbot.domain.mail import Address

    return Address(mailbox.address, "Ana Field")


def test_a_plea_on_the_list_becomes_asks_and_one_note(make_bot: MakeBot, database: str) -> None:
    bot = make_bot(database=database)
    takers, fellow = registered(bot, 3), fellow_of(bot)
    bot.start()
    bot.post(*plea(), author=author(fellow))
    wait_for(lambda: settled(bot, takers, fellow, 2))
    asks = [m for t in takers for m in mails(t)]
    ask = asks[0]
    assert "Charlotte" in ask["Subject"] or "North Carolina" in ask["Subject"]
    assert fellow.address in str(ask["Reply-To"])
    assert ask["Auto-Submitted"] == "auto-generated"
    assert "List-Id" not in ask
    assert "In-Reply-To" not in ask
    assert len(mails(fellow)) == 1
    assert bot.stop() == 0
    log = bot.log.read_text()
    assert "Traceback" not in log
    for secret in ("Honduras", "Charlotte", fellow.address, *(t.address for t in takers)):
        assert secret not in log
    for said in ("connected; new mail is pushed", "message 1 is kept", "post 1 is read: referral", "is sent: ask"):
        assert said in log


def test_talk_asks_nobody(make_bot: MakeBot) -> None:
    bot = make_bot()
    takers = registered(bot, 2)
    bot.start()
    bot.post("Thanks", "Thank you all for the kind words about my talk last week. See you at the picnic.\n")
    wait_for(lambda: bot.rows(lambda c: c.cases.posts()) and bot.rows(lambda c: c.cases.posts())[0].reading)
    time.sleep(0.5)
    assert not any(t.messages() for t in takers)


def test_a_forged_post_waits_for_a_moderator(make_bot: MakeBot) -> None:
    bot = make_bot()
    takers = registered(bot, 2)
    bot.start()
    bot.post(*plea(), list_id="")
    wait_for(lambda: mails(bot.moderator))
    assert "did not come through a known list" in mails(bot.moderator)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(t.messages() for t in takers)


def test_shadow_mode_writes_to_moderators_alone(make_bot: MakeBot) -> None:
    bot = make_bot(mode="shadow")
    takers, fellow = registered(bot, 2), fellow_of(bot)
    bot.start()
    bot.post(*plea(), author=author(fellow))
    wait_for(lambda: mails(bot.moderator))
    time.sleep(0.5)
    assert not fellow.messages()
    assert not any(t.messages() for t in takers)


def test_approve_mode_lets_nothing_out_until_it_is_released(make_bot: MakeBot) -> None:
    from typer.testing import CliRunner

    from listbot.cli import app

    bot = make_bot(mode="approve")
    takers, fellow = registered(bot, 2), fellow_of(bot)
    bot.start()
    bot.post(*plea(), author=author(fellow))
    wait_for(lambda: bot.rows(lambda c: c.outbox.letters()))
    assert not any(t.messages() for t in takers)
    held = [str(id) for id, *_ in bot.rows(lambda c: c.outbox.letters())]
    done = CliRunner().invoke(app, ["mail", *held, "--release", "--config", str(bot.path)])
    assert done.exit_code == 0, done.output
    wait_for(lambda: settled(bot, takers, fellow, 2))


def test_a_yes_introduces_taker_and_fellow_and_ends_the_asking(make_bot: MakeBot) -> None:
    bot = make_bot()
    takers, fellow = registered(bot, 3), fellow_of(bot)
    bot.start()
    bot.post(*plea(), author=author(fellow))
    wait_for(lambda: settled(bot, takers, fellow, 2))
    asked = next(t for t in takers if t.messages())
    bot.answer(mails(asked)[0], "Yes, I am happy to take this case.\n", only_bot=True)
    wait_for(lambda: len(mails(fellow)) >= 2 and len(mails(asked)) >= 2)
    introduction = mails(asked)[1]
    assert fellow.address in str(introduction["Cc"])
    assert bot.rows(lambda c: c.cases.needs())[0].state == "offered"


def test_the_same_post_twice_asks_once(make_bot: MakeBot) -> None:
    bot = make_bot()
    takers, fellow = registered(bot, 3), fellow_of(bot)
    bot.start()
    subject, words = plea()
    bot.post(subject, words, author=author(fellow))
    wait_for(lambda: settled(bot, takers, fellow, 2))
    bot.post(subject, words, author=author(fellow))
    time.sleep(2)
    assert len(mails(fellow)) == 1
    assert all(len(t.messages()) <= 1 for t in takers)


def test_a_message_that_no_one_can_read_is_set_aside_and_the_next_is_read(make_bot: MakeBot) -> None:
    bot = make_bot()
    takers, fellow = registered(bot, 2), fellow_of(bot)
    bot.mailbox.deliver(b"\x00\xff\r\n\r\n\xfe\xfd" * 40)
    bot.start()
    bot.post(*plea(), author=author(fellow))
    wait_for(lambda: settled(bot, takers, fellow, 2))


def test_an_encrypted_post_is_set_aside_where_moderators_see_it(make_bot: MakeBot) -> None:
    bot = make_bot()
    raw = (
        f"From: fellow1@fellows.example\r\nTo: {LIST}\r\nSubject: [Fellows] case\r\nMessage-ID: <enc@fellows.example>\r\n"
        f"List-Id: <{LIST_ID}>\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nMIIBIjANBgkq\r\n"
    )
    bot.mailbox.deliver(raw.encode())
    bot.start()
    wait_for(lambda: mails(bot.moderator))
    assert "could not be read" in mails(bot.moderator)[0]["Subject"]
    assert bot.rows(lambda c: c.cases.posts())[0].state == "unreadable"


def test_server_restarts_lose_nothing(make_bot: MakeBot, dovecot: Dovecot, postfix: Postfix) -> None:
    bot = make_bot()
    takers, fellow = registered(bot, 2), fellow_of(bot)
    bot.start()
    time.sleep(3)
    dovecot.restart()
    bot.post(*plea(), author=author(fellow))
    postfix.restart()
    wait_for(lambda: settled(bot, takers, fellow, 2), 180)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_it_loses_and_doubles_nothing(make_bot: MakeBot, database: str, seed: int) -> None:
    """Killed again and again while it works; each taker gets each ask once (or, killed between DATA and 250, the same mail again)."""
    bot, lots = make_bot(database=database), random.Random(seed)
    takers, fellow = registered(bot, 3), fellow_of(bot)
    for number, country in enumerate(("Honduras", "Guatemala", "Haiti")):
        subject, words = plea(20 + number, country)
        bot.post(f"{subject} from {country}", words, author=author(fellow))
    for _ in range(MOST_CLAIMS - 1):  # a post of which as many workers died goes to a moderator
        bot.start()
        time.sleep(lots.uniform(0.8, 4.0))
        bot.kill()
    bot.start()
    needs = 3
    with suppress(TimeoutError):
        wait_for(lambda: len({m["Message-ID"] for m in mails(fellow)}) >= needs, 180)
    assert len(bot.rows(lambda c: c.cases.needs())) == needs
    asks = bot.rows(lambda c: c.cases.asks())
    assert len({(a.need, a.taker) for a in asks}) == len(asks)
    for mailbox in (fellow, *takers):
        copies = Counter(m["Message-ID"] for m in mails(mailbox))
        assert all(n <= 2 for n in copies.values())
    wait_for(lambda: {m["Message-ID"] for t in takers for m in mails(t)} >= letters(bot, "ask"), 180)
    assert len(letters(bot, "note")) == needs


def letters(bot: Bot, kind: str) -> set[str]:
    return {letter.message_id for _, _, letter, _ in bot.rows(lambda c: c.outbox.letters(limit=1000)) if letter.kind == kind}
