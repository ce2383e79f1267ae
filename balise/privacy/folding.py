"""A message in the one form that recognisers read, with the way back to the characters as typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from balise.privacy.kinds import PLACEHOLDER

MASKED = "\ue000"
"""Stands, in folded text, for each character of a placeholder. Private use: no pattern matches it."""

# Letters of other alphabets that look like a Latin one (Unicode confusables, the common ones), after lower-casing.
_LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝквмнтгηαορνυιτκбзч",
        "aeopcyxijshdqwkbmhtrnaopvuitk634",
        strict=True,
    )
)
_PUNCTUATION = {
    **dict.fromkeys("’‘ʼ`´′ʹ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("“”«»„", '"'),
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "ß": "ss",
    "\u00a0": " ",
    "\u202f": " ",
    "\t": " ",
}
# A word wholly in another alphabet stays in it: nobody wrote Latin letters in disguise there.
_FOREIGN = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"{MASKED}+|[^\W\d_{MASKED}]+|\d+|[^\w\s{MASKED}]|_")


@dataclass(frozen=True)
class Token:
    """A run of letters, a run of digits, one sign, or a placeholder. Offsets are in the folded text."""

    start: int
    end: int
    text: str
    raw: str

    @property
    def is_word(self) -> bool:
        return self.text.isalpha()

    @property
    def is_number(self) -> bool:
        return self.text.isdigit()

    @property
    def is_masked(self) -> bool:
        return self.text.startswith(MASKED)

    @property
    def is_capitalised(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True)
class Folded:
    """`text` is lower case, without accents nor invisible characters; `origin[i]` is where its character i stood."""

    original: str
    text: str
    origin: tuple[int, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words, numbers and signs, in order."""
        return tuple(
            Token(match.start(), match.end(), match[0], self.original[slice(*self.back(match.start(), match.end()))])
            for match in _TOKEN.finditer(self.text)
        )

    @cached_property
    def shouted(self) -> bool:
        """Whether the whole message is in capitals, where capitals say nothing."""
        letters = [char for char in self.original if char.isalpha()]
        return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.8 * len(letters)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the folded span start:end was written as."""
        last = self.origin[end - 1] if end > start else self.origin[start]
        # Characters that left no trace (accents typed apart, zero-width) go with the one before them.
        after = next((place for place in self.origin[end:] if place > last), len(self.original))
        return self.origin[start], max(after, last + 1) if end > start else self.origin[start]


def _letters(char: str) -> str:
    char = _PUNCTUATION.get(char, char)
    # NFKD, as plan.words.fold: also full-width forms, ligatures, mathematical letters.
    plain = unicodedata.normalize("NFKD", char).lower()
    plain = "".join(
        _PUNCTUATION.get(part, part)
        for part in plain
        if not unicodedata.combining(part) and unicodedata.category(part) not in ("Cf", "Cc", "Cs", "Co")
    )
    return "".join(str(unicodedata.digit(part)) if part.isdigit() else part for part in plain)


def fold(message: str) -> Folded:
    """Fold a message, its placeholders blanked out."""
    out: list[str] = []
    origin: list[int] = []
    blank = [match.span() for match in PLACEHOLDER.finditer(message)]
    held = {place for start, end in blank for place in range(start, end)}
    for place, char in enumerate(message):
        for part in MASKED if place in held else (char.lower() if char.isascii() else _letters(char)) or _gap(char):
            out.append(part)
            origin.append(place)
    text = "".join(out)
    if not text.isascii():
        text = _FOREIGN.sub(_unmask, text)
    return Folded(message, text, (*origin, len(message)))


def _gap(char: str) -> str:
    """A control character parts words; an invisible one (zero-width, soft hyphen) or an accent leaves nothing."""
    return " " if unicodedata.category(char) == "Cc" else ""


def _unmask(word: re.Match[str]) -> str:
    """A word with look-alike letters read as Latin when it holds Latin letters too."""
    letters = word[0]
    if letters.isascii() or not any(char.isascii() for char in letters):
        return letters
    return "".join(_LOOK_ALIKES.get(char, char) for char in letters)
