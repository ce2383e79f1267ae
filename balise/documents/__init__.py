"""What the worker takes away: three documents built from one plan, and what puts them in form. No Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balise.documents.calls import KIND as CALLS
from balise.documents.calls import calls
from balise.documents.data import data
from balise.documents.model import Document
from balise.documents.note import KIND as NOTE
from balise.documents.note import ResumeCode, note
from balise.documents.pdf import FILE_NAME, pdf
from balise.documents.reminder import KIND as REMINDER
from balise.documents.reminder import reminder
from balise.documents.text import messages, text
from balise.plan.catalogue import Catalogue

__all__ = [
    "CALLS",
    "FILE_NAME",
    "NAMES",
    "NOTE",
    "REMINDER",
    "Document",
    "ResumeCode",
    "build",
    "data",
    "messages",
    "pdf",
    "text",
]

NAMES = (NOTE, REMINDER, CALLS)
"""The documents that can be asked for."""


def build(name: str, catalogue: Catalogue, slots: Mapping[str, Any], code: ResumeCode | None = None) -> Document:
    """The document `name` (of `NAMES`) of the plan in `slots`; `code` stands on the note only."""
    if name == NOTE:
        return note(catalogue, slots, code)
    return {REMINDER: reminder, CALLS: calls}[name](catalogue, slots)
