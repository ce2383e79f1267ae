"""Each kind of fault in the directory is told in one line that names file, place and entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from balise.directory.checking import lasting_faults, release_faults, stale_faults
from balise.directory.model import Standing
from balise.directory.reading import DirectoryError, load_directory

Write = Callable[..., Path]
TODAY = date(2026, 12, 1)


def test_an_entry_in_order_has_no_fault(written: Write) -> None:
    directory = load_directory(written())
    assert lasting_faults(directory) == []
    assert stale_faults(directory, TODAY) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  hours: null\n", "", "hours : manque"),
        ("hours: null", "hour: null", "hour : cette clé n'existe pas"),
        ("hours: null", "hours: 24", "un texte entre guillemets"),
        ('name: "Ligne de nuit"', "name: null", "name : un texte"),
        ("id: night_line", "id: Ligne de nuit", "id : un nom court"),
        ("nature: support", "nature: police", "« police » n'est pas un choix"),
        ("certainty: A", "certainty: D", "« D » n'est pas un choix"),
        ("seen_on: 2026-11-21", "seen_on: hier", "seen_on : une date"),
        ("seen_on: 2026-11-21", "seen_on: null", "seen_on : une date"),
        ("verified_on: null", 'verified_on: "2026-11-30"', "verified_on : une date"),
        ("[now, trafficking", "[help, trafficking", "« help » n'est pas un choix"),
        ("scope: [canada]", "scope: [qc]", "ce fichier est celui de « canada »"),
        ("scope: [canada]", "scope: [canada, qc]", "« canada » va seul"),
        ("scope: [canada]", "scope: canada", "une liste entre crochets"),
        ("certainty: A", "certainty: A\n  doubts: [{field: text, certainty: C}]", "chaque doute a"),
        (
            "certainty: A",
            "certainty: A\n  doubts:\n  - {field: colour, certainty: C, note: x, verified_on: null}",
            "colour",
        ),
        ("- id", "-- id", "ne peut pas être lu"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(written: Write, entry: str, old: str, new: str, told: str) -> None:
    assert old in entry
    with pytest.raises(DirectoryError) as error:
        load_directory(written(entry.replace(old, new)))
    assert any(told in fault for fault in error.value.faults), error.value.faults
    assert all(fault.startswith("data/directory/canada.yml") for fault in error.value.faults)


def test_the_line_of_the_file_is_named(written: Write, entry: str) -> None:
    broken = entry.replace("night_line", "other_line").replace("certainty: A", "certainty: D")
    with pytest.raises(DirectoryError, match=r"canada\.yml, ligne 23 : other_line : certainty"):
        load_directory(written(entry + broken))


def test_an_id_used_twice_is_told(written: Write, entry: str) -> None:
    with pytest.raises(DirectoryError, match="existe déjà"):
        load_directory(written(entry, qc=entry.replace("[canada]", "[qc]")))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="aucun fichier"):
        load_directory(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('source: "exemple.ca"', 'source: ""', "source : manque"),
        ("1-800-555-0143", "1 800 555 0143", "écrire comme"),
        ("1-800-555-0143", "1-801-555-014", "écrire comme"),
        ("text: null", 'text: "6868"', "text : « 6868 »"),
        ("web: null", 'web: "https://exemple.ca/page"', "l'adresse du site seulement"),
        ("text: null", 'vanity: "1-800-555-LINE"\n  text: null', "se compose 18005555463"),
        ('number: "1-800-555-0143"', "number: null", "ni numéro, ni texto, ni site"),
        ("needs: [now, trafficking, violence, suicide, any]", "needs: []", "à quel besoin"),
        ("suicide, any]", "suicide]", "aucune liste des services"),
        ("verified_on: null", "verified_on: 2026-11-20", "avant la date de lecture"),
        ("certainty: A", "certainty: A\n  instead_of: nothing", "« nothing » n'existe pas"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written: Write, entry: str, old: str, new: str, told: str) -> None:
    assert old in entry
    faults = lasting_faults(load_directory(written(entry.replace(old, new))))
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize("number", ["1-800-555-0143", "800-555-0143"])
def test_a_number_used_twice_is_told(written: Write, entry: str, number: str) -> None:
    other = entry.replace("night_line", "other_line").replace("Ligne de nuit", "Autre").replace("[canada]", "[qc]")
    other = other.replace("1-800-555-0143", number)
    faults = lasting_faults(load_directory(written(entry, qc=other)))
    assert any("déjà celui de night_line" in fault for fault in faults), faults


def test_a_name_used_twice_is_told(written: Write, entry: str) -> None:
    other = entry.replace("night_line", "other_line").replace("0143", "0144")
    faults = lasting_faults(load_directory(written(entry + other)))
    assert any("ce nom est déjà celui" in fault for fault in faults), faults


def test_one_service_may_take_calls_and_texts_on_one_number(written: Write, entry: str) -> None:
    both = entry.replace("text: null", 'text: "1-800-555-0143"')
    assert lasting_faults(load_directory(written(both))) == []


def test_a_stale_date_is_told_after_180_days(written: Write) -> None:
    directory = load_directory(written())
    assert stale_faults(directory, date(2027, 5, 20)) == []
    assert "181 jours sans vérification (180 au plus)" in stale_faults(directory, date(2027, 5, 21))[0]


def test_a_date_to_come_is_told(written: Write, entry: str) -> None:
    directory = load_directory(written(entry.replace("verified_on: null", "verified_on: 2026-12-24")))
    assert any("à venir" in fault for fault in stale_faults(directory, TODAY))


def test_a_doubt_once_settled_gets_stale_too(written: Write, entry: str) -> None:
    doubted = entry.replace("text: null", 'text: "686868"').replace("verified_on: null", "verified_on: 2027-06-01")
    doubted += "  doubts:\n  - {field: text, certainty: B, note: x, verified_on: 2026-11-22}\n"
    faults = stale_faults(load_directory(written(doubted)), date(2027, 6, 1))
    assert len(faults) == 1
    assert "doubts (text)" in faults[0]


def test_a_release_refuses_what_is_not_verified_in_the_emergency_path(written: Write, entry: str) -> None:
    assert "jamais vérifié" in release_faults(load_directory(written()), set(), TODAY)[0]
    verified = entry.replace("verified_on: null", "verified_on: 2026-11-30")
    directory = load_directory(written(verified))
    assert release_faults(directory, set(), TODAY) == []
    assert "trop longtemps" in release_faults(directory, set(), date(2027, 8, 1))[0]


def test_a_release_looks_at_what_the_texts_name_whatever_its_needs(written: Write, entry: str) -> None:
    quiet = entry.replace("night_line", "quiet_line").replace("Ligne de nuit", "Autre").replace("0143", "0144")
    quiet = quiet.replace("[now, trafficking, violence, suicide, any]", "[images]")
    directory = load_directory(written(entry.replace("verified_on: null", "verified_on: 2026-11-30") + quiet))
    assert release_faults(directory, set(), TODAY) == []
    assert "quiet_line" in release_faults(directory, {"quiet_line"}, TODAY)[0]


@pytest.mark.parametrize(
    ("certainty", "verified_on", "today", "standing"),
    [
        ("A", "null", TODAY, Standing.READ),
        ("A/B", "null", TODAY, Standing.DOUBTFUL),
        ("B", "null", TODAY, Standing.DOUBTFUL),
        ("C", "null", TODAY, Standing.HIDDEN),
        ("C", "2026-11-30", TODAY, Standing.VERIFIED),
        ("B", "2026-11-30", TODAY, Standing.VERIFIED),
        ("A", "2026-11-30", date(2027, 8, 1), Standing.DOUBTFUL),
        ("A", "null", date(2027, 8, 1), Standing.DOUBTFUL),
        ("C", "2026-11-30", date(2027, 8, 1), Standing.DOUBTFUL),
    ],
)
def test_how_far_an_entry_can_be_relied_on(
    written: Write, entry: str, certainty: str, verified_on: str, today: date, standing: Standing
) -> None:
    text = entry.replace("certainty: A", f"certainty: {certainty}")
    text = text.replace("verified_on: null", f"verified_on: {verified_on}")
    line = load_directory(written(text)).lines[0]
    assert line.standing(today) is standing
