"""The gate: which events of a room are a worker's words. It reads the event as the homeserver gave it and decrypts it
itself: nothing that the homeserver says of its sender, its device or its key is believed (docs/matrix-trust.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import vodozemac
from nio.crypto import GroupSessionStore

from balise_matrix.matrix.crosssigning import Device

Mark = tuple[str, int]
"""A Megolm session and an index in it: no two messages have the same."""
MEGOLM = "m.megolm.v1.aes-sha2"


class RefusedError(Exception):
    """An event that is not let through; `reason` is a word of logs.EVENTS, after « refused. »."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


@dataclass(frozen=True)
class Words:
    """What came through. `text` is None for anything but text; `edits` says that it changes an earlier message; `mark`
    is what makes the ciphertext unique."""

    text: str | None
    edits: bool
    mark: Mark


def read(
    event: Mapping[str, Any],
    room: str,
    worker: str,
    devices: Iterable[Device],
    sessions: GroupSessionStore,
    was_seen: Callable[[Mark], bool],
) -> Words | None:
    """The words of an event of `room`, whose one worker has `devices`; None for what nobody wrote (a reaction, a
    redacted message). `was_seen` tells whether a mark was let through before. Raises RefusedError."""
    if event.get("sender") != worker:
        raise RefusedError("sender")
    if event.get("type") == "m.room.message" and event.get("content"):
        raise RefusedError("plain")
    content = event.get("content")
    if event.get("type") != "m.room.encrypted" or not content:
        return None
    session_id, ciphertext = content.get("session_id"), content.get("ciphertext")
    if content.get("algorithm") != MEGOLM or not isinstance(session_id, str) or not isinstance(ciphertext, str):
        raise RefusedError("key")
    # The session must have come from a device that the worker's identity signed. Which one, the event need not say.
    for device in devices:
        session = sessions.get(room, device.curve25519, session_id)
        if session is not None:
            break
    else:
        known = any(held.id == session_id for held in sessions if held.room_id == room)
        raise RefusedError("unverified" if known else "key")
    # A session handed on by another device, or whose sender claims another signing key than this device's.
    if session.forwarding_chain or session.ed25519 != device.ed25519:
        raise RefusedError("forwarded")
    try:
        plaintext, index = session.decrypt(ciphertext)
        inside = json.loads(plaintext)
        kind, said = inside["type"], inside["content"]
        here = inside["room_id"] == room
    except (vodozemac.MegolmDecryptionException, vodozemac.DecodeException, ValueError, KeyError, TypeError):
        raise RefusedError("key") from None
    if not here:
        raise RefusedError("elsewhere")
    mark = (session_id, index)
    if was_seen(mark):
        raise RefusedError("replayed")
    if kind != "m.room.message" or not isinstance(said, dict):
        return None
    edits = isinstance(said.get("m.relates_to"), dict) and said["m.relates_to"].get("rel_type") == "m.replace"
    body = said.get("body")
    is_text = said.get("msgtype") in ("m.text", "m.notice", "m.emote") and isinstance(body, str)
    return Words(body if is_text else None, edits, mark)
