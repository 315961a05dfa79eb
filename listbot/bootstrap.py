"""The one place that chooses adapters and joins them to a running bot."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from listbot import config
from listbot.config import Settings
from listbot.domain.errors import ConfigError, Fault
from listbot.domain.mail import Address
from listbot.domain.trust import ListIdentity
from listbot.domain.work import Queue
from listbot.pipeline.context import Context, Event, Identity
from listbot.pipeline.ports import Clock, Source

if TYPE_CHECKING:
    from listbot.adapters.letters import JinjaComposer
    from listbot.adapters.rulefiles.in_force import RulesInForce
    from listbot.adapters.smtp import SmtpTransport
    from listbot.adapters.sources.oauth import OAuth2Settings
    from listbot.adapters.sql import Database
    from listbot.domain.brakes import Brakes
    from listbot.domain.rules import RuleSet
    from listbot.pipeline.deliver import Pace
    from listbot.pipeline.office import Office, Wording
    from listbot.reading import Reader, ReaderInForce

log = logging.getLogger(__name__)

OnEvent = Callable[[Event], None]
"""Hears what happens, without a word of any post."""

Pages = Callable[["Office", asyncio.Event], Coroutine[None, None, None]]
"""Serves the pages until the event; they stand above this file, so they are handed in."""


def rules_folder(settings: Settings | None = None) -> Path:
    """The folder of rules in use: the configured one, else the shipped one."""
    return (settings.bot.rules if settings else None) or config.shipped("rules")


@cache
def load_rules(folder: Path) -> RuleSet:
    """The rule set of a folder. Raises ListbotError naming every fault with file and line."""
    from listbot.adapters.rulefiles import load

    return load(folder)


def rule_faults(files: Mapping[str, str], templates: Sequence[Path] | None = None) -> list[Fault]:
    """All that is wrong with rule files and letters; what only reading knows of them once the rest is right."""
    from listbot.adapters import letters
    from listbot.adapters.rulefiles import check
    from listbot.reading import check_reading

    faults = check(files)
    if own := letters.own_letters(files):
        faults += letters.check(templates or template_folders(), own)
    if not faults and (wrong := check_reading(files)):
        faults = [Fault(wrong.split(" ")[0].rstrip(":"), 1, wrong)]
    return faults


def make_reader(settings: Settings | None = None) -> Reader:
    """The reader with the rules' relief types and thresholds."""
    return _reader(rules_folder(settings))


@cache
def _reader(rules: Path) -> Reader:
    from listbot.reading import Reader, load_settings

    return Reader(load_settings(rules))


def upgrade_database(settings: Settings) -> None:
    """Bring the database to this version's structure."""
    from listbot.adapters.sql import upgrade

    upgrade(settings.database.url, config.shipped("migrations"))


def identity(settings: Settings) -> Identity:
    """Who the bot is. Raises ConfigError where the secret cannot be read."""
    file = settings.bot.secret_file
    secret = config.secret_of("", file, "bot.secret_file")
    if len(secret) < 32:
        raise ConfigError(f"{file}: the secret has fewer than 32 characters; make one with `listbot init`")
    return Identity(
        address=Address(settings.bot.address, settings.bot.name),
        secret=secret.encode(),
        mode=settings.bot.mode,
        zone=ZoneInfo(settings.bot.timezone),
        lists=tuple(ListIdentity(x.name, x.id, x.address, x.trust, x.secret_header) for x in settings.list),
        moderators=tuple(Address(m) for m in settings.web.moderators),
        base_url=settings.web.base_url.rstrip("/"),
        host=settings.bot.authentication_host,
        sources=tuple(x.name for x in settings.source),
    )


@asynccontextmanager
async def opened(
    settings: Settings,
    wake: Callable[[Queue], None] = lambda queue: None,
    on_event: OnEvent = lambda event: None,
) -> AsyncIterator[Context]:
    """A context over the configured database; SQLite is brought up to date at once, PostgreSQL by `listbot db upgrade`."""
    async with opened_office(settings, wake, on_event) as office:
        yield office.context


