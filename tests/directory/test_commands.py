"""`balise directory`: exit codes, what is printed, and what is written in an author's file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from balise.cli import main
from balise.directory import commands
from balise.directory.commands import check_directory, named_in_texts
from balise.directory.confirming import confirm
from balise.directory.form import as_form, to_verify
from balise.directory.reading import load_directory
from balise.plan.catalogue import ROOT

Write = Callable[..., Path]
TODAY = date(2026, 12, 1)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's content, which the commands take for the project."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "domain.yml", tmp_path)
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    return tmp_path


def test_the_project_is_in_order_on_the_day_it_was_read() -> None:
    assert check_directory(ROOT, max(line.looked_at() for line in load_directory(ROOT).lines)) == []


def test_a_release_is_refused_while_nobody_has_phoned() -> None:
    today = max(line.looked_at() for line in load_directory(ROOT).lines)
    faults = check_directory(ROOT, today, release=True)
    urgent = {line.id for line in load_directory(ROOT).lines if line.verified_on is None} & named_in_texts(ROOT)
    assert urgent <= {fault.split(" : ")[1] for fault in faults}


def test_a_release_passes_once_the_emergency_path_is_verified(copy: Path) -> None:
    today = max(line.seen_on for line in load_directory(copy).lines)
    for fault in check_directory(copy, today, release=True):
        confirm(copy, fault.split(" : ")[1], today)
    assert check_directory(copy, today, release=True) == []


def test_confirming_changes_one_date_and_nothing_else(copy: Path) -> None:
    path = copy / "data" / "directory" / "bc.yml"
    before = path.read_text(encoding="utf-8").splitlines()
    confirm(copy, "victimlinkbc", TODAY)
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("  verified_on: null", "  verified_on: 2026-12-01")]
    line = load_directory(copy).line("victimlinkbc")
    assert line is not None
    assert line.verified_on == TODAY


@pytest.mark.parametrize("line", load_directory(ROOT).lines, ids=lambda line: line.id)
def test_any_entry_can_be_confirmed_without_a_word_lost(copy: Path, line: object) -> None:
    folder = copy / "data" / "directory"
    before = {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.iterdir()}
    confirm(copy, line.id, TODAY)  # type: ignore[attr-defined]
    after = {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.iterdir()}
    assert before.keys() == after.keys()
    changed = [(old, new) for name in before for old, new in zip(before[name], after[name], strict=True) if old != new]
    assert changed == [("  verified_on: null", "  verified_on: 2026-12-01")]


def test_a_doubt_is_settled_by_itself_and_the_fact_is_then_shown(copy: Path) -> None:
    line = load_directory(copy).line("victimlinkbc")
    assert line is not None
    assert line.shown("text", TODAY) is None
    confirm(copy, "victimlinkbc", TODAY, field="text")
    settled = load_directory(copy).line("victimlinkbc")
    assert settled is not None
    assert settled.shown("text", TODAY) == "604-836-6381"
    assert settled.verified_on is None


def test_an_entry_from_memory_is_shown_once_confirmed(copy: Path) -> None:
    confirm(copy, "ab_family_violence", TODAY)
    line = load_directory(copy).line("ab_family_violence")
    assert line is not None
    assert line.can_be_shown(TODAY)


def test_an_unknown_entry_or_doubt_is_told_with_what_is_near(copy: Path) -> None:
    with pytest.raises(ValueError, match="Voulez-vous dire victimlinkbc"):
        confirm(copy, "victimlink", TODAY)
    with pytest.raises(ValueError, match="n'a pas de doute sur « hours »"):
        confirm(copy, "victimlinkbc", TODAY, field="hours")


def test_the_form_begins_with_the_emergency_path_and_asks_for_no_name() -> None:
    directory = load_directory(ROOT)
    named = named_in_texts(ROOT)
    due = to_verify(directory, named, TODAY)
    assert due[0].id == "emergency"
    urgent = [line.id in named or {"now", "suicide"} & set(line.needs) != set() for line in due]
    assert urgent[:3] == [True, True, True]
    form = as_form(due, TODAY)
    for line in directory.lines:
        assert f"balise directory confirm {line.id}" in form
        assert not line.number or f"[ ] téléphone : {line.number}" in form
    assert "Ne pas appeler ce numéro pour le vérifier" in form
    assert "votre nom" not in form.lower()


def test_what_was_verified_comes_back_when_it_gets_old(copy: Path) -> None:
    confirm(copy, "suicide_988", TODAY)
    ids = [line.id for line in to_verify(load_directory(copy), set(), TODAY)]
    assert "suicide_988" not in ids
    assert "suicide_988" in [line.id for line in to_verify(load_directory(copy), set(), date(2027, 7, 1))]


def test_exit_codes(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "stale"]) == 0
    assert main(["directory", "confirm", "octip"]) == 0
    assert main(["directory", "confirm", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
    assert main(["directory", "check", "--days", "100000"]) == 0
    assert main(["directory", "check", "--days", "100000", "--release"]) == 1
    out = capsys.readouterr().out
    assert "data/directory/canada.yml, ligne" in out
    assert "jamais vérifié" in out


def test_help_and_wrong_usage() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "balise", "directory", "--help"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0
    assert all(word in run.stdout for word in ("check", "stale", "confirm"))
    run = subprocess.run(
        [sys.executable, "-m", "balise", "directory", "check", "--days", "x"], capture_output=True, cwd=ROOT
    )
    assert run.returncode == 2
