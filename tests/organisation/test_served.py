"""The worked example as `make run ORG=organisations/exemple` serves it: what it changes is there, the rest stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from balise.plan.catalogue import PROJECT
from balise.plan.typography import french
from tests.channels.served import Served

FOR = ("--organisation", "organisations/exemple")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    subprocess.run([sys.executable, "-m", "balise", "train", *FOR], cwd=PROJECT, check=True, capture_output=True)
    running = Served(arguments=FOR)
    yield running
    running.stop()


def talk(served: Served, *said: str) -> list[str]:
    """What the guide answers to each message, with its choices, as text."""
    secret, told = served.open(), []
    for text in said:
        answer = served.request("POST", "/message", {"message": text}, secret)[2]
        told.append("\n".join(one["text"] + str(one["choices"]) for one in answer["messages"]))
    return told


def test_its_own_line_comes_first_without_asking_for_the_province(served: Served) -> None:
    need, lines = talk(served, "/helplines", "trafficking")
    assert "province" not in need
    assert lines.index("Maison Exemple, personne de garde") < lines.index("1-833-900-1010")
    assert "514-555-0142" in lines


def test_its_own_question_is_asked_and_understood(served: Served) -> None:
    _, asked, after, plan = talk(served, "/open_contacts", "1", "la coordo", "résumé")
    assert french("Qui, dans l'équipe de la Maison, connaît ce plan ?") in asked
    assert french("Qui, dans l'équipe") not in after
    assert french("Dans l'équipe") in plan
    assert "La coordination" in plan


def test_a_choice_is_said_its_way_and_one_is_added(served: Served) -> None:
    asked = "\n".join(talk(served, "/open_evacuation", "1", "1", "1"))
    assert "Taxi avec le coupon de la Maison" in asked
    assert "Voiture de la Maison" in asked
    assert "Autobus ou métro" in asked


def test_its_own_card_is_a_tap_away(served: Served) -> None:
    menu, card = talk(served, "/guidance", "/guidance:house")
    assert "Protocole de la Maison" in menu
    assert "prévenir la coordination" in card
    assert "protocole interne de la Maison Exemple" in card


def test_a_section_left_out_is_nowhere_and_says_so_when_asked_for(served: Served) -> None:
    (menu,) = talk(served, "/sections")
    assert "/open_self_care" not in menu
    assert talk(served, "/open_self_care")[0].startswith(french("Cette partie n'est pas offerte ici."))
    sections = served.request("POST", "/map", {}, served.open())[2]["sections"]
    assert "/open_risks" in [section["value"] for section in sections]
    assert "/open_self_care" not in [section["value"] for section in sections]


def test_the_page_bears_its_name_colours_and_words(served: Served) -> None:
    page = served.request("GET", "/")[2]
    assert "Maison Exemple" in page
    assert "#7a1f4b" in page
    assert french("Un appareil de la Maison est plus sûr") in page
    assert "https://intranet.maison-exemple.ca/protocole" in page


def test_the_whole_content_can_be_exported_with_the_organisation_s(tmp_path: Path) -> None:
    document = tmp_path / "contenu.md"
    command = [sys.executable, "-m", "balise", "content", "export", "--to", str(document), *FOR]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    told = document.read_text(encoding="utf-8")
    assert french("Qui, dans l'équipe de la Maison, connaît ce plan ?") in told
    assert "514-555-0142" in told
