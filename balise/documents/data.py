"""A document as plain values: what the page shows, and what the paper is set from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from balise.documents.model import Document
from balise.plan.typography import french


def data(document: Document) -> dict[str, Any]:
    """A document as values that JSON can carry, in French typography.

    `{"kind", "language", "footer", "pages", "blocks": [{"type": "heading", "text": …, "level": …}, …]}`; the type of
    a block is its class in balise/documents/model.py in lower case, its other keys are the fields of that class.
    """
    blocks = [{"type": type(block).__name__.lower(), **_written(asdict(block))} for block in document.blocks]
    return {
        "kind": document.kind,
        "language": document.language,
        "footer": _written(document.footer),
        "pages": _written(document.pages),
        "blocks": blocks,
    }


def _written(value: Any) -> Any:
    if isinstance(value, str):
        return french(value)
    if isinstance(value, dict):
        # A picture is code.
        return {key: part if key == "svg" else _written(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(part) for part in value]
    return value
