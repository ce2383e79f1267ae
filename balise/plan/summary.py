"""The summary: what the plan holds, section by section, at any moment. Built on demand, never kept.

It never holds the opening gates (they are about the moment, not the plan), a score, or anything that identifies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from balise.plan.answers import UNKNOWN, Answer
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS, Catalogue, Question
from balise.plan.changes import changes
from balise.plan.order import is_relevant, remaining
from balise.plan.records import all_records, letter, repeating
from balise.plan.referral import FORM as PROVIDERS
from balise.plan.referral import Comparison, compare, words_of

Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One answered question: its label, the answer in words, and a line to fill in by hand, if any."""

    label: str
    text: str
    blank: str | None = None


@dataclass(frozen=True)
class Part:
    """One section, or one record of a section that repeats."""

    title: str
    lines: tuple[Line, ...]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """A whole plan. `left` names the sections that were begun and still hold questions."""

    parts: tuple[Part, ...]
    comparison: Comparison | None
    left: tuple[str, ...]
    reminders: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not self.parts


def _line(catalogue: Catalogue, question: Question, answer: Answer) -> Line:
    text = words_of(question, answer, catalogue.texts)
    alone = [choice for value in answer.choices if (choice := question.choice(value)) and choice.exclusive]
    told = alone or question.rest in answer.choices or UNKNOWN in answer.choices
    if question.rest and answer.choices and not told:
        text += " " + catalogue.texts["utter_summary_rest_unknown"]
    # « None of these » leaves nothing to fill in by hand.
    none = question.nothing is not None and question.nothing in alone
    return Line(question.label, text, None if none else question.blank)


def _part(catalogue: Catalogue, title: str, names: list[str], answers: Slots, slots: Slots) -> Part:
    lines, skipped = [], []
    merged = {**slots, **answers}
    for name in names:
        question = catalogue.questions[name]
        answer = Answer.from_slot(answers.get(name))
        if answer is None or not is_relevant(question, merged):
            continue
        if answer.skipped:
            skipped.append(question.label)
        else:
            lines.append(_line(catalogue, question, answer))
    return Part(title, tuple(lines), tuple(skipped))


def record_title(catalogue: Catalogue, form: str, index: int, count: int) -> str:
    """The section's name, with the record's own where there are several (a provider always has one)."""
    title = catalogue.title(form)
    if count < 2 and form != PROVIDERS:
        return title
    return f"{title} — {catalogue.texts[f'utter_record_{form}'].format(letter=letter(index))}"


def section_parts(catalogue: Catalogue, form: str, slots: Slots, only: int | None = None) -> list[Part]:
    """What `form` holds: one part for each record, then one for the questions asked once. Empty parts are left out.

    `only` keeps one record, by its place from 0.
    """
    names = catalogue.forms[form]
    repeated = repeating(catalogue, form)
    first = names.index(repeated[0]) if repeated else 0
    before = [name for name in names[:first] if name not in repeated]
    once = [name for name in names[first:] if name not in repeated]
    title = catalogue.title(form)
    records = all_records(catalogue, form, slots)
    parts = [_part(catalogue, title, before, slots, slots)]
    parts += [
        _part(catalogue, record_title(catalogue, form, index, len(records)), repeated, record, slots)
        for index, record in enumerate(records)
        if only is None or index == only
    ]
    parts.append(_part(catalogue, title, once, slots, slots))
    return [part for part in parts if part.lines or part.skipped]


def summarise(catalogue: Catalogue, slots: Slots) -> Summary:
    """The summary of the answers in `slots`, however few."""
    forms = ("follow_up_form", *PLAN_FORMS, *REFERRAL_FORMS)
    parts, left = [], []
    for form in forms:
        if form == "follow_up_form":
            # Its other questions are borrowed from the sections, where they are told.
            told = _part(catalogue, catalogue.title(form), ["follow_up_changed"], slots, slots)
            since = tuple(Line(label, text) for label, text in changes(catalogue, slots.get("before"), slots))
            told = replace(told, lines=told.lines + since)
            found = [told] if told.lines else []
        else:
            found = section_parts(catalogue, form, slots)
            if found and remaining(catalogue, form, slots):
                left.append(catalogue.title(form))
        parts.extend(found)
    return Summary(tuple(parts), compare(catalogue, slots), tuple(left), catalogue.texts["utter_summary_reminders"])
