"""Runs of digits however they are written: apart, with signs between, with letters for digits, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balise.privacy.folding import Folded, Token

_UNITS = {
    **{word: str(value) for value, word in enumerate("zero un deux trois quatre cinq six sept huit neuf".split())},
    **{word: str(value) for value, word in enumerate("zero one two three four five six seven eight nine".split())},
    "une": "1",
    "oh": "0",
    "zerro": "0",
    "quat": "4",
    "sinq": "5",
    "cinque": "5",
    "sis": "6",
    "set": "7",
    "uit": "8",
    "wuit": "8",
    "nef": "9",
}
_TEENS = {
    **{word: str(value) for value, word in enumerate("dix onze douze treize quatorze quinze seize".split(), 10)},
    **{
        word: str(value)
        for value, word in enumerate(
            "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 10
        )
    },
}
_TENS = {
    **{word: str(value) for value, word in enumerate("vingt trente quarante cinquante soixante".split(), 2)},
    **{
        word: str(value)
        for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    },
    "vingts": "2",
    "septante": "7",
    "octante": "8",
    "huitante": "8",
    "nonante": "9",
}
DIGIT_WORDS = {
    word: digits
    for word, digits in {**_UNITS, **_TEENS, **_TENS}.items()
    if word not in ("une", "set", "sis", "nef", "oh")
}
"""Digits in words, tens by their first one."""
_SCALES = frozenset({"cent", "cents", "mille", "hundred", "thousand"})
NUMBER_WORDS = frozenset({*_UNITS, *_TEENS, *_TENS, *_SCALES})
IN_WORDS = (
    rf"(?:(?:{'|'.join(sorted(NUMBER_WORDS - {'un', 'une', 'oh', 'set', 'sis', 'nef'}))}"
    r"|et un)(?:[ -]+|\b))+(?:et )?(?:un\b ?)?"
)
"""A number written in words, as a pattern."""

_TIMES_OVER = {"double": 2, "doubles": 2, "triple": 3, "triples": 3}
_SAID = frozenset(
    {"tiret", "trait", "point", "virgule", "slash", "barre", "espace", "et", "puis", "pis", "dash", "dot"}
)
_BETWEEN = re.compile(r"[\s.,;/\\|_*~'\"()\-·•+:<>\[\]]{0,5}")
# Written with digits: a list ("2, 3, 4") or a sum ("2 + 3") is no number, so fewer signs may stand between.
_BETWEEN_DIGITS = re.compile(r"[ .\-()/_·•~*|\\]{0,4}|, ?")
_TIMES = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4]) ?[h:] ?[0-5]\d(?![\d:])|(?<!\d)\d{1,2} ?h(?:eures?)?\b")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d ?(?:[-/a]|au?|to) ?(?:19|20)\d\d(?!\d)")
_DATES = re.compile(
    r"(?<![\d-])(?:(?:19|20)\d\d[-/. ][01]?\d[-/. ][0-3]?\d|[0-3]?\d[-/. ][01]?\d[-/. ](?:19|20)\d\d)(?![\d-])"
)
_MONEY_BEFORE = re.compile(r"[$€£] ?$")
COUNTED_AFTER = re.compile(
    r" ?(?:[$€£%]|(?:k|km|kms|kg|lbs?|m2?|cm|mm|ml|mg|g|l|h|hrs?|heures?|min|minutes?|sec"
    r"|secondes?|jours?|semaines?|mois"
    r"|ans|annees?|fois|piasses?|piastres?|dollars?|euros?|cad|usd|pesos?|gourdes?|roupies?"
    r"|rupees?|francs?|fcfa|cfa|bucks"
    r"|dirhams?|dinars?|nairas?|personnes?|filles?|clients?|degres?|soirs?|nuits?|par (?:jour|mois|semaine"
    r"|an|nuit|heure|client)|mille"
    r"|pieds?|pouces?|metres?|points?|places?|pages?|billets?|autres?|million|millions)\b)"
)
_LOOKS_LIKE_DIGITS = re.compile(r"(?<![a-z])(?=[0-9oilsb]*\d[0-9oilsb]*\d)[0-9oilsb]{3,}(?![a-z])")


@dataclass(frozen=True)
class Run:
    """A run: its span in the folded text, its digits, whether some stood in words, and in how many pieces."""

    start: int
    end: int
    digits: str
    in_words: bool
    pieces: int


@dataclass(frozen=True)
class _Atom:
    start: int
    end: int
    digits: str
    word: bool


def _repeated(message: Folded, token: Token) -> _Atom | None:
    """ "triple cinq", "double 0": one digit several times."""
    after = next((other for other in message.tokens if other.start >= token.end), None)
    if after is None or message.text[token.end : after.start] not in (" ", "-"):
        return None
    digit = after.text if after.is_number else _UNITS.get(after.text, "")
    if len(digit) != 1 or after.text in ("un", "une"):
        return None
    return _Atom(token.start, after.end, digit * _TIMES_OVER[token.text], True)


def _atoms(message: Folded) -> list[_Atom]:
    text = message.text
    skip = [match.span() for pattern in (_TIMES, _YEARS, _DATES) for match in pattern.finditer(text)]
    atoms: list[_Atom] = []
    swaps = {match.start(): match for match in _LOOKS_LIKE_DIGITS.finditer(text) if not match[0].isdigit()}
    until = 0
    for token in message.tokens:
        if token.start < until or any(start <= token.start < end for start, end in skip):
            continue
        if swap := swaps.get(token.start):
            digits = swap[0].translate(str.maketrans("oilsb", "01158"))
            atoms.append(_Atom(swap.start(), swap.end(), digits, False))
            until = swap.end()
        elif token.is_number:
            atoms.append(_Atom(token.start, token.end, token.text, False))
        elif token.text in _TIMES_OVER and (repeated := _repeated(message, token)):
            atoms.append(repeated)
            until = repeated.end
        elif token.text in _UNITS:
            atoms.append(_Atom(token.start, token.end, _UNITS[token.text], True))
        elif token.text in _TEENS:
            atoms.append(_Atom(token.start, token.end, _TEENS[token.text], True))
        elif token.text in _TENS:
            atoms.append(_Atom(token.start, token.end, _TENS[token.text] + "0", True))
        elif token.text in _SCALES or token.text in _SAID:
            atoms.append(_Atom(token.start, token.end, "", True))
    return atoms


def _value(atoms: list[_Atom]) -> str:
    """The digits of a run. Words count as said: "quatre cent trente-huit" is 438, "cinquante-cinq" 55."""
    out = ""
    open_tens = False
    open_cent = False
    for atom in atoms:
        if not atom.word:
            out, open_tens, open_cent = out + atom.digits, False, False
        elif not atom.digits:
            # "cent" after a unit opens its two places; alone it is 100.
            open_cent = True
            out += "00" if out else "100"
            open_tens = False
        elif open_tens and len(atom.digits) == 1:
            out, open_tens = out[:-1] + atom.digits, False
        elif open_cent:
            out = out[: -len(atom.digits)] + atom.digits
            open_cent, open_tens = False, atom.digits.endswith("0") and len(atom.digits) == 2
        else:
            out += atom.digits
            open_tens = len(atom.digits) == 2 and atom.digits[1] == "0" and atom.digits != "10"
    return out


def _closed(chain: list[_Atom], message: Folded) -> Iterator[Run]:
    while chain and chain[-1].word and message.text[chain[-1].start : chain[-1].end] in _SAID:
        chain.pop()
    while chain and chain[0].word and message.text[chain[0].start : chain[0].end] in _SAID:
        chain.pop(0)
    if not chain:
        return
    start, end = chain[0].start, chain[-1].end
    value = _value([atom for atom in chain if message.text[atom.start : atom.end] not in _SAID])
    in_words = any(atom.word for atom in chain)
    before, after = message.text[max(0, start - 2) : start], message.text[end:]
    if len(value) <= 8 and (_MONEY_BEFORE.search(before) or COUNTED_AFTER.match(after)):
        return
    # A plus or an opening bracket belongs to the number.
    while start and message.text[start - 1] in "+(":
        start -= 1
    if re.search(r"\bplus $", message.text[max(0, start - 6) : start]):
        start -= len("plus ")
    yield Run(start, end, value, in_words, len(chain))


def runs(message: Folded) -> Iterator[Run]:
    """Every run of digits, sums of money, durations, times and dates left out."""
    chain: list[_Atom] = []
    for atom in _atoms(message):
        if chain:
            gap = message.text[chain[-1].end : atom.start]
            between = _BETWEEN if atom.word or chain[-1].word else _BETWEEN_DIGITS
            listed = "," in gap and not atom.word and len(atom.digits) < 2
            if listed or not between.fullmatch(gap):
                yield from _closed(chain, message)
                chain = []
        chain.append(atom)
    yield from _closed(chain, message)
