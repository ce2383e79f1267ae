"""Which words are taken for data, from what the lists say of them and how likely the model finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balise.privacy.digits import NUMBER_WORDS, runs
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers import Found
from balise.privacy.vocabulary import Standing, abbreviated, is_short


@dataclass(frozen=True)
class Thresholds:
    """From which likelihood a word is masked, by its standing. Chosen in cross-validation (docs/redaction.md)."""

    rescued: float = 0.15
    homograph: float = 0.18
    known: float = 0.12
    person: float = 0.25
    address: float = 0.12
    place: float = 0.85
    closed: float = 0.8
    number: float = 0.5
    kind: float = 0.1
    unlikely_short: float = 0.10
    """Below it, in a message of four words at most, an unknown word is taken for a misspelt one."""
    unlikely: float = 0.01
    """The same in a longer message."""


ORDINARY = Thresholds()
STRICT = Thresholds(
    rescued=0.08, homograph=0.07, known=0.07, person=0.07, address=0.07, place=0.6, unlikely_short=0.0, unlikely=0.0
)
"""For questions about contacts, places and work, where names are likelier."""
SURE = 0.5
"""A likelihood from which the model's word is no doubt."""
_CLOSED = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche fevrier mars mai juin juillet"
    " aout septembre octobre novembre decembre"
    " papa maman mere pere soeur frere tante oncle fille fils madame monsieur".split()
)
"""Days, months and kin: so often said of a time or a role that the model must be nearly certain of a name."""


def decide(
    message: Folded,
    lists: Lists,
    standings: Sequence[Standing | None],
    marginals: Sequence[tuple[float, Kind]],
    thresholds: Thresholds = ORDINARY,
) -> Iterator[Found]:
    """The words to mask. `unsure` where default-deny took the word, or the model on a doubt, and no list holds it as a
    name."""
    public = _public_numbers(message, lists)
    by_standing = {
        Standing.RESCUED: thresholds.rescued,
        Standing.HOMOGRAPH: thresholds.homograph,
        Standing.PLACE: thresholds.place,
    }
    by_kind = {Kind.PERSON: thresholds.person, Kind.ADDRESS: thresholds.address}
    tokens = message.tokens
    abbreviations = abbreviated(message, lists)
    unlikely = thresholds.unlikely_short if is_short(message) else thresholds.unlikely
    for index, (token, standing, (likely, kind)) in enumerate(zip(tokens, standings, marginals, strict=True)):
        if token.is_masked or index in abbreviations or any(start <= token.start < end for start, end in public):
            continue
        least = by_kind.get(kind, thresholds.known)
        if standing:
            least = by_standing.get(standing, least)
        if standing is Standing.UNKNOWN:
            # Default-deny, but for what is in no list of names and where the model sees no name at all.
            least = 0.0 if _is_name(token.text, lists) else unlikely
        elif token.text in _CLOSED:
            least = thresholds.closed
        if kind is Kind.NUMBER and standing is not Standing.UNKNOWN:
            # Words are numbers or codes only beside digits, or when they spell some.
            beside = any(other.is_number for other in tokens[max(0, index - 1) : index + 2])
            least = thresholds.number if beside or token.text in NUMBER_WORDS else 1.1
        elif not token.is_word:
            # A sign alone is never data; it is covered when both of its neighbours are.
            # A number is no person: public short numbers, times, counts.
            least = thresholds.known if token.is_number and kind is not Kind.PERSON and len(token.text) != 3 else 1.1
        if likely >= least:
            # What is in no list of names and was taken for being unknown, or on a doubt, may be given back.
            listed = _is_name(token.text, lists) or not token.is_word
            unsure = not listed and (standing is Standing.UNKNOWN or likely < SURE)
            yield Found(token.start, token.end, kind if likely >= thresholds.kind else Kind.PERSON, unsure)


def _is_name(word: str, lists: Lists) -> bool:
    return word in lists.first_names or word in lists.surnames


def _public_numbers(message: Folded, lists: Lists) -> list[tuple[int, int]]:
    return [(run.start, run.end) for run in runs(message) if run.digits in lists.numbers]
