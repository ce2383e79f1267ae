"""Any plan comes back the same from its code and from its file; an older one comes back with what changed told."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.organisation import assemble
from balise.plan.answers import UNKNOWN, Answer, preset
from balise.plan.catalogue import PROJECT, Catalogue, Choice, load
from balise.plan.summary import summarise
from balise.resume.code import from_words, to_words
from balise.resume.envelope import Form, from_file, open_envelope, protect
from balise.resume.errors import FileTooLargeError, NewerError, PlanTooLongError, ResumeError, UnreadableError
from balise.resume.file import MOST_JSON, pack_file, restore_file
from balise.resume.packing import MOST_RECORDS, pack_plan, restore
from balise.resume.registry import load_registry, registered
from balise.resume.words import passphrase
from tests.resume.conftest import held, plans, untimed


def same(note: str) -> str:
    return note


@given(plans())
@untimed
def test_any_plan_comes_back_from_its_words(slots: dict[str, Any]) -> None:
    catalogue = load()
    packed = pack_plan(catalogue, slots)
    assert not packed.left_out
    assert not packed.notes
    words = " ".join(to_words(protect(packed.payload, None, Form.CODE)))
    back = restore(catalogue, open_envelope(from_words(words)))
    assert held(catalogue, back.slots) == held(catalogue, slots)
    assert summarise(catalogue, back.slots) == summarise(catalogue, slots)
    assert (back.is_older, back.added, back.gone) == (False, (), ())


@given(plans())
@settings(untimed, max_examples=10)
def test_any_plan_comes_back_from_its_protected_words(slots: dict[str, Any]) -> None:
    catalogue, said = load(), passphrase()
    words = " ".join(to_words(protect(pack_plan(catalogue, slots).payload, said, Form.CODE)))
    back = restore(catalogue, open_envelope(from_words(words), said.upper()))
    assert held(catalogue, back.slots) == held(catalogue, slots)


@given(plans(), st.text(min_size=1), st.data())
@untimed
def test_any_plan_comes_back_from_its_file_with_its_notes(slots: dict[str, Any], note: str, data: Any) -> None:
    catalogue = load()
    slots["care_watch"] = Answer(note=note).to_slot()
    file = protect(pack_file(catalogue, slots), None, Form.FILE)
    back = restore_file(catalogue, open_envelope(from_file(file)), same)
    assert held(catalogue, back.slots) == held(catalogue, slots)


def test_a_note_stays_out_of_a_code_and_is_told(catalogue: Catalogue) -> None:
    slots = {
        "care_with": Answer(("unknown",), note="une amie").to_slot(),
        "care_watch": Answer(note="elle dort peu").to_slot(),
    }
    packed = pack_plan(catalogue, slots)
    assert packed.notes == tuple(catalogue.questions[name].label for name in ("care_watch", "care_with"))
    assert packed.payload == pack_plan(catalogue, {"care_with": Answer(("unknown",)).to_slot()}).payload
    assert restore(catalogue, packed.payload).slots == {"care_with": {"choices": ["unknown"]}}


def test_the_moment_stays_out_of_a_code(catalogue: Catalogue) -> None:
    moment = [name for name in catalogue.forms["gates_form"] if name != "gate_province"]
    slots = {name: Answer(("yes",)).to_slot() for name in (*moment, "gate_field", "meeting_sections", "lines_need")}
    slots["gate_province"] = preset("qc")
    assert pack_plan(catalogue, slots).payload == pack_plan(catalogue, {}).payload
    assert restore(catalogue, pack_plan(catalogue, slots).payload).slots == {}


def test_random_payloads_neither_crash_nor_break_the_plan(catalogue: Catalogue) -> None:
    chance = random.Random(6)
    for _ in range(10_000):
        try:
            back = restore(catalogue, chance.randbytes(chance.randint(0, 60)))
        except (NewerError, UnreadableError):
            continue
        summarise(catalogue, back.slots)


def test_too_many_records_are_told_before_a_code_is_made(catalogue: Catalogue) -> None:
    slots = {"records_contacts_form": [{"contacts_role": Answer((UNKNOWN,)).to_slot()}] * (MOST_RECORDS + 1)}
    with pytest.raises(PlanTooLongError):
        pack_plan(catalogue, slots)
    back = restore_file(catalogue, pack_file(catalogue, slots), same)
    assert held(catalogue, back.slots) == held(catalogue, slots)


def changed(catalogue: Catalogue) -> Catalogue:
    """The content a year later: a question gone, one new, one moved to the records; a choice gone, one new."""
    questions = dict(catalogue.questions)
    means = questions["evacuation_means"]
    questions["evacuation_means"] = replace(means, choices=(*means.choices[1:], Choice("a_bicycle", "Un vélo")))
    questions["care_sleep"] = replace(questions["care_watch"], name="care_sleep", label="Sommeil")
    questions["places_risky"] = replace(questions["places_risky"], repeats=True)
    care = [name for name in catalogue.forms["care_form"] if name != "care_with"]
    return replace(catalogue, questions=questions, forms={**catalogue.forms, "care_form": (*care, "care_sleep")})


def test_an_older_code_is_read_with_what_changed(catalogue: Catalogue) -> None:
    old, label = load_registry(), {name: question.label for name, question in catalogue.questions.items()}
    means = [choice.value for choice in catalogue.questions["evacuation_means"].choices]
    slots = {
        "evacuation_means": Answer((means[0], means[1])).to_slot(),
        "care_with": Answer((UNKNOWN,)).to_slot(),
        "care_watch": Answer((UNKNOWN,)).to_slot(),
        "places_risky": Answer((UNKNOWN,)).to_slot(),
    }
    later = changed(catalogue)
    new = registered(old, later)
    assert new.version == old.version + 1
    payload = pack_plan(catalogue, slots, old).payload
    file = pack_file(catalogue, slots, old)
    for back in (restore(later, payload, new), restore_file(later, file, same, new)):
        assert back.slots == {"evacuation_means": {"choices": [means[1]]}, "care_watch": {"choices": [UNKNOWN]}}
        assert (back.version, back.is_older) == (old.version, True)
        assert set(back.added) == {label["evacuation_means"], "Sommeil", label["places_risky"]}
        assert set(back.gone) == {label["evacuation_means"], label["care_with"], label["places_risky"]}
    with pytest.raises(NewerError):
        restore(catalogue, pack_plan(later, slots, new).payload, old)
    with pytest.raises(NewerError):
        restore_file(catalogue, pack_file(later, slots, new), same, old)


def test_an_organisations_own_is_left_out_of_a_code_and_kept_in_its_file(catalogue: Catalogue) -> None:
    theirs = load(assemble(PROJECT / "organisations" / "exemple"))
    own = theirs.questions["contacts_team"]
    record = {own.name: Answer((own.choices[0].value,)).to_slot()} if own.repeats else {}
    slots = {
        "contacts_team": Answer((own.choices[0].value,)).to_slot(),
        "evacuation_means": Answer(("house_car",)).to_slot(),
        "risks_review": Answer((UNKNOWN,)).to_slot(),
        **record,
    }
    packed = pack_plan(theirs, slots)
    assert set(packed.left_out) == {own.label, theirs.questions["evacuation_means"].label}
    assert restore(theirs, packed.payload).slots == {"risks_review": {"choices": [UNKNOWN]}}
    file = pack_file(theirs, slots)
    assert held(theirs, restore_file(theirs, file, same).slots) == held(theirs, slots)
    # Brought to the project's own content: what that has no question for is told.
    back = restore_file(catalogue, file, same)
    assert back.slots == {"risks_review": {"choices": [UNKNOWN]}}
    other = catalogue.texts["utter_resume_other_question"]
    assert set(back.gone) == {other, catalogue.questions["evacuation_means"].label}
    # A section that this organisation leaves out is named by its label all the same.
    payload = pack_plan(catalogue, {"care_watch": Answer((UNKNOWN,)).to_slot()}).payload
    assert restore(theirs, payload).gone == (catalogue.questions["care_watch"].label,)


def test_notes_of_a_file_are_redacted_again(catalogue: Catalogue) -> None:
    slots = {"care_watch": Answer(note="appeler au 514-555-0142").to_slot()}
    back = restore_file(catalogue, pack_file(catalogue, slots), lambda note: note.replace("514-555-0142", "[…]"))
    assert back.slots["care_watch"]["note"] == "appeler au […]"


def _json(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"no compression",
        zlib.compress(b"no json"),
        zlib.compress(b"[" * 100_000),
        zlib.compress(b" " * (MOST_JSON + 1)),
        zlib.compress(bytes([0xFF])),
        _json({"version": 1, "answers": {}, "filling": {}, "records": {}})[:-3],
        _json({"version": 1, "answers": {}, "filling": {}, "records": {}}) + b"more",
        _json([]),
        _json({"version": 0, "answers": {}, "filling": {}, "records": {}}),
        _json({"version": "1", "answers": {}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": [], "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": []}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"choices": "unknown"}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"choices": [1]}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"note": 1}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"note": "a" * 8001}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"skipped": 1}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {"care_watch": {"skipped": True, "note": "a"}}, "filling": {}, "records": {}}),
        _json({"version": 1, "answers": {}, "filling": {}, "records": {"contacts_form": {}}}),
        _json({"version": 1, "answers": {}, "filling": {}, "records": {"contacts_form": [{}] * 1001}}),
        _json({"version": 1, "answers": {}, "filling": {}, "records": {"contacts_form": [[]]}}),
        _json({"version": 1, "answers": {}, "filling": {"contacts_form": "0"}, "records": {"contacts_form": []}}),
    ],
)
def test_a_file_of_another_make_is_told(catalogue: Catalogue, payload: bytes) -> None:
    with pytest.raises(UnreadableError):
        restore_file(catalogue, payload, same)


def test_a_file_never_says_its_own_words(catalogue: Catalogue) -> None:
    """Names that the content does not know are told by ours, and reach no slot."""
    canary = "canari"
    payload = _json(
        {
            "version": 1,
            "answers": {canary: {"choices": [canary]}, "care_watch": {"choices": [canary]}},
            "filling": {},
            "records": {canary: [{canary: {"choices": [canary]}}], "contacts_form": [{canary: {"note": canary}}]},
        }
    )
    assert canary not in repr(restore_file(catalogue, payload, same))


def test_a_plan_too_large_for_a_file_is_told(catalogue: Catalogue) -> None:
    slots = {"records_contacts_form": [{"contacts_role": Answer(note="é" * 8000).to_slot()}] * 100}
    with pytest.raises(FileTooLargeError):
        pack_file(catalogue, slots)


def test_no_error_keeps_what_was_typed(catalogue: Catalogue) -> None:
    """The chain of an error, printed whole, holds no word of a code, a passphrase or a note."""
    canary = "canarix"

    def raised(attempt: Callable[[], object]) -> BaseException:
        with pytest.raises(ResumeError) as caught:
            attempt()
        return caught.value

    plain = protect(b"a", None, Form.CODE)
    sealed = protect(b"a", passphrase(), Form.CODE)
    strange = _json({"version": 1, "answers": {canary: canary}, "filling": {}, "records": {}})
    for error in (
        raised(lambda: from_words(f"{' '.join(to_words(plain))} {canary}")),
        raised(lambda: open_envelope(sealed, canary)),
        raised(lambda: restore_file(catalogue, strange, same)),
    ):
        assert canary not in f"{error} {error!r} {error.__cause__!r}"
        assert error.__cause__ is None
        assert error.__context__ is None or error.__suppress_context__
