"""Default-deny: a word that stands in no list is taken for a name, unless it is an ordinary word written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from balise.privacy.folding import Folded, Token
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION

_ELISION = re.compile(r"^(?:l|d|j|m|t|s|n|c|y|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|quelqu)$")
_GLUED = re.compile(r"^(?:qu|[ldjmtsncy])(?=[aeiouyh])")
_CLIPPED = re.compile(r"[ldjtsmnc][bcdfgjklmnpqrstvwxz][a-z]{2,}")
"""A small word said in one consonant and glued to the next: "ldroit", "jpense"."""
_DETERMINERS = frozenset(
    "un une des le la les l du de ce cet cette ces mon ma mes ton ta tes son sa ses notre"
    " nos votre vos leur leurs au aux"
    " deux trois quelques plusieurs chaque aucun aucune d plus tres trop".split()
)
_PLACE_CUES = frozenset(
    "a de d en vers pour dans sur depuis au aux du des pres quitte quitter ville region"
    " quartier jusqu entre et ou par via"
    " direction retour ontario quebec le la les l nord sud est ouest vieux grand".split()
)
# An ending as typed, and the endings of a listed word that it may stand for: plurals, agreement, common verb forms.
_ENDINGS = tuple(
    (ending, tuple(others.split(",")))
    for ending, _, others in (
        entry.partition(":")
        for entry in (
            "s: x: es:,e,er e:er,,es ee:er,e ees:er,e ent:er,e er:e,ement ez:er,e ait:er,e ais:er,e ant:er,e"
            " ante:er,ant ons:er ai:er ra:r rai:r rait:r age:er eux:er,e euse:er,e,eur euses:er,eur eurs:er,eur ment:,e"
            " ions:er,re,ir iez:er,re,ir aient:er,re,ir ing:,e ed:,e ly: nt: r: z:,r,s"
        ).split()
    )
)
_SOUNDS = {"k": ("c", "qu"), "q": ("k",), "f": ("ph",), "z": ("s",), "s": ("c",), "j": ("g",), "o": ("au",)}
"""First letters written as they sound."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Standing(Enum):
    """What the lists say of a word."""

    KNOWN = "known"
    PLACE = "place"
    HOMOGRAPH = "homograph"  # listed, but known best as a first name
    RESCUED = "rescued"  # an ordinary word written otherwise
    UNKNOWN = "unknown"


def _bare_name(word: str, lists: Lists) -> bool:
    """A word that dictionaries hold and people know as a first name: rare as a word, common as a name."""
    return lists.first_names.get(word, 0) == 3 and lists.band(word) <= 3 and word not in lists.spoken and len(word) > 2


def known(word: str, lists: Lists) -> bool:
    """Whether a folded word stands in a list of ordinary words."""
    if word in lists.spoken or word in lists.lexique or len(word) == 1:
        return True
    # A name that our own texts happen to hold (a sainte, a city) is no licence for the person who bears it.
    return word in lists.own and lists.first_names.get(word, 0) < 3


