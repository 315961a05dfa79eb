"""What rows are found by: words of their texts, and the states and relief of needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import product

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from listbot.adapters.sql.schema_desk import need_reach, post_word, taker_word
from listbot.adapters.sql.statements import chunks, insert_text
from listbot.domain.reading import Need
from listbot.domain.registry import Taker

LONGEST = 24
_WORD = re.compile(r"\w+")


def words(*texts: str) -> frozenset[str]:
    """The words of texts as they are kept and looked for: folded, without accents, cut to a bearable length."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).replace("_", " ")).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(word[:LONGEST] for word in _WORD.findall(bare))


def beginning(column: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """The words that begin so, by an index."""
    return (column >= word) & (column < word[:-1] + chr(ord(word[-1]) + 1))


async def index_takers(connection: AsyncConnection, takers: Sequence[tuple[int, Taker]], new: int = 0) -> None:
    """Write the words of entries anew; the first `new` ones have none yet."""
    for some in chunks([id for id, _ in takers[new:]]):
        await connection.execute(sa.delete(taker_word).where(taker_word.c.taker.in_(some)))
    found = {id: words(one.email, one.name, one.organization, one.city, one.cohort) for id, one in takers}
    if rows := sorted((word, id) for id, said in found.items() for word in said):
        await connection.exec_driver_sql(insert_text(connection.dialect.name, taker_word, ("word", "taker")), rows)


async def index_post(connection: AsyncConnection, id: int, subject: str, author: str, name: str) -> None:
    """Write the words of a new post."""
    values = [{"word": word, "post": id} for word in words(subject, author, name)]
    if values:
        await connection.execute(sa.insert(post_word), values)


def need_columns(one: Need) -> Mapping[str, object]:
    """What a need's row repeats of the need."""
    return {
        "deadline": one.deadline.date if one.deadline else None,
        "detained": one.detained,
        "languages": frozenset(one.languages),
    }


async def index_need(connection: AsyncConnection, id: int, one: Need) -> None:
    """Write the states and relief of a need; "" where it names none."""
    pairs = product(sorted(one.states) or [""], sorted(set(one.relief)) or [""])
    await connection.execute(sa.delete(need_reach).where(need_reach.c.need == id))
    await connection.execute(sa.insert(need_reach), [{"state": s, "relief": r, "need": id} for s, r in pairs])
