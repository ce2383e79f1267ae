"""Order, conditions, back and progress are computed from the answers."""

from __future__ import annotations

from balise.plan.answers import SKIPPED, Answer
from balise.plan.catalogue import Catalogue, load
from balise.plan.order import next_question, previous_question, remaining
from balise.plan.ways import WAYS, after

YES = Answer(("yes",)).to_slot()


def fill(catalogue: Catalogue, form: str, **values: object) -> dict[str, object]:
    """Answers to every question of `form`: its first choice, unless `values` says otherwise."""
    slots = {question.name: Answer((question.choices[0].value,)).to_slot() for question in catalogue.questions_of(form)}
    return {**slots, **values}


def test_the_first_question_without_an_answer_comes_next(catalogue: Catalogue) -> None:
    assert next_question(catalogue, "evacuation_form", {}) == "evacuation_situation"
    slots = {"evacuation_situation": Answer(("crisis_home",)).to_slot()}
    assert next_question(catalogue, "evacuation_form", slots) == "evacuation_exit"


def test_a_skipped_question_is_not_asked_again(catalogue: Catalogue) -> None:
    slots = {"evacuation_situation": SKIPPED.to_slot()}
    assert next_question(catalogue, "evacuation_form", slots) == "evacuation_exit"


def test_a_conditional_question_waits_for_its_condition(catalogue: Catalogue) -> None:
    slots = fill(catalogue, "gates_form", gate_minor=Answer(("no",)).to_slot(), gate_province=None)
    assert next_question(catalogue, "gates_form", slots) is None
    slots["gate_minor"] = Answer(("unknown",)).to_slot()
    assert next_question(catalogue, "gates_form", slots) == "gate_province"


def test_a_condition_holds_only_where_its_question_is_asked(catalogue: Catalogue) -> None:
    # The province is asked of a minor in the gates, and for its own sake where lines are wanted.
    assert next_question(catalogue, "lines_form", {}) == "gate_province"
    assert next_question(catalogue, "lines_form", {"gate_minor": Answer(("no",)).to_slot()}) == "gate_province"
    assert remaining(catalogue, "lines_form", {"gate_province": Answer(("qc",)).to_slot()}) == 1


def test_opening_a_question_again_keeps_every_later_answer(catalogue: Catalogue) -> None:
    slots = fill(catalogue, "care_form", reopened=["care_watch"])
    assert next_question(catalogue, "care_form", slots) == "care_watch"
    slots["reopened"] = None
    assert next_question(catalogue, "care_form", slots) is None


def test_back_passes_over_questions_that_were_not_called_for(catalogue: Catalogue) -> None:
    slots = {"gate_minor": Answer(("no",)).to_slot()}
    assert previous_question(catalogue, "gates_form", slots, "gate_consent") == "gate_minor"
    assert previous_question(catalogue, "gates_form", {}, "gate_worker_safe") is None


def test_what_is_left_counts_only_what_will_be_asked(catalogue: Catalogue) -> None:
    shelter = remaining(catalogue, "places_form", {"places_place": Answer(("shelter",)).to_slot()})
    home = remaining(catalogue, "places_form", {"places_place": Answer(("home",)).to_slot()})
    assert shelter == home + 1


def test_sections_chosen_for_a_meeting_replace_the_choice() -> None:
    catalogue = load()
    slots = fill(catalogue, "gates_form", meeting_sections=Answer(("contacts", "care")).to_slot())
    assert after(catalogue, WAYS["start_meeting"], slots) == ["contacts_form", "care_form"]


def test_the_field_way_stands_for_the_gates(catalogue: Catalogue) -> None:
    slots = {"gate_field": Answer(("none",)).to_slot()}
    assert after(catalogue, WAYS["start_plan"], slots)[0] == "evacuation_form"


def test_the_field_way_takes_at_most_eight_taps(catalogue: Catalogue) -> None:
    assert 1 + len(catalogue.forms["field_form"]) <= 8
