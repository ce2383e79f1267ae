"""The web channel: one JSON answer a turn, the session's secret made by the server, and a first plain page."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.engine.guide import Guide, Turn
from balise.engine.output import Message
from balise.plan.catalogue import load
from balise.plan.typography import french
from balise.privacy.sealing import new_secret, seal_of

logger = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page" / "index.html"
MOST_BYTES = 8_192
"""A body larger than this is refused (research/rasa.md section 5.1)."""
SESSIONS_A_SECOND, MOST_SESSIONS_AT_ONCE = 10, 60
"""New conversations, for the whole server: no address is looked at, so none is kept."""
MESSAGES_A_SECOND, MOST_MESSAGES_AT_ONCE = 10, 60
"""Messages of one conversation."""
MOST_SPANS = 50
MOST_BUCKETS = 1_000
"""Conversations whose pace is remembered before the idle ones are forgotten."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)


class WebChannel(InputChannel):
    """`POST session` opens a conversation, `POST message` answers one message, `GET` shows the page.

    The secret (256 bits, made here) is the only name of a conversation; it travels in the Authorization header,
    never in an address.
    """

    @classmethod
    def name(cls) -> str:
        return "guide"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("guide")
        sessions = Bucket(SESSIONS_A_SECOND, MOST_SESSIONS_AT_ONCE)
        messages: dict[str, Bucket] = {}

        @routes.get("/")
        async def page(request: Request) -> HTTPResponse:
            return _file("index.html", "text/html; charset=utf-8")

        @routes.get("/page.js")
        async def script(request: Request) -> HTTPResponse:
            return _file("page.js", "text/javascript; charset=utf-8")

        @routes.get("/page.css")
        async def style(request: Request) -> HTTPResponse:
            return _file("page.css", "text/css; charset=utf-8")

        @routes.post("/session")
        async def session(request: Request) -> HTTPResponse:
            if not sessions.take():
                return _failure("utter_too_fast", 429)
            secret = new_secret()
            return await _answer(lambda guide: guide.open(secret), request.app, session=secret)

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            secret = request.token or ""
            if len(request.body) > MOST_BYTES:
                return _failure("utter_too_long", 413)
            # Missing, malformed, unknown and over are one answer: it tells nothing about other conversations.
            if not guide_of(request.app).holds(secret):
                return _failure("utter_no_session", 401)
            body = _body(request)
            if body is None:
                return _failure("utter_bad_request", 400)
            if len(messages) > MOST_BUCKETS:
                for idle in [one for one, bucket in messages.items() if bucket.is_full()]:
                    del messages[idle]
            bucket = messages.setdefault(seal_of(secret).id, Bucket(MESSAGES_A_SECOND, MOST_MESSAGES_AT_ONCE))
            if not bucket.take():
                return _failure("utter_too_fast", 429)
            return await _answer(lambda guide: guide.turn(secret, *body), request.app)

        @routes.post("/draft")
        async def draft(request: Request) -> HTTPResponse:
            secret = request.token or ""
            if not guide_of(request.app).holds(secret):
                return _failure("utter_no_session", 401)
            body = _body(request) if len(request.body) <= MOST_BYTES else None
            if body is None:
                return _failure("utter_bad_request", 400)
            redaction = await guide_of(request.app).draft(secret, body.text)
            spans = [
                {
                    "start": span.start,
                    "end": span.end,
                    "source": [span.source_start, span.source_end],
                    "kind": span.kind,
                    "restorable": span.restorable,
                }
                for span in redaction.spans
            ]
            answer = {"text": redaction.text, "removed": list(redaction.removed), "spans": spans}
            return response.json(answer, headers=_HEADERS, ensure_ascii=False)

        @routes.post("/erase")
        async def erase(request: Request) -> HTTPResponse:
            if guide_of(request.app).holds(request.token or ""):
                await guide_of(request.app).forget(request.token or "")
            return response.empty(headers=_HEADERS)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return response.empty(204 if getattr(request.app.ctx, "agent", None) else 503, headers=_HEADERS)

        return routes


class Bucket:
    """A limit without a memory of who came: `rate` a second, `most` at once; `clock` gives seconds."""

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._left = rate, most, most
        self._clock, self._since = clock, clock()

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._since) * self._rate)
        self._since = now

    def is_full(self) -> bool:
        """Whether nothing was taken for long enough that forgetting this bucket changes nothing."""
        self._fill()
        return self._left >= self._most

    def take(self) -> bool:
        """Whether one more is let in now."""
        self._fill()
        if self._left < 1:
            return False
        self._left -= 1
        return True


def guide_of(app: Sanic) -> Guide:
    """The guide over the agent that Rasa loaded into the application, made once. Raises StartupError."""
    guide: Guide | None = getattr(app.ctx, "guide", None)
    if guide is None:
        guide = app.ctx.guide = Guide.from_agent(app.ctx.agent)
    return guide


def _file(name: str, kind: str) -> HTTPResponse:
    body = (PAGE.parent / name).read_text(encoding="utf-8")
    return response.text(body, content_type=kind, headers={**_HEADERS, "Content-Security-Policy": _POLICY})


class Body(NamedTuple):
    """What a client may send with a message: the text, the turn it replies to, what to restore and to mask besides."""

    text: str
    reply_to: int | None
    restore: tuple[tuple[int, int], ...]
    mask: tuple[tuple[int, int], ...]


def _spans(value: object) -> tuple[tuple[int, int], ...]:
    """Pairs of offsets; anything else is left out."""
    pairs = value if isinstance(value, list) else []
    return tuple(
        (pair[0], pair[1])
        for pair in pairs[:MOST_SPANS]
        if isinstance(pair, list) and len(pair) == 2 and all(type(one) is int and one >= 0 for one in pair)
    )


def _body(request: Request) -> Body | None:
    """The message of a request; None where the body is not the JSON that we asked for."""
    try:
        body = request.json
    except Exception:
        return None
    if not isinstance(body, dict) or not isinstance(body.get("message"), str):
        return None
    reply_to = body.get("reply_to")
    reply_to = reply_to if isinstance(reply_to, int) and not isinstance(reply_to, bool) else None
    return Body(body["message"], reply_to, _spans(body.get("restore")), _spans(body.get("mask")))


async def _answer(ask: Callable[[Guide], Awaitable[Turn]], app: Sanic, session: str | None = None) -> HTTPResponse:
    try:
        turn = await ask(guide_of(app))
    except Exception:
        logger.exception("turn.failed")
        return _failure("utter_failed", 503)
    body = {**turn.as_json(), "turn": turn.number, "left": turn.left}
    if session:
        body["session"] = session
    return response.json(body, headers=_HEADERS, ensure_ascii=False)


def refuse(request: Request, error: Exception) -> HTTPResponse:
    """The answer to whatever no route took: one sentence, the status, no word of the error."""
    status = getattr(error, "status_code", 500)
    if status >= 500:
        logger.error("turn.failed", exc_info=error)
    return _failure("utter_bad_request" if status < 500 else "utter_failed", status)


def _failure(text: str, status: int) -> HTTPResponse:
    message = Message(french(load().texts[text]))
    return response.json({"messages": [message.as_json()], "removed": []}, status=status, headers=_HEADERS)
