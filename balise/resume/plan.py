"""What is taken away of a conversation: the answers of the plan, by name; and how they come back into its slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from balise.plan.answers import UNKNOWN, Answer, is_preset
from balise.plan.catalogue import PLAN_FORMS, PROVINCE, REFERRAL_FORMS, Catalogue, Question
from balise.plan.records import all_records, current, position

Answers = dict[str, Answer]

_ONCE = {"gates_form": (PROVINCE,), "follow_up_form": ("follow_up_changed",)}
"""What a plan keeps of the forms that are about the moment: as its summary, and the province."""


@dataclass
class Plan:
    """Answers given once, by question; and the records of each section that repeats, in their order.

    `filling` is the place, from 0, of the record that is open; a section without one has them all put aside.
    """

    answers: Answers = field(default_factory=dict)
    records: dict[str, list[Answers]] = field(default_factory=dict)
    filling: dict[str, int] = field(default_factory=dict)

    def put(self, section: str, records: Sequence[Answers], filling: int | None) -> None:
        """Set the records of `section`, leaving out those that hold nothing; `filling` counts those too."""
        self.records[section] = [record for record in records if record]
        if filling is not None and 0 <= filling < len(records) and records[filling]:
            self.filling[section] = sum(1 for record in records[:filling] if record)


def kept(catalogue: Catalogue) -> Iterator[tuple[str, Question]]:
    """(section, question) of all that is taken away, in the order in which it is asked."""
    for section, names in _ONCE.items():
        yield from ((section, catalogue.questions[name]) for name in names if name in catalogue.forms[section])
    for section in (*PLAN_FORMS, *REFERRAL_FORMS):
        yield from ((section, question) for question in catalogue.questions_of(section))


def plan_of(catalogue: Catalogue, slots: Mapping[str, Any]) -> Plan:
    """What the slots of a conversation hold of a plan. What the organisation's settings answered is left to them."""
    plan = Plan()
    for section, question in kept(catalogue):
        answer = Answer.from_slot(slots.get(question.name))
        if question.repeats:
            if section not in plan.records:
                some = [_answers(record) for record in all_records(catalogue, section, slots)]
                is_open = current(catalogue, section, slots)
                plan.put(section, some, position(catalogue, section, slots) if is_open else None)
        elif answer is not None and not is_preset(slots.get(question.name)):
            plan.answers[question.name] = answer
    return plan


def _answers(record: Mapping[str, Any]) -> Answers:
    return {name: answer for name, value in record.items() if (answer := Answer.from_slot(value)) is not None}


def slots_of(plan: Plan) -> dict[str, Any]:
    """The slots to set so that a conversation holds `plan` (as balise/plan/records.py keeps it)."""
    slots: dict[str, Any] = {name: answer.to_slot() for name, answer in plan.answers.items()}
    for section, records in plan.records.items():
        filled: list[Any] = [{name: answer.to_slot() for name, answer in record.items()} for record in records]
        place = plan.filling.get(section)
        if place is not None:
            slots.update(filled[place])
            filled[place:] = [None, *filled[place + 1 :]] if filled[place + 1 :] else []
        if filled:
            slots[f"records_{section}"] = filled
    return slots


def fitted(catalogue: Catalogue, plan: Plan) -> tuple[Plan, list[str]]:
    """What of `plan` the present content still asks and offers; and the names of the questions where something of it
    is no more there."""
    homes = {question.name: (section, question) for section, question in kept(catalogue)}
    gone: list[str] = []

    def fit(answers: Answers, section: str | None) -> Answers:
        out = {}
        for name, answer in answers.items():
            home, question = homes.get(name, ("", None))
            if question is None or question.repeats != (section is not None) or (section and section != home):
                gone.append(name)
                continue
            known = [choice.value for choice in question.choices] + [UNKNOWN]
            choices = tuple(dict.fromkeys(value for value in known if value in answer.choices))
            if set(choices) != set(answer.choices):
                gone.append(name)
            if choices or answer.note or answer.skipped:
                out[name] = Answer(choices, answer.note, answer.skipped)
        return out

    out = Plan(fit(plan.answers, None))
    for section, records in plan.records.items():
        out.put(section, [fit(record, section) for record in records], plan.filling.get(section))
    return out, list(dict.fromkeys(gone))
