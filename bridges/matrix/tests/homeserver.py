"""A real Synapse on loopback, with the configuration of deploy/, in a folder of its own."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
"""The whole project's."""
CLOSED = ROOT / "deploy" / "matrix" / "closed.yaml"
SERVER = "loop.test"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(done: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is so. The bound is against hanging, not a measure."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


class Synapse:
    """The homeserver; `settings` go over those of deploy/."""

    def __init__(self, folder: Path, settings: Mapping[str, Any] | None = None) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        folder.mkdir(parents=True)
        listener = {
            "port": self.port,
            "type": "http",
            "bind_addresses": ["127.0.0.1"],
            "resources": [{"names": ["client"]}],
        }
        ours = {"listeners": [listener], "pid_file": str(folder / "pid"), **(settings or {})}
        (folder / "here.yaml").write_text(yaml.safe_dump(ours), encoding="utf-8")
        made = ["-H", SERVER, "-c", "homeserver.yaml", "--generate-config", "--report-stats=no"]
        subprocess.run(
            [sys.executable, "-m", "synapse.app.homeserver", *made], cwd=folder, check=True, capture_output=True
        )
        self._configs = ["-c", "homeserver.yaml", "-c", str(CLOSED), "-c", "here.yaml"]
        self.start()

    @property
    def database(self) -> Path:
        return self.folder / "homeserver.db"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.output = (self.folder / "output").open("ab")
        command = [sys.executable, "-m", "synapse.app.homeserver", *self._configs]
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=self.output, stderr=self.output)
        until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "output").read_text(encoding="utf-8")[-2000:]
        try:
            return urllib.request.urlopen(f"{self.address}/health", timeout=5).status == 200
        except OSError:
            return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.output.close()

    def register(self, name: str, password: str, admin: bool = False) -> str:
        """A new account, as an administrator makes it; its Matrix id."""
        command = [Path(sys.executable).with_name("register_new_matrix_user"), "-c", "homeserver.yaml", "-u", name]
        role = "--admin" if admin else "--no-admin"
        subprocess.run([*command, "-p", password, role, self.address], cwd=self.folder, check=True, capture_output=True)
        return f"@{name}:{SERVER}"

    def ask(self, method: str, path: str, token: str | None = None, body: Any = None) -> tuple[int, Any]:
        """One request, as any program could make it."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the homeserver's administrator reads in the database."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return connection.execute(sql, values).fetchall()

    def rewrite(self, sql: str, *values: Any) -> int:
        """What the homeserver's administrator could change in the database while it is stopped; the rows changed."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(sql, values).rowcount
