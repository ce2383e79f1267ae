"""The guide and the bridge as they are served: real processes, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from balise_matrix.keys import RootKey
from tests.homeserver import ROOT, free_port, until


class Guide:
    """Balise, by the Python of its own environment (BALISE_PYTHON, or the one that `make` set up)."""

    def __init__(self, folder: Path, digest: str) -> None:
        self.port, self._digest = free_port(), digest
        self.address = f"http://127.0.0.1:{self.port}/guide"
        self._output = (folder / "guide.output").open("ab")
        self.start()

    def start(self) -> None:
        python = os.environ.get("BALISE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
        settings = {"BALISE_HOST": "127.0.0.1", "BALISE_PORT": str(self.port), "BALISE_CLIENT_KEYS": self._digest}
        self.process = subprocess.Popen(
            [python, "-m", "balise", "run"],
            cwd=ROOT,
            env={**os.environ, **settings, "BALISE_LOG_LEVEL": "debug"},
            stdout=self._output,
            stderr=self._output,
        )
        until(self._answers, 300)

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the guide ended"
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                return bool(answer.status == 204)
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=60)

    def pause(self) -> None:
        """It answers nothing for a while."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def turns(self, root: RootKey, room: str, epoch: int = 1) -> int | None:
        """How many turns the conversation of a room has had; None where the guide holds none. One more is taken."""
        headers = {"Authorization": f"Bearer {root.secret(room, epoch)}", "Content-Type": "application/json"}
        body = json.dumps({"message": "aide"}).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{self.address}/message", body, headers)) as answer:
                turn: int = json.loads(answer.read())["turn"]
                return turn - 1
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise
            return None


class Bridge:
    """`balise-matrix`, with its folder, its credentials and its output."""

    def __init__(self, folder: Path, homeserver: str, user: str, guide: str, **settings: Any) -> None:
        self.folder, self.state, self.output = folder, folder / "state", folder / "bridge.output"
        self.credentials = folder / "credentials"
        self.credentials.mkdir(parents=True)
        self.root = RootKey(os.urandom(32))
        self.hand_over("root-key", self.root.raw)
        self.settings = {
            "CREDENTIALS_DIRECTORY": str(self.credentials),
            "BALISE_MATRIX_HOMESERVER": homeserver,
            "BALISE_MATRIX_USER": user,
            "BALISE_MATRIX_STATE": str(self.state),
            "BALISE_MATRIX_GUIDE": guide,
            "BALISE_MATRIX_LOG_LEVEL": "debug",
            **{f"BALISE_MATRIX_{name}": str(value) for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def hand_over(self, name: str, secret: bytes) -> None:
        path = self.credentials / name
        path.write_bytes(secret)
        path.chmod(0o400)

    def command(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "balise_matrix", *arguments],
            env={**os.environ, **self.settings},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *arguments: str, typed: str = "") -> str:
        """A command that must go well; what it prints."""
        done = self.command(*arguments, typed=typed)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def told(self) -> str:
        return self.output.read_text(encoding="utf-8") if self.output.exists() else ""

    def start(self) -> None:
        """Start it and wait until it is ready."""
        before = self.told.count(" ready")
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "balise_matrix", "run"],
                env={**os.environ, **self.settings},
                stdout=output,
                stderr=output,
            )
        until(lambda: self._is_ready(before))

    def _is_ready(self, before: int) -> bool:
        assert self.process
        assert self.process.poll() is None, self.told[-2000:]
        return self.told.count(" ready") > before

    def kill(self) -> None:
        """What a failure of the machine does: gone in the middle of anything."""
        assert self.process
        self.process.kill()
        self.process.wait(timeout=60)

    def pause(self) -> None:
        """Nothing is read for a while."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """What the service manager does; the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)
