"""The neutral reminder: nothing but everyday lines that stand on its list, whatever the plan holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balise.content.check import forbidden
from balise.content.reminder import betrayals
from balise.documents.model import Blank, Heading, Item
from balise.documents.reminder import ROOM, reminder
from balise.documents.text import text
from balise.documents.words import words
from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue, load
from tests.documents.plans import NOTE, full, plans

LISTED = words("reminder")
ANYONE = [Item(line) for line in LISTED["anyone"]]
BETRAYS = forbidden()["betrays"]


def allowed() -> set[Item]:
    lines = [*LISTED["anyone"], *(line for lines in LISTED["choices"].values() for line in lines.values())]
    return {Item(line.removesuffix(f" : {ROOM}"), line.endswith(ROOM)) for line in lines}


def items(catalogue: Catalogue, slots: dict[str, Any]) -> list[Item]:
    """The lines of the reminder, once its frame was found whole."""
    document = reminder(catalogue, slots)
    title, *middle, room = document.blocks
    assert (title, room) == (Heading(LISTED["title"], 1), Blank(lines=2))
    assert (document.footer, document.pages) == (None, None)
    return [block for block in middle if isinstance(block, Item)]


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(plans(load()))
def test_no_plan_betrays_the_person(slots: dict[str, Any]) -> None:
    catalogue = load()
    found = items(catalogue, slots)
    assert found[: len(ANYONE)] == ANYONE
    assert set(found) <= allowed()
    assert len(found) == len(set(found))
    said = text(reminder(catalogue, slots))
    assert list(betrayals(said, BETRAYS)) == []
    assert NOTE.split()[-1] not in said


def test_a_plan_where_everything_is_chosen_prints_everyday_lines(catalogue: Catalogue) -> None:
    found = items(catalogue, full(catalogue))
    assert set(found) <= allowed()
    assert list(betrayals(text(reminder(catalogue, full(catalogue))), BETRAYS)) == []
    assert {"Prendre les médicaments", "Recharger le téléphone", "Rendez-vous"} <= {item.text for item in found}


@given(st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_choice_that_is_not_listed_prints_nothing(data: st.DataObject) -> None:
    catalogue = load()
    name = data.draw(st.sampled_from(sorted(catalogue.questions)))
    choices = [choice.value for choice in catalogue.questions[name].choices]
    other = tuple(value for value in choices if value not in LISTED["choices"].get(name, {}))
    assert items(catalogue, {name: Answer(other, note=NOTE).to_slot()}) == ANYONE


def test_a_choice_of_a_finished_record_counts_once(catalogue: Catalogue) -> None:
    bring = Answer(("medication", "id_papers", "money"), note="dans le tiroir").to_slot()
    record = {"evacuation_bring": bring}
    slots = {"records_evacuation_form": [record, record], **record}
    assert items(catalogue, slots) == [*ANYONE, Item("Prendre les médicaments")]


def test_an_appointment_leaves_room_and_says_neither_when_nor_with_whom(catalogue: Catalogue) -> None:
    slots = {"care_review": Answer(("tomorrow",)).to_slot(), "risks_review": Answer(("few_days",)).to_slot()}
    assert items(catalogue, slots) == [*ANYONE, Item("Rendez-vous", blank=True)]


@pytest.mark.parametrize(
    "line",
    [
        "Préparer un sac",
        "Appeler Marie",
        "Mes papiers",
        "Sortir par l'arrière",
        "Rendez-vous demain à 14 h",
        "Un lieu sûr",
        "Plan de sécurité",
        "Police : 911",
        "Votre rendez-vous",
        "Argent pour l'autobus",
        "Mot convenu",
        "Maison d'hébergement",
    ],
)
def test_a_line_that_tells_is_refused(line: str) -> None:
    assert list(betrayals(line, BETRAYS))
