"""One homeserver, one guide, one bridge for the whole run; accounts and rooms of their own for each test."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from balise_matrix.matrix.crosssigning import Identity
from tests.homeserver import Synapse
from tests.running import Bridge, Guide
from tests.worker import PASSWORD, Worker

BOT_PASSWORD = "the password of the bot"
QUICK = {
    # Erasing and purging as deploy/ sets them, sooner.
    "redaction_retention_period": "1s",
    "forgotten_room_retention_period": "1s",
    # For the tests of rooms that are not encrypted.
    "encryption_enabled_by_default_for_room_type": "off",
    "rc_message": {"per_second": 1000, "burst_count": 1000},
    "rc_login": {name: {"per_second": 1000, "burst_count": 1000} for name in ("address", "account", "failed_attempts")},
}


class House:
    """Everything that runs, and the people."""

    def __init__(self, folder: Path, guide_folder: Path) -> None:
        self.folder, self.guide_folder, self._ends = folder, guide_folder, contextlib.ExitStack()
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        folder = self.folder
        self.synapse = Synapse(folder / "synapse", QUICK)
        self._ends.callback(lambda: self.synapse.stop())
        self.bot = self.synapse.register("carnet", BOT_PASSWORD)
        self.bridge = Bridge(
            folder / "bridge", self.synapse.address, self.bot, "http://127.0.0.1:1/guide", PURGE_AFTER=4
        )
        self.guide = Guide(self.guide_folder, self.bridge.root.guide_key_digest)
        self._ends.callback(lambda: self.guide.kill())
        self.bridge.settings["BALISE_MATRIX_GUIDE"] = self.guide.address
        admin = self.synapse.register("direction", PASSWORD, admin=True)
        identifier = {"type": "m.id.user", "user": admin}
        login = {"type": "m.login.password", "identifier": identifier, "password": PASSWORD}
        self.admin_token = self.synapse.ask("POST", "/_matrix/client/v3/login", body=login)[1]["access_token"]
        self.bridge.hand_over("purge-token", self.admin_token.encode())
        self.bridge.do("init", typed=BOT_PASSWORD + "\n")
        self.bridge.start()
        self._ends.callback(lambda: self.bridge.stop())
        self.master = Identity(self.bot, self.bridge.root).public()
        self._numbers = itertools.count()

    @asynccontextmanager
    async def worker(self, allowed: bool = True, **kwargs: Any) -> AsyncIterator[Worker]:
        """A person with an account and a signed device, let in or not."""
        number = next(self._numbers)
        user = self.synapse.register(f"personne{number}", PASSWORD)
        async with Worker(self.synapse.address, user, self.folder / f"worker{number}", **kwargs) as worker:
            worker.trust(self.bot, self.master)
            if allowed:
                self.bridge.do("allow", user)
            yield worker

    @asynccontextmanager
    async def unsigned_device(self, user: str, password: str = PASSWORD) -> AsyncIterator[Worker]:
        """Another device of an account, which its owner did not verify."""
        folder = self.folder / f"worker{next(self._numbers)}"
        async with Worker(self.synapse.address, user, folder, password, signed=False) as device:
            device.trust(self.bot, self.master)
            yield device

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[tuple[Worker, str]]:
        """A person let in, in her room, who has heard the welcome."""
        async with self.worker() as worker:
            room = await worker.room()
            await worker.hear()
            yield worker, room

    def close(self) -> None:
        self._ends.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    running = House(folder, tmp_path_factory.mktemp("guide"))
    yield running
    running.close()
