"""Who may open a conversation with a secret of its own making: known clients, nobody else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balise.channels.clients import HEADER, Clients
from balise.channels.web import SESSIONS
from balise.errors import OperatorError
from balise.privacy.sealing import new_secret
from tests.channels.served import Served

KEY = "a-key-of-256-bits-for-this-test-only"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served({"BALISE_CLIENT_KEYS": hashlib.sha256(KEY.encode()).hexdigest()})
    yield running
    running.stop()


def opened(served: Served, body: Any, key: str | None = KEY) -> tuple[int, Any]:
    status, _, answer = served.request("POST", "/session", body, headers={HEADER: key} if key else None)
    return status, answer


def test_a_known_client_talks_under_its_own_secret(served: Served) -> None:
    secret = new_secret()
    status, answer = opened(served, {"secret": secret})
    assert (status, answer["session"]) == (200, secret)
    assert served.request("POST", "/message", {"message": "/open_risks"}, secret)[2]["left"] == 7
    assert served.request("POST", "/message", {"message": "1"}, secret)[2]["left"] == 6
    # Opened again after a lost answer: greeted, and where it was.
    assert opened(served, {"secret": secret})[0] == 200
    paper = served.request("POST", "/document", {"document": "note"}, secret)[2]
    assert [block for block in paper["blocks"] if block["type"] == "answer"]


def test_a_known_client_may_leave_the_secret_to_the_server(served: Served) -> None:
    status, answer = opened(served, {})
    assert status == 200
    assert served.request("POST", "/message", {"message": "aide"}, answer["session"])[0] == 200


@pytest.mark.parametrize("key", [None, "another key", KEY + "x", KEY.upper(), "é"])
def test_nobody_else_brings_a_secret(served: Served, key: str | None) -> None:
    secret = new_secret()
    key = key.encode().decode("latin-1") if key else None
    assert opened(served, {"secret": secret}, key)[0] == 403
    assert served.request("POST", "/message", {"message": "aide"}, secret)[0] == 401


@pytest.mark.parametrize("key", ["", "another key"])
def test_a_key_that_is_not_known_opens_nothing_at_all(served: Served, key: str) -> None:
    assert served.request("POST", "/session", {}, headers={HEADER: key})[0] == 403


@pytest.mark.parametrize("made", ["", "short", "x" * 43, "a" * 44, 3, ["a"], "é" * 43])
def test_a_secret_that_is_none_opens_nothing(served: Served, made: object) -> None:
    assert opened(served, {"secret": made})[0] == 400


def test_a_known_client_is_limited_and_takes_nothing_from_the_page(served: Served) -> None:
    # Refused ones count, and are fast: whatever the machine, more than a limit's worth within it.
    assert 429 in [opened(served, {"secret": ""})[0] for _ in range(SESSIONS.most * 5)]
    assert opened(served, {}, key=None)[0] == 200


def test_without_the_setting_no_key_is_known() -> None:
    assert Clients.from_environment({}).known(KEY) is None


def test_a_setting_that_is_no_digest_stops_the_start_unsaid() -> None:
    with pytest.raises(OperatorError) as refused:
        Clients.from_environment({"BALISE_CLIENT_KEYS": f"{'a' * 64} {KEY}"})
    assert "entry 2" in str(refused.value)
    assert KEY not in str(refused.value)


def test_the_example_of_settings_names_it() -> None:
    example = Path(__file__).parents[2] / ".env.example"
    assert "BALISE_CLIENT_KEYS=" in example.read_text(encoding="utf-8").splitlines()
