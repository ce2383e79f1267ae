"""User names on networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

_NETWORKS = (
    "instagram|insta|snapchat|snap|tiktok|tik tok|telegram|twitter|discord|onlyfans|kik|facebook|fb|messenger|whatsapp"
    "|wechat|viber|signal|linkedin|skype|reddit|twitch|tinder|bumble|grindr|youtube|ig|leolist"
)
_WORDS = "pseudo|pseudonyme|username|user ?name|user|identifiant|handle|nom d'utilisateur|nom d'usager|usager|login"
_AT = re.compile(r"(?<![\w.])@ ?[a-z0-9_](?:[\w.-]*\w)?")
_TAGGED = re.compile(
    r"(?<!\w)(?=[a-z0-9._-]*[a-z])[a-z0-9]+(?:[._]+[a-z0-9]+)+_*(?!\w)|(?<!\w)_+[a-z0-9]+\w*|(?<!\w)\w+_+(?!\w)"
)
_SPACED = re.compile(r"(?<![\w.])@ ?[a-z]{3,}(?: [a-z]{3,})? \d{2,4}(?= *(?:$|[,.!?;)]))")
_CUED = re.compile(
    rf"\b(?:{_NETWORKS}|{_WORDS})\b(?: (?:est|c'est|cest|c|ces|s'appelle|sous|au nom de"
    r"|sous le nom de|de|du|is|nom|pseudo|compte"
    r"|etait|user|username|son|sa|a)\b)*[ ]*[:=>@]*[ ]*\"?(?P<name>[a-z0-9][\w.-]*\w)"
)


_SPOKEN = re.compile(
    r"(?<!\w)[a-z0-9][\w.-]*(?: (?:underscore|under score|tiret bas|barre basse|souligne) [a-z0-9][\w.-]*)+(?!\w)"
)
_DISCRIMINATED = re.compile(r"(?<!\w)[a-z0-9][\w.-]+#\d{3,}")


class Handle:
    """`@name`, names with underscores or dots inside, and the word after a network's name."""

    name = "handle"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _AT.finditer(message.text):
            yield Found(*match.span(), Kind.HANDLE)
        for pattern in (_SPOKEN, _DISCRIMINATED, _SPACED):
            for match in pattern.finditer(message.text):
                yield Found(*match.span(), Kind.HANDLE)
        for match in _TAGGED.finditer(message.text):
            if "_" in match[0] or not self._plain(match[0], lists):
                yield Found(*match.span(), Kind.HANDLE)
        for match in _CUED.finditer(message.text):
            name = match["name"]
            known = lists.is_ordinary(name) or name in lists.places
            if name not in FUNCTION and not known and not name.isdigit():
                yield Found(*match.span("name"), Kind.HANDLE)

    def _plain(self, word: str, lists: Lists) -> bool:
        """ "fini.je pars", "p.m", "12.50": known words or numbers around a full stop."""
        parts = [part for part in re.split(r"[._]+", word) if part]
        return all(len(part) == 1 or part.isdigit() or lists.is_ordinary(part) for part in parts)
