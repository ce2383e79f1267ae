"""What every route of the web channel answers with: JSON or bytes, compressed where it pays, or one sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.channels.page_files import SMALLEST_COMPRESSED, compressed
from balise.engine.guide import Guide, Turn
from balise.engine.output import Message
from balise.engine.unavailable import Unavailable
from balise.plan.catalogue import load
from balise.plan.typography import french

logger = logging.getLogger(__name__)

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def guide_of(app: Sanic) -> Guide:
    """The guide over the agent that Rasa loaded into the application, made once. Raises OperatorError."""
    guide: Guide | None = getattr(app.ctx, "guide", None)
    if guide is None:
        guide = app.ctx.guide = Guide.from_agent(app.ctx.agent)
    return guide


async def turn_answer(
    ask: Callable[[Guide], Awaitable[Turn]], request: Request, session: str | None = None
) -> HTTPResponse:
    """The turn that `ask` gives, with the secret of a conversation just opened; a sentence and 503 where it fails.
    Raises Unavailable, which the server answers (`refuse` in balise/channels/web.py)."""
    try:
        turn = await ask(guide_of(request.app))
    except Unavailable:
        raise
    except Exception:
        logger.exception("turn.failed")
        return failure("utter_failed", 503)
    body = turn.as_answer()
    if session:
        body["session"] = session
    return json_answer(request, body)


def json_object(request: Request) -> dict[str, Any] | None:
    """The JSON object that is the body of a request; None where it is none."""
    try:
        body = request.json
    except Exception:
        return None
    return body if isinstance(body, dict) else None


def json_answer(request: Request, value: Any) -> HTTPResponse:
    """`value` as JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    small = compressed(body) if len(body) >= SMALLEST_COMPRESSED else None
    return compressed_answer(request, body, small, "application/json", HEADERS)


def compressed_answer(
    request: Request, body: bytes, small: bytes | None, kind: str, headers: dict[str, str]
) -> HTTPResponse:
    """The compressed bytes where there are any and the client reads them."""
    if small is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers = {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        body = small
    return response.raw(body, headers=headers, content_type=kind)


def failure(text: str, status: int, wait: int | None = None, values: Mapping[str, str] | None = None) -> HTTPResponse:
    """One sentence for the worker: a text of data/responses/, its {words} filled in; `wait` is after how many seconds
    the same request may be sent again."""
    message = Message(french(load().texts[text].format(**values or {})))
    headers = {**HEADERS, "Retry-After": str(wait)} if wait else HEADERS
    return response.json({"messages": [message.as_json()], "removed": []}, status=status, headers=headers)
