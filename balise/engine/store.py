"""The tracker store: a sealed snapshot of the answers, the open form and the guide's last turn, nothing else, for a
short time, in memory.

What is held cannot be read here: the key comes from the conversation's secret, which only its client has, and is at
hand during a turn only (balise/privacy/sealing.py).
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.output import in_order
from balise.errors import OperatorError
from balise.privacy.sealing import current_seal
from balise.settings import DEFAULT_LIFETIME, LONGEST_LIFETIME

MOST_CONVERSATIONS = 20_000
"""A bound on memory: beyond it the conversation idle for longest is dropped."""


LastTurn = Callable[[dict[str, Any], str | None], dict[str, Any]]
"""From the slots and the open form at the end of a turn, what is to be kept of that turn (JSON)."""
_last_turn: ContextVar[LastTurn | None] = ContextVar("last_turn", default=None)


@contextmanager
def keeping(last_turn: LastTurn) -> Iterator[None]:
    """Within it, a save keeps what `last_turn` gives in the same write as the answers: never one without the other."""
    token = _last_turn.set(last_turn)
    try:
        yield
    finally:
        _last_turn.reset(token)


@dataclass(frozen=True)
class _Sealed:
    ciphertext: bytes
    expires: float


class SealedTrackerStore(TrackerStore):
    """Keeps, for each conversation, the slots that hold something and the open form, sealed. Never a message.

    A conversation is filed under the id of its seal. It can be saved and retrieved only within
    `balise.privacy.sealing.opened`; outside, or with another secret, BrokenSealError is raised.

    Rules may therefore not look at earlier turns, and they don't (data/rules.yml): each has one user turn.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        lifetime: float = DEFAULT_LIFETIME,
        most: int = MOST_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        """`lifetime` in seconds, of idleness; `most` is how many conversations are held at once.

        Raises ValueError on a lifetime that is not more than nought and at most `LONGEST_LIFETIME`.
        """
        super().__init__(domain, event_broker)
        if not 0 < lifetime <= LONGEST_LIFETIME:
            raise OperatorError(f"endpoints.yml: lifetime must be at most {LONGEST_LIFETIME} seconds.")
        self._lifetime = lifetime
        self._most = most
        self._sealed: OrderedDict[str, _Sealed] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    def _sweep(self) -> None:
        now = time.monotonic()
        while self._sealed:
            oldest = next(iter(self._sealed.values()))
            if oldest.expires > now and len(self._sealed) <= self._most:
                return
            self._sealed.popitem(last=False)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace what is kept of the conversation by its present state."""
        slots = {
            name: slot.value
            for name, slot in tracker.slots.items()
            if slot.value is not None and slot.value != slot.initial_value
        }
        slots.pop("session_started_metadata", None)
        said = _said_last(tracker.events)
        if said is not None:
            slots["offered"] = [list(choice) for choice in in_order(said)]
            slots["turn"] = int(slots.get("turn") or 0) + 1
        form, last_turn = tracker.active_loop_name, _last_turn.get()
        snapshot: dict[str, Any] = {"slots": slots, "form": form}
        if last_turn is not None:
            snapshot["last"] = last_turn(slots, form)
        plain = zlib.compress(json.dumps(snapshot, ensure_ascii=False).encode())
        ciphertext = current_seal(tracker.sender_id).close(plain)
        self._sealed.pop(tracker.sender_id, None)
        self._sealed[tracker.sender_id] = _Sealed(ciphertext, time.monotonic() + self._lifetime)
        self._sweep()
        self._watch()

    def _watch(self) -> None:
        """Wake up when the oldest conversation ends, so that an idle server forgets too."""
        if self._timer is None and self._sealed:
            wait = next(iter(self._sealed.values())).expires - time.monotonic()
            self._timer = asyncio.get_running_loop().call_later(max(wait, 0) + 0.1, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._sweep()
        self._watch()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was left; None where there is none, or its lifetime is over."""
        snapshot = self._snapshot(sender_id)
        if snapshot is None:
            return None
        events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in snapshot["slots"].items()]
        if form := snapshot["form"]:
            events += [ActionExecuted(form), ActiveLoop(form)]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(sender_id, events, slots=self.domain.slots, domain=self.domain)

    def last_turn(self, sender_id: str) -> dict[str, Any] | None:
        """What `keeping` kept of the last turn; None where nothing was."""
        snapshot = self._snapshot(sender_id)
        return None if snapshot is None else snapshot.get("last")

    def _snapshot(self, sender_id: str) -> dict[str, Any] | None:
        self._sweep()
        sealed = self._sealed.get(sender_id)
        if sealed is None:
            return None
        snapshot: dict[str, Any] = json.loads(zlib.decompress(current_seal(sender_id).open(sealed.ciphertext)))
        return snapshot

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation; nothing happens where there is none."""
        self._sealed.pop(sender_id, None)

    def holds(self, sender_id: str) -> bool:
        """Whether a conversation is kept under this id."""
        self._sweep()
        return sender_id in self._sealed

    async def keys(self) -> Iterable[str]:
        """The identifiers of the conversations held."""
        self._sweep()
        return list(self._sealed)


def _said_last(events: Iterable[Event]) -> list[tuple[str, str]] | None:
    """The choices shown since the last message, each its value and label; None where no message came."""
    shown: list[tuple[str, str]] = []
    for event in reversed(list(events)):
        if isinstance(event, UserUttered):
            return shown
        if isinstance(event, BotUttered):
            buttons = (event.data or {}).get("buttons") or []
            shown = [(str(button["payload"]), button["title"]) for button in buttons] + shown
    return None
