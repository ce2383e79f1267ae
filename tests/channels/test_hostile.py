"""Whatever is sent to the channel, it answers in its own words, lets nobody in, and loses no conversation."""

from __future__ import annotations

import json
import random
import socket
import string
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from balise.channels import web
from balise.privacy.sealing import new_secret
from tests.channels.served import Served

MALFORMED = 10_000
OPENAPI = Path(web.__file__).with_name("openapi.yml")
schema = schemathesis.openapi.from_path(str(OPENAPI))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def secrets(served: Served) -> Iterator[str]:
    """Conversations to fuzz, changed before the pace of one is used up."""

    def opened() -> Iterator[str]:
        while True:
            secret = served.open()
            # What is heavy weighs ten requests of sixty.
            for _ in range(5):
                yield secret

    return opened()


@schema.parametrize()
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_openapi_description_says(
    case: schemathesis.Case, served: Served, secrets: Iterator[str]
) -> None:
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {next(secrets)}"}
    case.call_and_validate(
        base_url=f"http://127.0.0.1:{served.port}/guide",
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )


def _note(served: Served, secret: str) -> dict[str, Any]:
    """The worker's note of a conversation, once it is let in."""
    while (answer := served.request("POST", "/document", {"document": "note"}, secret))[0] == 429:
        time.sleep(0.3)
    paper: dict[str, Any] = answer[2]
    return paper


def _answers(paper: dict[str, Any]) -> list[str]:
    return [block["text"] for block in paper["blocks"] if block["type"] == "answer"]


def _raw(port: int, sent: bytes) -> bytes:
    """What the server says to bytes that may be no HTTP at all."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(65_536)
        except (ConnectionResetError, BrokenPipeError):
            return b""


def _malformed(chance: random.Random, secret: str) -> bytes:
    """One request that no client of ours would send."""
    ours = ["session", "message", "draft", "map", "document", "code", "picture", "take-up", "erase"]
    path = chance.choice([*ours, "", "../x", "%00", "a" * 900])
    method = chance.choice(["POST"] * 6 + ["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "X", ""])
    noise = "".join(chance.choices(string.printable, k=chance.randrange(60)))
    token = chance.choice(
        [secret[:-1], secret + "A", secret.swapcase(), new_secret(), "", noise.strip(), "é" * 43, "../x"]
    )
    body = chance.choice(
        [
            noise.encode(),
            b"{",
            b"[]",
            b"null",
            b'{"message": null}',
            b'{"message": {"a": 1}}',
            b'{"message": "/erase", "sender": "default"}',
            b"\xff\xfe\x00",
            b'{"message": "' + b"\\ud800" * 9 + b'"}',
            json.dumps({"message": "a", "reply_to": chance.choice([-1, 1e300, "1", [], True])}).encode(),
            json.dumps({"message": "a", "restore": chance.choice([1, [[1]], [[-1, 2]], "x", [["a", "b"]]])}).encode(),
            b"[" * 2_000,
            b"x" * 9_000,
        ]
    )
    length = chance.choice([str(len(body))] * 8 + ["-1", "abc", "999999999", ""])
    head = f"{method} /guide/{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n"
    head += f"Authorization: {chance.choice(['Bearer ', 'Basic ', ''])}{token}\r\n" if chance.random() < 0.8 else ""
    return head.encode("utf-8", "replace") + b"\r\n" + body


def test_ten_thousand_malformed_requests_change_nothing(served: Served) -> None:
    """Each is refused or let drop; a conversation under way goes on where it was."""
    secret = served.open()
    served.request("POST", "/message", {"message": "/open_risks"}, secret)
    before = served.request("POST", "/message", {"message": "1"}, secret)[2]
    chance, said = random.Random(20261122), Counter[bytes]()
    for _ in range(MALFORMED):
        answer = _raw(served.port, _malformed(chance, secret))
        said[answer.split(b" ")[1] if answer.startswith(b"HTTP/1.1 ") else b"dropped"] += 1
        assert b"Traceback" not in answer
        assert secret.encode() not in answer
    assert said[b"400"], said
    assert said[b"401"], said
    assert set(said) <= {b"200", b"204", b"400", b"401", b"404", b"405", b"413", b"429", b"dropped"}, said
    after = served.request("POST", "/message", {"message": "/back"}, secret)[2]
    assert after["section"] == before["section"]
    assert after["left"] == before["left"]
    assert _answers(_note(served, secret))


def test_two_clients_never_reach_each_other(served: Served) -> None:
    """One tries the other's name in every place where a client may write; each still sees its own plan only."""
    mine, theirs = served.open(), served.open()
    for secret, section in ((mine, "/open_risks"), (theirs, "/open_places")):
        served.request("POST", "/message", {"message": section}, secret)
        served.request("POST", "/message", {"message": "1"}, secret)
    plan = _note(served, theirs)
    for body in (
        {"message": "/erase", "session": theirs},
        {"message": "/summary", "sender": theirs, "sender_id": theirs, "conversation": theirs},
        {"message": f"/restore {theirs}"},
        {"message": "/confirm_erase", "metadata": {"session": theirs}},
    ):
        answer = served.request("POST", "/message", body, mine)
        assert all(text not in str(answer) for text in _answers(plan))
    for path in (f"/session?session={theirs}", f"/document?token={theirs}", f"/erase?session={theirs}"):
        served.request("POST", path, {"session": theirs}, mine)
    assert _note(served, theirs) == plan
