"""The guide's answer as plain text for a messenger: choices numbered, long texts split at sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from balise_matrix.texts import text

LONGEST = 1_500
"""Characters of one message: about two screens of a small phone."""
_PIECES = (re.compile(r"(?<=\n\n)"), re.compile(r"(?<=\n)"), re.compile(r"(?<=[.?!»]) (?=\w|«)"), re.compile(r"(?<= )"))
"""Where a text may be cut, the best place first: between bubbles, lines, sentences, words."""


def rendered(messages: Iterable[Mapping[str, Any]]) -> str:
    """One text of a turn's messages. Choices are counted from 1 over all of them, as the guide counts."""
    parts, number = [], 0
    for message in messages:
        lines = [message["text"]] if message["text"] else []
        for choice in message["choices"]:
            number += 1
            lines.append(f"{number}. {choice['label']}")
        if message["multiple"]:
            lines.append(text("several"))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def split(long: str, longest: int = LONGEST) -> list[str]:
    """`long` in pieces of `longest` characters at most, cut at the best places; nothing but spaces is left out."""
    return [piece for piece in (piece.strip() for piece in _split(long, longest, _PIECES)) if piece]


def _split(long: str, longest: int, places: tuple[re.Pattern[str], ...]) -> list[str]:
    if len(long) <= longest:
        return [long]
    if not places:
        return [long[start : start + longest] for start in range(0, len(long), longest)]
    pieces: list[str] = [""]
    for part in places[0].split(long):
        joined = pieces[-1] + (" " if places[0] is _PIECES[2] and pieces[-1] else "") + part
        if len(joined) <= longest:
            pieces[-1] = joined
        else:
            pieces += _split(part, longest, places[1:])
    return pieces
