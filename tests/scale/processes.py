"""Guides in processes of their own, many times over: forked from one that has imported all that takes long.

Each is `balise run` from its first line on, in a process that can be killed like any other. Run as a program, this is
the process that forks: it reads a port (and what to set in the environment) a line, and prints the process's id.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from balise.plan.catalogue import PROJECT
from tests.channels.served import ask, free_port


class Guide:
    """One running guide."""

    def __init__(self, pid: int, port: int, output: Path) -> None:
        self.pid, self.port, self._output = pid, port, output

    @property
    def told(self) -> str:
        """What it has printed so far."""
        return self._output.read_text("utf-8")

    def is_ready(self) -> bool:
        return "http://" in self.told

    def is_alive(self) -> bool:
        return Path(f"/proc/{self.pid}").exists()

    def send(self, sent: signal.Signals) -> None:
        os.kill(self.pid, sent)

    def end(self, sent: signal.Signals) -> None:
        """Send a signal that ends it, and wait for the end."""
        self.send(sent)
        deadline = time.monotonic() + 60
        while self.is_alive():
            assert time.monotonic() < deadline, self.told
            time.sleep(0.05)


class Guides:
    """Starts guides that serve `content`."""

    def __init__(self, content: Path, folder: Path) -> None:
        self._folder = folder
        self._running: list[Guide] = []
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "tests.scale.processes", str(folder)],
            cwd=PROJECT,
            env={**os.environ, "BALISE_CONTENT": str(content), "BALISE_HOST": "127.0.0.1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, settings: Mapping[str, str] | None = None) -> Guide:
        """A guide that is starting; `settings` are for its environment."""
        assert self._forks.stdin
        assert self._forks.stdout
        port = free_port()
        self._forks.stdin.write(json.dumps({**(settings or {}), "BALISE_PORT": str(port)}) + "\n")
        self._forks.stdin.flush()
        guide = Guide(int(self._forks.stdout.readline()), port, self._folder / f"guide-{port}")
        self._running.append(guide)
        return guide

    def start(self, settings: Mapping[str, str] | None = None) -> Guide:
        """A guide that answers."""
        return ready(self.begin(settings))

    def close(self) -> None:
        """Kill what still runs."""
        for guide in self._running:
            if guide.is_alive():
                guide.end(signal.SIGKILL)
        assert self._forks.stdin
        self._forks.stdin.close()
        self._forks.wait(timeout=60)


def ready(guide: Guide) -> Guide:
    """The guide, once it answers."""
    deadline = time.monotonic() + 240
    while not guide.is_ready():
        assert guide.is_alive(), guide.told
        assert time.monotonic() < deadline, guide.told
        time.sleep(0.1)
    assert ask(guide.port, "GET", "/health")[0] == 204
    return guide


def _fork(folder: Path) -> None:
    from balise.environment import quiet

    quiet()
    import rasa.core.run  # noqa: F401

    import balise.engine.server  # noqa: F401
    from balise.language import load_language

    load_language()
    # Nobody waits for a guide that was killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        settings = json.loads(line)
        told = folder / f"guide-{settings['BALISE_PORT']}"
        told.touch()
        pid = os.fork()
        if pid:
            print(pid, flush=True)
            continue
        os._exit(_serve(settings, told))


def _serve(settings: Mapping[str, str], told: Path) -> int:
    from balise.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(told, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(settings)
    if "CLOCK_SHIFT" in settings:
        now = time.time
        time.time = lambda: now() + float(settings["CLOCK_SHIFT"])
    return main(["run"])


if __name__ == "__main__":
    _fork(Path(sys.argv[1]))
