"""Column types that speak the domain's language, equally on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from listbot.domain.registry import Level

T = TypeVar("T")
S = TypeVar("S", bound=StrEnum)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row's number: SQLite only counts on by itself in a column called INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC: `timestamptz` on PostgreSQL, text of one width on SQLite (so that it compares)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[T], Generic[T]):
    """A frozen dataclass as JSON text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        return None if value is None else self._adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        return None if value is None else self._adapter.validate_json(value)


class Packed(TypeDecorator[T], Generic[T]):
    """A large frozen dataclass as compressed JSON without what is as always."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(self._adapter.dump_json(value, exclude_defaults=True), 1)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> T | None:
        return None if value is None else self._adapter.validate_json(zlib.decompress(value))


class State(TypeDecorator[S], Generic[S]):
    """A state by its word."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[S]) -> None:
        super().__init__()
        self.kind = kind
        self._words = {word.value: word for word in kind}

    def process_bind_param(self, value: S | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> S | None:
        return None if value is None else self._words[value]


class Words(TypeDecorator[frozenset[str]]):
    """A set of words as a cell of the registry's CSV has them: `NC;SC`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> str:
        return ";".join(sorted(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:
        return _words(value) if value else frozenset()


class Numbers(TypeDecorator[Sequence[int]]):
    """Many numbers as one value of a statement: a list as JSON for SQLite, an array for PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        numbers = sa.ARRAY(sa.BigInteger) if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(numbers)

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class Levels(TypeDecorator[dict[str, Level]]):
    """Relief with experience as a cell of the registry's CSV has it: `asylum:expert;sijs:able`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Level] | None, dialect: Dialect) -> str:
        return ";".join(f"{relief}:{level}" for relief, level in sorted((value or {}).items()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Level]:
        return dict(_levels(value)) if value else {}


@lru_cache(65536)  # the same cells come again and again, in every entry read
def _levels(cell: str) -> tuple[tuple[str, Level], ...]:
    pairs = (said.split(":") for said in cell.split(";"))
    return tuple((relief, Level(level)) for relief, level in pairs)


@lru_cache(65536)
def _words(cell: str) -> frozenset[str]:
    return frozenset(cell.split(";"))
