"""French typography, applied once where text leaves the guide, so that authors type plain apostrophes and spaces."""

from __future__ import annotations

import re

NBSP = "\u00a0"
_BEFORE = re.compile(r"[ \u00a0\u202f]+([?!:;»%])")
_AFTER = re.compile(r"«[ \u00a0\u202f]*")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def french(text: str) -> str:
    """Text with typographic apostrophes and non-breaking spaces.

    Rule: Office québécois de la langue française, « Espacement avant et après les signes de ponctuation »
    (a space before « : », inside « », and before %); a space that an author typed before ? ! ; never breaks the line.
    """
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE.sub(NBSP + r"\1", text)
    return _AFTER.sub("«" + NBSP, text)
