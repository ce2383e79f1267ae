"""`{line:ID}` in a text becomes the entry's number; a reference that can't be filled in is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from balise.directory.filling import ReferenceFault, filled, references
from balise.directory.reading import load_directory

Write = Callable[..., Path]
DATES = {"call": "appelé le {date}", "page": "page lue le {date}", "read": "vu le {date}", "doubtful": "doute, {date}"}


def test_a_reference_is_filled_in_wherever_it_stands(written: Write) -> None:
    directory = load_directory(written())
    body = {"text": "Le {line:night_line}.", "buttons": [{"words": ["{line:night_line:digits}"]}], "n": 3}
    expected = {"text": "Le 1-800-555-0143.", "buttons": [{"words": ["18005550143"]}], "n": 3}
    assert filled(body, directory, DATES) == expected
    assert list(references(body)) == ["night_line", "night_line"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("certainty: A", "certainty: A", "vu le 2026-11-21"),
        ("certainty: A", "certainty: B", "doute, 2026-11-21"),
        ("verified_on: null", "verified_on: 2026-11-30", "appelé le 2026-11-30"),
        ("verified_on: null", "verified_on: 2026-11-30\n  verify_by: page", "page lue le 2026-11-30"),
    ],
)
def test_a_date_says_how_it_was_verified(written: Write, entry: str, old: str, new: str, words: str) -> None:
    directory = load_directory(written(entry.replace(old, new)))
    assert filled("{line:night_line:date}", directory, DATES) == words


def test_other_words_in_braces_are_left() -> None:
    from balise.directory.model import Directory

    assert filled("{heard} {value}", Directory(), DATES) == "{heard} {value}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{line:day_line}", "n'est pas dans l'annuaire"),
        ("{line:night_line:text}", "n'a pas ce numéro"),
        ("{line:night_line:colour}", "n'existe pas"),
    ],
)
def test_a_reference_that_cannot_be_filled_in_is_refused(written: Write, text: str, told: str) -> None:
    with pytest.raises(ReferenceFault, match=told):
        filled(text, load_directory(written()), DATES)


def test_a_text_never_gives_a_line_known_from_memory_only(written: Write, entry: str) -> None:
    from_memory = load_directory(written(entry.replace("certainty: A", "certainty: C")))
    with pytest.raises(ReferenceFault, match="de mémoire"):
        filled("{line:night_line}", from_memory, DATES)
    confirmed = entry.replace("certainty: A", "certainty: C").replace("verified_on: null", "verified_on: 2026-11-30")
    assert filled("{line:night_line}", load_directory(written(confirmed)), DATES) == "1-800-555-0143"
