"""Telephone numbers, in any writing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS, runs
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import Found

_CUE = re.compile(
    r"(?:tel|telephone|phone|cell|cel|cellulaire|appel\w*|texte\w*|rejoin\w*|joindre|call|text|whatsapp|signal|num|numero"
    r"|poste|fax|pager|sms)\W*(?:\w+\W+){0,4}$"
)
_EXTENSION = re.compile(
    rf" ?,? ?\(?(?:poste|ext|extension|p\.|#) ?\.? ?(?:numero |no )?(?:\d{{1,6}}(?: \d{{1,4}})*(?!\w| ?h)"
    rf"|{IN_WORDS})\)?"
)


class Phone:
    """North American numbers (7, 10 or 11 digits) and foreign ones (a plus, 00 or 011, or a word that announces them).

    The public lines that the guide itself gives are kept.
    """

    name = "phone"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for run in runs(message):
            digits = run.digits
            foreign = message.text[run.start] == "+" or digits.startswith(("00", "011"))
            cued = bool(_CUE.search(message.text[max(0, run.start - 40) : run.start]))
            if digits in lists.numbers:
                continue
            if (
                len(digits) in (7, 10)
                or (len(digits) == 11 and digits[0] == "1")
                or (7 <= len(digits) <= 15 and (foreign or cued or run.in_words))
            ):
                end = run.end
                if extension := _EXTENSION.match(message.text, end):
                    end = extension.end()
                yield Found(run.start, end, Kind.PHONE)
