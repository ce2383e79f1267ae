"""Which rooms the bridge talks in: encrypted, with one worker who is let in and nobody else, where it can erase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nio import MatrixRoom

_REDACT = 50
"""The power that redacting needs where a room sets none (specification, m.room.power_levels)."""


def fault_of(room: MatrixRoom | None, me: str, worker: str) -> str | None:
    """Why nothing may be said in a room now, a word of logs.EVENTS after « refused. »; None where all is well. Who is
    invited counts as a member."""
    if room is None or worker not in room.users:
        return "alone"
    if set(room.users) | set(room.invited_users) != {me, worker}:
        return "third"
    return None if room.encrypted else "unencrypted"


def can_redact(state: Iterable[Mapping[str, Any]], me: str) -> bool:
    """Whether the state of a room lets `me` redact what others wrote."""
    found = {event["type"]: event for event in state if event.get("state_key") == ""}
    create, levels = found.get("m.room.create", {}), found.get("m.room.power_levels", {}).get("content", {})
    made = create.get("content", {})
    version = str(made.get("room_version", "1"))
    creators = (create.get("sender"), *made.get("additional_creators", ()))
    # From version 12 on, a room's creators can do everything, whatever the levels say.
    if version.isdecimal() and int(version) >= 12 and me in creators:
        return True
    mine = levels.get("users", {}).get(me, levels.get("users_default", 0))
    return bool(mine >= levels.get("redact", _REDACT))


def is_erasable(event: Mapping[str, Any]) -> bool:
    """Whether an event of a room's history holds something that somebody wrote."""
    is_state = "state_key" in event
    return not is_state and event.get("type") != "m.room.redaction" and bool(event.get("content"))
