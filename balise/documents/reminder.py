"""The neutral reminder: a paper that the person may keep, and that anyone may read.

Nothing is printed but the wordings of data/documents/reminder.yml, which lists them choice by choice and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from balise.documents.model import Blank, Document, Heading, Item
from balise.documents.words import words
from balise.plan.answers import Answer
from balise.plan.catalogue import ROOT, Catalogue
from balise.plan.order import is_relevant
from balise.plan.records import all_records

KIND = "reminder"
ROOM = "____"
"""At the end of a wording: room to write after it."""
_LINES = 2
"""Empty lines at the end of the list."""


def reminder(catalogue: Catalogue, slots: Mapping[str, Any], root: Path = ROOT) -> Document:
    """The reminder of the plan in `slots`. No footer, no page number: it must not look like a part of a file."""
    own = words(KIND, root)
    found = [*own["anyone"]]
    for question, wordings in own["choices"].items():
        chosen = _chosen(catalogue, slots, question)
        found += [wording for choice, wording in wordings.items() if choice in chosen]
    items = (_item(wording) for wording in dict.fromkeys(found))
    return Document(KIND, (Heading(own["title"], 1), *items, Blank(lines=_LINES)))


def _item(wording: str) -> Item:
    if wording.endswith(ROOM):
        return Item(wording.removesuffix(ROOM).rstrip(" :"), blank=True)
    return Item(wording)


def _chosen(catalogue: Catalogue, slots: Mapping[str, Any], name: str) -> set[str]:
    """The choices made in every record; a question left out by an organisation, or no longer called for, has none."""
    question = catalogue.questions.get(name)
    if question is None:
        return set()
    records = all_records(catalogue, catalogue.form_of(name), slots) if question.repeats else [slots]
    answers = (Answer.from_slot(record.get(name)) for record in records if is_relevant(question, {**slots, **record}))
    return {choice for answer in answers if answer for choice in answer.choices}
