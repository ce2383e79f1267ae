"""The words of codes and of passphrases, and how what a person types is read as words (docs/resume-code.md)."""

from __future__ import annotations

import re
import secrets
import string
import unicodedata
from functools import lru_cache

from balise.plan.catalogue import PROJECT

PASSPHRASE_WORDS = 5
"""Sixty bits."""
_NUMBER = re.compile(r"\d{1,3}")


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """The 4,096 words, in alphabetical order: the place of each is what it stands for."""
    return tuple((PROJECT / "data" / "resume" / "words.txt").read_text(encoding="ascii").split())


@lru_cache(maxsize=1)
def places() -> dict[str, int]:
    """The place of each word of `word_list`, from 0."""
    return {word: place for place, word in enumerate(word_list())}


def tokens(text: str) -> list[str]:
    """The words of what was typed: lower case, without accents, without punctuation nor numbering (« 1. »)."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    return [token for token in re.findall(r"[a-z0-9]+", plain) if not _NUMBER.fullmatch(token)]


def one_edit(word: str) -> set[str]:
    """Every string of letters that one letter added, left out, changed, or two neighbours swapped, make of `word`."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in parts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    for letter in string.ascii_lowercase:
        found |= {left + letter + right for left, right in parts}
        found |= {left + letter + right[1:] for left, right in parts if right}
    return found - {word}


def passphrase() -> str:
    """Five words chosen by the system's generator: 60 bits."""
    return " ".join(secrets.choice(word_list()) for _ in range(PASSPHRASE_WORDS))
