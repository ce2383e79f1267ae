"""An envelope as French words, twelve bits a word (docs/resume-code.md)."""

from __future__ import annotations

from balise.resume.envelope import FORMAT, Form, form_of, is_whole
from balise.resume.errors import (
    ChecksumError,
    NearWordError,
    NoWordsError,
    PlanTooLongError,
    TooManyWordsError,
    UnknownWordError,
)
from balise.resume.words import one_edit, places, tokens, word_list

MOST_WORDS = 256
"""Of a code."""
_FEWEST_WORDS = 4
_BITS = 12
_FIRST = range(FORMAT << 8, (FORMAT << 8) + 0x20)
"""Places in the list of the words that begin a code: its first byte is a header, 0x10 or 0x11."""


def to_words(envelope: bytes) -> tuple[str, ...]:
    """An envelope of a code as words. Its length never leaves a remainder of 2 by 3 (`protect` sees to it), so that the
    count of words tells the count of bytes. Raises PlanTooLongError above `MOST_WORDS`."""
    size = -(-len(envelope) * 8 // _BITS)
    if size > MOST_WORDS:
        raise PlanTooLongError
    number = int.from_bytes(envelope, "big") << (size * _BITS - len(envelope) * 8)
    return tuple(word_list()[number >> (_BITS * place) & 0xFFF] for place in reversed(range(size)))


def from_words(text: str) -> bytes:
    """The envelope that the words of `text` stand for, whole; they are read forgivingly (`tokens`).

    Raises NoWordsError; TooManyWordsError; UnknownWordError with the place of the first word that is not listed, or
    NearWordError where one edit makes exactly one listed word of it; ChecksumError where the words are listed and are
    not a code; NewerError for another format.
    """
    typed = tokens(text)
    if not typed:
        raise NoWordsError
    if len(typed) > MOST_WORDS:
        raise TooManyWordsError
    known, number = places(), 0
    for place, word in enumerate(typed, 1):
        if word not in known:
            near = one_edit(word) & known.keys()
            raise NearWordError(place, near.pop()) if len(near) == 1 else UnknownWordError(place)
        number = number << _BITS | known[word]
    size, spare = divmod(len(typed) * _BITS, 8)
    envelope = (number >> spare).to_bytes(size, "big")
    if number & ((1 << spare) - 1) or not is_whole(envelope) or form_of(envelope) is not Form.CODE:
        raise ChecksumError
    return envelope


def looks_like_code(text: str) -> bool:
    """Whether a message is meant as a code: it begins with a word that begins codes, and no more than one word in
    four is unlisted. Nearly every French sentence holds more words that the list leaves out (le, que, nous…)."""
    typed = tokens(text)
    unlisted = sum(word not in places() for word in typed)
    if len(typed) < _FEWEST_WORDS or unlisted > len(typed) // 4:
        return False
    return any(places().get(word) in _FIRST for word in (typed[0], *one_edit(typed[0])))
