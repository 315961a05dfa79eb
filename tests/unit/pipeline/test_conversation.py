"""The conversation led by mail, in memory and by a moved clock: each test a small story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage

import pytest

from listbot.bootstrap import make_reader
from listbot.domain.mail import Address, Post
from listbot.domain.states import AnswerKind, AnswerState, AskState, MailState, NeedState, PostState
from listbot.domain.work import AnswerReading
from tests.unit.pipeline.world import FELLOW, MIA, MO, TUESDAY, Mail, PlainReader, World, kinds


class SaysBoth(PlainReader):
    """Reads STOP as the real reader reads "I'll take this one; after that, no more mail"."""

    def read_answer(self, post: Post, today: datetime) -> AnswerReading:
        said = super().read_answer(post, today)
        return replace(said, also=(AnswerKind.YES,)) if said.kind is AnswerKind.STOP else said


class HearsMachines(PlainReader):
    """Tells machines as the real reader does."""

    def read_answer(self, post: Post, today: datetime) -> AnswerReading:
        return make_reader().read_answer(post, today)


async def asked(count: int = 8, text: str = "please help, due in 40 days", **options: object) -> World:
    world = World(**options)  # type: ignore[arg-type]
    await world.register(count)
    await world.post("Asylum in Charlotte", text)
    assert world.asks()
    return world


async def offered(count: int = 8) -> tuple[World, Mail, Mail]:
    """A need whose first two asked have said yes, one after the other."""
    world = await asked(count)
    first, second = world.asks()[:2]
    await world.reply(first, "YES")
    await world.reply(second, "YES")
    return world, first, second


# --- yes, reserve, hand-back, placed ---


async def test_the_first_yes_leads_and_the_second_is_thanked_and_waits() -> None:
    world, first, second = await offered()
    assert (await world.need()).state is NeedState.OFFERED
    assert kinds(world.mails(first.letter.recipient)) == ["ask", "introduction"]
    assert kinds(world.mails(second.letter.recipient)) == ["ask", "reserve"]
    assert kinds(world.mails(FELLOW.email)) == ["note", "introduction"]


async def test_a_hand_back_lets_the_first_reserve_step_in() -> None:
    world, first, second = await offered()
    await world.reply(first, "NO")
    need = await world.need()
    assert (need.state, need.lead) == (NeedState.OFFERED, (await world.the_ask(second.letter.recipient)).taker)
    assert kinds(world.mails(second.letter.recipient)) == ["ask", "reserve"], "two mails a case are enough"
    (offered_to_fellow,) = world.mails(FELLOW.email, "offered")
    assert second.letter.recipient in str(offered_to_fellow.message["Reply-To"])
    await world.reply(offered_to_fellow, "PLACED", FELLOW)
    assert (await world.need()).state is NeedState.PLACED


async def test_a_hand_back_without_a_reserve_goes_on_without_those_who_declined() -> None:
    world = await asked(30)
    first = world.asks()[0]
    before = {m.letter.recipient for m in world.asks()}
    await world.reply(first, "YES")
    await world.reply(first, "NO")
    await world.run(days=1)
    after = [m.letter.recipient for m in world.asks()]
    assert (await world.need()).state is NeedState.ASKING
    assert len(after) == len(set(after)) > len(before)


async def test_the_fellow_hands_back_and_that_lead_does_not_step_in_again() -> None:
    world, _, second = await offered()
    await world.reply(world.mails(FELLOW.email, "introduction")[0], "FELL through", FELLOW)
    need = await world.need()
    assert need.lead == (await world.the_ask(second.letter.recipient)).taker
    await world.reply(world.mails(FELLOW.email, "offered")[0], "FELL through", FELLOW)
    assert (await world.need()).lead is None


async def test_a_reserve_who_has_said_stop_since_is_passed_over() -> None:
    world, first, second = await offered()
    await world.reply(second, "STOP")
    await world.reply(first, "NO")
    assert (await world.need()).lead is None


async def test_when_it_is_placed_those_asked_lately_hear_it_in_a_line_and_nobody_twice() -> None:
    world, first, second = await offered()
    declined = world.asks()[2]
    await world.reply(declined, "NO")
    await world.reply(first, "PLACED")
    assert (await world.need()).state is NeedState.PLACED
    told = {email for email, box in world.boxes.items() if "placed" in kinds(box)}
    others = {m.letter.recipient for m in world.asks()} - {m.letter.recipient for m in (first, second, declined)}
    assert told == others


async def test_asks_that_have_not_left_are_withdrawn_when_it_is_placed() -> None:
    world = World()
    await world.register(8)
    await world.receive(world.message(FELLOW, "fellows@lists.example", "Asylum", "help 40", List_Id="<fellows.lists.example>"))
    await world.settle(deliver=False)
    (note,) = [(letter) for _, _, letter, _ in await world.store.outbox.letters() if letter.kind == "note"]
    await world.reply(Mail(note, TUESDAY), "PLACED", FELLOW)
    assert not world.asks()
    assert {a.state for a in await world.store.cases.asks()} == {AskState.WITHDRAWN}


async def test_a_hundred_yeses_at_once_give_one_lead_and_ninety_nine_reserves_in_their_order() -> None:
    world = World()
    people = await world.register(100)
    await world.post("Asylum in Charlotte", "help, due in 2 days")
    while len(world.asks()) < 100:
        await world.run(hours=2)
    for email in people:
        await world.reply(world.mails(email, "ask")[0], "YES", settle=False)
    await world.settle()
    need = await world.need()
    lead = next(a for a in await world.store.cases.asks(need=1) if a.taker == need.lead)
    assert lead.email == people[0]
    assert [kinds(world.mails(email))[1] for email in people] == ["introduction"] + ["reserve"] * 99


# --- the fellow ---


async def test_a_correction_is_quoted_back_and_the_search_goes_on_from_it() -> None:
    world = await asked()
    await world.reply(world.mails(FELLOW.email, "note")[0], "ALSO needs U visa", FELLOW)
    assert (await world.need()).need.relief == ("asylum", "u_visa")
    corrected = world.mails(FELLOW.email, "corrected")[0]
    assert "U visa" in corrected.text or "U nonimmigrant" in corrected.text or "U Visa" in corrected.text
    change = [c for c in await world.store.cases.changes("need", 1) if c.what == "corrected"]
    assert change[0].detail["relief"] == ["asylum", "asylum; u_visa"]


async def test_of_two_clients_the_one_that_is_named_is_put_right_or_ended() -> None:
    world = await asked(20, "please help both, one in Charlotte, one in Raleigh, due in 40 days")
    note = world.mails(FELLOW.email, "note")[0]
    await world.reply(note, "ALSO the second one needs a U visa", FELLOW)
    assert [(await world.need(n)).need.relief for n in (1, 2)] == [("asylum",), ("asylum", "u_visa")]
    await world.reply(note, "PLACED the Charlotte one", FELLOW)
    assert [(await world.need(n)).state for n in (1, 2)] == [NeedState.PLACED, NeedState.ASKING]


async def test_where_it_is_not_plain_which_client_is_meant_a_moderator_looks() -> None:
    world = await asked(20, "please help both, one in Charlotte, one in Raleigh, due in 40 days")
    note = world.mails(FELLOW.email, "note")[0]
    await world.reply(note, "PLACED one of them", FELLOW)
    await world.reply(note, "ALSO needs a U visa", FELLOW)
    assert [(await world.need(n)).state for n in (1, 2)] == [NeedState.ASKING, NeedState.ASKING]
    assert [(await world.need(n)).need.relief for n in (1, 2)] == [("asylum",), ("asylum",)]
    assert kinds(world.mails(FELLOW.email)) == ["note", "unclear"]
    (held,) = world.mails(MO.email, "held_answer")
    assert "one of them" in held.text
    assert "U visa" in held.text


async def test_an_encrypted_reply_of_the_fellow_is_seen_by_a_moderator_at_once() -> None:
    world = await asked()
    secret = "-----BEGIN PGP MESSAGE-----\n\nhQEMA2nGx0Q1vT4dAQf/Yk3\n=abcd\n-----END PGP MESSAGE-----\n"
    await world.reply(world.mails(FELLOW.email, "note")[0], secret, FELLOW)
    assert kinds(world.mails(FELLOW.email)) == ["note"]
    assert len(world.mails(MO.email, "held_answer")) == 1


async def test_the_same_correction_five_times_is_one() -> None:
    world = await asked()
    for _ in range(5):
        await world.reply(world.mails(FELLOW.email, "note")[0], "ALSO needs U visa", FELLOW)
    assert kinds(world.mails(FELLOW.email)).count("corrected") == 1


async def test_asks_that_have_not_left_are_withdrawn_by_a_correction_and_made_anew_where_they_still_fit() -> None:
    world = World(mode="approve")
    await world.register(5)
    await world.post("Asylum in Charlotte", "help 40")
    (note,) = [letter for _, _, letter, _ in await world.store.outbox.letters() if letter.kind == "note"]
    await world.reply(Mail(note, TUESDAY), "ALSO", FELLOW)
    states = [a.state for a in await world.store.cases.asks(need=1)]
    assert AskState.WITHDRAWN in states
    assert states.count(AskState.QUEUED) >= 2
    live = [a.taker for a in await world.store.cases.asks(need=1) if a.state is AskState.QUEUED]
    assert len(live) == len(set(live))


async def test_somebody_else_may_not_command_for_the_fellow() -> None:
    world = await asked()
    await world.reply(world.mails(FELLOW.email, "note")[0], "STOP", Address("eve@elsewhere.example", "Eve"))
    assert (await world.need()).state is NeedState.ASKING
    assert world.mails(MO.email, "held_answer")


async def test_the_fellows_yes_to_a_takers_question_is_no_yes_of_the_taker() -> None:
    world = await asked()
    await world.reply(world.asks()[0], "YES, there is a prior order", FELLOW)
    assert (await world.need()).state is NeedState.ASKING
    assert not world.mails(FELLOW.email, "introduction")


async def test_after_a_yes_the_fellow_is_asked_twice_whether_it_is_settled_and_no_more() -> None:
    world = await asked()
    await world.reply(world.asks()[0], "YES")
    await world.run(days=4)
    assert kinds(world.mails(FELLOW.email)) == ["note", "introduction", "settled"]
    await world.run(days=60)
    assert kinds(world.mails(FELLOW.email)) == ["note", "introduction", "settled", "settled"]


async def test_before_the_deadline_without_a_yes_fellow_and_moderators_are_alarmed_and_after_it_the_need_closes() -> None:
    world = await asked(40, "help, due in 9 days")
    await world.run(days=8)
    assert kinds(world.mails(FELLOW.email)).count("alarm") == 1
    assert any("Nobody has taken" in m.text for m in world.mails(MO.email, "trouble"))
    await world.run(days=5)
    assert kinds(world.mails(FELLOW.email))[-1] == "expired"
    assert (await world.need()).state is NeedState.EXPIRED
    assert len(world.mails(FELLOW.email)) <= 4


async def test_when_nobody_is_left_the_fellow_hears_it_once() -> None:
    world = await asked(2)
    await world.run(days=20)
    assert kinds(world.mails(FELLOW.email)).count("nobody") == 1
    (nobody,) = world.mails(FELLOW.email, "nobody")
    assert "https://wetheaction.org" in nobody.text
    assert "Licenses: Any US bar, in good standing" in nobody.text


async def test_when_nobody_is_left_moderators_hear_who_was_nearest_and_why_not() -> None:
    world = World()
    await world.register(2, paused_until=date(2099, 1, 1))
    await world.post("Asylum in Charlotte", "please help, due in 40 days")
    await world.run(days=3)
    assert not world.asks()
    (left,) = [m for m in world.mails(MO.email, "trouble") if "Nobody is left to ask" in m.text]
    assert "paused until 2099-01-01" in left.text


# --- takers and robots ---


async def test_an_out_of_office_pauses_until_the_day_and_the_next_is_asked() -> None:
    world = await asked(30)
    away = world.asks()[0]
    count = len(world.asks())
    await world.reply(away, "ROBOT 2025-03-01", to="bot@bot.example", Auto_Submitted="auto-replied")
    entry = await world.store.registry.taker(away.letter.recipient)
    assert entry is not None
    assert entry.taker.paused_until == date(2025, 3, 1)
    assert (await world.the_ask(away.letter.recipient)).state is AskState.SILENT
    assert len(world.asks()) >= count
    assert len(world.mails(away.letter.recipient)) == 1


async def test_a_bounce_that_mends_itself_changes_nothing_and_an_unknown_address_is_not_written_to_again() -> None:
    world = await asked()
    soft, hard = world.asks()[:2]
    await world.reply(soft, "BOUNCE soft", Address("mailer-daemon@mx.example"), to="bot@bot.example")
    assert (await world.the_ask(soft.letter.recipient)).state is AskState.SENT
    await world.reply(hard, "BOUNCE", Address("mailer-daemon@mx.example"), to="bot@bot.example")
    assert (await world.the_ask(hard.letter.recipient)).state is AskState.BOUNCED
    entry = await world.store.registry.taker(hard.letter.recipient)
    assert entry is not None
    assert entry.standing.bounced_at is None, "once is not twice"


async def test_a_forged_bounce_deactivates_nobody() -> None:
    world = await asked()
    target = world.asks()[0].letter.recipient
    for _ in range(5):
        daemon = Address("mailer-daemon@mx.example")
        forged = world.message(daemon, "bot@bot.example", "Undelivered", "BOUNCE", In_Reply_To="<x@y.example>")
        await world.receive(forged)
    await world.settle()
    assert (await world.the_ask(target)).state is AskState.SENT


def _complaint(letter: EmailMessage, kind: str = "abuse") -> EmailMessage:
    """A feedback report as a provider sends it (RFC 5965, appendix B)."""
    raw = (
        "From: <abusedesk@provider.example>\r\nTo: bot@bot.example\r\nSubject: FW: a complaint\r\n"
        f"Message-ID: <{kind}.{str(letter['Message-ID'])[1:]}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report for an email message.\r\n"
        f"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nUser-Agent: Provider/1\r\nVersion: 1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{bytes(letter).decode()}\r\n--b--\r\n"
    )
    return message_from_string(raw, policy=policy.default)  # type: ignore[return-value]


async def test_a_complaint_to_the_provider_is_a_stop_and_the_next_are_asked() -> None:
    world = await asked(reader=HearsMachines())
    ask = world.asks()[0]
    await world.receive(_complaint(ask.message))
    await world.settle()
    entry = await world.store.registry.taker(ask.letter.recipient)
    assert entry is not None
    assert entry.standing.opted_out_at is not None
    assert (await world.the_ask(ask.letter.recipient)).state is AskState.SILENT
    assert kinds(world.mails(ask.letter.recipient)) == ["ask"]
    assert not world.mails(MO.email, "held_answer")


async def test_a_complaint_about_a_note_is_for_a_moderator_and_a_report_of_another_kind_for_nobody() -> None:
    world = await asked(reader=HearsMachines())
    await world.receive(_complaint(world.asks()[0].message, "not-spam"))
    await world.receive(_complaint(world.mails(FELLOW.email, "note")[0].message))
    await world.settle()
    assert [c.standing.opted_out_at for c in await world.store.registry.takers()] == [None] * 8
    assert len(world.mails(MO.email, "held_answer")) == 1


async def test_an_answer_from_a_stranger_is_held_and_a_moderator_decides_by_reply() -> None:
    world = await asked()
    ask = world.asks()[0]
    await world.reply(ask, "YES", Address("friend@elsewhere.example", "A Friend"))
    assert (await world.need()).state is NeedState.ASKING
    held = world.mails(MO.email, "held_answer")[0]
    await world.reply(held, "RELEASE", MO)
    assert (await world.need()).state is NeedState.OFFERED
    assert not await world.store.cases.answers(AnswerState.HELD)
    assert kinds(world.mails(MIA.email))[-1] == "decided"
    assert MO.email in world.mails(MIA.email)[-1].text


async def test_the_same_person_under_another_address_is_known_by_the_full_name() -> None:
    world = await asked()
    ask = world.asks()[0]
    name = ask.message["To"].addresses[0].display_name
    await world.reply(ask, "YES", Address("private@home.example", name))
    assert (await world.need()).state is NeedState.OFFERED


async def test_a_yes_without_a_token_counts_only_from_a_sender_the_own_host_vouches_for() -> None:
    world = await asked()
    one, two = world.asks()[:2]
    await world.reply(one, "YES", to="bot@bot.example")
    assert (await world.need()).state is NeedState.ASKING
    domain = two.letter.recipient.partition("@")[2]
    results = f"mx.bot.example; dkim=pass header.d={domain}"
    await world.reply(two, "YES", to="bot@bot.example", Authentication_Results=results)
    assert (await world.need()).state is NeedState.OFFERED


async def test_the_same_doubtful_answer_five_times_is_one_mail_to_each_moderator() -> None:
    world = await asked()
    for _ in range(5):
        await world.reply(world.asks()[0], "OTHER well")
    assert len(world.mails(MO.email, "held_answer")) == 1


async def test_full_until_june_pauses_and_says_so_with_a_way_back() -> None:
    world = await asked()
    ask = world.asks()[0]
    await world.reply(ask, "CAPACITY until 2025-06-01")
    entry = await world.store.registry.taker(ask.letter.recipient)
    assert entry is not None
    assert entry.taker.paused_until == date(2025, 6, 1)
    assert "June 1" in world.mails(ask.letter.recipient, "paused")[0].text


async def test_yes_and_then_no_more_mail_does_both() -> None:
    world = await asked()
    ask = world.asks()[0]
    await world.reply(ask, "YES but after that STOP")
    entry = await world.store.registry.taker(ask.letter.recipient)
    assert entry is not None
    assert entry.standing.opted_out_at is not None
    assert (await world.need()).state is NeedState.OFFERED
    assert kinds(world.mails(ask.letter.recipient)) == ["ask", "introduction"]


async def test_a_stop_with_a_yes_before_it_does_both_too() -> None:
    world = await asked(reader=SaysBoth())
    ask = world.asks()[0]
    await world.reply(ask, "STOP")
    entry = await world.store.registry.taker(ask.letter.recipient)
    assert entry is not None
    assert entry.standing.opted_out_at is not None
    need, their = await world.need(), await world.the_ask(ask.letter.recipient)
    assert (need.state, need.lead, their.answer) == (NeedState.OFFERED, their.taker, AnswerKind.YES)
    assert not world.mails(MO.email, "held_answer")


async def test_a_yes_and_a_stop_to_a_case_that_is_taken_keep_nobody_in_reserve() -> None:
    world = await asked()
    first, second = world.asks()[:2]
    await world.reply(first, "YES")
    await world.reply(second, "YES but after that STOP")
    assert kinds(world.mails(second.letter.recipient)) == ["ask", "stopped"]


async def test_a_taker_with_two_mails_about_a_case_gets_no_third_and_the_fellow_writes_to_them() -> None:
    world = await asked()
    ask = world.asks()[0]
    await world.reply(ask, "CAPACITY 2")
    await world.reply(ask, "YES")
    assert kinds(world.mails(ask.letter.recipient)) == ["ask", "capacity"]
    assert kinds(world.mails(FELLOW.email)) == ["note", "offered"]


async def test_when_the_fellow_has_had_enough_mail_a_moderator_passes_a_question_on() -> None:
    world = await asked(30)
    only_bot = [(m, str(m.message["Reply-To"].addresses[1].addr_spec)) for m in world.asks()[:3]]
    for mail, bot in only_bot:
        await world.reply(mail, "QUESTION who is the judge", to=bot)
    assert kinds(world.mails(FELLOW.email)) == ["note", "question", "question"]
    held = world.mails(MO.email, "held_answer")[0]
    await world.reply(held, "RELEASE", MO)
    assert kinds(world.mails(FELLOW.email))[-1] == "question"


async def test_corrections_are_applied_and_after_the_second_no_longer_quoted_back() -> None:
    world = await asked()
    for word in ("ALSO U visa", "HELD", "FREE", "HELD"):
        await world.reply(world.mails(FELLOW.email, "note")[0], word, FELLOW)
    assert kinds(world.mails(FELLOW.email)) == ["note", "corrected", "corrected"]
    assert (await world.need()).need.detained is True
    await world.reply(world.asks()[0], "YES")
    assert kinds(world.mails(FELLOW.email)) == ["note", "corrected", "corrected", "introduction"]


async def test_whoever_wishes_letters_in_spanish_gets_them_and_a_mail_to_two_is_in_spanish_where_both_wish_it() -> None:
    world = await asked()
    first, second = world.asks()[:2]
    await world.reply(first, "CAPACITY 2 ESPAÑOL")
    await world.reply(second, "QUESTION ESPAÑOL", Address("eve@elsewhere.example", "Eve Else"))
    assert "Su ficha" in world.mails(first.letter.recipient, "capacity")[0].text
    assert await world.store.registry.languages([second.letter.recipient, "eve@elsewhere.example"]) == {}
    await world.reply(world.mails(FELLOW.email, "note")[0], "ALSO U visa ESPAÑOL", FELLOW)
    assert "Gracias" in world.mails(FELLOW.email, "corrected")[0].text
    await world.reply(second, "YES")
    assert "Thank you both" in world.mails(FELLOW.email, "introduction")[0].text


async def test_a_question_to_the_bot_alone_reaches_the_fellow() -> None:
    world = await asked()
    ask = world.asks()[0]
    only_bot = str(ask.message["Reply-To"].addresses[1].addr_spec)
    await world.reply(ask, "QUESTION who is the judge", to=only_bot)
    letter = world.mails(FELLOW.email, "question")[0]
    assert ask.letter.recipient in str(letter.message["Reply-To"])


async def test_a_yes_to_an_ask_of_last_year_is_shown_to_a_moderator() -> None:
    world = await asked()
    ask = world.asks()[0]
    world.clock.time += timedelta(days=400)
    await world.reply(ask, "YES")
    assert not world.mails(ask.letter.recipient, "introduction")
    assert world.mails(MO.email, "held_answer")


# --- the list ---


async def test_a_bump_opens_no_second_need() -> None:
    world = await asked()
    first = await world.post("Re: Asylum in Charlotte", "bump, help, due in 40 days", In_Reply_To="<1@fellows.example>")
    assert first
    assert len(await world.store.cases.needs()) == 1
    assert len(world.mails(FELLOW.email, "note")) == 1


async def test_a_bump_with_a_new_deadline_moves_it() -> None:
    world = await asked()
    world.clock.time += timedelta(days=2)
    await world.post("Asylum in Charlotte", "still looking, hearing moved, now due in 10 days")
    deadline = (await world.need()).need.deadline
    assert deadline is not None
    assert len(await world.store.cases.needs()) == 1


async def test_a_bump_months_later_joins_the_need_that_is_still_open() -> None:
    world = await asked(40, "please help, no date yet")
    world.clock.time += timedelta(days=70)
    await world.post("Re: Asylum in Charlotte", "still looking for somebody, please help")
    assert len(await world.store.cases.needs()) == 1
    await world.post("Asylum in Charlotte", "please help with this case")
    assert len(await world.store.cases.needs()) == 2, "what does not say that it asks again is a plea"


async def test_a_bump_months_after_the_end_is_a_plea_of_its_own() -> None:
    world = await asked(40)
    await world.reply(world.asks()[0], "YES")
    await world.reply(world.asks()[0], "PLACED")
    world.clock.time += timedelta(days=70)
    await world.post("Re: Asylum in Charlotte", "still looking for somebody, please help")
    assert [n.state for n in await world.store.cases.needs()].count(NeedState.ASKING) == 1
    assert len(await world.store.cases.needs()) == 2


async def test_a_plea_asked_again_after_its_day_is_not_lost() -> None:
    world = await asked(4, "help, due in 3 days")
    await world.run(days=9)
    assert (await world.need()).state is NeedState.EXPIRED
    newcomers = await world.register(2, first=100)
    await world.post("Re: Asylum in Charlotte", "still looking, the judge gave more time, please help")
    need = await world.need()
    assert (need.state, need.need.deadline) == (NeedState.ASKING, None)
    await world.run(days=2)
    assert all(world.mails(email, "ask") for email in newcomers)


async def test_another_client_under_the_same_subject_is_a_new_plea() -> None:
    world = await asked()
    await world.post("Asylum in Charlotte", "I have another client who needs help, due in 20 days")
    assert len(await world.store.cases.needs()) == 2


async def test_placed_on_the_list_ends_the_need_by_subject_alone() -> None:
    world = await asked()
    await world.post("PLACED: Asylum in Charlotte", "PLACED thank you all")
    assert (await world.need()).state is NeedState.PLACED


async def test_placed_by_somebody_else_ends_nothing() -> None:
    world = await asked()
    await world.post("Re: Asylum in Charlotte", "PLACED?", Address("eve@elsewhere.example", "Eve"))
    assert (await world.need()).state is NeedState.ASKING


async def test_an_offer_of_capacity_changes_the_entry_when_its_owner_confirms() -> None:
    world = World()
    (email,) = await world.register(1)
    await world.post("Capacity", "OFFER 2 cases", Address(email, "Taker Number1"))
    (ask,) = world.mails(email, "capacity_confirm")
    assert "2 more cases" in ask.text
    await world.reply(ask, "YES")
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert entry.taker.open_slots == 2


@pytest.mark.parametrize(("words", "slots", "held"), [("CAPACITY 1", 1, 0), ("NO", None, 0), ("OTHER well", None, 1)])
async def test_an_answer_to_the_proposal_is_followed_in_its_own_figures_or_seen(words: str, slots: int | None, held: int) -> None:
    world = World()
    (email,) = await world.register(1)
    await world.post("Capacity", "OFFER 2 cases", Address(email, "Taker Number1"))
    await world.reply(world.mails(email, "capacity_confirm")[0], words)
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert entry.taker.open_slots == slots
    assert len(world.mails(MO.email, "held_answer")) == held


async def test_in_shadow_mode_nobody_but_moderators_hears_of_anything() -> None:
    world = World(mode="shadow")
    (email, *_) = await world.register(5)
    await world.post("Asylum in Charlotte", "please help, due in 40 days")
    await world.post("Capacity", "OFFER 2 cases", Address(email, "Taker Number1"))
    await world.run(days=10)
    assert set(world.boxes) == {MO.email, MIA.email}


# --- moderators, digest, brakes, loops ---


async def test_a_held_post_is_released_by_reply_and_the_other_moderator_hears_who_decided() -> None:
    world = World()
    await world.register(5)
    await world.receive(world.message(FELLOW, "bot@bot.example", "Asylum in Charlotte", "help 40"))
    await world.settle()
    held = world.mails(MO.email, "held")[0]
    await world.reply(held, "drop it", Address("eve@elsewhere.example"))
    assert (await world.store.cases.post(1)).state is PostState.HELD
    await world.reply(held, "RELEASE", MO)
    assert world.asks()
    assert kinds(world.mails(MIA.email)) == ["held", "decided"]
    await world.reply(world.mails(MIA.email, "held")[0], "DROP", MIA)
    assert "already" in world.mails(MIA.email, "trouble")[0].text


async def test_a_digest_comes_on_working_mornings_with_what_is_open_and_held() -> None:
    world = await asked()
    await world.run(days=7)
    digests = world.mails(MO.email, "digest")
    assert [m.at.weekday() for m in digests] == [2, 3, 4, 1], "Wednesday to Friday; Monday is Washington's Birthday"
    assert "NEED 1" in digests[0].text


async def test_without_anything_to_say_there_is_no_digest() -> None:
    world = World()
    await world.run(days=10)
    assert not world.boxes


async def test_a_brake_holds_and_drops_nothing() -> None:
    from listbot.domain.brakes import Brakes

    world = await asked(30, brakes=Brakes(need_day=3))
    assert len(world.asks()) <= 3
    held = await world.store.outbox.letters(MailState.HELD)
    assert held
    assert all("brake" in reply for *_, reply in held)
    await world.store.outbox.release([id for id, *_ in held], "moderator", world.clock.now())
