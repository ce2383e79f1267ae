"""The guide as `make run` serves it, and as `balise chat --json` talks: real processes, real requests."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from balise.engine.training import train
from balise.plan.catalogue import ROOT
from balise.privacy.sealing import new_secret


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Served:
    """A running guide and one client."""

    def __init__(self) -> None:
        train()
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "balise", "run"],
            cwd=ROOT,
            env={**os.environ, "BALISE_PORT": str(self.port), "BALISE_HOST": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        self.told = ""
        for line in self.process.stdout:
            self.told += line
            if "http://" in line:
                break

    def request(
        self, method: str, path: str, body: Any = None, secret: str | None = None, raw: bytes | None = None
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and the decoded body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["Authorization"] = f"Bearer {secret}"
        connection.request(method, f"/guide{path}", raw if raw is not None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        told = {name.lower(): value for name, value in answer.getheaders()}
        is_json = told.get("content-type", "").startswith("application/json")
        return answer.status, told, json.loads(content) if is_json else content

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_the_address_printed_shows_the_page(served: Served) -> None:
    assert f"http://127.0.0.1:{served.port}/guide/" in served.told
    status, headers, page = served.request("GET", "/")
    assert status == 200
    assert "<title>Guide</title>" in page
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    for name in re.findall(r'(?:src|href)="([a-z.]+)"', page):
        assert served.request("GET", f"/{name}")[0] == 200


def test_a_conversation_over_http(served: Served) -> None:
    status, _, opened = served.request("POST", "/session", {})
    assert status == 200
    assert opened["removed"] == []
    secret = opened["session"]
    assert len(secret) == 43
    status, headers, asked = served.request("POST", "/message", {"message": "/open_risks"}, secret)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert asked["messages"][-1]["multiple"] is True
    assert asked["left"] == 7
    _, _, answered = served.request("POST", "/message", {"message": "1, 2", "reply_to": asked["turn"]}, secret)
    assert answered["left"] == 6


def test_two_secrets_never_share_a_conversation(served: Served) -> None:
    one = served.request("POST", "/session", {})[2]["session"]
    two = served.request("POST", "/session", {})[2]["session"]
    assert one != two
    served.request("POST", "/message", {"message": "/open_risks"}, one)
    _, _, answer = served.request("POST", "/message", {"message": "résumé"}, two)
    assert "Rien n’est encore noté" in answer["messages"][0]["text"]


@pytest.mark.parametrize("secret", [None, "", "default", "a" * 43 + "!", "x" * 400])
def test_a_message_without_a_true_secret_is_refused(served: Served, secret: str | None) -> None:
    status, _, answer = served.request("POST", "/message", {"message": "bonjour"}, secret)
    assert status == 401
    assert "n’existe" in answer["messages"][0]["text"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"message": 3}', b'{"text": "a"}', b"\xff\xfe"])
def test_a_body_that_is_no_message_is_told_in_french(served: Served, raw: bytes) -> None:
    secret = served.request("POST", "/session", {})[2]["session"]
    status, _, answer = served.request("POST", "/message", raw=raw, secret=secret)
    assert status == 400
    assert "envoyez-le de nouveau" in answer["messages"][0]["text"]


def test_a_body_too_large_is_refused(served: Served) -> None:
    secret = served.request("POST", "/session", {})[2]["session"]
    status, _, _ = served.request("POST", "/message", {"message": "a" * 20_000}, secret)
    assert status == 413


def test_erase_forgets_the_conversation(served: Served) -> None:
    secret = served.request("POST", "/session", {})[2]["session"]
    served.request("POST", "/message", {"message": "/open_risks"}, secret)
    served.request("POST", "/message", {"message": "1"}, secret)
    assert served.request("POST", "/erase", secret=secret)[0] in (200, 204)
    status, _, answer = served.request("POST", "/message", {"message": "résumé"}, secret)
    assert status == 401
    assert "Rien n’a été gardé" in answer["messages"][0]["text"]


def test_erasing_in_words_ends_the_conversation_at_once(served: Served) -> None:
    secret = served.request("POST", "/session", {})[2]["session"]
    for said in ("/open_risks", "1", "tout effacer"):
        served.request("POST", "/message", {"message": said}, secret)
    _, _, erased = served.request("POST", "/message", {"message": "oui"}, secret)
    assert "Tout est effacé ici" in erased["messages"][0]["text"]
    assert served.request("POST", "/message", {"message": "résumé"}, secret)[0] == 401


def test_a_secret_that_the_server_did_not_make_opens_nothing(served: Served) -> None:
    assert served.request("POST", "/message", {"message": "bonjour"}, new_secret())[0] == 401


def test_nothing_but_the_channel_answers(served: Served) -> None:
    for path in ("/conversations/x/tracker", "/model", "/domain", "/webhooks/rest/webhook"):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == 404


def test_ctrl_c_ends_cleanly(served: Served) -> None:
    assert served.stop() == 0
    assert served.process.stdout
    assert "Traceback" not in served.process.stdout.read()


def test_chat_json_greets_then_answers_each_line() -> None:
    train()
    lines = "/open_evacuation\n2\npar en arrière\npasser\n"
    done = subprocess.run(
        [sys.executable, "-m", "balise", "chat", "--json"], cwd=ROOT, input=lines, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(turns) == 5
    for turn in turns:
        assert set(turn) == {"messages", "removed"}
        for message in turn["messages"]:
            assert set(message) == {"text", "choices", "multiple"}
    assert turns[0]["messages"][-1]["choices"]
    assert "Porte arrière" in turns[3]["messages"][0]["text"]


def test_understand_json_reads_a_line_alone() -> None:
    train()
    done = subprocess.run(
        [sys.executable, "-m", "balise", "understand", "--json"],
        cwd=ROOT,
        input="stp efface toute\nhmm la chose de tantot\n",
        capture_output=True,
        text=True,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["intent"] == "erase"
    assert set(second) == {"intent", "confidence", "offered"}
    assert len(second["offered"]) <= 3
