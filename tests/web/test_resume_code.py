"""The browser's half of the resume code reads and makes what the server's half does (docs/resume-code.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from balise.resume import Form, ResumeError, from_file, from_words, open_envelope, passphrase, protect, to_words
from balise.resume import errors as kinds
from balise.resume.words import word_list
from tests.web.worker import Worker

VECTORS = json.loads((Path(__file__).parents[1] / "resume" / "vectors.json").read_text(encoding="utf-8"))
_HELPERS = """
  const made = await import('/guide/protection.js');
  const hex = held => Array.from(held, byte => byte.toString(16).padStart(2, '0')).join('');
  const bytes = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
  const told = async act => {
    try { return {value: await act()}; } catch (error) {
      if (!(error instanceof made.ResumeError)) throw error;
      return {error: error.text, values: error.values};
    }
  };
"""


@pytest.fixture
def opened(worker: Worker) -> Worker:
    return worker.opens()


def _asks(worker: Worker, script: str, given: Any) -> Any:
    """What `script` gives in the page, with `given`."""
    return worker.page.evaluate(f"async given => {{ {_HELPERS} {script} }}", given)


def _text(name: str) -> str:
    """The sentence of an error of the vectors."""
    error: type[ResumeError] = getattr(kinds, f"{name}Error")
    return error.text


def test_envelopes_open_and_are_written_as_in_the_vectors(opened: Worker) -> None:
    script = """return Promise.all(given.map(async ([envelope, secret, code]) => [
      hex(await made.open(bytes(envelope), secret)),
      code ? made.toWords(bytes(envelope)).join(' ') : null,
      code ? hex(made.fromWords(made.toWords(bytes(envelope)).join(' '))) : null,
    ]))"""
    cases = VECTORS["envelopes"]
    found = _asks(opened, script, [[c["envelope"], c["passphrase"], c["form"] == "code"] for c in cases])
    for case, (payload, words, again) in zip(cases, found, strict=True):
        assert payload == case["opened"]
        if case["form"] == "code":
            assert words == case["words"]
            assert again == case["envelope"]


def test_what_is_typed_is_read_and_told_as_in_the_vectors(opened: Worker) -> None:
    cases = VECTORS["reading"]
    script = "return Promise.all(given.map(text => told(() => hex(made.fromWords(text)))))"
    found = _asks(opened, script, [case["text"] for case in cases])
    for case, told in zip(cases, found, strict=True):
        if "error" in case:
            assert told == {"error": _text(case["error"]), "values": case["values"]}, case["why"]
        else:
            assert told == {"value": case["envelope"]}, case["why"]


def test_what_does_not_open_is_told_as_in_the_vectors(opened: Worker) -> None:
    script = (
        "return Promise.all(given.map(([held, secret]) => told(async () => hex(await made.open(bytes(held), secret)))))"
    )
    cases = VECTORS["opening"]
    found = _asks(opened, script, [[case["envelope"], case["passphrase"]] for case in cases])
    for case, told in zip(cases, found, strict=True):
        assert told.get("error") == (_text(case["error"]) if "error" in case else None), case["why"]
        assert told.get("value") == case.get("opened"), case["why"]


def test_files_are_told_apart_as_in_the_vectors(opened: Worker) -> None:
    script = "return Promise.all(given.map(held => told(() => hex(made.fromFile(bytes(held))))))"
    cases = VECTORS["files"]
    found = _asks(opened, script, [case["file"] for case in cases])
    for case, told in zip(cases, found, strict=True):
        assert told.get("error") == (_text(case["error"]) if "error" in case else None), case["why"]
        assert told.get("value") == case.get("envelope"), case["why"]


def test_each_side_opens_what_the_other_protects(opened: Worker) -> None:
    payload, secret = bytes(range(40)), passphrase()
    script = """return [
      hex(await made.protect(bytes(given[0]), given[1], 'words')),
      hex(await made.protect(bytes(given[0]), given[1], 'file')),
      hex(await made.open(bytes(given[2]), given[1])),
    ]"""
    theirs = protect(payload, secret, Form.CODE)
    words, file, ours = _asks(opened, script, [payload.hex(), secret, theirs.hex()])
    assert open_envelope(from_words(" ".join(to_words(bytes.fromhex(words)))), secret).rstrip(b"\0") == payload
    assert open_envelope(from_file(bytes.fromhex(file)), secret) == payload
    assert bytes.fromhex(ours).rstrip(b"\0") == payload


def test_a_passphrase_is_five_words_of_the_list_and_never_the_same(opened: Worker) -> None:
    made = _asks(opened, "return Array.from({length: 200}, () => made.passphrase())", None)
    words = [word for one in made for word in one.split()]
    assert len(words) == 1000
    assert set(words) <= set(word_list())
    assert len(set(made)) == 200
    # 1,000 draws of 4,096: some 883 different, far from any small part of the list.
    assert len(set(words)) > 800
