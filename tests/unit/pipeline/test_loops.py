"""Machines left alone with each other for a month: two listbots, responders, and a list that echoes what it is sent."""

from __future__ import annotations

from collections import Counter
from email.message import EmailMessage

from listbot.bootstrap import make_reader
from listbot.domain.mail import Address, Post
from listbot.domain.work import AnswerReading
from tests.unit.pipeline.world import BOT, FELLOW, LIST, MIA, MO, PlainReader, World, taker

OTHER_BOT = Address("bot@other.example", "Other bot")
ECHO = "everybody@lists.example"  #: a taker's address that is a list: whatever it gets, all its members get
POLITE, RUDE = "polite@alumni.example", "desk@alumni.example"  #: with Auto-Submitted (RFC 3834), and without
DAYS = 30


class Hears(PlainReader):
    """Posts in plain words, answers as the real reader reads them."""

    def read_answer(self, post: Post, today: object) -> AnswerReading:
        return make_reader().read_answer(post, post.date)  # type: ignore[arg-type]


class PostOffice:
    """Carries what each bot sends to whoever lives there, and their answers back."""

    def __init__(self) -> None:
        self.worlds = {BOT.email: World(reader=Hears()), OTHER_BOT.email: World(reader=Hears(), bot=OTHER_BOT)}
        self.carried: Counter[tuple[str, str]] = Counter()
        self.sent: Counter[str] = Counter()
        self.numbers = 0

    async def carry(self) -> int:
        """Everything that has left since; how many mails."""
        count = 0
        for name, world in self.worlds.items():
            for recipient, box in list(world.boxes.items()):
                for mail in box[self.carried[name, recipient] :]:
                    self.sent[mail.kind] += 1
                    count += 1
                    await self._reaches(recipient, mail.message, world)
                self.carried[name, recipient] = len(box)
        return count

    async def _reaches(self, recipient: str, message: EmailMessage, world: World) -> None:
        if recipient in self.worlds:
            await self.worlds[recipient].receive(message)
        elif recipient == ECHO:
            message["List-Id"] = f"<{LIST.id}>"
            for member in self.worlds.values():
                await member.receive(message)
        elif recipient in (POLITE, MO.email, MIA.email, FELLOW.email):
            await self._answers(recipient, message, world, "I am away until I am back.", Auto_Submitted="auto-replied")
        elif recipient == RUDE:
            await self._answers(recipient, message, world, f"Thank you! We have your message {self.numbers} and will look at it.")

    async def _answers(self, author: str, message: EmailMessage, world: World, text: str, **headers: str) -> None:
        self.numbers += 1
        reply = world.message(
            Address(author), str(message["Reply-To"] or message["From"]), f"Re: {message['Subject']}", text,
            In_Reply_To=str(message["Message-ID"]), message_id=f"<{self.numbers}@machines.example>", **headers,
        )  # fmt: skip
        for to in reply["To"].addresses:
            if bot := self.worlds.get(f"{to.username.partition('+')[0]}@{to.domain}"):
                await bot.receive(reply)


async def test_a_machines_mail_that_answers_nothing_ends_there_and_one_through_the_list_starts_nothing() -> None:
    world = World()
    await world.register(4)
    away = world.message(MO, BOT.email, "Automatic reply", "I am away", Auto_Submitted="auto-replied")
    await world.receive(away)
    await world.settle()
    assert not world.boxes
    await world.post("Asylum in Charlotte", "please help, due in 20 days", OTHER_BOT, Auto_Submitted="auto-generated")
    assert set(world.boxes) == {MO.email, MIA.email}


async def test_two_listbots_responders_and_an_echoing_list_exchange_few_mails_in_a_month() -> None:
    office = PostOffice()
    for name, world in office.worlds.items():
        machines = [ECHO, POLITE, RUDE, *(other for other in office.worlds if other != name)]
        people = [taker(n, email=email, name="") for n, email in enumerate(machines, start=1)]
        await world.store.registry.put([*people, *(taker(n) for n in range(5, 9))], "test", world.clock.now())
        await world.post("Asylum in Charlotte", "please help, due in 20 days")
    first = await office.carry()
    assert first
    for _ in range(DAYS):
        for world in office.worlds.values():
            await world.run(days=1)
        for _ in range(20):
            if not await office.carry():
                break
            for world in office.worlds.values():
                await world.settle()
        else:
            raise AssertionError("they do not stop answering each other")
    mails = sum(n for kind, n in office.sent.items() if kind != "digest")
    assert mails < 70, office.sent
    assert office.sent["ask"] <= 2 * 8, "nobody is asked twice about a need"
    assert [len(await world.store.cases.needs()) for world in office.worlds.values()] == [1, 1]
