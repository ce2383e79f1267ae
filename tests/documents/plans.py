"""Plans to make documents of: any that a conversation could leave, and one where all is answered."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue, Question
from balise.plan.records import repeating

NOTE = "dit que ça ira mieux bientôt, à l'œil"
"""A note of every answer of `full`."""


def answers(question: Question) -> st.SearchStrategy[Any]:
    """An answer to one question: some choices, or none; a note, or none; skipped; or nothing at all."""
    values = [choice.value for choice in question.choices]
    chosen = st.lists(st.sampled_from(values), unique=True, max_size=len(values) if question.several else 1)
    notes = st.one_of(st.none(), st.just(NOTE))
    told = st.builds(lambda choices, note: Answer(tuple(choices), note).to_slot(), chosen, notes)
    return st.one_of(told, st.none(), st.just(Answer(skipped=True).to_slot()))


def plans(catalogue: Catalogue) -> st.SearchStrategy[dict[str, Any]]:
    """The slots of a plan."""
    slots: dict[str, Any] = {name: answers(question) for name, question in catalogue.questions.items()}
    for form in catalogue.forms:
        names = repeating(catalogue, form)
        if names:
            record = st.fixed_dictionaries({name: slots[name] for name in names})
            slots[f"records_{form}"] = st.lists(record, max_size=4)
    return st.fixed_dictionaries(slots)


def full(catalogue: Catalogue, note: str | None = NOTE, records: int = 2) -> dict[str, Any]:
    """A plan where every question is answered: all its choices, or the first where one fits; `records` of each kind."""
    slots: dict[str, Any] = {}
    for name, question in catalogue.questions.items():
        values = [choice.value for choice in question.choices if not choice.exclusive]
        slots[name] = Answer(tuple(values if question.several else values[:1]), note).to_slot()
    for form in catalogue.forms:
        names = repeating(catalogue, form)
        if names:
            slots[f"records_{form}"] = [{name: slots[name] for name in names} for _ in range(records - 1)]
    return slots
