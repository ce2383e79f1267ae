"""What a phone number looks like in Canada, and the letters of a telephone keypad."""

from __future__ import annotations

import re

TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
"""Area codes in service for toll-free calls (North American Numbering Plan)."""
KEYPAD = {
    letter: digit
    for digit, letters in {
        "2": "ABC",
        "3": "DEF",
        "4": "GHI",
        "5": "JKL",
        "6": "MNO",
        "7": "PQRS",
        "8": "TUV",
        "9": "WXYZ",
    }.items()
    for letter in letters
}
"""The digit under each letter (ITU-T E.161)."""

_AREA_CODES_IN_8 = ("807", "819", "825", "867", "873", "879")
"""The Canadian area codes that begin with 8 and are not toll-free."""
_PAID = ("900", "976")
_SHORT = re.compile(r"[2-9]-1-1|9-8-8")
_TEN_DIGITS = re.compile(r"(1-)?([2-9]\d{2})-[2-9]\d{2}-\d{4}")
_PROVINCE_WIDE = re.compile(r"310-\d{4}")
_SHORT_CODE = re.compile(r"\d{5,6}")
_IN_TEXT = re.compile(
    r"(?<![\w-])(?:\d-\d-\d(?![\d-])"
    r"|(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)"
    r"|310[-. ]\d{4}(?!\d)"
    r"|\d{5,}(?!\d)"
    r"|(?:[2-9]11|988)(?![\d-]))"
)


def is_number(number: str) -> bool:
    """Whether `number` can be called and is written our way: 9-1-1, 1-833-900-1010, 902-449-2425, 310-6789."""
    if _SHORT.fullmatch(number) or _PROVINCE_WIDE.fullmatch(number):
        return True
    found = _TEN_DIGITS.fullmatch(number)
    if found is None:
        return False
    long_distance, area = found.groups()
    if area in TOLL_FREE:
        return long_distance is not None
    return area not in _PAID and not area.endswith("11") and (area[0] != "8" or area in _AREA_CODES_IN_8)


def is_text_number(number: str) -> bool:
    """Whether a text message can go to `number`: a number as above, or a short code of five or six digits."""
    return is_number(number) or bool(_SHORT_CODE.fullmatch(number))


def digits(text: str) -> str:
    """The digits of a number, letters turned by the keypad: "1-866-LE-CAVAC" gives "18665322822"."""
    return "".join(KEYPAD.get(char, char) for char in text.upper() if char.isdigit() or char in KEYPAD)


def spells(vanity: str, number: str) -> bool:
    """Whether a number written with letters dials `number`. Letters beyond its last digit are dialled in vain."""
    said, dialled = digits(vanity), digits(number)
    return any(char.isalpha() for char in vanity) and said[: len(dialled)] == dialled


def in_text(text: str) -> list[str]:
    """Every phone number that stands in a text, as written there; a name with a number in it (call_911) is none."""
    return [found.group(0) for found in _IN_TEXT.finditer(text)]
