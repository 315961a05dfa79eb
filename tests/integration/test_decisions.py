"""Decisions in the database: what they were made from, what forgetting and retention leave, and the command that tells them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from listbot.adapters import sql
from listbot.adapters.rulefiles import load
from listbot.cli import app
from listbot.domain.mail import Address
from listbot.domain.record import Decision, Seen, Waiting
from listbot.domain.retold import decided_again, differences
from listbot.domain.states import NeedState
from listbot.domain.work import Queue
from tests.contract.conftest import sql_store
from tests.contract.stores import ANA, CHARLOTTE, POSTER, Store, new_ask, new_wave
from tests.postgres import MIGRATIONS

World = tuple[Store, sql.Database]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path / 'listbot.db'}"
        sql.upgrade(url, MIGRATIONS)
    database = sql.Database(url, own_clock=False)
    yield sql_store(database), database
    await database.close()


async def decided(world: World) -> Decision:
    """Ana is asked about a need; the decision as the database gives it back."""
    store, database = world
    await store.registry.put([ANA], "test", store.now)
    candidates = await store.registry.candidates(CHARLOTTE, store.now)
    need = await store.need()
    seen = Seen(
        need=CHARLOTTE,
        author=Address(POSTER),
        candidates=tuple(candidates),
        asked=frozenset(),
        seed=need,
        order=(candidates[0].id,),
        waves=0,
        waiting=(Waiting(0.2, store.now - timedelta(hours=3)),),
        zone="America/New_York",
        rules=load().files,
    )
    made = Decision(at=store.now, wave=1, rules_version=0, shortlist=new_wave(need).shortlist, seen=seen)
    listed, plan = decided_again(made, seen, load())
    wave = replace(
        new_wave(need, new_ask(need, candidates[0].id)),
        shortlist=listed,
        chosen=tuple(m.taker_id for m in plan.matches),
        why=plan.why,
        seen=seen,
    )
    await store.cases.asked(await store.claim(Queue.NEED, need), [wave], (), store.now)
    return (await sql.SqlInsight(database).decisions(need))[0]


async def test_a_decision_comes_back_whole_and_is_made_again(world: World) -> None:
    kept = await decided(world)
    assert kept.seen is not None
    assert kept.seen.candidates[0].taker == ANA
    assert kept.chosen == (kept.seen.candidates[0].id,)
    assert differences(kept, kept.seen, load()) == []


async def test_whoever_is_forgotten_is_in_no_record(world: World) -> None:
    store, database = world
    before = await decided(world)
    await store.registry.forget(ANA.email, "test", store.now)
    need = before.shortlist.matches[0].taker_id
    after = (await sql.SqlInsight(database).decisions((await store.cases.needs())[0].id))[0]
    assert need == after.shortlist.matches[0].taker_id
    assert "ana" not in json.dumps([after.shortlist.matches[0].email, after.shortlist.matches[0].name]).lower()
    assert after.seen is None


async def test_retention_empties_the_record_of_what_is_over(world: World) -> None:
    store, database = world
    await decided(world)
    need = (await store.cases.needs())[0].id
    await store.cases.close_need(need, NeedState.PLACED, "test", "", (), store.now)
    later = store.later(days=400)
    counts = await sql.SqlRetention(database).purge(later - timedelta(days=365), later)
    assert counts["decisions"] == 1
    after = (await sql.SqlInsight(database).decisions(need))[0]
    assert after.seen is None
    assert after.shortlist.matches


def test_the_command_says_why_and_that_it_comes_out_the_same(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40)
    config = tmp_path / "listbot.toml"
    config.write_text('[bot]\naddress = "bot@bot.example"\n[database]\nurl = "sqlite:///listbot.db"\n')
    sql.upgrade(f"sqlite:///{tmp_path}/listbot.db", MIGRATIONS)

    async def prepare() -> None:
        database = sql.Database(f"sqlite:///{tmp_path}/listbot.db", own_clock=False)
        await decided((sql_store(database), database))
        await database.close()

    asyncio.run(prepare())
    shown = CliRunner().invoke(app, ["needs", "1", "--why", "--config", str(config)])
    assert shown.exit_code == 0, shown.output
    assert "Ana" in shown.stdout
    assert "made again from its record: the same" in shown.stdout
    told = CliRunner().invoke(app, ["needs", "1", "--why", "--json", "--config", str(config)])
    last = json.loads(told.stdout.splitlines()[-1])
    assert (last["asked"], last["again"], last["seed"]) == ([ANA.email], "same", 1)