@asynccontextmanager
async def opened_office(
    settings: Settings,
    wake: Callable[[Queue], None] = lambda queue: None,
    on_event: OnEvent = lambda event: None,
) -> AsyncIterator[Office]:
    """The context and all that the pages need beside it."""
    from listbot.adapters import sql
    from listbot.adapters.letters import JinjaComposer
    from listbot.adapters.letters.previews import Letters
    from listbot.adapters.rulefiles.in_force import RulesInForce
    from listbot.reading import ReaderInForce

    who = identity(settings)
    if settings.database.url.startswith("sqlite"):
        await asyncio.to_thread(upgrade_database, settings)
    database = sql.Database(settings.database.url)
    folder, templates = rules_folder(settings), template_folders(settings)
    reader, composer = ReaderInForce(folder), JinjaComposer(who.address, who.secret, templates)
    rules = RulesInForce(load_rules(folder), sql.SqlRuleVersions(database), partial(_take_up, reader, composer, templates))
    try:
        await rules.renew()
        context = _context(who, database, reader, composer, rules, wake, on_event)
        yield _office(settings, context, database, rules, Letters(composer, templates))
    finally:
        await database.close()


def _context(
    who: Identity,
    database: Database,
    reader: ReaderInForce,
    composer: JinjaComposer,
    rules: RulesInForce,
    wake: Callable[[Queue], None],
    on_event: OnEvent,
) -> Context:
    from listbot.adapters import sql
    from listbot.adapters.assignment import assign
    from listbot.adapters.clock import SystemClock
    from listbot.adapters.mime import parse
    from listbot.adapters.mime.authentication import authenticated_domains

    store = sql.SqlStore(database, who.secret)
    return Context(
        identity=who,
        clock=SystemClock(),
        journal=store.journal,
        work=store.work,
        cases=store.cases,
        registry=store.registry,
        proposals=store.proposals,
        outbox=store.outbox,
        retention=sql.SqlRetention(database),
        parser=parse,
        reader=reader,
        composer=composer,
        assigner=assign,
        authenticated=authenticated_domains,
        rules=lambda: rules.now,
        wake=wake,
        on_event=on_event,
    )


def _take_up(reader: ReaderInForce, composer: JinjaComposer, templates: Sequence[Path], files: Mapping[str, str]) -> None:
    """Have an applied version's reading and letters count. Raises ConfigError for a faulty one; then nothing has changed."""
    from listbot.adapters import letters

    own = letters.own_letters(files)
    if own and (faults := letters.check(templates, own)):
        raise ConfigError("; ".join(map(str, faults)))
    reader.renew(files)
    composer.reword(own)


def _office(settings: Settings, context: Context, database: Database, rules: RulesInForce, wording: Wording) -> Office:
    from listbot.adapters import sql
    from listbot.adapters.registryfiles import CsvSheets
    from listbot.adapters.rulefiles.book import RuleFiles
    from listbot.pipeline.office import Office
    from listbot.reading import offices
    from listbot.reading.versions import model_versions

    return Office(
        context=context,
        sessions=sql.SqlSessions(database),
        insight=sql.SqlInsight(database),
        drafts=sql.SqlDrafts(database),
        shelf=sql.SqlShelf(database),
        versions=rules.versions,
        rulebook=RuleFiles(rules_folder(settings), partial(rule_faults, templates=template_folders(settings))),
        sheets=CsvSheets(lambda: rules.now.reliefs, offices.located),
        wording=wording,
        brakes=_brakes(settings),
        models=model_versions,
        renew_rules=rules.renew,
        follow_rules=rules.follow,
        locate=offices.placed,
        complete=offices.towns,
    )


