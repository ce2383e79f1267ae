"""Nothing that was said is found anywhere afterwards: canaries through the real server, in every state and failure.

The server runs as `make run` starts it, at its most talkative level. Then every place that it could have written to is
searched, in every encoding. A second server leaks on purpose in seven places: the search must find each.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from balise.engine.training import train
from balise.plan.catalogue import ROOT
from tests.channels.served import free_port

SKIPPED = {
    ".git",
    ".venv",
    "models",
    "node_modules",
    ".rasa",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}
"""Folders that the server does not write to while it serves; the environment and the history are large."""
PLACES = ("output", "project", "home", "temporary", "shared memory", "connections")


class Canaries:
    """Words that stand for what a worker could have said; each is unlike any other text."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, before: str = "") -> str:
        word = f"canàri{secrets.token_hex(6)}"
        self.words.append(word)
        return f"{before} {word}".strip()

    def writings(self) -> Iterator[bytes]:
        """Every canary in every encoding that is searched for. Its plain part is enough to find it in any text."""
        for word in self.words:
            part = word.removeprefix("canàri")
            for said in (part, part.upper()):
                yield said.encode()
                yield said.encode("utf-16-le")
                yield said.encode().hex().encode()
                yield said.encode("utf-16-le").hex().encode()
            for shift in range(3):
                # Base64 of a text in which the canary begins at any place: the letters that do not depend on the rest.
                coded = base64.b64encode(b"\0" * shift + part.encode())
                yield coded[4 if shift else 0 : -4]


