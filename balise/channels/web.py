"""The web channel: one JSON answer a turn, the session's secret made by the server, and the page (openapi.yml)."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NamedTuple

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.channels.answers import HEADERS, compressed_answer, failure, guide_of, json_answer, json_object, turn_answer
from balise.channels.clients import HEADER, Clients
from balise.channels.emergency_page import POLICY as EMERGENCY_POLICY
from balise.channels.emergency_page import emergency_page
from balise.channels.page_files import KINDS, PAGE, page_file
from balise.channels.page_settings import PageSettings
from balise.channels.takeaway import MOST_FILE_BYTES, give_code, give_document, give_picture, refusal_of, take_up
from balise.disclosure import Facts, disclosure
from balise.documents.html import html
from balise.engine.pace import Entry, Pace
from balise.engine.unavailable import Unavailable
from balise.privacy.sealing import is_secret, new_secret

logger = logging.getLogger(__name__)

MOST_BYTES = 8_192
"""A body larger than this is refused (research/rasa.md section 5.1)."""
SESSIONS = Pace(rate=10, most=60)
"""New conversations, for the whole service: no address is looked at, so none is kept. Each known client has as many."""
MESSAGES = Pace(rate=10, most=60)
"""Requests of one conversation."""
HEAVY = 10
"""What a document or a code weighs in requests: it takes some hundred times the work of a turn."""
MOST_SPANS = 50
DISCLOSURE = "ce-que-nous-gardons"
"""The address of the page on what a court could be given."""
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""A message's Idempotency-Key."""
_LENGTH = re.compile(r"[0-9]{1,10}")
_PAGE_HEADERS = {
    **HEADERS,
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


Give = Callable[[Request], Awaitable[HTTPResponse]]


class WebChannel(InputChannel):
    """`POST session` opens a conversation, `POST message` answers one message, `GET` shows the page.

    The secret (256 bits, made here, or by a known client) is the only name of a conversation; it travels in the
    Authorization header, never in an address.
    """

    def __init__(self, settings: PageSettings | None = None, clients: Clients | None = None) -> None:
        self._settings = settings or PageSettings()
        self._clients = clients or Clients()

    @classmethod
    def name(cls) -> str:
        return "guide"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        return cls(PageSettings.from_environment(), Clients.from_environment())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("guide")
        ancestors = " ".join(("'self'", *self._settings.embedded))
        page_headers = {**_PAGE_HEADERS, "Content-Security-Policy": _POLICY.format(ancestors=ancestors)}

        def serve(name: str, path: str) -> None:
            @routes.get(path, name=name.partition(".")[0])
            async def file(request: Request) -> HTTPResponse:
                held = page_file(name, self._settings)
                return compressed_answer(request, held.body, held.compressed, held.kind, page_headers)

        for name in KINDS:
            serve(name, "/" if name == PAGE else f"/{name}")

        @routes.get(f"/{DISCLOSURE}")
        async def disclosed(request: Request) -> HTTPResponse:
            page = html(disclosure(Facts.from_settings()))
            return response.html(page, headers=page_headers)

        @routes.post("/session")
        async def session(request: Request) -> HTTPResponse:
            key, own = request.headers.get(HEADER), _own_secret(request)
            client = None if key is None else self._clients.known(key)
            if not await guide_of(request.app).take(f"client-{client}" if client else "session", SESSIONS):
                return failure("utter_too_fast", 429, wait=1)
            if client is None and (key is not None or own is not None):
                return failure("utter_bad_request", 403)
            secret = new_secret() if own is None else own
            if not is_secret(secret):
                return failure("utter_bad_request", 400)
            return await turn_answer(lambda guide: guide.open(secret), request, session=secret)

        async def refused(request: Request, cost: int = 1, most: int = MOST_BYTES) -> HTTPResponse | None:
            """Why a request of a conversation is not let in; None where it is. `cost` is what it weighs in requests,
            `most` the largest body in bytes."""
            if len(request.body) > most:
                return failure("utter_too_long", 413)
            entry = await guide_of(request.app).let_in(request.token or "", MESSAGES, cost)
            # Missing, malformed, unknown and over are one answer: it tells nothing about other conversations.
            if entry is Entry.UNKNOWN:
                return failure("utter_no_session", 401)
            return failure("utter_too_fast", 429, wait=1) if entry is Entry.TOO_FAST else None

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            body, key = _body(request), request.headers.get("Idempotency-Key")
            if body is None or (key is not None and not _KEY.fullmatch(key)):
                return failure("utter_bad_request", 400)
            return await turn_answer(lambda guide: guide.turn(request.token, *body, key=key), request)

        @routes.post("/draft")
        async def draft(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            body = _body(request)
            if body is None:
                return failure("utter_bad_request", 400)
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
            return json_answer(request, {"text": redaction.text, "removed": list(redaction.removed), "spans": spans})

        @routes.post("/map")
        async def sections(request: Request) -> HTTPResponse:
            if refusal := await refused(request):
                return refusal
            found = await guide_of(request.app).sections(request.token)
            return json_answer(request, {"sections": [asdict(section) for section in found]})

        def take_away(path: str, give: Give, cost: int = HEAVY, most: int = MOST_BYTES) -> None:
            @routes.post(path, name=give.__name__)
            async def given(request: Request) -> HTTPResponse:
                key = request.headers.get("Idempotency-Key")
                if refusal := await refused(request, cost, most):
                    return refusal
                if key is not None and not _KEY.fullmatch(key):
                    return failure("utter_bad_request", 400)
                try:
                    return await give(request)
                except Unavailable:
                    raise
                except Exception as error:
                    return refusal_of(error)

        take_away("/document", give_document)
        take_away("/code", give_code)
        take_away("/picture", give_picture, cost=1)
        take_away("/take-up", take_up, most=MOST_FILE_BYTES)

        @routes.post("/erase")
        async def erase(request: Request) -> HTTPResponse:
            # What is no secret opens nothing: there is nothing to forget.
            with suppress(ValueError):
                await guide_of(request.app).forget(request.token or "")
            return response.empty(headers=HEADERS)

        @routes.get("/urgence")
        async def emergency(request: Request) -> HTTPResponse:
            held = emergency_page(self._settings)
            headers = {**_PAGE_HEADERS, "Content-Security-Policy": EMERGENCY_POLICY}
            return compressed_answer(request, held.body, held.compressed, held.kind, headers)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return response.empty(204 if getattr(request.app.ctx, "agent", None) else 503, headers=HEADERS)

        return routes


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


def _own_secret(request: Request) -> str | None:
    """What a client says is a secret of its own making, in the body of a request for a conversation; None where it says
    nothing."""
    made = (json_object(request) or {}).get("secret")
    return made if made is None or isinstance(made, str) else ""


def _body(request: Request) -> Body | None:
    """The message of a request; None where the body is not the JSON that we asked for."""
    body = json_object(request)
    if body is None or not isinstance(body.get("message"), str):
        return None
    reply_to = body.get("reply_to")
    reply_to = reply_to if isinstance(reply_to, int) and not isinstance(reply_to, bool) else None
    return Body(body["message"], reply_to, _spans(body.get("restore")), _spans(body.get("mask")))


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
        return failure(error.text, 503, error.wait)
    status = getattr(error, "status_code", 500)
    if status >= 500:
        logger.error("turn.failed", exc_info=error)
    return failure("utter_bad_request" if status < 500 else "utter_failed", status)
