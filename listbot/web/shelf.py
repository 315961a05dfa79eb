"""What pages keep for a while: a what-if, an import to be reviewed, words not yet saved. Whichever process is asked next has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from listbot.web.site import Site

T = TypeVar("T")


class Shelf(Generic[T]):
    """The place of one kind of thing, each of which is kept for so long after it was last put there."""

    def __init__(self, kind: str, of: type[T], lasts: timedelta) -> None:
        self._kind, self._lasts = kind, lasts
        self._adapter: TypeAdapter[T] = TypeAdapter(of)

    async def put(self, site: Site, key: str, thing: T) -> None:
        """Keep it, in the place of what was there under this key."""
        now = site.now()
        await site.office.shelf.put(self._kind, key, self._adapter.dump_json(thing), now + self._lasts, now)

    async def renew(self, site: Site, key: str, thing: T) -> bool:
        """Keep it in the place of what is there; where nothing is any more, nothing is kept."""
        now = site.now()
        return await site.office.shelf.renew(self._kind, key, self._adapter.dump_json(thing), now + self._lasts, now)

    async def get(self, site: Site, key: str) -> T | None:
        """What is there under a key."""
        return self._thing(await site.office.shelf.get(self._kind, key, site.now()))

    async def take(self, site: Site, key: str) -> T | None:
        """The same, and it is gone from there: of two who take it only one gets it."""
        return self._thing(await site.office.shelf.take(self._kind, key, site.now()))

    async def all(self, site: Site) -> dict[str, T]:
        """All that is there, the last begun first."""
        return {
            key: self._adapter.validate_json(value)
            for key, value in (await site.office.shelf.all(self._kind, site.now())).items()
        }

    def _thing(self, value: bytes | None) -> T | None:
        return None if value is None else self._adapter.validate_json(value)
