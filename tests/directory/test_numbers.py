"""Numbers are written one way, letters dial what they should, and a number in a text is found."""

from __future__ import annotations

import pytest

from balise.directory.numbers import digits, in_text, is_number, is_text_number, spells


@pytest.mark.parametrize(
    "number",
    [
        "9-1-1",
        "9-8-8",
        "2-1-1",
        "8-1-1",
        "1-833-900-1010",
        "902-449-2425",
        "1-902-449-2425",
        "310-6789",
        "867-555-0143",
    ],
)
def test_a_number_written_our_way_is_one(number: str) -> None:
    assert is_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "911",
        "9-1-2",
        "1-1-1",
        "18339001010",
        "1 833 900 1010",
        "833-900-1010",
        "1-834-900-1010",
        "1-811-900-1010",
        "1-833-100-1010",
        "1-833-900-101",
        "+1-833-900-1010",
        "911-555-0143",
        "1-900-555-0143",
        "310-678",
        "",
    ],
)
def test_any_other_is_not(number: str) -> None:
    assert not is_number(number)


def test_a_short_code_takes_texts_only() -> None:
    assert is_text_number("686868")
    assert not is_number("686868")
    assert not is_text_number("6868")


@pytest.mark.parametrize(
    ("vanity", "number"),
    [
        ("1-866-LE-CAVAC", "1-866-532-2822"),
        ("1 866 LE CAVAC", "1-866-532-2822"),
        ("1-800-SUICIDE", "1-800-784-2433"),
        # Letters beyond the last digit are dialled in vain.
        ("1-877-FEMAIDES", "1-877-336-2433"),
    ],
)
def test_letters_that_dial_the_number(vanity: str, number: str) -> None:
    assert spells(vanity, number)


def test_letters_that_dial_another_number() -> None:
    # The misprint that was found in an article (research 3.7).
    assert not spells("1-866-LE-CAVAC", "1-866-532-2622")
    assert not spells("1-866-532-2822", "1-866-532-2822")


def test_the_keypad_has_every_letter() -> None:
    assert digits("ABC DEF GHI JKL MNO PQRS TUV WXYZ") == "22233344455566677778889999"


@pytest.mark.parametrize(
    "text",
    [
        "appelez le 9-1-1",
        "le 988, jour et nuit",
        "1-833-900-1010",
        "(604) 836-6381",
        "604.836.6381",
        "au 310-6789.",
        "texto 686868",
    ],
)
def test_a_number_in_a_text_is_found(text: str) -> None:
    assert len(in_text(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "5-4-3-2-1",
        "le 2026-11-21",
        "24 heures sur 24",
        "4.20.1 à 4.23",
        "{line:suicide_988}",
        "call_911",
        "12 mois, 180 jours",
        "2014",
    ],
)
def test_what_is_no_number_is_left(text: str) -> None:
    assert in_text(text) == []