def _pace(settings: Settings) -> Pace:
    from datetime import timedelta

    from listbot.pipeline.deliver import Pace

    x = settings.smtp
    assert x is not None
    return Pace(
        connections=x.connections,
        per_minute=x.per_minute,
        per_host_minute=x.per_host_minute,
        unsure_after=timedelta(minutes=x.unsure_after_minutes),
    )


def _brakes(settings: Settings) -> Brakes:
    from listbot.domain.brakes import Brakes

    x = settings.brakes
    exempt = frozenset(settings.web.moderators)
    return Brakes(person_day=x.person_day, need_day=x.need_day, hour=x.hour, exempt=exempt)


def template_folders(settings: Settings | None = None) -> Sequence[Path]:
    """Where letters are looked for: the moderators' own first."""
    own = rules_folder(settings) / "letters"
    return [own, config.shipped("templates")] if own.is_dir() else [config.shipped("templates")]


def make_sources(settings: Settings, clock: Clock) -> list[Source]:
    """The configured sources. Raises ConfigError for one that cannot work as it is set."""
    from random import random

    from listbot.adapters.sources.imap import ImapSettings, ImapSource
    from listbot.adapters.sources.lmtp import LmtpSettings, LmtpSource
    from listbot.adapters.sources.maildir import MaildirSettings, MaildirSource

    if not settings.source:
        raise ConfigError("source: none is configured, so no post can arrive; add a table [[source]]")
    made: list[Source] = []
    for x in settings.source:
        if isinstance(x, config.ImapSource):
            imap = ImapSettings(
                name=x.name,
                host=x.host,
                port=x.port,
                tls=x.tls,
                ca_file=str(x.ca_file or ""),
                username=x.username,
                password="" if x.oauth2 else config.secret_of(x.password, x.password_file, "source.password_file"),
                oauth2=oauth2_settings(x.oauth2),
                mailbox=x.mailbox,
                poll_seconds=x.poll_seconds,
                mark_seen=x.mark_seen,
                move_to=x.move_to,
            )
            made.append(ImapSource(imap, clock, random))
        elif isinstance(x, config.MaildirSource):
            folder = MaildirSettings(name=x.name, path=str(x.path), poll_seconds=x.poll_seconds)
            made.append(MaildirSource(folder, clock, random))
        else:
            host, _, port = x.listen.rpartition(":")
            lmtp = LmtpSettings(name=x.name, host=host, port=int(port), addresses=(settings.bot.address,))
            made.append(LmtpSource(lmtp, clock, random))
    return made


def oauth2_settings(x: config.OAuth2 | None) -> OAuth2Settings | None:
    """The token settings of a server that wants OAuth 2."""
    from listbot.adapters.sources.oauth import OAuth2Settings

    if x is None:
        return None
    return OAuth2Settings(
        command=x.token_command,
        token_url=x.token_url,
        client_id=x.client_id,
        client_secret=config.secret_of(x.client_secret, x.client_secret_file, "oauth2.client_secret_file"),
        refresh_token=config.secret_of(x.refresh_token, x.refresh_token_file, "oauth2.refresh_token_file"),
        scope=x.scope,
    )


def make_transport(settings: Settings, clock: Clock) -> SmtpTransport:
    """The way out. Raises ConfigError where none is configured."""
    from listbot.adapters.smtp import SmtpSettings, SmtpTransport
    from listbot.adapters.sources.oauth import Tokens

    x = settings.smtp
    if x is None:
        raise ConfigError("smtp: is missing, so no mail can leave; add a table [smtp]")
    oauth2 = oauth2_settings(x.oauth2)
    return SmtpTransport(
        SmtpSettings(
            host=x.host,
            port=x.port,
            tls=x.tls,
            ca_file=x.ca_file,
            username=x.username,
            password="" if oauth2 else config.secret_of(x.password, x.password_file, "smtp.password_file"),
            token=Tokens(oauth2, clock).token if oauth2 else None,
            connections=x.connections,
            hello=x.hello,
        )
    )


