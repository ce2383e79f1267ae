"""E-mail addresses, written out or in disguise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

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
_COMMA = r"(?:,(?=com\b|ca\b|net\b|fr\b|org\b)| ?, ?(?=com\b|net\b))"
_AT = (
    r"(?: ?@ ?| ?[(\[{<] ?(?:a|at|arobase|arobas|chez|@) ?[)\]}>] ?| (?:arobase|arobas"
    r"|arrobas|arobaz|aroba|arobasse|a commercial|at|arobace|arrobase) )"
)
_JOINT = rf"(?:{_DOT}|[ ]?(?:tiret(?: (?:du )?bas)?|underscore|trait d'union|souligne|moins|plus|barre(?: basse)?)[ ]?)"
# The name before the sign is read backwards from it and within bounds: read forwards, a long line of words and dots
# would be tried in every possible cut.
_LOCAL = re.compile(rf"(?<![\w+%'-])[\w+%'-]+(?:{_JOINT}[\w+%'-]+){{0,6}}$")
_WINDOW = 80
_DOMAIN = rf"[a-z0-9-]{{1,60}}(?:{_DOT}[a-z0-9-]{{1,30}}){{0,2}}{_DOT}{_TLD}\b(?:{_DOT}ca\b)?"
_HOST = rf"(?:{_HOSTS})\b"
# Where the sign is said, the name may be said in several words, or letter by letter.
_SPELT = re.compile(r"(?<![\w'@])(?:[a-z0-9][ .-]{1,3}){3,}[a-z0-9]$")
_EARLIER = re.compile(r"(?<![\w'-])(?P<word>[\w-]+) $")
_ANNOUNCED = re.compile(
    r"\b(?:courriel|couriel|email|e-mail|mail|adresse|hotmail|gmail)\b(?: (?:c'est|cest|c|est|:|de|du|son|sa)\b)*[ :]+"
    r"(?P<local>(?:[\w+%'.-]+ ){0,4}[\w+%'.-]+)$"
)
_CALLED = re.compile(r"\b(?:courriel|couriel|email|e-mail|mail|adresse|ecri\w*|virement|interac)\b")
_TAGGED = re.compile(rf" @\w(?!.*\b{_TLD}$)")
"""« insta @roi.du.nord »: a user name, where a space stands before the sign and no ending after."""
_CUES = frozenset(
    "courriel couriel email mail adresse ecrire ecris ecrit envoie envoyer contacte rejoins interac".split()
)
_SIGNS = (
    re.compile(r" ?@ ?[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}"),
    re.compile(rf"{_AT}(?:{_DOMAIN}|{_HOST}(?:{_DOT}{_TLD}\b|{_COMMA}{_TLD}\b|[ ]{_TLD}\b)?)"),
    # "marie.cote a gmail.com": a bare "a", or nothing at all, only before a host with its ending.
    re.compile(rf" (?:a |chez |sur )?{_HOST}(?:{_DOT}|{_COMMA}){_TLD}\b"),
    re.compile(rf" (?:a|chez|sur) {_HOST} (?:com|ca|net|fr|qc)\b"),
    re.compile(rf" chez {_DOMAIN}"),
    # "a courriel point nb point ca": with two points said, no other sign is needed.
    re.compile(
        r" a [a-z0-9-]{2,40}(?: (?:point|dot) [a-z0-9-]{1,30}){1,2} (?:point|dot) (?:com|ca|net|org|fr|example)\b"
    ),
)
_NUMERIC = re.compile(rf"\d+(?![\w.])|{IN_WORDS}")
_LEAD = re.compile(r"(?:^|[,.:;] ?|\b(?:a|c'est|cest|c|est|son|sa|le) )(?P<words>(?:[a-z]+ ){1,2})$")
_DISGUISED = re.compile(r" (?:point|tiret|underscore|dot)")
_BARE = re.compile(rf" (?:a|chez|sur) {_HOST}(?! ?\.\w)")
"""A host without its ending: an address only after a name that looks like one, or after « courriel »."""


class Email:
    """Plain addresses, "arobase" and "point" in words, `(at)`, `[at]`, and a bare "a" before a known host."""

    name = "email"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for pattern in _SIGNS:
            for sign in pattern.finditer(message.text):
                if _TAGGED.match(sign[0]):
                    continue
                first = max(0, sign.start() - _WINDOW)
                start = self._local(message.text[first : sign.start()], lists)
                if start is not None:
                    yield Found(first + start, sign.end(), Kind.EMAIL)
        for sign in _BARE.finditer(message.text):
            first = max(0, sign.start() - _WINDOW)
            before = message.text[first : sign.start()]
            local = _LOCAL.search(before)
            called = _CALLED.search(before) and local and local[0] not in FUNCTION and not lists.is_ordinary(local[0])
            if local and (called or re.search(r"[\d_]|\w\.\w", local[0])):
                yield Found(first + local.start(), sign.end(), Kind.EMAIL)

    def _local(self, before: str, lists: Lists) -> int | None:
        """Where the name before the sign begins, None where no name stands there."""
        if spelt := _SPELT.search(before):
            return spelt.start()
        local = _LOCAL.search(before)
        if local is None:
            return None
        start = local.start()
        if announced := _ANNOUNCED.search(before):
            words = announced["local"].split()
            if not any(word in FUNCTION for word in words):
                return min(start, announced.start("local"))
        # "soleil fatou 0155 arobase": digits end a name that began earlier; so does an unknown word.
        ends_in_digits = bool(_NUMERIC.match(local[0]))
        lead = _LEAD.search(before[:start])
        if lead and _DISGUISED.search(local[0]):
            words = lead["words"].split()
            if not any(word in FUNCTION or word in _CUES or _acts(word, lists) for word in words):
                start = lead.start("words")
        for _ in range(3):
            earlier = _EARLIER.search(before[:start])
            if earlier is None or earlier["word"] in FUNCTION or earlier["word"] in _CUES:
                break
            if not ends_in_digits and lists.is_ordinary(earlier["word"]):
                break
            start = earlier.start()
        return start


def _acts(word: str, lists: Lists) -> bool:
    """Whether a word is a verb before anything else: « contacte marie point cote »."""
    classes = lists.classes(word)
    return bool(set("VIT") & set(classes)) and not set("NA") & set(classes)
