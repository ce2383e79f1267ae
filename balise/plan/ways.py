"""The five ways in, and which section comes next on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balise.plan.answers import Answer
from balise.plan.catalogue import PLAN_FORMS, REFERRAL_FORMS, Catalogue
from balise.plan.order import is_started, next_question, remaining

WAYS: Mapping[str, tuple[str, ...]] = {
    "start_plan": ("gates_form", *PLAN_FORMS),
    "start_field": ("field_form",),
    "start_meeting": ("gates_form", "meeting_form"),
    "start_referral": REFERRAL_FORMS,
    # The gates of a follow-up are one question of its own form (gate_field): it is to take five minutes.
    "start_follow_up": ("follow_up_form",),
}
"""Intent to sections (research/content-and-peers.md section 5, « Time budgets »)."""

SECTIONS: Mapping[str, str] = {
    "open_evacuation": "evacuation_form",
    "open_risks": "risks_form",
    "open_places": "places_form",
    "open_communications": "communications_form",
    "open_contacts": "contacts_form",
    "open_self_care": "care_form",
}
"""Intent to the section that it opens."""

OPENED_BY: Mapping[str, str] = {**SECTIONS, "start_referral": REFERRAL_FORMS[0]}
"""Every message of the map, and the section that it opens."""

REVIEWED = (*PLAN_FORMS, *REFERRAL_FORMS)
"""Sections whose end opens a review; the others lead straight on."""

_FIELD_GATE = "gate_field"


def is_done(catalogue: Catalogue, form: str, slots: Mapping[str, Any]) -> bool:
    """Whether `form` has nothing left to ask. The field way asks the gates as one question."""
    if form == "gates_form" and Answer.from_slot(slots.get(_FIELD_GATE)) is not None:
        return True
    return next_question(catalogue, form, slots) is None


def chosen_sections(catalogue: Catalogue, form: str, slots: Mapping[str, Any]) -> list[str]:
    """The sections that the answers of `form` open (choices with `opens:`), in the order of the choices."""
    opened: list[str] = []
    for question in catalogue.questions_of(form):
        answer = Answer.from_slot(slots.get(question.name))
        for choice in question.choices:
            if choice.opens and answer and choice.value in answer.choices and choice.opens not in opened:
                opened.append(choice.opens)
    return opened


CHOOSERS = ("meeting_form", "follow_up_form")
"""Sections whose answers name the sections to open."""
REVIEW = "review:"
"""Before a section in an itinerary: it is done, and is opened to be read again."""


def section_of(stop: str) -> str:
    """The section of a stop of the itinerary."""
    return stop.removeprefix(REVIEW)


def after(catalogue: Catalogue, itinerary: Sequence[str], slots: Mapping[str, Any]) -> list[str]:
    """What is left of the way: sections done are dropped, and a section that chooses others is replaced by them.

    A section chosen although it is done is opened at its review.
    """
    left: list[str] = []
    for stop in itinerary:
        done = is_done(catalogue, section_of(stop), slots)
        if stop in CHOOSERS and done:
            for form in chosen_sections(catalogue, stop, slots):
                left.append(REVIEW + form if is_done(catalogue, form, slots) else form)
        elif stop.startswith(REVIEW) or not done:
            left.append(stop)
    return list(dict.fromkeys(left))


def begin(catalogue: Catalogue, way: str, slots: Mapping[str, Any], waiting: Sequence[str]) -> list[str]:
    """The itinerary of a way in (a key of `WAYS`), what was under way (`waiting`) after it.

    Sections done are left out; what a meeting chooses and what changed are asked afresh; the providers, once asked
    about, are opened at their review, where one more can be added.
    """
    stops = []
    for form in WAYS[way]:
        if form in CHOOSERS or not is_done(catalogue, form, slots):
            stops.append(form)
        elif form == REFERRAL_FORMS[0] and catalogue.offers(form):
            stops.append(REVIEW + form)
    if not stops:
        # All done: the first section of the way is read again, the field way ends on its summary.
        offered = [form for form in WAYS[way] if form != "gates_form" and catalogue.offers(form)]
        stops = [REVIEW + form if form in REVIEWED else form for form in offered][:1]
    return list(dict.fromkeys([*stops, *waiting]))


def section_before(catalogue: Catalogue, form: str, slots: Mapping[str, Any]) -> str | None:
    """The section with an answer that comes before `form` in the plan; None where there is none."""
    order = ("gates_form", *CHOOSERS, *REVIEWED)
    earlier = order[: order.index(form)] if form in order else ()
    return next((other for other in reversed(earlier) if is_started(catalogue, other, slots)), None)


def after_review(catalogue: Catalogue, form: str, planned: Sequence[str | None], slots: Mapping[str, Any]) -> list[str]:
    """What is left of the way once `form` was read again; its own stops are passed."""
    stops = [stop for stop in dict.fromkeys(planned) if stop and section_of(stop) != form]
    return after(catalogue, stops, slots)


@dataclass(frozen=True)
class Section:
    """A section as the map shows it; `value` is the message that opens it, `answered` and `left` count questions."""

    title: str
    value: str
    answered: int
    left: int


def sections(catalogue: Catalogue, slots: Mapping[str, Any]) -> list[Section]:
    """Every section that can be opened, with what it holds and lacks; a finished record counts as one answer."""
    found = []
    for intent, form in OPENED_BY.items():
        if not catalogue.offers(form):
            continue
        answers = [Answer.from_slot(slots.get(name)) for name in catalogue.forms[form]]
        answered = sum(answer is not None for answer in answers) + len(slots.get(f"records_{form}") or ())
        found.append(Section(catalogue.title(form), f"/{intent}", answered, remaining(catalogue, form, slots)))
    return found
