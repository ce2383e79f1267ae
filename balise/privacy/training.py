"""What the sequence model learns from: the labelled corpora, clean examples of the guide, and variants of both."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from balise.plan.catalogue import ROOT
from balise.privacy.corpus import Example, read
from balise.privacy.kinds import Kind
from balise.privacy.lists import FOLDER, Lists

CORPORA = tuple(f"{author}.tsv" for author in "abcdefghijklm")
"""Training files of data/redaction/corpus/, one an author. heldout.tsv, blind.tsv and blind_commands.tsv stay out: they
only measure."""
CLEAN_LINES = 3000
"""How many of the guide's own training examples are added as messages without data, chosen at random once."""
RENAMED = 0.3
"""The share of messages with a name that are added once more, the name replaced by one that is also a word."""
REWORDED = 0.15
"""The share of clean messages added once more, a noun after its article replaced by one that is also a name."""
MASKED_AGAIN = 0.15
"""The share of messages with data that are added once more as they look after redaction, with nothing left to find."""
MISSPELT = 0.3
"""The share of clean messages added once more with a spelling error or two, so that an error alone makes no name."""
_SEED = 20261122
PLACEHOLDERS = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.PLACE,
    "ADDRESS": Kind.ADDRESS,
    "PHONE": Kind.PHONE,
    "EMAIL": Kind.EMAIL,
}
_CALENDAR = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai"
    " juin juillet aout septembre octobre"
    " novembre decembre noel".split()
)
_ARTICLES = (
    r"un|une|le|la|les|des|du|ce|cette|ces|mon|ma|mes|son|sa|ses|leur|leurs|aucune?|chaque"
    r"|plusieurs|pas de|trop de|plein de"
)
_NOUN = re.compile(rf"\b(?P<article>{_ARTICLES}) (?P<noun>[a-zà-ÿ]{{4,}})\b")


