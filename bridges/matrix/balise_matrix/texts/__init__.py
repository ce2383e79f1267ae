"""The bridge's own sentences, read from fr.yml."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

_BEFORE = re.compile(r" ([?!:;»])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@lru_cache(maxsize=1)
def _all() -> dict[str, str]:
    content: dict[str, str] = yaml.safe_load((Path(__file__).parent / "fr.yml").read_text(encoding="utf-8"))
    return content


def text(name: str) -> str:
    """A sentence as a worker reads it: the authors' plain apostrophes and spaces made typographic, as the guide's are
    (balise/plan/typography.py, which this project cannot import). Raises KeyError on a name that is none."""
    return _BEFORE.sub("\u00a0\\1", _APOSTROPHE.sub("’", _all()[name])).replace("« ", "«\u00a0")


def _plain(said: str) -> str:
    apart = unicodedata.normalize("NFD", said.casefold())
    letters = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


def asks_to(name: str, said: str) -> bool:
    """Whether the whole of a message is one of the words of `name` (quit_words…), in any case, accents or not."""
    return _plain(said) in {_plain(word) for word in _all()[name].split(",")}
