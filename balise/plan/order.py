"""Which question comes next, which came before, and what is left. Computed from the answers, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balise.plan.answers import Answer, has_choice, is_preset
from balise.plan.catalogue import Catalogue, Question

Slots = Mapping[str, Any]


def is_relevant(question: Question, slots: Slots) -> bool:
    """Whether an earlier answer calls for this question (always, where it has no condition)."""
    return question.only_if is None or has_choice(slots, *question.only_if)


def relevant(catalogue: Catalogue, form: str, slots: Slots) -> list[Question]:
    """The questions of `form` that the answers so far call for, in order.

    A condition on a question that `form` does not ask holds nothing back: the province is asked for its own sake
    where lines are wanted.
    """
    names = catalogue.forms[form]
    return [
        question
        for question in catalogue.questions_of(form)
        if is_relevant(question, slots) or (question.only_if is not None and question.only_if[0] not in names)
    ]


def next_question(catalogue: Catalogue, form: str, slots: Slots) -> str | None:
    """The first question of `form` without an answer, or opened again; None when nothing is left to ask."""
    reopened = slots.get("reopened") or ()
    for question in relevant(catalogue, form, slots):
        if question.name in reopened or Answer.from_slot(slots.get(question.name)) is None:
            return question.name
    return None


def previous_question(catalogue: Catalogue, form: str, slots: Slots, current: str | None) -> str | None:
    """The question of `form` asked before `current` (the last one where `current` is None); None at the start."""
    names = [question.name for question in relevant(catalogue, form, slots)]
    before = names[: names.index(current)] if current in names else names
    return next((name for name in reversed(before) if Answer.from_slot(slots.get(name)) is not None), None)


def remaining(catalogue: Catalogue, form: str, slots: Slots) -> int:
    """How many questions of `form` are still to be asked."""
    open_ones = [
        question for question in relevant(catalogue, form, slots) if Answer.from_slot(slots.get(question.name)) is None
    ]
    repeated = [question for question in open_ones if question.repeats]
    if slots.get(f"records_{form}") and len(repeated) == sum(
        question.repeats for question in relevant(catalogue, form, slots)
    ):
        # A record that was added and holds nothing is no record.
        open_ones = [question for question in open_ones if not question.repeats]
    return len(open_ones)


def is_started(catalogue: Catalogue, form: str, slots: Slots) -> bool:
    """Whether `form` holds an answer of the worker's, or a finished record."""
    said = (slots.get(name) for name in catalogue.forms[form])
    answers = (Answer.from_slot(value) for value in said if not is_preset(value))
    return bool(slots.get(f"records_{form}")) or any(answer is not None for answer in answers)
