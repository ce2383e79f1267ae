"""A client behind a tiny round robin, as a page behind a reverse proxy: it says a thing again until it is answered."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.channels.served import ask

SCRIPT = (
    *("/open_evacuation", "1", "2", "par la cour", "1", "/back", "2", "/skip", "/summary"),
    *("/open_risks", "1, 2", "1", "1", "/why", "1", "1", "1"),
    *("/open_places", "1", "1", "2", "1", "1", "/progress", "/summary", "/emergency", "/resume"),
)
"""What every conversation says: taps, a note, back, skip, summary, an emergency."""


class RoundRobin:
    """Each request goes to the next of `ports`; one that fails goes to the one after it, with the same key."""

    def __init__(self, ports: Callable[[], list[int]]) -> None:
        self._ports, self._number, self._lock = ports, count(), threading.Lock()
        self.retries = 0

    def _next(self) -> int:
        ports = self._ports()
        with self._lock:
            return ports[next(self._number) % len(ports)]

    def ask(self, path: str, body: Any, secret: str | None = None, key: str | None = None) -> tuple[int, Any]:
        """Status and body, once it is neither lost, 429 nor 503."""
        headers = {"Idempotency-Key": key} if key else {}
        for _ in range(600):
            try:
                status, told, answer = ask(self._next(), "POST", path, body, secret, headers=headers)
            except (OSError, http.client.HTTPException):
                status, told = 0, {}
            if status not in (0, 429, 503):
                return status, answer
            self.retries += 1
            time.sleep(min(float(told.get("retry-after", 0.1)), 1))
        raise AssertionError(f"never answered: {status}")

    def open(self) -> str:
        """The secret of a new conversation."""
        secret: str = self.ask("/session", {})[1]["session"]
        return secret

    def say(self, secret: str, text: str, reply_to: int) -> tuple[int, Any]:
        """The answer to one message, which has a key of its own."""
        return self.ask("/message", {"message": text, "reply_to": reply_to}, secret, secrets.token_hex(16))


def converse(client: RoundRobin, before: Callable[[], None] = lambda: None) -> list[Any]:
    """The whole answers to `SCRIPT`, in a new conversation; `before` is called before each message."""
    secret, turn, answers = client.open(), 1, []
    for text in SCRIPT:
        before()
        status, answer = client.say(secret, text, turn)
        answers.append(answer if status == 200 else status)
        turn = answer.get("turn", turn)
    client.ask("/erase", {}, secret)
    return answers
