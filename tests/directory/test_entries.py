"""Every entry of the project's own directory: what it must have, and how it is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from balise.directory.checking import lasting_faults
from balise.directory.model import PROVINCES, Line, Standing
from balise.directory.numbers import is_number
from balise.directory.reading import load_directory
from balise.directory.telling import LONGEST_BUBBLE, line_text
from balise.plan.catalogue import ROOT, load, read_responses
from balise.plan.typography import french

DIRECTORY = load_directory(ROOT)
SEEN = max(line.seen_on for line in DIRECTORY.lines)
EVERY = pytest.mark.parametrize("line", DIRECTORY.lines, ids=lambda line: line.id)


def shown(line: Line, today: date = SEEN) -> str:
    catalogue = load()
    names = {choice.value: choice.title for choice in catalogue.questions["gate_province"].choices}
    return line_text(line, catalogue.texts, names, today)


def test_the_directory_is_in_order() -> None:
    assert lasting_faults(DIRECTORY) == []


def test_every_province_and_territory_has_its_file() -> None:
    stems = {path.stem for path in (ROOT / "data" / "directory").glob("*.yml")}
    assert stems == {"canada", *PROVINCES}


@EVERY
def test_an_entry_says_where_its_facts_come_from(line: Line) -> None:
    assert line.source.strip()
    assert line.seen_on
    assert line.certainty in ("A", "A/B", "B", "C")


@EVERY
def test_an_entry_of_memory_only_is_never_shown(line: Line) -> None:
    if line.certainty == "C" and line.verified_on is None:
        assert not line.can_be_shown(SEEN)


@EVERY
def test_what_nobody_phoned_is_never_said_to_be_verified(line: Line) -> None:
    text = shown(line)
    if line.verified_on is None:
        assert "érifié par" not in text
        assert "érifié sur" not in text
        assert "pas encore vérifié" in text or "À vérifier" in text


@EVERY
def test_a_fact_of_memory_only_is_never_shown(line: Line) -> None:
    for doubt in line.doubts:
        value = getattr(line, doubt.field)
        if doubt.certainty == "C" and doubt.verified_on is None and value and value != line.number:
            assert value not in shown(line)


@EVERY
def test_a_doubtful_entry_is_marked(line: Line) -> None:
    if line.standing(SEEN) is Standing.DOUBTFUL:
        assert "À vérifier avant de donner" in shown(line)


@EVERY
def test_an_entry_is_marked_once_its_date_is_stale(line: Line) -> None:
    later = SEEN + timedelta(days=181)
    if line.standing(later) is not Standing.HIDDEN:
        assert "À vérifier avant de donner" in shown(line, later)


@EVERY
def test_an_entry_is_short_and_its_number_is_text(line: Line) -> None:
    if not line.can_be_shown(SEEN):
        return
    text = shown(line)
    assert all(len(french(bubble)) <= LONGEST_BUBBLE for bubble in text.split("\n\n"))
    assert "tel:" not in text
    assert "http" not in text
    if line.number:
        assert is_number(line.number)
        assert line.number in text


@EVERY
def test_the_police_and_tip_lines_say_so(line: Line) -> None:
    if line.nature in ("enforcement", "tip") and line.can_be_shown(SEEN):
        assert "pas du soutien" in shown(line)


def test_the_certainties_of_the_research_are_kept() -> None:
    """research/content-and-peers.md section 3.7, row by row."""
    certainty = {line.id: line.certainty for line in DIRECTORY.lines}
    assert certainty == {
        "emergency": "A",
        "trafficking_hotline": "A",
        "suicide_988": "A",
        "hope_for_wellness": "A/B",
        "mmiwg_line": "A",
        "kids_help_phone": "A/B",
        "cybertip": "B",
        "foreign_workers_line": "A",
        "crime_stoppers": "A",
        "womens_shelters": "A",
        "services_211": "B",
        "health_811": "C",
        "victimlinkbc": "A",
        "octip": "B",
        "bc_child_protection": "A",
        "services_211_bc": "A",
        "kuu_us": "B",
        "bc_mental_health": "B",
        "bc_suicide": "B",
        "bc_intimate_images": "A",
        "deborahs_gate": "B",
        "swan_vancouver": "B",
        "migrant_workers_centre": "B",
        "mosaic": "B",
        "sos_violence_conjugale": "A",
        "info_aide_violence_sexuelle": "A",
        "cavac": "B",
        "tel_jeunes": "B",
        "femaide": "A/B",
        "talk4healing": "B",
        "pas_bien_chez_soi": "B",
        "pas_bien_chez_moi": "B",
        "assaulted_womens_helpline": "C",
        "ab_family_violence": "C",
        "tess_ns": "B",
        "ns_police_trafficking": "B",
        "mb_line": "C",
    }


def test_every_number_of_the_texts_comes_from_the_directory() -> None:
    from balise.content.check import check

    assert [fault for fault in check(ROOT) if "s'écrit dans data/directory/" in fault] == []
    # And the texts do give numbers: the reference is filled in.
    assert load().texts["utter_emergency"].startswith("9-1-1")
    assert "{line:" in read_responses(ROOT / "data" / "responses")["utter_emergency"]["text"]
    assert not any("{line:" in text for text in load().texts.values())