class Server:
    """The guide in a process of its own, with a home and a temporary folder of its own."""

    def __init__(self, folder: Path, *asked: str) -> None:
        train()
        self.started = time.time() - 1
        self.home, self.temporary, self.witness = folder / "home", folder / "tmp", folder / "witness"
        self.home.mkdir()
        self.temporary.mkdir()
        self.log = (folder / "output").open("w+b")
        self.port = free_port()
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "BALISE_PORT": str(self.port),
            "BALISE_LOG_LEVEL": "debug",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.privacy.serve", str(self.witness), *asked],
            cwd=ROOT,
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        while b"http://" not in self.output():
            assert self.process.poll() is None, self.output()[-2000:]
            time.sleep(0.2)

    def output(self) -> bytes:
        return Path(self.log.name).read_bytes()

    def send(self, method: str, path: str, body: bytes, secret: str | None = None, **headers: str) -> tuple[int, str]:
        """Status and text of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if secret is not None:
            headers["Authorization"] = f"Bearer {secret}"
        with contextlib.suppress(BrokenPipeError):
            connection.request(method, f"/guide{path}", body, {"Content-Type": "application/json", **headers})
        try:
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (ConnectionError, http.client.HTTPException):
            # A body too large is refused before it is read to its end.
            return 413, ""
        finally:
            connection.close()

    def open(self) -> str:
        secret: str = json.loads(self.send("POST", "/session", b"{}")[1])["session"]
        return secret

    def say(self, secret: str, text: Any) -> tuple[int, str]:
        return self.send("POST", "/message", json.dumps({"message": text}).encode(), secret)

    def end(self, sent: signal.Signals) -> None:
        self.process.send_signal(sent)
        self.process.wait(timeout=60)

    def _files(self) -> Iterator[tuple[str, Path]]:
        for place, root in (("home", self.home), ("temporary", self.temporary), ("shared memory", Path("/dev/shm"))):
            yield from ((place, path) for path in root.rglob("*") if path.is_file())
        for folder, folders, files in os.walk(ROOT):
            folders[:] = [name for name in folders if name not in SKIPPED]
            yield from (("project", Path(folder) / name) for name in files)

    def found(self, canaries: Canaries) -> set[str]:
        """The places that hold a canary."""
        held: dict[str, bytes] = {"output": self.output()}
        if self.witness.exists():
            held["connections"] = self.witness.read_bytes()
        for place, path in self._files():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime >= self.started:
                    held[place] = held.get(place, b"") + str(path).encode() + path.read_bytes()
        return {place for place, content in held.items() if any(word in content for word in canaries.writings())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _takes_away(server: Server, secret: str, say: Canaries) -> None:
    """Documents, codes and files, with passphrases; then what is none."""

    def ask(path: str, secret: str, **body: Any) -> tuple[int, str]:
        # Heavy requests wait for their turn: a second each.
        for _ in range(40):
            answer = server.send("POST", path, json.dumps(body).encode(), secret)
            if answer[0] != 429:
                return answer
            time.sleep(0.5)
        raise AssertionError("never let in")

    def in_base64(text: str) -> str:
        return base64.b64encode(text.encode()).decode()

    passphrase = say("phrase de passe")
    assert ask("/document", secret, document="note", format="pdf", passphrase=passphrase)[0] == 200
    status, made = ask("/code", secret, form="file", passphrase=passphrase)
    assert status == 200
    other = server.open()
    assert ask("/take-up", other, file=json.loads(made)["file"], passphrase=say())[0] == 422
    assert ask("/take-up", other, file=json.loads(made)["file"], passphrase=passphrase)[0] == 200
    assert json.loads(ask("/code", secret, passphrase=passphrase)[1])["words"]
    assert ask("/document", other, document="note", format="pdf", code=say())[0] == 422
    assert ask("/document", other, document=say(), format=say())[0] == 400
    assert ask("/picture", other, code=say("abaisser"))[0] == 422
    assert ask("/code", other, form=say())[0] == 400
    assert ask("/take-up", other, code=say("abaisser abaisser"), passphrase=say())[0] == 422
    assert ask("/take-up", other, file=in_base64(say()), passphrase=say())[0] == 422
    assert ask("/take-up", other, payload=in_base64(say()))[0] == 422
    assert ask("/take-up", other, payload=say())[0] == 400
    server.say(other, say("arrosage hippo incongru douillet"))


def test_no_word_is_found_anywhere_after_a_plan_and_every_failure(folder: Path) -> None:
    server, say = Server(folder, "fail"), Canaries()
    try:
        secret = server.open()
        say.words.append(f"canàri{secret[4:24]}")
        # A plan: notes in several sections, choices beside, commands, an emergency, two messages in a row.
        for section in ("evacuation", "risks", "places", "communications", "contacts", "self_care"):
            server.say(secret, f"/open_{section}")
            for before in ("par la cour", "chez sa soeur", "mon nom est", "1, 3", "pas loin de", "il s'appelle"):
                assert server.say(secret, say(before))[0] == 200
        server.say(secret, say("il est là, il cogne dans la porte"))
        server.say(secret, "reprendre")
        # What is no message.
        for command in ("/inform", "/unknown_", "/answer{", "//", "/erase:"):
            server.say(secret, say(command))
        for value in ({"a": say()}, [say()], 3, None):
            server.say(secret, value)
        server.send("POST", "/message", b"{'message': '" + say().encode(), secret)
        server.send("POST", "/message", json.dumps({"message": say(), "metadata": {"said": say()}}).encode(), secret)
        server.send("POST", "/message", json.dumps({"message": say() * 60_000}).encode(), secret)
        server.send("POST", "/message", b"\xff\xfe" + say().encode("utf-16-le"), secret)
        assert server.say(say(), "bonjour")[0] == 401
        server.send("GET", f"/{say()[6:]}?said={say()[6:]}", b"", None, Cookie=say()[6:], Referer=say()[6:])
        server.send("POST", "/message?stream=true", json.dumps({"message": say(), "sender": say()}).encode(), secret)
        # Failures: an action, a missing placeholder, a timeout, a lock, the store.
        for text in (say("panne"), say("verrou"), "résumé", "/summary", "/pause"):
            assert "canàri" not in server.say(secret, text)[1]
        other = server.open()
        server.say(other, "/open_self_care")
        server.say(other, say("mémoire"))
        _takes_away(server, secret, say)
        assert server.process.poll() is None
        assert len(say.words) >= 70
        assert server.found(say) == set()
        # Useful all the same: the failing action is named by event and place.
        assert b"action.failed ValueError at serve.py:" in server.output()
        assert b"turn.failed TimeoutError at serve.py:" in server.output()
        # Nothing was asked of any other machine.
        assert not server.witness.exists()
    finally:
        server.end(signal.SIGTERM)
    assert server.found(say) == set()


def test_a_killed_server_leaves_nothing_and_a_planted_leak_is_found_wherever_it_is(folder: Path) -> None:
    server, clean, leaked = Server(folder, "plant"), Canaries(), Canaries()
    planted = [ROOT / "fuite.txt", Path(f"/dev/shm/fuite-{server.process.pid}")]
    try:
        secret = server.open()
        server.say(secret, "/open_risks")
        server.say(secret, clean("il garde ses papiers"))
        assert server.found(clean) == set()
        server.say(secret, leaked("fuite"))
        assert server.found(leaked) == set(PLACES)
        server.end(signal.SIGKILL)
        assert server.found(clean) == set()
    finally:
        for path in planted:
            path.unlink(missing_ok=True)
        if server.process.poll() is None:
            server.end(signal.SIGKILL)
