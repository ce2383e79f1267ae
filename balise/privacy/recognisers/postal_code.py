"""Canadian postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

# First letters in use (Canada Post); 0 is often typed o, 1 l.
_WHOLE = re.compile(r"(?<!\w)[abceghj-npr-tvxy][ ]?[0-9o][ ]?[a-z][ ,.-]{0,2}[0-9o][ ]?[a-z][ ]?[0-9o](?!\w)")
_HALF = re.compile(
    r"(?:code postal|codepostal|postal code|c\.p\.|cp)\W*(?:\w+\W+){0,4}?(?P<code>[abceghj-npr-tvxy]\d[a-z])(?!\w)"
)


class PostalCode:
    """A letter, a digit, a letter, a digit, a letter, a digit; the first half where it is announced."""

    name = "postal_code"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _WHOLE.finditer(message.text):
            # "mon 1 a 1": a word whose second letter is an o.
            if sum(char.isdigit() for char in match[0]) >= 2 and match[0].split(" ")[0] not in FUNCTION:
                yield Found(*match.span(), Kind.POSTAL_CODE)
        for match in _HALF.finditer(message.text):
            yield Found(*match.span("code"), Kind.POSTAL_CODE)
