"""The sealed snapshot of a conversation: the answers, the open form and the guide's last turn, never a message.

Every store keeps these same bytes. The key comes from the conversation's secret, which only its client has, and is at
hand during a turn only (balise/privacy/sealing.py): outside, or with another secret, BrokenSealError is raised.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SkipEventInMDStoryMixin,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.output import in_order
from balise.privacy.sealing import current_seal

LastTurn = Callable[[dict[str, Any], str | None], dict[str, Any] | None]
"""From the slots and the open form at the end of a turn, what is to be kept of that turn (JSON); None for nothing."""
_last_turn: ContextVar[LastTurn | None] = ContextVar("last_turn", default=None)


@contextmanager
def keeping(last_turn: LastTurn) -> Iterator[None]:
    """Within it, a save keeps what `last_turn` gives in the same write as the answers: never one without the other."""
    token = _last_turn.set(last_turn)
    try:
        yield
    finally:
        _last_turn.reset(token)


def _told_by(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The slots that the end of a turn itself sets: the choices shown last, the count of turns; none without a turn."""
    said = _said_last(tracker.events)
    if said is None:
        return {}
    return {
        "offered": [list(choice) for choice in in_order(said)],
        "turn": int(tracker.get_slot("turn") or 0) + 1,
    }


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The conversation's present state, as JSON holds it."""
    slots = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value is not None and slot.value != slot.initial_value
    }
    slots.pop("session_started_metadata", None)
    slots.update(_told_by(tracker))
    form, last_turn = tracker.active_loop_name, _last_turn.get()
    last = last_turn(slots, form) if last_turn else None
    return {"slots": slots, "form": form, **({"last": last} if last else {})}


def close(tracker: DialogueStateTracker) -> bytes:
    """The conversation's present state, sealed. Raises BrokenSealError."""
    snapshot = state_of(tracker)
    plain = zlib.compress(json.dumps(snapshot, ensure_ascii=False).encode())
    return current_seal(tracker.sender_id).close(plain)


def _opened(sender_id: str, sealed: bytes) -> dict[str, Any]:
    snapshot: dict[str, Any] = json.loads(zlib.decompress(current_seal(sender_id).open(sealed)))
    return snapshot


def last_turn_of(sender_id: str, sealed: bytes) -> dict[str, Any] | None:
    """What `keeping` kept of the last turn; None where nothing was. Raises BrokenSealError."""
    return _opened(sender_id, sealed).get("last")


def open_tracker(sender_id: str, sealed: bytes, domain: Domain) -> DialogueStateTracker:
    """The conversation as it was left, without its history. Raises BrokenSealError."""
    snapshot = _opened(sender_id, sealed)
    known = {slot.name for slot in domain.slots}
    held = {name: value for name, value in snapshot["slots"].items() if name in known}
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), SlotsRestored(held)]
    if form := snapshot["form"]:
        events += [ActionExecuted(form), ActiveLoop(form)]
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return DialogueStateTracker.from_events(sender_id, events, slots=domain.slots, domain=domain)


class SlotsRestored(SkipEventInMDStoryMixin):
    """Every slot that a snapshot holds, set at once. Rasa plays a tracker's events again some ten times a turn: one
    event makes a turn cost the same whether one question was answered or sixty.

    It never leaves this process: as a dictionary (what Rasa shows an action) it has no values.
    """

    type_name = "slots_restored"

    def __init__(self, slots: Mapping[str, Any]) -> None:
        """`slots`: the value of each, by its name; all are slots of the domain."""
        super().__init__()
        self._slots = slots

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SlotsRestored) and self._slots == other._slots

    def __hash__(self) -> int:
        return hash(tuple(self._slots))

    def apply_to(self, tracker: DialogueStateTracker) -> None:
        """Set the slots of `tracker`."""
        for name, value in self._slots.items():
            tracker.slots[name].value = value


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
