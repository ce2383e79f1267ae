"""How findings become spans."""

from __future__ import annotations

from balise.privacy.folding import fold
from balise.privacy.kinds import Kind
from balise.privacy.merge import Masked, apply, merge
from balise.privacy.recognisers import Found


def test_overlapping_spans_become_one_of_the_first_kind() -> None:
    message = fold("4127 rue des erables")
    assert merge(message, [Found(0, 20, Kind.ADDRESS), Found(13, 20, Kind.PERSON)]) == [
        Masked(0, 20, Kind.ADDRESS, False)
    ]


def test_names_side_by_side_are_one_person() -> None:
    text = "nadia ben salah"
    spans = merge(fold(text), [Found(0, 5, Kind.PERSON), Found(6, 9, Kind.PERSON), Found(10, 15, Kind.PERSON)])
    assert apply(text, spans) == "[personne]"


def test_names_in_a_list_stay_apart() -> None:
    text = "nadia, salma"
    spans = merge(fold(text), [Found(0, 5, Kind.PERSON), Found(7, 12, Kind.PERSON)])
    assert apply(text, spans) == "[personne], [personne]"


def test_a_joined_span_is_unsure_only_if_each_part_was() -> None:
    message = fold("nadia salah")
    spans = merge(message, [Found(0, 5, Kind.PERSON, unsure=True), Found(6, 11, Kind.PERSON)])
    assert spans == [Masked(0, 11, Kind.PERSON, False)]


def test_offsets_come_back_through_accents_and_invisible_characters() -> None:
    text = "e\u0301li\u200bse œuvre"
    message = fold(text)
    assert message.text == "elise oeuvre"
    assert message.back(0, 5) == (0, 7)
    assert text[slice(*message.back(6, 12))] == "œuvre"
