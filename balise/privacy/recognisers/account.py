"""Bank accounts and payment cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import runs
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import SIGN, Found

_CUED = re.compile(
    r"\b(?:compte(?: bancaire)?|cpte|cte|acct|account|folio|transit|trans|institution|inst|succursale|iban"
    r"|swift|bic|carte"
    r"|visa|mastercard|mc|amex|debit|credit"
    rf"|interac|specimen|prepayee?|banque|caisse|cvv|cvc|nip|exp)\b{SIGN}(?:(?:finit|finissant"
    r"|termine|se termine|numero|par|est|a|le|la|son|sa|avec|dit"
    r"|desjardins|td|bmo|rbc|cibc|scotia|bnc|banque|nationale|opus|de|credit|debit)\W+){0,5}#?(?P<number>\d(?:["
    r"\d .\-/]*\d)+)"
)
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){3,7}(?:[ -]?[a-z0-9]{1,3})?(?!\w)")
_NUMBERED = r"\d(?:[\d .\-/]*\d)?"
_SPACED = re.compile(
    r"\b(?:transit|trans|institution|inst|compte|cpte|cte|folio|succursale|succ|no|numero)\b[. :#]*"
    rf"{_NUMBERED}(?:[ ,/-]*(?:transit|trans|institution|inst|compte|cpte|cte|folio|succursale"
    rf"|succ)\b[. :#]*{_NUMBERED})+"
    rf"|\b(?:compte|cpte|cte)[. :#]+(?:\d[\d .-]{{4,}}\d)(?![\w$%]| ?[$%])"
)
_LENDS = re.compile(
    r"\b(?:compte|cpte|cte|transit|folio|carte|visa|mastercard|nip|institution|inst)\b\W+(?:\w+\W+){0,3}$"
)
_CHAIN = re.compile(r"(?<!\d)\d{3,}(?:[ ,]*(?:compte|transit|institution|inst|folio|succursale|no)\.?[ :]*\d{3,})+")
_TRANSIT = re.compile(r"(?<!\d)\d{5}[ -]\d{3}[ -]\d{4,12}(?!\d)|(?<!\d)\d{3}[ -]\d{5}[ -]\d{4,12}(?!\d)")


class Account:
    """Card numbers (13 to 19 digits), transit and account numbers, IBAN, and the end of a card's number."""

    name = "account"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _CUED.finditer(message.text):
            digits = re.sub(r"\D", "", match["number"])
            if (
                len(digits) >= 3
                and digits not in lists.numbers
                and not re.match(
                    r" ?(?:[$%h]|piasses?\b|piastres?\b|dollars?\b|fois\b|euros?\b)", message.text[match.end() :]
                )
            ):
                yield Found(*match.span("number"), Kind.ACCOUNT)
        for match in _SPACED.finditer(message.text):
            if sum(char.isdigit() for char in match[0]) >= 5:
                yield Found(*match.span(), Kind.ACCOUNT)
        for pattern in (_IBAN, _TRANSIT, _CHAIN):
            for match in pattern.finditer(message.text):
                yield Found(*match.span(), Kind.ACCOUNT)
        for run in runs(message):
            said = run.in_words and run.pieces >= 3 and len(run.digits) >= 3
            lent = said and _LENDS.search(message.text[max(0, run.start - 40) : run.start])
            if 12 <= len(run.digits) <= 24 or lent:
                yield Found(run.start, run.end, Kind.ACCOUNT)
