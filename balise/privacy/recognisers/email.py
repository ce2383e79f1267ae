"""E-mail addresses, written out or in disguise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import Found

_HOSTS = (
    "gmail|gmai|gmial|hotmail|hotmai|outlook|yahoo|videotron|icloud|live|msn|protonmail"
    "|proton|bell|sympatico|cogeco|aol"
    "|tutanota|tuta|gmx|yandex|mail|globetrotter|courriel|laposte|orange|free|wanadoo|hushmail|me|zoho|fastmail|rogers"
)
_TLD = (
    r"(?:com|ca|net|org|fr|qc ?\. ?ca|info|co|io|me|edu|gouv|gc|uk|us|ht|ma|dz|tn|cm|ci"
    r"|sn|ph|in|mx|ru|ua|ro|cn|vn|example|test|invalid)"
)
_DOT = r"(?:(?: ?\. ?)|(?: ?[(\[{]? ?\b(?:point|poin|pointe|dot|pt|punto) ?\b[)\]}]? ?))"
_AT = (
    r"(?: ?@ ?| ?[(\[{<] ?(?:a|at|arobase|arobas|chez|@) ?[)\]}>] ?| (?:arobase|arobas"
    r"|arrobas|arobaz|aroba|arobasse|a commercial|at|arobace|arrobase) )"
)
_JOINT = rf"(?:{_DOT}|[ ]?(?:tiret(?: (?:du )?bas)?|underscore|trait d'union|souligne|moins|plus|barre(?: basse)?)[ ]?)"
# The name before the sign is read backwards from it and within bounds: read forwards, a long line of words and dots
# would be tried in every possible cut.
_LOCAL = re.compile(rf"(?<![\w+%'-])[\w+%'-]+(?:{_JOINT}[\w+%'-]+){{0,6}}$")
_WINDOW = 80
_DOMAIN = rf"[a-z0-9-]{{1,60}}{_DOT}{_TLD}\b(?:{_DOT}ca\b)?"
_HOST = rf"(?:{_HOSTS})\b"
_SIGNS = (
    re.compile(r" ?@ ?[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}"),
    re.compile(rf"{_AT}(?:{_DOMAIN}|{_HOST}(?:{_DOT}{_TLD}\b|[ ]{_TLD}\b)?)"),
    # "marie.cote a gmail.com": a bare "a", or nothing at all, only before a host with its ending.
    re.compile(rf" (?:a |chez |sur )?{_HOST}{_DOT}{_TLD}\b"),
    re.compile(rf" chez {_DOMAIN}"),
)


class Email:
    """Plain addresses, "arobase" and "point" in words, `(at)`, `[at]`, and a bare "a" before a known host."""

    name = "email"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for pattern in _SIGNS:
            for sign in pattern.finditer(message.text):
                first = max(0, sign.start() - _WINDOW)
                if local := _LOCAL.search(message.text[first : sign.start()]):
                    yield Found(first + local.start(), sign.end(), Kind.EMAIL)
