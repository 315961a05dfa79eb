"""How the domain's values become columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from listbot.adapters.sql.columns import Json, Levels, Moment, Words
from listbot.domain.reading import Need, Place
from listbot.domain.registry import Level

DIALECTS = [sqlite.dialect(), postgresql.dialect()]
words = st.text(st.characters(whitelist_categories=["L", "N"], whitelist_characters="_- "), min_size=1)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: d.name)
@given(when=st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)), hours=st.integers(-12, 14))
def test_a_moment_comes_back_as_itself_in_utc(dialect, when: datetime, hours: int) -> None:  # type: ignore[no-untyped-def]
    aware = when.replace(tzinfo=timezone(timedelta(hours=hours)))
    back = Moment().process_result_value(Moment().process_bind_param(aware, dialect), dialect)
    assert back == aware
    assert back is not None
    assert back.tzinfo is UTC


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without its zone"):
        Moment().process_bind_param(datetime(2025, 1, 1), DIALECTS[0])


@given(st.frozensets(words))
def test_a_set_of_words_comes_back_whatever_its_order(some: frozenset[str]) -> None:
    cell = Words().process_bind_param(some, DIALECTS[0])
    assert Words().process_result_value(cell, DIALECTS[0]) == some


@given(st.dictionaries(words, st.sampled_from(Level)))
def test_relief_comes_back_with_its_levels(some: dict[str, Level]) -> None:
    cell = Levels().process_bind_param(some, DIALECTS[0])
    assert Levels().process_result_value(cell, DIALECTS[0]) == some


def test_a_need_comes_back_from_json_with_its_tuples() -> None:
    need = Need(places=(Place("Charlotte", state="NC"),), relief=("asylum",), evidence={"relief": ((1, 2), (3, 4))})
    column = Json[Need](Need)
    assert column.process_result_value(column.process_bind_param(need, DIALECTS[0]), DIALECTS[0]) == need
