"""Vehicle plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import DIGIT_WORDS
from balise.privacy.folding import Folded, Token
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

_CUE = re.compile(r"\b(?:plaques?|plak|plake|immatricul\w*|licen[cs]e plate|plate)\b")
_GAP = re.compile(r"[ .\-•·]{0,3}")
# Without an announcing word only where the letters make no word: K47 RZB, ABC 123, 123 ABC, 0QQ 55T.
_LETTERS_FIRST = re.compile(r"(?<![\w-])(?P<letters>[a-z]{3,4})[ •-]?\d{3,4}(?![\w-]|[.,]\d| ?[$%])")
_LETTERS_LAST = re.compile(r"(?<![\w-])\d{3}[ •-]?(?P<letters>[a-z]{3})(?!\w)")
_MIXED = re.compile(r"(?<![\w-])[a-z]\d{2}[ -]?[a-z]{3}(?!\w)")
_HALF = r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{2,4}"
_HALVES = re.compile(rf"(?<![\w-])(?:{_HALF}[ -]?{_HALF}|(?P<letters>[a-z]{{2,4}})[ -]?\d{{2}}[a-z])(?!\w)")
_ORDINAL = re.compile(r"\d+(?:e|er|ere|h|k|km|m|x|ans?|min|mg|ml)\d*\b|\b[a-z]\d\b")
_NAMES = re.compile(r"(?:life|canada|microsoft|office|insta) ?\d{3}")
_YEAR = re.compile(r"[a-z][ -]?(?:19|20)\d\d$")
_CARS = re.compile(
    r"\b(?:chars?|autos?|vans?|camions?|camionnette|voiture|pick[ -]?up|pickup|truck|suv|honda|toyota|mazda"
    r"|dodge|ford|vus"
    r"|immatricul\w*|ram|civic|corolla|jeep|bmw|mercedes|audi|nissan|hyundai|kia|chevrolet|chevy|gmc|subaru|tesla|acura"
    r"|lexus|jetta|silverado|caravan|mini-?van|minivan|fourgonnette|fourgon|tacoma|rav4|crv|bagnole|minoune|moto|berline"
    r"|plaques?|plak|plake|conduit|volkswagen|infiniti|cadillac|f-?150|econoline|transit|sedan)\b"
)


def _sign(token: Token) -> str:
    """A piece of a spelt plate: one letter, up to four digits, or a digit in words."""
    if token.is_number:
        return token.text if len(token.text) <= 4 else ""
    if token.text in DIGIT_WORDS:
        return DIGIT_WORDS[token.text]
    return token.text if len(token.text) == 1 and token.text.isalpha() and token.text.isascii() else ""


class Plate:
    """Any code soon after « plaque », and the shapes of Québec and Ontario where the letters make no word."""

    name = "plate"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for cue in _CUE.finditer(message.text):
            yield from self._announced(message, cue.end(), lists)
        car = bool(_CARS.search(message.text))
        yield from self._spelt(message, car)
        for pattern in (_LETTERS_FIRST, _LETTERS_LAST, _MIXED, _HALVES):
            for match in pattern.finditer(message.text):
                letters = match.groupdict().get("letters")
                if _NAMES.fullmatch(match[0]) or (_YEAR.search(match[0]) and not car):
                    continue
                if _ORDINAL.search(match[0]) and not (car and re.match(r"[a-z]{2}\d", match[0])):
                    continue
                raw = message.original[slice(*message.back(*match.span()))]
                upper = raw.upper() == raw and not message.shouted
                free = letters is None or (
                    letters not in FUNCTION and letters not in ("app", "bus", "rue", "rte", "lot")
                )
                if free and (letters is None or upper or car or not lists.is_ordinary(letters)):
                    yield Found(*match.span(), Kind.PLATE)

    def _announced(self, message: Folded, start: int, lists: Lists) -> Iterator[Found]:
        """The first code with a digit among the eight words after the cue, with the short pieces beside it."""
        after = [token for token in message.tokens if token.start >= start and (token.is_word or token.is_number)][:9]
        first = next((place for place, token in enumerate(after) if token.is_number), None)
        if first is None:
            return
        low = high = first
        while low and self._beside(message, after[low - 1], after[low]) and self._piece(after[low - 1], lists, low - 1):
            low -= 1
        while high + 1 < len(after) and self._beside(message, after[high], after[high + 1]):
            if not self._piece(after[high + 1], lists, high + 1):
                break
            high += 1
        # A sum or an hour says nothing of a car.
        if not re.match(r" ?(?:[$%]|h\b|ans\b|piasses?\b|jours?\b)", message.text[after[high].end :]) and (
            high > low or len(after[first].text) > 2
        ):
            yield Found(after[low].start, after[high].end, Kind.PLATE)

    def _spelt(self, message: Folded, car: bool) -> Iterator[Found]:
        """ "C B T trois un sept", "h d 3-2-2-9": letters and digits one by one, five to eight in all.

        Where no car is named, only three letters side by side then three digits side by side, or the reverse.
        """
        chain: list[Token] = []
        for token in (*(token for token in message.tokens if token.text not in "-.•·"), None):
            beside = token is not None and (not chain or _GAP.fullmatch(message.text[chain[-1].end : token.start]))
            piece = token is not None and bool(_sign(token))
            if token is not None and piece and beside:
                chain.append(token)
                continue
            if found := self._closed(message, chain, car):
                yield found
            chain = [token] if token is not None and piece else []

    def _closed(self, message: Folded, chain: list[Token], car: bool) -> Found | None:
        # "il a 3 …", "y 4 …": grammar at the ends is no letter of a plate, unless it was typed as one.
        while chain and chain[0].text in ("a", "y", "l", "d", "c", "j", "t", "s", "m", "n") and not self._typed(chain):
            if len(chain) > 1 and chain[1].is_word and len(chain[1].text) == 1:
                break
            if car and len(chain) > 4 and chain[0].text not in ("a", "y"):
                break
            chain = chain[1:]
        signs = "".join(_sign(token) for token in chain)
        letters, digits = sum(sign.isalpha() for sign in signs), sum(sign.isdigit() for sign in signs)
        if not (5 <= len(signs) <= 8 and 1 <= letters <= 4 and digits >= 2 and len(chain) >= 3):
            return None
        sure = re.fullmatch(r"[a-z]{3}\d{3}|\d{3}[a-z]{3}|[a-z]\d{2}[a-z]{3}|[a-z]{4}\d{3}", signs) and len(chain) >= 4
        if not (car or sure):
            return None
        if re.match(r" ?(?:[$%]|h\b|ans\b|piasses?\b|jours?\b|mois\b|fois\b)", message.text[chain[-1].end :]):
            return None
        return Found(chain[0].start, chain[-1].end, Kind.PLATE)

    def _typed(self, chain: list[Token]) -> bool:
        return chain[0].raw.isupper() and len(chain) > 1 and not chain[1].raw.islower()

    def _beside(self, message: Folded, left: Token, right: Token) -> bool:
        return _GAP.fullmatch(message.text[left.end : right.start]) is not None

    def _piece(self, token: Token, lists: Lists, place: int) -> bool:
        if token.is_number or (len(token.text) == 1 and token.raw.isupper()):
            return True
        glued = len(token.text) <= 4 and token.text not in FUNCTION
        return glued and (not lists.is_ordinary(token.text) or token.raw.isupper() or len(token.text) <= 3)
