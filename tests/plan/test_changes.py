"""What changed since a plan was taken up from a code."""

from __future__ import annotations

from balise.plan.answers import Answer
from balise.plan.catalogue import load
from balise.plan.changes import changes, choices_only
from balise.plan.summary import summarise

CATALOGUE = load()
THEN = {
    "evacuation_situation": Answer(("crisis_home",)).to_slot(),
    "evacuation_exit": Answer(("main_door",), note="par le côté").to_slot(),
    "care_alone": Answer(("music",)).to_slot(),
    "care_watch": Answer(skipped=True).to_slot(),
}


def test_nothing_is_told_where_no_plan_was_taken_up() -> None:
    assert changes(CATALOGUE, None, THEN) == []


def test_nothing_is_told_where_nothing_changed() -> None:
    assert changes(CATALOGUE, choices_only(THEN), THEN) == []


def test_an_answer_changed_added_or_taken_back_is_told_once() -> None:
    now = {**THEN, "evacuation_exit": Answer(("window",)).to_slot(), "care_watch": Answer(("gut_feeling",)).to_slot()}
    del now["care_alone"]
    told = dict(changes(CATALOGUE, choices_only(THEN), now))
    label = CATALOGUE.questions["evacuation_exit"].label
    assert told[f"Situation A, {label}"].startswith("avant, Porte principale ; maintenant, ")
    assert told[CATALOGUE.questions["care_watch"].label].startswith("nouveau : ")
    assert told[CATALOGUE.questions["care_alone"].label] == "avant, Musique ; retiré"
    assert len(told) == 3


def test_a_note_added_to_a_choice_is_no_change_and_none_is_kept_to_compare_with() -> None:
    before = choices_only(THEN)
    assert "par le côté" not in repr(before)
    assert changes(CATALOGUE, before, {**THEN, "care_alone": Answer(("music",), note="le soir").to_slot()}) == []


def test_a_record_that_came_is_told_under_its_own_name() -> None:
    now = {**THEN, "records_evacuation_form": [{"evacuation_situation": Answer(("workplace",)).to_slot()}]}
    labels = [label for label, _ in changes(CATALOGUE, choices_only(THEN), now)]
    assert any(label.startswith("Situation B, ") for label in labels)


def test_the_summary_tells_it_with_the_follow_up() -> None:
    slots = {**THEN, "before": {}, "follow_up_changed": Answer(("evacuation",)).to_slot()}
    part = summarise(CATALOGUE, slots).parts[0]
    assert part.title == CATALOGUE.title("follow_up_form")
    assert part.lines[0].label == CATALOGUE.questions["follow_up_changed"].label
    assert any(line.text.startswith("nouveau : Musique") for line in part.lines)
