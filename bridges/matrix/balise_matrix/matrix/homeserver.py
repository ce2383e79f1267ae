"""The requests of the client-server API that nio has no call for, as plain JSON."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import aiohttp

SLOWEST = 30
"""Seconds that an answer may take."""
_V3 = "/_matrix/client/v3"


class HomeserverError(Exception):
    """The homeserver refused. `status` is HTTP's, `code` Matrix's, `body` what it said: never shown."""

    def __init__(self, status: int, code: str, body: dict[str, Any]) -> None:
        super().__init__()
        self.status, self.code, self.body = status, code, body


class UnreachableError(Exception):
    """The homeserver did not answer."""


class Homeserver:
    """Requests as the holder of `token`. Use it within `async with`."""

    def __init__(self, address: str, token: str | None) -> None:
        self._address, self._token = address, token
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Homeserver:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLOWEST))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http:
            await self._http.close()

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to one request; `path` is whole. Waits where the homeserver says that it is too fast.

        Raises HomeserverError, UnreachableError.
        """
        assert self._http is not None, "within async with"
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        while True:
            try:
                async with self._http.request(method, self._address + path, json=body, headers=headers) as answer:
                    told: dict[str, Any] = await answer.json()
                    status = answer.status
            except (aiohttp.ClientError, TimeoutError, ValueError):
                # Without its cause, which holds the address: rooms and people stand in it.
                raise UnreachableError from None
            if status == 429:
                await asyncio.sleep(told.get("retry_after_ms", 1000) / 1000)
            elif status >= 400:
                raise HomeserverError(status, str(told.get("errcode", "")), told)
            else:
                return told

    async def keys(self, *users: str) -> dict[str, Any]:
        """/keys/query for every device of `users`."""
        return await self.ask("POST", f"{_V3}/keys/query", {"device_keys": {user: [] for user in users}})

    async def event(self, room: str, event: str) -> dict[str, Any]:
        return await self.ask("GET", f"{of_room(room)}/event/{quote(event, safe='')}")

    async def state(self, room: str) -> list[dict[str, Any]]:
        # The one answer that is a list.
        return await self.ask("GET", f"{of_room(room)}/state")  # type: ignore[return-value]

    async def messages(self, room: str, start: str = "", until: str = "") -> tuple[list[dict[str, Any]], str | None]:
        """A page of a room's events, newest first, from `start` back to `until`; and where the next page starts."""
        query = "".join(f"&{name}={quote(token, safe='')}" for name, token in (("from", start), ("to", until)) if token)
        page = await self.ask("GET", f"{of_room(room)}/messages?dir=b&limit=100{query}")
        return page.get("chunk", []), page.get("end")

    async def redact(self, room: str, event: str) -> None:
        """Raises HomeserverError where this account may not."""
        # The transaction's name is the event's: said again after a crash, it is one redaction.
        name = quote(event, safe="")
        await self.ask("PUT", f"{of_room(room)}/redact/{name}/{name}", {})

    async def leave(self, room: str) -> None:
        """Leave and forget a room; nothing happens where it is left already."""
        for step in ("leave", "forget"):
            try:
                await self.ask("POST", f"{of_room(room)}/{step}", {})
            except HomeserverError as error:
                if error.status not in (400, 403, 404):
                    raise

    async def purge(self, room: str) -> None:
        """Ask Synapse to remove a room and all its events (admin API). Raises HomeserverError."""
        body = {"purge": True, "block": True, "force_purge": True}
        await self.ask("DELETE", f"/_synapse/admin/v2/rooms/{quote(room, safe='')}", body)

    async def with_password(self, method: str, path: str, body: dict[str, Any], user: str, password: str) -> None:
        """A request that the homeserver wants the password for (user-interactive authentication)."""
        try:
            await self.ask(method, path, body)
        except HomeserverError as error:
            if error.status != 401 or "session" not in error.body:
                raise
            identifier = {"type": "m.id.user", "user": user}
            auth = {"type": "m.login.password", "identifier": identifier, "password": password}
            await self.ask(method, path, {**body, "auth": {**auth, "session": error.body["session"]}})


def of_room(room: str) -> str:
    """The path of a room."""
    return f"{_V3}/rooms/{quote(room, safe='')}"
