"""Numbers are never given twice, and the content never differs from them unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from balise.content.check import check
from balise.errors import OperatorError
from balise.organisation import faults as faults_of
from balise.plan.catalogue import PROJECT, Catalogue
from balise.resume import errors
from balise.resume.errors import ResumeError
from balise.resume.registry import FILE, faults, load_registry, read_registry, register, registered, written
from tests.resume.test_plan import changed

CARE = "data/responses/care.yml"
OTHER = '"Autre chose"'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's content."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    shutil.copy(PROJECT / "domain.yml", tmp_path)
    return tmp_path


def test_the_content_is_registered(catalogue: Catalogue) -> None:
    assert list(faults(load_registry(), catalogue)) == []


def test_what_was_registered_keeps_its_number(catalogue: Catalogue) -> None:
    before = load_registry()
    after = registered(before, changed(catalogue))
    assert registered(after, changed(catalogue)) is after
    for old, new in zip(before.questions, after.questions, strict=False):
        assert (old.number, old.name, old.since) == (new.number, new.name, new.since)
        for choice, same in zip(old.choices, new.choices, strict=False):
            assert (choice.number, choice.name, choice.since) == (same.number, same.name, same.since)
        assert new.names(before.version) == old.names(before.version)
    assert {q.name for q in after.questions if q.until} == {"care_with", "places_risky"}
    # What comes back has a number of its own.
    again = registered(after, catalogue)
    assert [q.number > len(after.questions) for q in again.questions if q.name == "care_with"] == [False, True]


def test_the_file_holds_the_whole_registry(catalogue: Catalogue, copy: Path) -> None:
    later = registered(load_registry(), changed(catalogue))
    (copy / FILE).write_text(written(later), encoding="utf-8")
    assert read_registry(copy) == later
    assert (PROJECT / FILE).read_text(encoding="utf-8") == written(load_registry())


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_check_tells_what_is_not_registered_and_one_command_mends_it(copy: Path) -> None:
    _edit(copy / CARE, "    - {title:", f"    - {{title: {OTHER}, payload: by_sea}}\n    - {{title:")
    found = check(copy)
    assert len(found) == 1
    assert found[0].startswith(f"{FILE} : care_")
    assert "« by_sea »" in found[0]
    assert "balise resume register" in found[0]
    registry, has_changed = register(copy)
    assert has_changed
    assert registry.version == load_registry().version + 1
    assert check(copy) == []
    assert register(copy) == (registry, False)


def test_the_check_tells_each_difference(catalogue: Catalogue) -> None:
    told = "\n".join(faults(load_registry(), changed(catalogue)))
    assert "la question « care_sleep » n'est pas inscrite" in told
    assert "la question « care_with » n'est plus" in told
    assert "la question « places_risky » n'est plus" in told
    assert "evacuation_means : « a_bicycle" in told


def test_an_organisations_own_questions_need_no_number() -> None:
    assert faults_of(PROJECT / "organisations" / "exemple") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number: 2\n", "number: 3\n", "les numéros des questions ne se suivent pas"),
        ('{number: 2, name: "ab"', '{number: 9, name: "ab"', "gate_province : les numéros des choix"),
        ("version: 1", "versions: 1", "ne peut pas être lu"),
    ],
)
def test_a_registry_edited_by_hand_is_told(copy: Path, old: str, new: str, told: str) -> None:
    _edit(copy / FILE, old, new)
    with pytest.raises(OperatorError, match=told):
        read_registry(copy)
    assert any(told in fault for fault in check(copy))


def _all(kind: type[ResumeError]) -> list[type[ResumeError]]:
    return [kind, *(found for below in kind.__subclasses__() for found in _all(below))]


def test_every_error_has_its_text(catalogue: Catalogue) -> None:
    named: dict[str, Callable[..., str]] = {}
    for kind in _all(ResumeError):
        if "text" in vars(kind):
            named[kind.text] = catalogue.texts[kind.text].format
    assert errors.NearWordError(3, "chapeau").values == {"place": "3", "near": "chapeau"}
    for text, fill in named.items():
        # Every brace is filled in by the values that the error carries.
        values = {"utter_resume_word": {"place": "3"}, "utter_resume_word_near": {"place": "3", "near": "chapeau"}}
        assert "{" not in fill(**values.get(text, {}))
    assert len(named) == len({text for text in catalogue.texts if text.startswith("utter_resume_")}) - 1


def test_an_entry_that_moves_is_a_new_one(catalogue: Catalogue) -> None:
    forms = dict(catalogue.forms)
    forms["risks_form"] = tuple(name for name in forms["risks_form"] if name != "risks_recent")
    forms["care_form"] = (*forms["care_form"], "risks_recent")
    # Given once in either section: it keeps its number, since an answer does not change place.
    assert registered(load_registry(), replace(catalogue, forms=forms)) is load_registry()
