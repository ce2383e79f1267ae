"""What changed since a plan was taken up from a code: told answer by answer, without any judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balise.plan.answers import Answer
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS, Catalogue, Question
from balise.plan.records import all_records, letter, repeating
from balise.plan.referral import words_of

Slots = Mapping[str, Any]


def choices_only(slots: Slots) -> dict[str, Any]:
    """The answers of `slots` to be compared with later: choices and records, no note."""
    kept: dict[str, Any] = {}
    for name, value in slots.items():
        if name.startswith("records_"):
            kept[name] = [choices_only(record) if record else None for record in value or ()]
        elif (answer := Answer.from_slot(value)) is not None:
            kept[name] = Answer(answer.choices, skipped=answer.skipped).to_slot()
    return kept


def changes(catalogue: Catalogue, before: Slots | None, now: Slots) -> list[tuple[str, str]]:
    """Every answer that differs, as (label, what was and what is), in the order of the plan; nothing where no plan was
    taken up (`before` is None)."""
    if before is None:
        return []
    found: list[tuple[str, str]] = []
    for form in (*PLAN_FORMS, *REFERRAL_FORMS):
        repeated = repeating(catalogue, form)
        then, since = all_records(catalogue, form, before), all_records(catalogue, form, now)
        for index in range(max(len(then), len(since))):
            old, new = (records[index] if index < len(records) else {} for records in (then, since))
            record = catalogue.texts[f"utter_record_{form}"].format(letter=letter(index))
            for name in repeated:
                found += _change(catalogue, catalogue.questions[name], old, new, f"{record}, ")
        for question in catalogue.questions_of(form):
            if not question.repeats:
                found += _change(catalogue, question, before, now)
    # A question that stands in two sections is told once.
    return list(dict.fromkeys(found))


def _change(catalogue: Catalogue, question: Question, old: Slots, new: Slots, where: str = "") -> list[tuple[str, str]]:
    was, is_now = _answer(old, question), _answer(new, question)
    if (was is None and is_now is None) or (was and is_now and was.choices == is_now.choices):
        return []
    name = "utter_change_gone" if is_now is None else "utter_change_new" if was is None else "utter_change_since"
    value, heard = (words_of(question, answer, catalogue.texts) or "…" for answer in (was, is_now))
    return [(f"{where}{question.label}", catalogue.texts[name].format(value=value, heard=heard))]


def _answer(slots: Slots, question: Question) -> Answer | None:
    """The answer given; a passed question was not answered."""
    answer = Answer.from_slot(slots.get(question.name))
    return None if answer is None or answer.skipped else answer
