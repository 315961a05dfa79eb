"""Every look at a need is kept with what it was decided from, and comes out the same when it is decided again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from listbot.adapters.rulefiles import parse
from listbot.adapters.sql.columns import Packed
from listbot.domain.invented import invented_takers
from listbot.domain.record import Decision, Seen
from listbot.domain.retold import differences
from listbot.domain.rules import RuleSet
from tests.unit.pipeline.world import RULES, World

PACKED = Packed[Seen](Seen)


def kept(world: World, need: int) -> list[Decision]:
    """The decisions about a need, each as the database gives it back."""
    rows = world.store.cases._tables.where("decision", need=need)
    made = [Decision(**{name: row[name] for name in Decision.__dataclass_fields__}) for row in rows]
    return [replace(one, seen=unpacked(one.seen)) for one in made]


def unpacked(seen: Seen | None) -> Seen | None:
    return PACKED.process_result_value(PACKED.process_bind_param(seen, None), None)  # type: ignore[arg-type]


def rules_of(decision: Decision) -> RuleSet:
    assert decision.seen is not None
    return parse(decision.seen.rules, decision.rules_version)


async def a_busy_month() -> World:
    world = World()
    await world.store.registry.put(invented_takers(150, seed=4, today=world.clock.now().date()), "test", world.clock.now())
    await world.register(6)
    await world.post("Asylum, Charlotte", "Two weeks are left: 15")
    await world.run(hours=6)
    await world.post("Asylum in Charlotte again, another client", "Only 4 days")
    answering = world.asks()[0]
    await world.reply(answering, "NO")
    await world.run(days=12)
    return world


async def test_every_decision_is_the_same_when_it_is_made_again_from_its_record() -> None:
    world = await a_busy_month()
    decisions = [one for need in (1, 2) for one in kept(world, need)]
    assert len(decisions) > 3
    assert any(one.chosen for one in decisions)
    for one in decisions:
        assert one.seen is not None
        assert differences(one, one.seen, rules_of(one)) == []


async def test_other_rules_are_named_person_by_person() -> None:
    world = await a_busy_month()
    first = kept(world, 1)[0]
    assert first.seen is not None
    nobody = {**first.seen.rules, "limits.yaml": first.seen.rules["limits.yaml"].replace("  asks: 2\n", "  asks: 0\n")}
    lines = differences(first, first.seen, parse(nobody))
    assert any("kept out by monthly_budget" in line for line in lines)
    assert any(line.startswith("asked: ") for line in lines)


async def test_a_changed_entry_does_not_change_what_was_decided() -> None:
    world = await a_busy_month()
    before = kept(world, 1)[0]
    entry = await world.store.registry.taker("taker1@alumni1.example")
    assert entry is not None
    await world.store.registry.put([replace(entry.taker, open_slots=0)], "test", world.clock.now())
    assert kept(world, 1)[0] == before
    assert before.seen is not None
    assert differences(before, before.seen, RULES) == []


async def test_looks_that_choose_nobody_are_kept_once_a_wave() -> None:
    world = World()
    await world.register(1, open_slots=0)
    await world.post("Asylum, Charlotte", "Help")
    await world.run(days=20)
    decisions = kept(world, 1)
    assert len(decisions) == 1
    assert decisions[0].chosen == ()
    assert decisions[0].at > world.clock.now() - timedelta(days=2)
