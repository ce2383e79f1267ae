"""The gate, rule by rule, on real Megolm sessions: what a homeserver that is against us could try."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nio.crypto import GroupSessionStore, InboundGroupSession, OutboundGroupSession

from balise_matrix.matrix.crosssigning import Device
from balise_matrix.matrix.gate import MEGOLM, Mark, RefusedError, Words, read

ROOM, WORKER = "!salon:example.org", "@personne:example.org"
HERS, ANOTHER = Device("her signing key", "her identity key"), Device("signing", "identity")


class Said:
    """A session of the worker's device, as the bridge holds it, and what is said in it."""

    def __init__(self, device: Device = HERS, room: str = ROOM, chain: tuple[str, ...] = ()) -> None:
        self.outbound, self.sessions = OutboundGroupSession(), GroupSessionStore()
        self.outbound.mark_as_shared()
        key = self.outbound.session_key
        self.sessions.add(InboundGroupSession(key, device.ed25519, device.curve25519, room, list(chain)))
        self.seen: set[Mark] = set()

    def event(self, **inside: Any) -> dict[str, Any]:
        content = {"msgtype": "m.text", "body": "bonjour"}
        plain = json.dumps({"type": "m.room.message", "room_id": ROOM, "content": content, **inside})
        sealed = {"algorithm": MEGOLM, "session_id": self.outbound.id, "ciphertext": self.outbound.encrypt(plain)}
        return {"type": "m.room.encrypted", "sender": WORKER, "event_id": "$1", "content": sealed}

    def read(self, event: dict[str, Any], *devices: Device) -> Words | None:
        words = read(event, ROOM, WORKER, devices or (HERS,), self.sessions, lambda mark: mark in self.seen)
        if words:
            self.seen.add(words.mark)
        return words


def refused(said: Said, event: dict[str, Any], *devices: Device) -> str:
    with pytest.raises(RefusedError) as error:
        said.read(event, *devices)
    return error.value.reason


def test_her_words_are_read() -> None:
    said = Said()
    words = said.read(said.event(), ANOTHER, HERS)
    assert words == Words("bonjour", False, (said.outbound.id, 0))
    assert said.read(said.event()) == Words("bonjour", False, (said.outbound.id, 1))


def test_another_sender_is_refused() -> None:
    said = Said()
    assert refused(said, {**said.event(), "sender": "@autre:example.org"}) == "sender"


def test_plain_words_are_refused() -> None:
    event = {"type": "m.room.message", "sender": WORKER, "content": {"msgtype": "m.text", "body": "bonjour"}}
    assert refused(Said(), event) == "plain"


def test_a_session_of_a_device_that_is_not_trusted_is_refused() -> None:
    said = Said(ANOTHER)
    assert refused(said, said.event()) == "unverified"


def test_what_the_event_says_of_its_device_changes_nothing() -> None:
    said = Said(ANOTHER)
    event = said.event()
    event["content"] |= {"sender_key": HERS.curve25519, "device_id": "ABCDEF"}
    assert refused(said, event) == "unverified"


def test_a_session_under_another_signing_key_is_refused() -> None:
    said = Said(Device("another signing key", HERS.curve25519))
    assert refused(said, said.event()) == "forwarded"


def test_a_session_handed_on_is_refused() -> None:
    said = Said(chain=("somebody's identity key",))
    assert refused(said, said.event()) == "forwarded"


def test_an_unknown_session_or_algorithm_is_refused() -> None:
    said = Said()
    assert refused(Said(), said.event()) == "key"
    for wrong in ({"algorithm": "m.megolm.v0"}, {"session_id": 3}, {"ciphertext": None}):
        event = said.event()
        event["content"] |= wrong
        assert refused(said, event) == "key"


def test_a_session_of_another_room_is_refused() -> None:
    said = Said(room="!autre:example.org")
    assert refused(said, said.event()) == "key"


def test_words_for_another_room_are_refused() -> None:
    said = Said()
    assert refused(said, said.event(room_id="!autre:example.org")) == "elsewhere"


def test_a_ciphertext_is_read_once_whatever_its_event() -> None:
    said = Said()
    event = said.event()
    assert said.read(event)
    assert refused(said, {**event, "event_id": "$2", "origin_server_ts": 1}) == "replayed"


@pytest.mark.parametrize("cut", [slice(0, 20), slice(4, None), slice(0, -3)])
def test_a_ciphertext_that_was_changed_is_refused(cut: slice) -> None:
    said = Said()
    event = said.event()
    event["content"]["ciphertext"] = event["content"]["ciphertext"][cut]
    assert refused(said, event) == "key"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "m.reaction", "sender": WORKER, "content": {"m.relates_to": {}}},
        {"type": "m.room.encrypted", "sender": WORKER, "content": {}},
        {"type": "m.room.message", "sender": WORKER, "content": {}},
    ],
)
def test_what_nobody_wrote_is_nothing(event: dict[str, Any]) -> None:
    assert Said().read(event) is None


def test_what_is_no_text_has_none() -> None:
    said = Said()
    for content in ({"msgtype": "m.image", "body": "photo"}, {"msgtype": "m.text"}, {"msgtype": "m.text", "body": 3}):
        words = said.read(said.event(content=content))
        assert words
        assert words.text is None


def test_an_edit_says_so() -> None:
    said = Said()
    relation = {"rel_type": "m.replace", "event_id": "$0"}
    words = said.read(said.event(content={"msgtype": "m.text", "body": "* 2", "m.relates_to": relation}))
    assert words
    assert words.edits
