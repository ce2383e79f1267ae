"""A worker's messenger: a strict client, that sends to and reads from cross-signed devices only."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import time
from pathlib import Path
from typing import Any

from nio import AsyncClient, SyncResponse

from balise_matrix.keys import RootKey
from balise_matrix.matrix import gate
from balise_matrix.matrix.account import log_in, make_device
from balise_matrix.matrix.crosssigning import Identity
from balise_matrix.matrix.homeserver import Homeserver, HomeserverError
from balise_matrix.matrix.session import Session, new_client
from balise_matrix.matrix.store import State
from balise_matrix.settings import Settings

PASSWORD = "a password of a worker"


class Worker:
    """One device of a person. `heard` is every text of the bot, `answered` when each was sent, `kinds` the sorts of
    its messages, `events` every event that came in a room."""

    def __init__(self, address: str, user: str, folder: Path, password: str = PASSWORD, signed: bool = True) -> None:
        self.password = password
        self.user, self.root, self._signed = user, RootKey(os.urandom(32)), signed
        self.settings = Settings(address, user, folder)
        self.state = State(folder, self.root)
        self.heard: list[str] = []
        self.kinds: set[str] = set()
        self.answered: list[int] = []
        self.files: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.client: AsyncClient
        self.since: str | None = None
        self._names = itertools.count()
        self._taken = 0

    async def __aenter__(self) -> Worker:
        if self._signed:
            await make_device(self.settings, self.root, self.state, self.password)
        else:
            for name, value in zip(("device", "token"), await log_in(self.settings, self.password), strict=True):
                self.state.set(name, value)
        self.client = new_client(self.settings.homeserver, self.user, self.state)
        self.token = self.state.setting("token")
        self.homeserver = Homeserver(self.settings.homeserver, self.token)
        await self.homeserver.__aenter__()
        self.session = Session(
            self.client, self.homeserver, self.state, Identity(self.user, self.root, self.state.generation)
        )
        await self.sync()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.homeserver.__aexit__()
        await self.client.close()
        self.state.close()

    def trust(self, bot: str, master: str) -> None:
        self.bot = bot
        self.state.allow(bot, master)

    async def room(self, encrypted: bool = True, **changes: Any) -> str:
        """A new direct room with the bot, as a messenger opens one."""
        body = {"preset": "trusted_private_chat", "is_direct": True, "invite": [self.bot], **changes}
        if encrypted:
            content = {"algorithm": "m.megolm.v1.aes-sha2"}
            body["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": content}]
        room: str = (await self.homeserver.ask("POST", "/_matrix/client/v3/createRoom", body))["room_id"]
        return room

    async def sync(self, timeout: int = 0) -> None:
        whole = {"room": {"timeline": {"limit": 100}}}
        answer = await self.client.sync(timeout, whole, since=self.since, full_state=self.since is None)
        assert isinstance(answer, SyncResponse), answer
        told = await answer.transport_response.json()
        for user in told.get("device_lists", {}).get("changed", []):
            self.session.forget(user)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        for room, part in told.get("rooms", {}).get("join", {}).items():
            for event in part["timeline"]["events"]:
                self.events.append({**event, "room_id": room})
                await self._hear(room, event)
        self.since = told["next_batch"]

    async def _hear(self, room: str, event: dict[str, Any]) -> None:
        if event["sender"] == self.user or event["type"] != "m.room.encrypted" or not self._signed:
            return
        devices = (await self.session.devices(self.bot)).values()
        sessions = self.client.olm.inbound_group_store
        content = event["content"]
        words = gate.read(event, room, self.bot, devices, sessions, lambda mark: False)
        if words is None:
            return
        session = sessions.get(room, next(iter(devices)).curve25519, content["session_id"])
        inside = json.loads(session.decrypt(content["ciphertext"])[0])["content"]
        self.kinds.add(inside["msgtype"])
        if words.text is None:
            self.files.append(inside)
        else:
            self.heard.append(words.text)
            self.answered.append(event["origin_server_ts"])

    async def say(self, room: str, text: str) -> str:
        """Send one message; its event's id."""
        return await self.send(room, {"msgtype": "m.text", "body": text})

    async def send(self, room: str, content: dict[str, Any]) -> str:
        told = await self.session.send(room, self.bot, content, f"{self.state.setting('device')}-{next(self._names)}")
        event: str = told["event_id"]
        return event

    async def hear(self, seconds: float = 60) -> str:
        """The next text of the bot that was not taken yet."""
        end = time.monotonic() + seconds
        while len(self.heard) <= self._taken:
            assert time.monotonic() < end, "no answer"
            await self.sync(1000)
        self._taken += 1
        return self.heard[self._taken - 1]

    async def receive(self, seconds: float = 60) -> dict[str, Any]:
        """The next file of the bot: its message's content."""
        end = time.monotonic() + seconds
        while not self.files:
            assert time.monotonic() < end, "no file"
            await self.sync(1000)
        return self.files.pop(0)

    async def ask(self, room: str, text: str) -> str:
        """Say something and hear the answer."""
        await self.say(room, text)
        return await self.hear()

    async def members(self, room: str) -> dict[str, str]:
        """Who is in a room, and how: join, invite, leave."""
        state = await self.homeserver.state(room)
        held = [event for event in state if event["type"] == "m.room.member"]
        return {event["state_key"]: event["content"]["membership"] for event in held}

    async def left(self, room: str, seconds: float = 60) -> None:
        """Wait until the bot is not in a room any more, or the room is gone."""
        end = time.monotonic() + seconds
        while True:
            try:
                if (await self.members(room)).get(self.bot) in (None, "leave"):
                    return
            except HomeserverError:
                return
            assert time.monotonic() < end, "the bot stays"
            await asyncio.sleep(0.2)

    async def silence(self, seconds: float = 3) -> None:
        """Nothing more comes for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self.sync(500)
        await asyncio.sleep(0)
        assert self.heard[self._taken :] == []