def guide_lines(root: Path) -> list[str]:
    """Every example of data/nlu/, once."""
    lines = set()
    for path in sorted((root / "data" / "nlu").glob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if line.startswith("- ") and not line.startswith("- intent"):
                lines.add(line[2:].strip().strip('"'))
    return sorted(lines)


def word_names(lists: Lists) -> list[str]:
    """The words that are also names: known as one, and as a French word that is no grammar."""
    names = {name for name, band in lists.first_names.items() if band >= 2}
    names |= {name for name, band in lists.surnames.items() if band >= 2}
    names -= _CALENDAR
    return sorted(name for name in names if lists.band(name) >= 2 and len(name) > 2 and "G" not in lists.classes(name))


def renamed(examples: Sequence[Example], lists: Lists, share: float, seed: int = _SEED) -> Iterator[Example]:
    """A share of `examples` again, each one-word name replaced by a name that is also a word."""
    chance, names = random.Random(seed), word_names(lists)
    for example in examples:
        if not any(label == "PERSON" for _, _, label in example.spans) or chance.random() > share:
            continue
        text, spans, last = "", [], 0
        for start, end, label in example.spans:
            text += example.text[last:start]
            word = example.text[start:end]
            if label == "PERSON" and word.isalpha():
                name = chance.choice(names)
                word = name.upper() if word.isupper() else name.capitalize() if word[0].isupper() else name
            spans.append((len(text), len(text) + len(word), label))
            text, last = text + word, end
        yield Example(text + example.text[last:], tuple(spans), example.style)


def masked(examples: Sequence[Example], share: float, seed: int = _SEED) -> Iterator[Example]:
    """A share of `examples` again, each span replaced by its placeholder: a second reading finds nothing more."""
    chance = random.Random(seed)
    for example in examples:
        if not example.spans or chance.random() > share:
            continue
        text, last = "", 0
        for start, end, label in example.spans:
            text += example.text[last:start] + PLACEHOLDERS.get(label, Kind.NUMBER).placeholder
            last = end
        yield Example(text + example.text[last:], (), example.style)


_SOUNDS = (
    ("qu", "k"), ("c", "k"), ("ai", "e"), ("eau", "o"), ("au", "o"), ("ss", "s"), ("ph", "f"), ("er", "é"), ("é", "er"),
    ("ent", "e"),     ("oi", "wa"), ("en", "an"), ("an", "en"), ("g", "j"), ("s", "z"), ("è", "ai"),
    ("mm", "m"), ("nn", "n"), ("tt", "t"), ("ll", "l"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{4,}")
_GLUABLE = re.compile(r"\b(?:je|le|la|de|te|se|ne|me|l'|d'|j'|qu'|s'|n'|m') ?(?=[^\W\d_]{3})", re.IGNORECASE)


def _error(word: str, chance: random.Random) -> str:
    """The word with one error of typing or of spelling."""
    way, place = chance.random(), chance.randrange(1, len(word) - 1)
    if way < 0.25:
        return word[:place] + word[place + 1 :]
    if way < 0.45:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if way < 0.6:
        return word[:place] + chance.choice("aeiourstnlpmdc") + word[place + 1 :]
    if way < 0.7:
        return "".join(char for number, char in enumerate(word) if number == 0 or char not in "aeiouéè") or word
    if way < 0.78:
        return word[:-1]
    fitting = [(old, new) for old, new in _SOUNDS if old in word]
    if not fitting:
        return word[:place] + word[place] + word[place:]
    old, new = chance.choice(fitting)
    return word.replace(old, new, 1)


def misspelt(examples: Sequence[Example], share: float, seed: int = _SEED) -> Iterator[Example]:
    """A share of the clean `examples` again, with errors in one word or two, or two words glued."""
    chance = random.Random(seed)
    for example in examples:
        if example.spans or chance.random() > share:
            continue
        text = example.text
        for _ in range(chance.choice((1, 1, 2, 3))):
            if chance.random() < 0.25 and (glued := list(_GLUABLE.finditer(text))):
                match = chance.choice(glued)
                text = text[: match.start()] + match[0].replace("'", "").replace("e ", "").strip() + text[match.end() :]
            elif words := list(_WORD.finditer(text)):
                match = chance.choice(words)
                text = text[: match.start()] + _error(match[0], chance) + text[match.end() :]
        yield Example(text, (), example.style)


def reworded(examples: Sequence[Example], lists: Lists, share: float, seed: int = _SEED) -> Iterator[Example]:
    """A share of the clean `examples` again, a noun after its article replaced by one that is also a name."""
    chance = random.Random(seed)
    nouns = [name for name in word_names(lists) if "N" in lists.classes(name)]
    for example in examples:
        if example.spans or chance.random() > share:
            continue
        matches = list(_NOUN.finditer(example.text.lower()))
        if matches:
            match = chance.choice(matches)
            start, end = match.span("noun")
            yield Example(example.text[:start] + chance.choice(nouns) + example.text[end:], (), example.style)


def training_set(lists: Lists, root: Path = ROOT, corpora: Sequence[Example] | None = None) -> list[Example]:
    """All examples the model is trained on; `corpora` in place of the files, for cross-validation."""
    if corpora is None:
        corpora = [example for name in CORPORA for example in read(root / FOLDER / "corpus" / name)]
    lines = guide_lines(root)
    chosen = random.Random(_SEED).sample(lines, min(CLEAN_LINES, len(lines)))
    clean = [Example(line, ()) for line in chosen]
    hidden = list(masked(corpora, MASKED_AGAIN))
    ordinary = [example for example in corpora if not example.spans]
    hidden += misspelt([*ordinary, *clean[CLEAN_LINES // 2 :]], MISSPELT)
    more = [
        *hidden,
        *renamed(corpora, lists, RENAMED),
        *reworded([*corpora, *clean[: CLEAN_LINES // 2]], lists, REWORDED),
    ]
    return [*corpora, *clean, *more]