async def serve(
    settings: Settings, stop: asyncio.Event, on_event: OnEvent = lambda event: None, pages: Pages | None = None
) -> None:
    """`listbot run`: intake, work, delivery and pages in this process until `stop`; what is being acted on is finished first."""
    await _run(settings, stop, on_event, intake=True, pages=pages)


async def work(settings: Settings, stop: asyncio.Event, on_event: OnEvent = lambda event: None) -> None:
    """`listbot worker`: work and delivery alone."""
    await _run(settings, stop, on_event, intake=False)


class _Wakes(list[Callable[[Queue], None]]):
    """All who want to be woken: called, it wakes each."""

    def __call__(self, queue: Queue) -> None:
        for listener in self:
            listener(queue)


async def _run(settings: Settings, stop: asyncio.Event, on_event: OnEvent, *, intake: bool, pages: Pages | None = None) -> None:
    from listbot.adapters.dispatch.only import only_worker

    wakes = _Wakes()
    with only_worker(settings.database.url) as alone:
        async with opened_office(settings, wakes, on_event) as office:
            context = office.context
            if alone and (left := await context.work.reclaim(context.clock.now())):
                log.warning("%s rows were left by a worker that ended in the middle; they are taken up again", left)
            transport, sources = make_transport(settings, context.clock), make_sources(settings, context.clock) if intake else []
            async with asyncio.TaskGroup() as group:
                group.create_task(office.follow_rules(stop))
                group.create_task(_load_reader(context))
                if pages:
                    group.create_task(pages(office, stop))
                group.create_task(_work_together(settings, context, wakes, stop, transport, sources))


async def _load_reader(context: Context) -> None:
    """Its tables take seconds to load; what arrives meanwhile waits for them."""
    await asyncio.to_thread(context.reader.redact, "")
    settle()
    context.on_event(Event("ready", 0))


def settle() -> None:
    """What is loaded by now stays: to look for garbage in it stopped everything for a tenth of a second each time.

    A shortlist makes tens of thousands of objects and no cycles. By the usual thresholds every twentieth would wait for a look at
    all that the process keeps; now one of some hundreds does.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


async def web(settings: Settings, stop: asyncio.Event, pages: Pages) -> None:
    """`listbot web`: the pages alone; what they put down is done by a worker, which looks now and then."""
    from listbot.adapters.dispatch import make_dispatcher

    wakes = _Wakes()
    async with opened_office(settings, wakes) as office:
        if settings.database.url.startswith("postgresql"):
            wakes.append(make_dispatcher(settings.database.url, office.context.work, office.context.clock).wake)
        settle()
        async with asyncio.TaskGroup() as group:
            group.create_task(office.follow_rules(stop))
            group.create_task(pages(office, stop))


async def _work_together(
    settings: Settings, context: Context, wakes: _Wakes, stop: asyncio.Event, transport: SmtpTransport, sources: list[Source]
) -> None:
    """Sources, dispatcher and delivery beside each other until `stop`; `wakes` is told who wants to be woken."""
    from listbot.adapters.dispatch import make_dispatcher, one_at_a_time
    from listbot.pipeline import chores
    from listbot.pipeline.act import actor
    from listbot.pipeline.correspondence import teller
    from listbot.pipeline.deliver import Deliverer
    from listbot.pipeline.intake import follow

    pace, brakes = _pace(settings), _brakes(settings)
    deliverer = Deliverer(context.outbox, transport, context.clock, pace, context.on_event, brakes, teller(context))
    dispatcher = make_dispatcher(settings.database.url, context.work, context.clock)
    wakes += [dispatcher.wake, lambda queue: deliverer.wake() if queue is Queue.MAIL else None]
    await chores.ensure(context)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(dispatcher.run(actor(context, deliverer.wake), stop))
            group.create_task(deliverer.run(stop))
            for source in sources:
                group.create_task(one_at_a_time(settings.database.url, source.name, partial(follow, context, source), stop))
    finally:
        await transport.close()
