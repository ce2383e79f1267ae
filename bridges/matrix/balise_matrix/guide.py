"""A client of the guide's channel (balise/channels/openapi.yml): one more, like the page. It knows no messenger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

SLOWEST = 30
"""Seconds that an answer of the guide may take."""


class GuideDownError(Exception):
    """The guide did not answer, or does not know this bridge: to be tried again later."""


class LostError(Exception):
    """The guide holds no such conversation, or no more."""


class BusyError(Exception):
    """Too fast for the guide: the same again in a moment."""


@dataclass(frozen=True)
class Answer:
    """What the guide says: `messages` of its description, the number of the turn, and the screen."""

    messages: tuple[dict[str, Any], ...]
    turn: int
    screen: str


class Guide:
    """The guide at `address`, to which this bridge is known by `key`. Use it within `async with`."""

    def __init__(self, address: str, key: str) -> None:
        self._address, self._key = address, key
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Guide:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLOWEST))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http:
            await self._http.close()

    async def open(self, secret: str) -> Answer:
        """Open the conversation of `secret`, or be greeted again in it. Raises GuideDownError, BusyError."""
        return await self._answer("/session", {"secret": secret}, {"Balise-Client-Key": self._key})

    async def say(self, secret: str, text: str, key: str, reply_to: int | None) -> Answer:
        """Say one message; `key` names it, so that said again it is answered once, and `reply_to` is the turn that was
        shown when it was written. Raises GuideDownError, LostError, BusyError."""
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return await self._answer("/message", {"message": text, "reply_to": reply_to}, headers)

    async def document(self, secret: str) -> bytes | None:
        """The plan as a PDF; None where the guide makes none. Raises GuideDownError, LostError."""
        headers = {"Authorization": f"Bearer {secret}"}
        status, body = await self._post("/document", {"document": "note", "format": "pdf"}, headers)
        if status == 401:
            raise LostError
        return body if status == 200 and body.startswith(b"%PDF-") else None

    async def forget(self, secret: str) -> None:
        """Erase the conversation. Raises GuideDownError."""
        status, _ = await self._post("/erase", {}, {"Authorization": f"Bearer {secret}"})
        if status != 204:
            raise GuideDownError

    async def _answer(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        status, said = await self._post(path, body, headers)
        if status == 401:
            raise LostError
        if status == 429:
            raise BusyError
        if status == 403:
            raise GuideDownError
        try:
            told = json.loads(said)
            # A refusal (too long, a failure) is a sentence for the worker too, and leaves the turn where it was.
            return Answer(tuple(told["messages"]), int(told.get("turn", -1)), str(told.get("screen", "talk")))
        except (ValueError, KeyError, TypeError):
            raise GuideDownError from None

    async def _post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, bytes]:
        assert self._http is not None, "within async with"
        try:
            async with self._http.post(self._address + path, json=body, headers=headers) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            # Without its cause: an address or a body in it could reach a log.
            raise GuideDownError from None
