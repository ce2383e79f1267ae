"""The word lists of data/redaction/ and the guide's own vocabulary, read once a process."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from balise.directory.filling import DATE_WORDS, filled
from balise.directory.reading import load_directory
from balise.plan.catalogue import ROOT

FOLDER = "data/redaction"
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_LETTERS = re.compile(r"[a-z]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae"})
_AROUND = " \"'.!?"
_CLASS = {"N": 8, "V": 16, "A": 32, "D": 64, "G": 128, "I": 256, "T": 512}
"""A word's classes are held in one number with its band (1 to 5)."""


@dataclass(frozen=True, eq=False)
class Lists:
    """All lists, folded. Bands run from 1 (rare) up; 0 stands for absent.

    `lexique`: French words; `spoken`: Québec French, text-message, English, brands, bodies;
    `own`: every word of the guide's questions, choices and training examples, with how often it stands there;
    `messages`: the guide's own whole messages; `internal`: the names that buttons carry;
    `numbers`: the public lines of its directory and its examples;
    `places`: towns, provinces, countries (words joined by one space).
    """

    lexique: dict[str, int]
    spoken: frozenset[str]
    own: dict[str, int]
    first_names: dict[str, int]
    surnames: dict[str, int]
    places: frozenset[str]
    place_starts: frozenset[str]
    numbers: frozenset[str]
    common: frozenset[str]
    messages: frozenset[str]
    internal: frozenset[str]
    own_by_letter: dict[str, tuple[str, ...]]

    def band(self, word: str) -> int:
        """How frequent a French word is: 5 to 1, 0 where Lexique does not hold it."""
        return self.lexique.get(word, 0) & 7

    def is_ordinary(self, word: str) -> bool:
        """Whether a list of words, or our own texts, hold a word; it may be a name besides."""
        return word in self.lexique or word in self.own or word in self.spoken

    def classes(self, word: str) -> str:
        """The classes a French word can have, among N noun, A adjective, D adverb, G grammar, I T V verb."""
        held = self.lexique.get(word, 0)
        return "".join(letter for letter, bit in _CLASS.items() if held & bit)


def _bands(path: Path) -> dict[str, int]:
    out: dict[str, int] = {}
    band = 1
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            level, _, classes = line.strip("[]").partition(" ")
            band = int(level) + sum(_CLASS[letter] for letter in classes)
        elif not line.startswith("#"):
            out.update(dict.fromkeys(line.split(), band))
    return out


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def simple(text: str) -> str:
    """Folded as `plan.words.fold`, whatever is not ASCII left out after that: hundreds of kilobytes in no time."""
    text = unicodedata.normalize("NFKD", text.lower().translate(_APOSTROPHES))
    return re.sub(r"([a-z])\1{2,}", r"\1", text.encode("ascii", "ignore").decode())


def whole_message(text: str) -> str:
    """A message in the form in which `Lists.messages` holds the guide's own."""
    return simple(text).strip(_AROUND)


def _own_texts(root: Path, folder: str) -> str:
    """The training examples or the texts; comments, which nobody reads on screen, left out."""
    return "\n".join(
        line
        for path in sorted((root / "data" / folder).glob("*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith("#")
    )


def _helplines(texts: str) -> frozenset[str]:
    """The digits of every number that the directory and our own texts give: they are public."""
    found = (re.sub(r"\D", "", match) for match in re.findall(r"\d[\d .()-]{5,}\d", texts))
    numbers = {digits for digits in found if len(digits) in (7, 10, 11)}
    # Without the 1 that is dialled first, too.
    return frozenset(numbers | {digits[1:] for digits in numbers if len(digits) == 11 and digits[0] == "1"})


def _by_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word)
    return {letter: tuple(listed) for letter, listed in by_letter.items()}


def _messages(examples: str, texts: str) -> frozenset[str]:
    """Whole messages of the guide's own, folded: training examples, buttons and other ways to say their choices."""
    said = [line.strip()[2:] for line in examples.splitlines() if line.lstrip().startswith("- ")]
    said += re.findall(r'title: "([^"]+)"', texts)
    said += (word for listed in re.findall(r"words: \[([^\]]*)\]", texts) for word in listed.split(","))
    return frozenset(line.strip(_AROUND) for line in said)


def _internal(root: Path, texts: str) -> frozenset[str]:
    """The names that buttons carry: choices, and the intents, forms and questions of domain.yml."""
    domain = (root / "domain.yml").read_text(encoding="utf-8")
    # A button may name two: « /document:note ».
    sent = (name for value in re.findall(r'payload: "?/?([a-z0-9_:]+)', texts) for name in value.split(":"))
    return frozenset(sent) | frozenset(re.findall(r"\b[a-z][a-z0-9_]*\b", domain))


@lru_cache(maxsize=2)
def load_lists(root: Path = ROOT) -> Lists:
    """The lists of the project in `root`. Takes about a quarter of a second the first time."""
    folder = root / FOLDER
    # As they are shown: the names of the directory's entries are no words of the guide.
    shown = filled(_own_texts(root, "responses"), load_directory(root), dict.fromkeys(DATE_WORDS, ""))
    examples, texts = simple(_own_texts(root, "nlu")), simple(shown)
    own: dict[str, int] = {}
    for word, count in Counter(_WORD.findall(f"{examples}\n{texts}")).items():
        for part in {word, *_LETTERS.findall(word)}:
            own[part] = own.get(part, 0) + count
    spoken = {
        word for name in ("quebec", "english") for line in _lines(folder / f"{name}.txt") for word in line.split()
    }
    places = {line for name in ("places", "places_own") for line in _lines(folder / f"{name}.txt")}
    lexique = _bands(folder / "lexique.txt")
    first_names, surnames = _bands(folder / "first_names.txt"), _bands(folder / "surnames.txt")
    for name, band in _bands(folder / "names_own.txt").items():
        held = first_names if band == 3 else surnames
        held[name] = max(2, held.get(name, 0))
    return Lists(
        lexique=lexique,
        spoken=frozenset(spoken),
        own=own,
        first_names=first_names,
        surnames=surnames,
        places=frozenset(places),
        place_starts=frozenset(place.split(" ")[0] for place in places),
        numbers=_helplines(f"{examples}\n{texts}\n{_own_texts(root, 'directory')}"),
        messages=_messages(examples, texts),
        internal=_internal(root, texts),
        own_by_letter=_by_letter(word for word, count in own.items() if count > 9 and len(word) > 5),
        common=frozenset(word for word, band in lexique.items() if band & 7 >= 4 and len(word) > 3),
    )
