"""How fast letters may leave: at most so many in any stretch of time."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


class Window:
    """At most `most` events in any `span` of time, exactly: it remembers when each was."""

    def __init__(self, most: int, span: timedelta = MINUTE) -> None:
        self._most, self._span = most, span
        self._times: deque[datetime] = deque()

    def room(self, now: datetime) -> int:
        """How many may happen now."""
        self._forget(now)
        return self._most - len(self._times)

    def spend(self, now: datetime) -> None:
        """One happens now."""
        self._times.append(now)

    def free_at(self, now: datetime, ahead: int = 0) -> datetime:
        """When one more may happen, if `ahead` others go first."""
        self._forget(now)
        index, rounds = len(self._times) + ahead - self._most, 1
        if index < 0:
            return now
        # Those that go first take their places as the earlier ones leave the window, round after round.
        known = [*self._times, *[now] * max(0, self._most - len(self._times))]
        while index >= len(known):
            index, rounds = index - self._most, rounds + 1
        return known[index] + rounds * self._span

    def _forget(self, now: datetime) -> None:
        while self._times and self._times[0] <= now - self._span:
            self._times.popleft()
