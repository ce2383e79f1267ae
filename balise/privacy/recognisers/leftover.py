"""Whatever long number or code no other recogniser took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import runs
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import Found

_CODE = re.compile(r"(?<![\w])(?=[a-z0-9_-]*[a-z])(?=[a-z0-9_-]*\d[a-z0-9_-]*\d)[a-z0-9]+(?:[_-][a-z0-9]+)*(?!\w)")
# Letters and digits that are ordinary: 14h30, 200k, 2e, 24h, 7jrs, h1n1, covid19, mp3, 5km, 18ans, 12x…
_ORDINARY = re.compile(
    r"\d+(?:h\d*|e|er|ere|eme|ieme|k|km|kms|m|cm|mm|kg|g|mg|ml|l|lbs?|x|ans?|mois|jrs?|j|sem|min|mins|sec|s|pm|am|a|b|c|d"
    r"|th|st|nd|rd|ieme|emes|heures?|jours?|piasses?|fois|pieds?|pouces?)(?:\d+(?:min|m|s)?)?|[a-z]\d{1,2}|(?:h1n1|mp3|mp4"
    r"|covid\d+|lgbtq?\w*|cov19|b12|ps\d|a4|v\d|vih\d?|t4|rl1|5g|4g|3g|wifi\d?|imm\d+|c-?\d{2}|bill-?c?\d+"
    r"|life360|canada411|(?:[a-z]+-)?(?:19|20)\d\d)"
)


class Leftover:
    """Five digits in a row or more, and words that mix letters with two digits or more."""

    name = "leftover"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for run in runs(message):
            short = run.digits in lists.numbers
            if (len(run.digits) >= 7 or (len(run.digits) >= 5 and run.pieces == 1)) and not short:
                yield Found(run.start, run.end, Kind.NUMBER)
        for match in _CODE.finditer(message.text):
            word = match[0]
            if _ORDINARY.fullmatch(word) or len(word) < 4:
                continue
            parts = re.split(r"[-_]", word)
            # "12-ans", "vingt-4": known words and small numbers joined by a hyphen.
            if all((part.isdigit() and len(part) < 4) or part in lists.lexique or part in lists.own for part in parts):
                continue
            yield Found(*match.span(), Kind.NUMBER)
