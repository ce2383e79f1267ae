"""How many requests are let in: a limit without a memory of who came."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

MOST_BUCKETS = 1_000
"""Names whose pace is remembered before the idle ones are forgotten."""


@dataclass(frozen=True)
class Pace:
    """`rate` a second, `most` at once."""

    rate: float
    most: int


class Entry(Enum):
    """Whether a request of a conversation is let in, or why not."""

    IN = auto()
    UNKNOWN = auto()
    TOO_FAST = auto()


class Bucket:
    """What is left of a pace; `clock` gives seconds."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._left = pace, float(pace.most)
        self._clock, self._since = clock, clock()

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._pace.most, self._left + (now - self._since) * self._pace.rate)
        self._since = now

    def is_full(self) -> bool:
        """Whether nothing was taken for long enough that forgetting this bucket changes nothing."""
        self._fill()
        return self._left >= self._pace.most

    def take(self, cost: int = 1) -> bool:
        """Whether one more, that weighs `cost`, is let in now."""
        self._fill()
        if self._left < cost:
            return False
        self._left -= cost
        return True


class Buckets:
    """The buckets of one process, each under a name."""

    def __init__(self) -> None:
        self._named: dict[str, Bucket] = {}

    def take(self, name: str, pace: Pace, cost: int = 1) -> bool:
        """Whether one more, that weighs `cost`, is let in now under this name."""
        if len(self._named) > MOST_BUCKETS:
            for idle in [one for one, bucket in self._named.items() if bucket.is_full()]:
                del self._named[idle]
        return self._named.setdefault(name, Bucket(pace)).take(cost)
