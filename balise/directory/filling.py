"""`{line:ID}` in a text: the number of an entry, written once, in the directory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from balise.directory.model import Directory, Line

REFERENCE = re.compile(r"\{line:([a-z0-9_]+)(?::([a-z]+))?\}")
"""`{line:ID}` is the number; `{line:ID:digits}` its digits alone, for what a worker types; `{line:ID:text}` its
number for text messages; `{line:ID:date}` the day of its last look, in words."""
PARTS = ("digits", "text", "date")
DATE_WORDS = {
    "call": "utter_line_verified_by_call",
    "page": "utter_line_verified_by_page",
    "read": "utter_line_read_short",
    "doubtful": "utter_line_doubtful_short",
}
"""The texts of data/responses/lines.yml that tell a date: phoned, read again on the official page, read in a good
source, or to be verified."""


class ReferenceFault(ValueError):
    """A reference that can't be filled in; the message says why, in French."""


def strings(value: Any) -> Iterator[str]:
    """A text itself, or all texts of a list or mapping, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings(part)


def references(value: Any) -> Iterator[str]:
    """The ids of every reference in a text, or in all texts of a list or mapping."""
    return (match.group(1) for text in strings(value) for match in REFERENCE.finditer(text))


def filled(value: Any, directory: Directory, dates: Mapping[str, str]) -> Any:
    """A copy of a text, list or mapping with every reference filled in.

    `dates` are the words of a date by the keys of `DATE_WORDS`, with `{date}` in them. Raises ReferenceFault for an
    entry that is not there, that stands on memory only, or that has no such number.
    """
    if isinstance(value, str):
        return REFERENCE.sub(lambda match: _part(match, directory, dates), value)
    if isinstance(value, dict):
        return {key: filled(part, directory, dates) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, directory, dates) for part in value]
    return value


def _part(match: re.Match[str], directory: Directory, dates: Mapping[str, str]) -> str:
    name, part = match.groups()
    line = directory.line(name)
    if line is None:
        raise ReferenceFault(f"{match.group(0)} : « {name} » n'est pas dans l'annuaire (data/directory/).")
    if line.certainty == "C" and line.verified_on is None:
        raise ReferenceFault(f"{match.group(0)} : cette ligne n'est connue que de mémoire ; la vérifier d'abord.")
    if part == "date":
        return _date(line, dates)
    if part not in (None, *PARTS):
        raise ReferenceFault(f"{match.group(0)} : « {part} » n'existe pas ({', '.join(PARTS)}).")
    number = line.text if part == "text" else line.number
    if not number:
        raise ReferenceFault(f"{match.group(0)} : cette ligne n'a pas ce numéro.")
    return number.replace("-", "") if part == "digits" else number


def _date(line: Line, dates: Mapping[str, str]) -> str:
    way = line.verify_by if line.verified_on else "read" if line.certainty == "A" else "doubtful"
    return dates[way].format(date=line.looked_at().isoformat())
