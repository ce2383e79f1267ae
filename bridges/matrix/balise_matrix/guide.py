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


_REFUSALS = {401: LostError, 403: GuideDownError, 429: BusyError}


@dataclass(frozen=True)
class Answer:
    """What the guide says: `messages` of its description, the number of the turn, the screen, and the name of the
    document that it shows, if any."""

    messages: tuple[dict[str, Any], ...]
    turn: int
    screen: str
    document: str | None = None


class Guide:
    """The guide at `address`, to which this bridge is known by `key`. Use it within `async with`.

    Whatever it is asked for may raise GuideDownError, LostError or BusyError.
    """

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
        """Open the conversation of `secret`, or be greeted again in it."""
        return await self._answer("/session", {"secret": secret}, {"Balise-Client-Key": self._key})

    async def say(self, secret: str, text: str, key: str, reply_to: int | None) -> Answer:
        """Say one message; `key` names it, so that said again it is answered once, and `reply_to` is the turn that was
        shown when it was written."""
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return await self._answer("/message", {"message": text, "reply_to": reply_to}, headers)

    async def document(self, secret: str, name: str) -> bytes | None:
        """A document (its name in the guide's answer) as a PDF; None where the guide makes none."""
        headers = {"Authorization": f"Bearer {secret}"}
        status, body = await self._post("/document", {"document": name, "format": "pdf"}, headers)
        return body if status == 200 and body.startswith(b"%PDF-") else None

    async def forget(self, secret: str) -> None:
        """Erase the conversation."""
        status, _ = await self._post("/erase", {}, {"Authorization": f"Bearer {secret}"})
        if status != 204:
            raise GuideDownError

    async def _answer(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        _, said = await self._post(path, body, headers)
        try:
            told = json.loads(said)
            messages, turn = tuple(told["messages"]), int(told.get("turn", -1))
            # A refusal (too long, a failure) is a sentence for the worker too, and leaves the turn where it was.
            return Answer(messages, turn, str(told.get("screen", "talk")), told.get("document"))
        except (ValueError, KeyError, TypeError):
            raise GuideDownError from None

    async def _post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, bytes]:
        assert self._http is not None, "within async with"
        try:
            async with self._http.post(self._address + path, json=body, headers=headers) as answer:
                status, held = answer.status, await answer.read()
                # Full, busy, or its store unreachable: nothing of the request was taken.
                waits = status == 503 and "Retry-After" in answer.headers
        except (aiohttp.ClientError, TimeoutError):
            # Without its cause: an address or a body in it could reach a log.
            raise GuideDownError from None
        if waits:
            raise GuideDownError
        if status in _REFUSALS:
            raise _REFUSALS[status]
        return status, held
