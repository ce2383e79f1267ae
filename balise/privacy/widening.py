"""What was found is masked whole: a name's other half after a hyphen, the particle between two names, the words after
« motel », the number and the unit of a street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers import Found
from balise.privacy.recognisers.address import whole_address
from balise.privacy.recognisers.base import FUNCTION
from balise.privacy.recognisers.exact_place import PLACE_TYPE

_COMPOUND = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)+")
_LEADING = re.compile(r"(?:(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu)')+")
_TRAILING = re.compile(r"(?:-(?:moi|toi|lui|elle|elles|il|ils|on|nous|vous|je|tu|les|le|la|leur|y|en|t|ci|ce))+$")
_PARTICLE = re.compile(
    r"[ ]+(?:de|da|do|dos|das|di|del|de la|de las|de los|du|des|van|von|der|el|al|ul|ben"
    r"|bin|bint|ould|e|y|o|i|la|le|ibn|abu|abou|st|saint|'|l)[ ]+|[ ]*[-'’.][ ]*"
)
_INITIAL = re.compile(r"[ ]+(?:jr|sr|junior|senior|[a-z](?=\.|$|[,!?]| (?:a|est|dit|va|veut|m'a|l'a|et|pis)\b))\.?")
_INSIDE_PLACE = re.compile(r"(?:[ ]*(?:[a-z]+'|[^\W\d_]+(?:-[^\W\d_]+)*)){1,4}[ ]*")
_NOT_IN_PLACE = FUNCTION - frozenset("la le les l des au aux d et chez the en sur a du de".split()) | {"ou", "quand"}
"""Grammar that stands in no place's name: between « bar » and a name, it begins another thought."""
_NAMES = (Kind.PERSON, Kind.PLACE)


def widen(message: Folded, found: Sequence[Found], lists: Lists) -> Iterator[Found]:
    """More spans, each beside one that was found; `unsure` as the one it follows from."""
    names = sorted((span for span in found if span.kind in _NAMES), key=lambda span: span.start)
    for span in _compounds(message, names):
        yield span
    for left, right in pairwise(names):
        gap = message.text[left.end : right.start]
        if gap and _PARTICLE.fullmatch(gap):
            yield Found(left.start, right.end, left.kind, left.unsure and right.unsure)
    for span in names:
        if span.kind is Kind.PERSON and (initial := _INITIAL.match(message.text, span.end)):
            yield Found(span.start, initial.end(), span.kind, span.unsure)
    for span in found:
        if span.kind is Kind.ADDRESS:
            start, end = whole_address(message, span.start, span.end)
            if (start, end) != (span.start, span.end):
                yield Found(start, end, span.kind, span.unsure)
    for match in PLACE_TYPE.finditer(message.text):
        yield from _after_type(message, match.end(), names)


def _compounds(message: Folded, names: Sequence[Found]) -> Iterator[Found]:
    """The whole of "marie-soleil" where one half was taken; elided articles and inverted pronouns stay."""
    if "-" not in message.text and "'" not in message.text:
        return
    for match in _COMPOUND.finditer(message.text):
        start, end = match.span()
        if leading := _LEADING.match(message.text, start, end):
            start = leading.end()
        if trailing := _TRAILING.search(message.text, start, end):
            end = trailing.start()
        hit = next((span for span in names if span.start < end and start < span.end), None)
        if hit and (hit.start > start or hit.end < end):
            yield Found(start, end, hit.kind, hit.unsure)


def _after_type(message: Folded, start: int, names: Sequence[Found]) -> Iterator[Found]:
    """From a kind of place to the last masked word of its name: "hotel le grand wapiti"."""
    for span in names:
        between = message.text[start : span.start]
        if span.start <= start or not _INSIDE_PLACE.fullmatch(between):
            continue
        words = re.findall(r"[^\W\d_]+", between)
        if words and not any(word in _NOT_IN_PLACE for word in words):
            first = start + len(between) - len(between.lstrip())
            yield Found(first, span.end, Kind.PLACE, span.unsure)
        return