def _near(word: str) -> Iterator[str]:
    """Every word at one typing error that keeps the first letter: a letter more, less, changed, or two swapped."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
    if len(word) > 1:
        yield word[1] + word[0] + word[2:]


def _redoubled(word: str) -> Iterator[str]:
    """The word with one of its consonants doubled, or one double consonant written once."""
    for place in range(1, len(word) - 1):
        if word[place] not in "aeiouy":
            yield word[:place] + word[place] + word[place:]
            if word[place] == word[place + 1]:
                yield word[:place] + word[place + 1 :]


_LONGEST = 24
"""Letters; a longer unknown word is no misspelling worth the search."""
_STARTERS = frozenset(
    "je tu il elle on nous vous ils elles que qui pas pour dans avec est cest jai un une"
    " mon ma mes son sa ses si tout tous tres"
    " trop sur chez quand comme plus et ou ya ca en".split()
)
_ARTICLES = frozenset("le la les des".split())
_CLOSERS = frozenset("moi toi ca pas plus tu on tout stp svp".split())


@lru_cache(maxsize=4096)
def _way(word: str, short: bool, lists: Lists) -> str | None:
    if not word.isascii() or not 3 <= len(word) <= _LONGEST:
        return None
    for plain in (re.sub(r"(.)\1{2,}", r"\1\1", word), re.sub(r"(.)\1+", r"\1", word)):
        if plain != word and (plain in lists.common or plain in lists.spoken or lists.own.get(plain, 0) > 2):
            return "doubled"
    # A long word with a double letter written single or a single one doubled: no name reads so by chance.
    if len(word) > 7 and any(other in lists.lexique for other in _redoubled(word)):
        return "doubled"
    if glued := _GLUED.match(word):
        rest = word[glued.end() :]
        if len(rest) > 2 and (lists.band(rest) >= 2 or lists.own.get(rest, 0) > 1):
            return "elided"
    nameless = word[1:] in FUNCTION or lists.first_names.get(word[1:], 0) < 2
    if _CLIPPED.match(word) and lists.band(word[1:]) >= 4 and nameless:
        return "elided"
    for ending, others in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            if any(lists.band(stem + other) >= 2 or stem + other in lists.spoken for other in others):
                return "inflected"
    # Two words glued: only around grammar. Any two frequent words would let half of Québec's surnames through.
    for cut in range(2, len(word) - 1):
        head, tail = word[:cut], word[cut:]
        started = head in _STARTERS and len(tail) > 2 and _frequent(tail, lists)
        # « leplan »; half of the French surnames begin so, but those are listed.
        article = head in _ARTICLES and len(tail) > 3 and lists.own.get(tail, 0) > 4
        if started or article or (tail in _CLOSERS and _frequent(head, lists)):
            return "glued"
    if len(word) < 4:
        return None
    near = list(_near(word))
    if any(lists.own.get(other, 0) > 4 for other in near):
        return "near-own"
    if len(word) > 4 and any(other in lists.common or (len(other) > 4 and other in lists.spoken) for other in near):
        return "near"
    if word[0] in _SOUNDS and any(
        other + word[1:] in lists.common or lists.own.get(other + word[1:], 0) > 2 for other in _SOUNDS[word[0]]
    ):
        return "sound"
    # Two errors, in a short message and against the guide's own words alone.
    if short and len(word) > 5 and any(_within_two(word, own) for own in lists.own_by_letter.get(word[0], ())):
        return "far"
    return None


def _within_two(word: str, other: str) -> bool:
    """Whether two typing errors or fewer part the words (letters added, left out, changed, or two swapped)."""
    if abs(len(word) - len(other)) > 2 or len(other) < 6:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > 2:
            return False
        before, last = last, now
    return last[-1] <= 2


def _frequent(word: str, lists: Lists) -> bool:
    return lists.band(word) >= 5 or (len(word) > 3 and lists.band(word) >= 4)


def rescue(word: str, lists: Lists, short: bool = False) -> str | None:
    """In what way an unknown word is an ordinary one written otherwise; None where it is not.

    Doubled letters, glued elision ("dargent"), inflection, a word of grammar glued to another, one typing error of a
    frequent word; two errors against the guide's own words when the message is `short`. Never a known name.
    """
    if lists.first_names.get(word, 0) or lists.surnames.get(word, 0):
        return None
    return _way(word, short, lists)


def place_tokens(message: Folded, lists: Lists) -> set[int]:
    """The indexes of tokens that spell a town, a province or a country, the longest reading first."""
    words = [(index, token) for index, token in enumerate(message.tokens) if token.text not in "-'."]
    found: set[int] = set()
    skip = 0
    for place, (index, token) in enumerate(words):
        if place < skip or token.text not in lists.place_starts:
            continue
        for length in range(min(5, len(words) - place), 0, -1):
            phrase = " ".join(word.text for _, word in words[place : place + length])
            if phrase.replace("ste ", "sainte ").replace("st ", "saint ") in lists.places or phrase in lists.places:
                if length == 1 and not _certain_place(token, words[place - 1][1] if place else None, lists):
                    break
                found.update(range(index, words[place + length - 1][0] + 1))
                skip = place + length
                break
    return found


def _certain_place(token: Token, before: Token | None, lists: Lists) -> bool:
    if lists.first_names.get(token.text, 0) < 2 and lists.surnames.get(token.text, 0) < 2:
        return True
    return before is not None and before.text in _PLACE_CUES


def is_short(message: Folded) -> bool:
    """Whether a message has four words at most, as commands have."""
    return sum(token.is_word for token in message.tokens) <= 4


def standings(message: Folded, lists: Lists) -> list[Standing | None]:
    """What the lists say of each token; None for numbers, signs and placeholders."""
    tokens = message.tokens
    places = place_tokens(message, lists)
    short = is_short(message)
    out: list[Standing | None] = []
    compound = _compounds(message, lists)
    for index, token in enumerate(tokens):
        if not token.is_word or token.is_masked:
            out.append(None)
        elif index in places:
            out.append(Standing.PLACE)
        elif index in compound or _elided(message, token):
            out.append(Standing.KNOWN)
        elif known(token.text, lists):
            named = _bare_name(token.text, lists)
            after_determiner = index and tokens[index - 1].text in _DETERMINERS
            after_elision = index > 1 and tokens[index - 1].text == "'" and tokens[index - 2].text in ("l", "d")
            out.append(Standing.HOMOGRAPH if named and not after_determiner and not after_elision else Standing.KNOWN)
        elif rescue(token.text, lists, short):
            out.append(Standing.RESCUED)
        else:
            out.append(Standing.UNKNOWN)
    return out


_SPELT = re.compile(r"(?<![\w'.-])[a-z](?:[.-][a-z])+(?![\w'-])")
"""Letters with a point or a hyphen between: « s.v.p », « p-t »."""
_CLIPPED_VOWEL = re.compile(r"(?<![\w'-])([a-z]{1,3})'([a-z]{3,})(?![\w'-])")
"""A vowel left out within a word: « s'maine », « p'tits »."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)+")


def abbreviated(message: Folded, lists: Lists) -> set[int]:
    """The tokens of ordinary words cut short with a sign, which are no initials and no name."""
    found = [
        match.span()
        for match in _SPELT.finditer(message.text)
        if (letters := re.sub("[.-]", "", match[0])) in lists.spoken or letters in lists.own
    ]
    for match in _CLIPPED_VOWEL.finditer(message.text):
        whole = f"{match[1]}e{match[2]}"
        if lists.band(whole) >= 3 or whole in lists.spoken:
            found.append(match.span())
    return {index for index, token in enumerate(message.tokens) if any(a <= token.start < b for a, b in found)}


def _compounds(message: Folded, lists: Lists) -> set[int]:
    """The tokens of words that lists hold whole, as "rendez-vous"."""
    inside = abbreviated(message, lists)
    if "-" not in message.text and "'" not in message.text:
        return inside
    for match in _COMPOUND.finditer(message.text):
        word = match[0]
        if word in lists.lexique or (
            word in lists.own and not any(part in lists.first_names for part in re.split("['-]", word))
        ):
            inside.update(
                index for index, token in enumerate(message.tokens) if match.start() <= token.start < match.end()
            )
    return inside


def _elided(message: Folded, token: Token) -> bool:
    return message.text[token.end : token.end + 1] == "'" and bool(_ELISION.match(token.text))
