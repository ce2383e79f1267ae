"""Providers side by side: what each answered, without a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue, Question
from balise.plan.records import all_records, letter, repeating

FORM = "provider_form"


@dataclass(frozen=True)
class Comparison:
    """One row a question, one column a provider (A, B, C…), in the order in which they were called."""

    providers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def words_of(question: Question, answer: Answer | None, texts: Mapping[str, str]) -> str:
    """An answer as one line: its choices by title, then the note between « »; "" where nothing was said."""
    if answer is None or answer.skipped:
        return ""
    titles = []
    for value in answer.choices:
        choice = question.choice(value)
        titles.append(choice.title if choice else texts["utter_unknown"])
    said = ", ".join(titles)
    return f"{said} « {answer.note} »".strip() if answer.note else said


def compare(catalogue: Catalogue, slots: Mapping[str, Any]) -> Comparison | None:
    """Every provider of the plan, those left half-way too; None where there is none."""
    records = all_records(catalogue, FORM, slots)
    if not records:
        return None
    rows = []
    for name in repeating(catalogue, FORM):
        question = catalogue.questions[name]
        cells = (words_of(question, Answer.from_slot(record.get(name)), catalogue.texts) for record in records)
        rows.append((question.label, tuple(cell or "—" for cell in cells)))
    return Comparison(tuple(letter(index) for index in range(len(records))), tuple(rows))
