"""A real Redis on a free loopback port, which writes nothing; and a folder of content that names it as the store."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import redis
import yaml

from balise.plan.catalogue import PROJECT
from tests.channels.served import free_port
from tests.tools import tool

FOLDER = PROJECT / "deploy" / "guide"
STORE = "balise.engine.redis_store.SealedRedisStore"


class RedisServer:
    """Started with the settings that deploy/guide/redis.conf gives an operator."""

    def __init__(self, folder: Path, *settings: str) -> None:
        """`folder` is its working folder; `settings` (`--save 60 1`) win over those of the file."""
        self.folder, self._settings, self.port = folder, settings, free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        place = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            [str(tool("redis-server")), str(FOLDER / "redis.conf"), *place, *self._settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not self._answers():
            assert self.process.poll() is None
            time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self) -> redis.Redis[bytes]:
        """To look at what it holds."""
        return redis.Redis(host="127.0.0.1", port=self.port)

    def pause(self) -> None:
        """It no longer answers, and its connections stay."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Gone with all that it held."""
        self.resume()
        self.process.kill()
        self.process.wait(timeout=30)


def content_with(folder: Path, url: str, others: Sequence[tuple[str, object]] = ()) -> Path:
    """The project's content, but for endpoints.yml, which names the Redis at `url` (and `others` of its settings)."""
    content = folder / "content"
    content.mkdir()
    for name in os.listdir(PROJECT):
        if name != "endpoints.yml" and not name.startswith(".git"):
            (content / name).symlink_to(PROJECT / name)
    store = {"type": STORE, "url": url, **dict(others)}
    (content / "endpoints.yml").write_text(yaml.safe_dump({"tracker_store": store}), "utf-8")
    return content
