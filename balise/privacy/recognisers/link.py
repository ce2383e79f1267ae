"""Links and network addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found, name_end

_TLD = (
    "com|ca|net|org|fr|qc|info|co|io|cc|tv|me|biz|xyz|ly|gg|link|site|online|shop|app"
    "|vip|club|fun|onion|ru|be|ch|uk|us|in"
    "|ph|mx|de|es|it|example|test|invalid|to|live|page|store|top|pro|eu|ht|ma|news|blog|dev|ai"
)
_LINK = re.compile(
    r"(?:h(?:tt|xx)ps?\s?:\s?/\s?/\s?|www\s?\.\s?)[^\s,;!)]+"
    rf"|(?<![@\w.-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:{_TLD})(?![\w.@-]*\w)(?:[/?#][^\s,;)]*)?"
    rf"|(?<![@\w.-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:{_TLD})[/?][^\s,;)]*"
)
_SAID = re.compile(
    r"\b(?:www |3w |trois w )?(?:point )?[a-z0-9-]+(?: (?:point|dot) [a-z0-9-]+)* (?:point"
    r"|poin|dot) (?:com|ca|net|org|cc|info|tv|me|example|test)\b"
    r"(?: ?(?:barre oblique|slash|/|oblique|barre) ?[\w.-]+)*"
)
_SLASHED = re.compile(r" ?(?:barre oblique|slash|oblique) [\w.-]+$")
# "lodge . example / r / 88": apart, an ending that is no word, or a path after it.
_APART = re.compile(
    r"(?<![@\w.-])[a-z0-9-]{2,}(?: ?\. ?[a-z0-9-]+)? ?\. ?(?:com|net|org|info|example|test|ca|qc)(?: ?/ ?[\w.-]+)+"
    r"|(?<![@\w.-])[a-z0-9-]{2,} ?\. ?(?:com|net|org|example)(?!\w)(?: ?/)?"
)
_SITE = re.compile(r"\b(?:site|lien|page|annonce)\b(?: (?:c'est|cest|c|est|:))*[ :]+(?P<words>(?:[a-z0-9-]+ ){1,3})$")
_IP4 = re.compile(r"(?<![\d.])(?:\d{1,3}(?:\.| ?\. ?| point )){3}\d{1,3}(?:/\d{1,2})?(?:\s?:\d{1,5})?(?![\d])")
_IP6 = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?:::?[0-9a-f]{0,4})*(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?!\w)"
)
# Government sites tell nothing of a person.
_PUBLIC = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[a-z0-9-]+\.)*(?:canada\.ca|gc\.ca|quebec\.ca|gouv\.qc\.ca|ontario\.ca)(?:/.*)?"
)


class Link:
    """Web addresses, with or without their beginning, and IP or MAC addresses."""

    name = "link"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for pattern in (_LINK, _SAID, _APART):
            for match in pattern.finditer(message.text):
                if _SLASHED.search(match[0]):
                    # What follows is said in several words: "barre oblique rive sud".
                    end = name_end(message, match.end(), 2)
                    number = re.match(r" \d{1,6}(?!\w| ?[$%h])", message.text[end:])
                    yield Found(self._begin(message, match.start()), end + (number.end() if number else 0), Kind.LINK)
                elif not _PUBLIC.fullmatch(match[0]) and not self._two_sentences(match[0], lists):
                    start = self._begin(message, match.start()) if pattern is _SAID else match.start()
                    yield Found(start, match.end(), Kind.LINK)
        for pattern in (_IP4, _IP6):
            for match in pattern.finditer(message.text):
                if sum(char.isdigit() for char in match[0]) >= 3:
                    yield Found(*match.span(), Kind.LINK)

    def _begin(self, message: Folded, start: int) -> int:
        """Where a site's name begins when it is announced: "le site c'est belles maisons point com"."""
        site = _SITE.search(message.text[max(0, start - 60) : start])
        if site and not any(word in FUNCTION or word == "du" for word in site["words"].split()):
            return start - len(site["words"])
        return start

    def _two_sentences(self, found: str, lists: Lists) -> bool:
        """ "pas sur.me rappelle": two known words with a full stop and no space between."""
        words = found.split(".")
        return (
            len(words) == 2
            and words[1] in {"me", "to", "in", "it", "de", "es", "us", "be", "pro", "top", "ma"}
            and (words[0] in lists.lexique or words[0] in lists.own)
        )
