"""What a worker takes away, over the web channel: documents, codes, files, and a plan taken up again (openapi.yml).

A passphrase comes in a body, only where the device can't protect by itself; it is used and dropped, never handed to the
dialogue.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.channels.answers import HEADERS, failure, guide_of, json_answer, json_object, turn_answer
from balise.documents import FILE_NAME, NAMES, data, pdf, text
from balise.engine.guide import NotSafe
from balise.resume import Form, ResumeError, from_file, from_words, open_envelope, protect, qr_svg, to_words

logger = logging.getLogger(__name__)

MOST_FILE_BYTES = 96_000
"""Of a request that brings a file: 64 KB in base64, and what stands around it."""
LONGEST_PASSPHRASE = 200
LONGEST_CODE = 2_000
"""Characters."""
FORMS = {"words": Form.CODE, "file": Form.FILE}
AT_ONCE = 2
"""Documents and keys made at the same time, whoever asks: each takes a core for tenths of a second."""
_places = asyncio.Semaphore(AT_ONCE)
Made = TypeVar("Made")


class BadBody(Exception):
    """The body is not the JSON that was asked for."""


async def _in_thread(make: Callable[[], Made]) -> Made:
    """What `make` gives, without holding up the conversations."""
    async with _places:
        return await asyncio.to_thread(make)


def _body(request: Request) -> dict[str, Any]:
    body = json_object(request)
    if body is None:
        raise BadBody
    return body


def _text(body: dict[str, Any], name: str, longest: int) -> str | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise BadBody
    return value


def _bytes(body: dict[str, Any], name: str) -> bytes | None:
    value = _text(body, name, MOST_FILE_BYTES)
    if value is None:
        return None
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadBody from None


def _form(body: dict[str, Any]) -> Form:
    named = body.get("form", "words")
    if not isinstance(named, str) or named not in FORMS:
        raise BadBody
    return FORMS[named]


async def give_document(request: Request) -> HTTPResponse:
    """A document as data for the page, as plain text, or as a PDF."""
    body = _body(request)
    name, form = body.get("document"), body.get("format", "data")
    passphrase = _text(body, "passphrase", LONGEST_PASSPHRASE)
    if name not in NAMES or form not in ("data", "text", "pdf") or (passphrase is not None and form != "pdf"):
        raise BadBody
    made = await guide_of(request.app).document(request.token, name, _text(body, "code", LONGEST_CODE))
    if form == "data":
        return json_answer(request, data(made))
    if form == "text":
        return response.text(text(made), headers=HEADERS)
    held = await _in_thread(lambda: pdf(made, passphrase))
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return response.raw(held, headers=headers, content_type="application/pdf")


async def give_code(request: Request) -> HTTPResponse:
    """What a code or a file holds, for the device to protect; protected here where a passphrase comes with it."""
    body = _body(request)
    form, passphrase = _form(body), _text(body, "passphrase", LONGEST_PASSPHRASE)
    packed = await guide_of(request.app).packed(request.token, form)
    told: dict[str, Any] = {"left_out": list(packed.left_out)}
    if passphrase is None:
        return json_answer(request, {**told, "payload": _base64(packed.payload)})
    sealed = await _in_thread(lambda: protect(packed.payload, passphrase, form))
    if form is Form.CODE:
        return json_answer(request, {**told, "words": list(to_words(sealed))})
    return json_answer(request, {**told, "file": _base64(sealed)})


async def give_picture(request: Request) -> HTTPResponse:
    """A code as a picture to scan; it is looked at, not read."""
    code = _text(_body(request), "code", LONGEST_CODE)
    if code is None:
        raise BadBody
    return json_answer(request, {"svg": qr_svg(to_words(from_words(code)))})


async def take_up(request: Request) -> HTTPResponse:
    """A plan taken up from what the device opened (`payload`), or from a `code` or a `file` opened here."""
    body = _body(request)
    passphrase = _text(body, "passphrase", LONGEST_PASSPHRASE)
    code, file, payload = _text(body, "code", LONGEST_CODE), _bytes(body, "file"), _bytes(body, "payload")
    if sum(one is not None for one in (code, file, payload)) != 1:
        raise BadBody
    form = Form.FILE if file is not None else _form(body)
    if payload is None:
        envelope = from_words(code) if code is not None else from_file(file or b"")
        payload = await _in_thread(lambda: open_envelope(envelope, passphrase))
    plan = guide_of(request.app).read_plan(payload, form)
    key = request.headers.get("Idempotency-Key")
    return await turn_answer(lambda guide: guide.take_up(request.token, plan, key), request)


def refusal_of(error: Exception) -> HTTPResponse:
    """The answer to a request that failed: the sentence of what a worker can mend, a neutral one for the rest."""
    if isinstance(error, ResumeError):
        return failure(error.text, 422, values=error.values)
    if isinstance(error, NotSafe):
        return failure("utter_paper_first", 403)
    if isinstance(error, BadBody):
        return failure("utter_bad_request", 400)
    logger.error("takeaway.failed", exc_info=error)
    return failure("utter_failed", 503)


def _base64(held: bytes) -> str:
    return base64.b64encode(held).decode()
