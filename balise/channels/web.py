"""The web channel: one JSON answer a turn, the session's secret made by the server, and the page (openapi.yml)."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NamedTuple

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.channels.emergency_page import POLICY as EMERGENCY_POLICY
from balise.channels.emergency_page import emergency_page
from balise.channels.page_files import KINDS, PAGE, SMALLEST_COMPRESSED, compressed, page_file
from balise.channels.page_settings import PageSettings
from balise.engine.guide import Guide, Turn
from balise.engine.output import Message
from balise.engine.pace import Entry, Pace
from balise.engine.unavailable import Unavailable
from balise.plan.catalogue import load
from balise.plan.typography import french
from balise.privacy.sealing import new_secret

logger = logging.getLogger(__name__)

MOST_BYTES = 8_192
"""A body larger than this is refused (research/rasa.md section 5.1)."""
SESSIONS = Pace(rate=10, most=60)
"""New conversations, for the whole service: no address is looked at, so none is kept."""
MESSAGES = Pace(rate=10, most=60)
"""Requests of one conversation."""
MOST_SPANS = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""A message's Idempotency-Key."""
_LENGTH = re.compile(r"[0-9]{1,10}")
ROUTES = frozenset("session message draft map summary erase emergency health index guide chargeur".split())
"""The names under which requests are counted; any other is « other »."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_PAGE_HEADERS = {
    **_HEADERS,
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""A page's own; a turn goes without them, it is to be small on a slow network."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none';"
    " frame-ancestors {ancestors}"
)


class WebChannel(InputChannel):
    """`POST session` opens a conversation, `POST message` answers one message, `GET` shows the page.

    The secret (256 bits, made here) is the only name of a conversation; it travels in the Authorization header,
    never in an address.
    """

    def __init__(self, settings: PageSettings | None = None) -> None:
        self._settings = settings or PageSettings()

    @classmethod
    def name(cls) -> str:
        return "guide"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        return cls(PageSettings.from_environment())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("guide")
        ancestors = " ".join(("'self'", *self._settings.embedded))
        page_headers = {**_PAGE_HEADERS, "Content-Security-Policy": _POLICY.format(ancestors=ancestors)}

        def serve(name: str, path: str) -> None:
            @routes.get(path, name=name.partition(".")[0])
            async def file(request: Request) -> HTTPResponse:
                held = page_file(name, self._settings)
                return _compressed(request, held.body, held.compressed, held.kind, page_headers)

        for name in KINDS:
            serve(name, "/" if name == PAGE else f"/{name}")

        @routes.post("/session")
        async def session(request: Request) -> HTTPResponse:
            if not await guide_of(request.app).take("session", SESSIONS):
                return _failure("utter_too_fast", 429, wait=1)
            secret = new_secret()
            return await _answer(lambda guide: guide.open(secret), request, session=secret)

        async def refused(request: Request) -> HTTPResponse | None:
            """Why a request of a conversation is not let in; None where it is."""
            if len(request.body) > MOST_BYTES:
                return _failure("utter_too_long", 413)
            entry = await guide_of(request.app).let_in(request.token or "", MESSAGES)
            # Missing, malformed, unknown and over are one answer: it tells nothing about other conversations.
            if entry is Entry.UNKNOWN:
                return _failure("utter_no_session", 401)
            return _failure("utter_too_fast", 429, wait=1) if entry is Entry.TOO_FAST else None

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            body, key = _body(request), request.headers.get("Idempotency-Key")
            if body is None or (key is not None and not _KEY.fullmatch(key)):
                return _failure("utter_bad_request", 400)
            return await _answer(lambda guide: guide.turn(request.token, *body, key=key), request)

        @routes.post("/draft")
        async def draft(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            body = _body(request)
            if body is None:
                return _failure("utter_bad_request", 400)
            redaction = await guide_of(request.app).draft(request.token, body.text)
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
            return _json(request, {"text": redaction.text, "removed": list(redaction.removed), "spans": spans})

        @routes.post("/map")
        async def sections(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            found = await guide_of(request.app).sections(request.token)
            return _json(request, {"sections": [asdict(section) for section in found]})

        @routes.post("/summary")
        async def summary(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            return _json(request, await guide_of(request.app).summary(request.token))

        @routes.post("/erase")
        async def erase(request: Request) -> HTTPResponse:
            # What is no secret opens nothing: there is nothing to forget.
            with suppress(ValueError):
                await guide_of(request.app).forget(request.token or "")
            return response.empty(headers=_HEADERS)

        @routes.get("/urgence")
        async def emergency(request: Request) -> HTTPResponse:
            held = emergency_page(self._settings)
            headers = {**_PAGE_HEADERS, "Content-Security-Policy": EMERGENCY_POLICY}
            return _compressed(request, held.body, held.compressed, held.kind, headers)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return response.empty(204 if getattr(request.app.ctx, "agent", None) else 503, headers=_HEADERS)

        return routes


def guide_of(app: Sanic) -> Guide:
    """The guide over the agent that Rasa loaded into the application, made once. Raises OperatorError."""
    guide: Guide | None = getattr(app.ctx, "guide", None)
    if guide is None:
        guide = app.ctx.guide = Guide.from_agent(app.ctx.agent)
    return guide


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


async def _answer(
    ask: Callable[[Guide], Awaitable[Turn]], request: Request, session: str | None = None
) -> HTTPResponse:
    try:
        turn = await ask(guide_of(request.app))
    except Unavailable:
        raise
    except Exception:
        logger.exception("turn.failed")
        return _failure("utter_failed", 503)
    body = turn.as_answer()
    if session:
        body["session"] = session
    return _json(request, body)


def _json(request: Request, value: Any) -> HTTPResponse:
    body = json.dumps(value, ensure_ascii=False).encode()
    small = compressed(body) if len(body) >= SMALLEST_COMPRESSED else None
    return _compressed(request, body, small, "application/json", _HEADERS)


def _compressed(request: Request, body: bytes, small: bytes | None, kind: str, headers: dict[str, str]) -> HTTPResponse:
    """The compressed bytes where there are any and the client reads them."""
    if small is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers = {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        body = small
    return response.raw(body, headers=headers, content_type=kind)


async def check_head(request: Request) -> None:
    """Refuse a request whose length is not told once and in digits (RFC 9112 section 6.3). Raises InvalidUsage.

    Sanic 21.12 never ends reading a body of a negative length, and fails on an empty one. Clients of ours tell the
    length, so chunks are refused with the rest.
    """
    lengths = request.headers.getall("content-length", [])
    if len(lengths) > 1 or "transfer-encoding" in request.headers or not all(_LENGTH.fullmatch(one) for one in lengths):
        raise InvalidUsage("length")


async def close_cors(request: Request, answer: HTTPResponse) -> None:
    """Take out what Rasa's CORS layer adds to every answer: no other origin is let in, so nothing is told to any."""
    for name in [name for name in answer.headers if name.lower().startswith("access-control-")]:
        del answer.headers[name]


def refuse(request: Request, error: Exception) -> HTTPResponse:
    """The answer to whatever no route took: one sentence, the status, no word of the error."""
    if isinstance(error, Unavailable):
        request.ctx.why = type(error).__name__.lower()
        return _failure(error.text, 503, error.wait)
    status = getattr(error, "status_code", 500)
    if status >= 500:
        logger.error("turn.failed", exc_info=error)
    return _failure("utter_bad_request" if status < 500 else "utter_failed", status)


def _failure(text: str, status: int, wait: int | None = None) -> HTTPResponse:
    """One sentence; `wait` is after how many seconds the same request may be sent again."""
    message = Message(french(load().texts[text]))
    headers = {**_HEADERS, "Retry-After": str(wait)} if wait else _HEADERS
    return response.json({"messages": [message.as_json()], "removed": []}, status=status, headers=headers)
