"""The guide as `make run` serves it, in a process of its own, and a client that says everything twice if asked."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from balise.engine.training import train
from balise.plan.catalogue import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(
    port: int,
    method: str,
    path: str,
    body: Any = None,
    secret: str | None = None,
    raw: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, dict[str, str], Any]:
    """Status, headers and the decoded body of one request to the guide at `port`. Raises OSError, HTTPException."""
    content = raw if raw is not None else json.dumps(body).encode()
    status, told, held = _exchange(port, method, path, content, secret, headers or {})
    text = (gzip.decompress(held) if told.get("content-encoding") == "gzip" else held).decode()
    is_json = told.get("content-type", "").startswith("application/json")
    return status, told, json.loads(text) if is_json else text


def _exchange(
    port: int, method: str, path: str, content: bytes, secret: str | None, headers: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and the bytes of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    authorization = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    try:
        connection.request(
            method, f"/guide{path}", content, {"Content-Type": "application/json", **headers, **authorization}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


class Served:
    """A running guide and one client."""

    def __init__(
        self, settings: Mapping[str, str] | None = None, arguments: Sequence[str] = (), port: int | None = None
    ) -> None:
        """Start it and wait until it answers; `settings` are BALISE_ ones, `arguments` those of `balise run`."""
        train()
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "balise", "run", *arguments],
            cwd=ROOT,
            env={**os.environ, **(settings or {}), "BALISE_PORT": str(self.port), "BALISE_HOST": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: list[str] = []
        ready = threading.Event()
        # Read all the while: a full pipe would stop the server.
        self._reader = threading.Thread(target=self._read, args=(ready,), daemon=True)
        self._reader.start()
        assert ready.wait(120), self.told

    def _read(self, ready: threading.Event) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.append(line)
            if "http://" in line:
                ready.set()

    @property
    def told(self) -> str:
        """What the server has printed so far."""
        return "".join(self._lines)

    def raw(self, method: str, path: str, body: Any, secret: str) -> bytes:
        """The bytes of the answer to a request that is let in; one that is too fast is made again."""
        while True:
            status, _, held = _exchange(self.port, method, path, json.dumps(body).encode(), secret, {})
            if status != 429:
                return held
            time.sleep(0.3)

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        secret: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], Any]:
        """See `ask`."""
        return ask(self.port, method, path, body, secret, raw, headers)

    def open(self) -> str:
        """The secret of a new conversation, once the limit on new ones lets it in."""
        while (answer := self.request("POST", "/session", {}))[0] == 429:
            time.sleep(0.2)
        secret: str = answer[2]["session"]
        return secret

    def kill(self) -> None:
        """What a failure of the machine does: gone in the middle of anything."""
        self.process.kill()
        self.process.wait(timeout=60)

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        self._reader.join(timeout=10)
        return code
