"""Where conversations are kept: the interface that every store has, and the store in memory."""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.locks import LocalLocks, Locks
from balise.engine.pace import Buckets, Entry, Pace
from balise.engine.snapshot import close, last_turn_of, open_tracker
from balise.errors import OperatorError
from balise.settings import DEFAULT_LIFETIME, LONGEST_LIFETIME

MOST_CONVERSATIONS = 20_000
"""A bound on memory: beyond it no new conversation is opened."""


class ConversationStore(TrackerStore):
    """Keeps a sealed snapshot of each conversation (balise/engine/snapshot.py) for a short time, and what goes with it:
    one turn at a time, the number of conversations, the pace of requests.

    A conversation is filed under the id of its seal. It can be saved and retrieved only within
    `balise.privacy.sealing.opened`; outside, or with another secret, BrokenSealError is raised. A store that is not in
    this process raises Unreachable where it does not answer; it never goes on elsewhere.

    Rules may therefore not look at earlier turns, and they don't (data/rules.yml): each has one user turn.
    """

    locks: Locks

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        lifetime: float = DEFAULT_LIFETIME,
        most: int = MOST_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        """`lifetime` in seconds, of idleness; `most` is how many conversations are held at once.

        Raises OperatorError on a lifetime that is not more than nought and at most `LONGEST_LIFETIME`.
        """
        super().__init__(domain, event_broker)
        if not 0 < lifetime <= LONGEST_LIFETIME:
            raise OperatorError(f"endpoints.yml: lifetime must be at most {LONGEST_LIFETIME} seconds.")
        self.lifetime = lifetime
        self.most = most

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace what is kept of the conversation by its present state, in one write."""
        await self._write(tracker.sender_id, close(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was left; None where there is none, or its lifetime is over."""
        sealed = await self._read(sender_id)
        return None if sealed is None else open_tracker(sender_id, sealed, self.domain)

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new conversation. Unlike Rasa's, nothing is written before its first turn is over."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def last_turn(self, sender_id: str) -> dict[str, Any] | None:
        """What `keeping` kept of the last turn; None where nothing was."""
        sealed = await self._read(sender_id)
        return None if sealed is None else last_turn_of(sender_id, sealed)

    async def let_in(self, sender_id: str, pace: Pace, cost: int = 1) -> Entry:
        """Whether a request of a conversation goes on: it is held here, and comes no faster than `pace`, where it
        weighs `cost`."""
        if not await self.holds(sender_id):
            return Entry.UNKNOWN
        return Entry.IN if await self.take(sender_id, pace, cost) else Entry.TOO_FAST

    @abstractmethod
    async def _read(self, sender_id: str) -> bytes | None:
        """The sealed snapshot; None where there is none."""

    @abstractmethod
    async def _write(self, sender_id: str, sealed: bytes) -> None:
        """Keep the sealed snapshot for `lifetime` from now on."""

    @abstractmethod
    async def delete(self, sender_id: str) -> None:
        """Forget the conversation; nothing happens where there is none."""

    @abstractmethod
    async def holds(self, sender_id: str) -> bool:
        """Whether a conversation is kept under this id."""

    @abstractmethod
    async def held(self) -> int:
        """How many conversations are kept."""

    @abstractmethod
    async def take(self, name: str, pace: Pace, cost: int = 1) -> bool:
        """Whether one more, that weighs `cost`, is let in under this name."""


@dataclass(frozen=True)
class _Sealed:
    ciphertext: bytes
    expires: float


class SealedTrackerStore(ConversationStore):
    """In the memory of this process: what is held can't be read here, and a restart forgets it."""

    def __init__(self, domain: Domain | None, *args: Any, **kwargs: Any) -> None:
        """See ConversationStore."""
        super().__init__(domain, *args, **kwargs)
        self.locks = LocalLocks()
        self._buckets = Buckets()
        self._sealed: OrderedDict[str, _Sealed] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    def _sweep(self) -> None:
        now = time.monotonic()
        while self._sealed and next(iter(self._sealed.values())).expires <= now:
            self._sealed.popitem(last=False)

    def _watch(self) -> None:
        """Wake up when the oldest conversation ends, so that an idle server forgets too."""
        if self._timer is None and self._sealed:
            wait = next(iter(self._sealed.values())).expires - time.monotonic()
            self._timer = asyncio.get_running_loop().call_later(max(wait, 0) + 0.1, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._sweep()
        self._watch()

    async def _read(self, sender_id: str) -> bytes | None:
        self._sweep()
        sealed = self._sealed.get(sender_id)
        return None if sealed is None else sealed.ciphertext

    async def _write(self, sender_id: str, sealed: bytes) -> None:
        # At the end of the line: the first is always the next to end.
        self._sealed.pop(sender_id, None)
        self._sealed[sender_id] = _Sealed(sealed, time.monotonic() + self.lifetime)
        self._sweep()
        self._watch()

    async def delete(self, sender_id: str) -> None:
        """See ConversationStore."""
        self._sealed.pop(sender_id, None)

    async def holds(self, sender_id: str) -> bool:
        """See ConversationStore."""
        return await self._read(sender_id) is not None

    async def held(self) -> int:
        """See ConversationStore."""
        self._sweep()
        return len(self._sealed)

    async def take(self, name: str, pace: Pace, cost: int = 1) -> bool:
        """See ConversationStore."""
        return self._buckets.take(name, pace, cost)
