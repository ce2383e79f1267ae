"""The vectors that every implementation of the format reads, and plans drawn from the real content."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from balise.plan import records
from balise.plan.answers import SKIPPED, UNKNOWN, Answer
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS, Catalogue, Question
from balise.plan.catalogue import load as load_catalogue

untimed = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""For every property: a busy machine is no fault."""
ONCE = ("gate_province", "follow_up_changed")
"""What a code keeps of the forms that are not sections of the plan."""


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
    return content


def answers(question: Question) -> st.SearchStrategy[dict[str, Any] | None]:
    """The slot of a question: nothing, skipped, not known, or choices as the guide takes them."""
    values = [choice.value for choice in question.choices]
    together = [choice.value for choice in question.choices if not choice.exclusive] if question.several else []
    alone: list[Answer | None] = [None, SKIPPED, *(Answer((value,)) for value in dict.fromkeys([UNKNOWN, *values]))]

    def numbered(number: int) -> dict[str, Any] | None:
        """One draw for each question: the first ones, then every set of boxes."""
        ticked = number - len(alone) + 1
        several = Answer(tuple(value for place, value in enumerate(together) if ticked >> place & 1))
        answer = alone[number] if number < len(alone) else several
        return answer.to_slot() if answer else None

    return st.integers(0, len(alone) + 2 ** len(together) - 2).map(numbered)


@st.composite
def plans(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """The slots of a conversation that holds any plan, its records made as the guide makes them."""
    catalogue: Catalogue = load_catalogue()
    slots: dict[str, Any] = {name: draw(answers(catalogue.questions[name])) for name in ONCE}
    for section in draw(st.sets(st.sampled_from([*PLAN_FORMS, *REFERRAL_FORMS]))):
        questions = list(catalogue.questions_of(section))
        for question in questions:
            if not question.repeats:
                slots[question.name] = draw(answers(question))
        repeated = [question for question in questions if question.repeats]
        for _ in range(draw(st.integers(0, 4)) if repeated else 0):
            slots.update(records.open_new(catalogue, section, slots))
            slots.update({question.name: draw(answers(question)) for question in repeated})
        begun = records.all_records(catalogue, section, slots)
        if begun and draw(st.booleans()):
            slots.update(records.open_again(catalogue, section, slots, draw(st.integers(0, len(begun) - 1))))
    return slots


def held(catalogue: Catalogue, slots: dict[str, Any]) -> dict[str, Any]:
    """A plan as a worker sees it: what was answered once, and the records of each section."""
    sections = (*PLAN_FORMS, *REFERRAL_FORMS)
    names = [*ONCE, *(q.name for section in sections for q in catalogue.questions_of(section) if not q.repeats)]
    once = {name: slots[name] for name in names if slots.get(name)}
    return {"once": once, **{section: records.all_records(catalogue, section, slots) for section in sections}}
