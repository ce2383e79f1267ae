"""Which lines to give for a need, in a place: at most five, always the same for the same question."""

from __future__ import annotations

from datetime import date

from balise.directory.model import ANY_NEED, CANADA, OWN, Directory, Line, Standing

MOST_LINES = 5
_NOT_HELP = ("enforcement", "tip")
_NEEDS_IN_GENERAL = ("now", "trafficking", "violence", "suicide")
"""Where the need is not known yet: the first number of each is given, then the list of local services."""
_ONLY_FOR_ITSELF = "now"
"""In danger a list of services is no answer: entries for any need are left out."""


def lines_for(directory: Directory, province: str | None, need: str | None, today: date) -> tuple[Line, ...]:
    """At most five entries that may be given for `need` in `province`.

    In order: help before the police or a tip line; what is sure before what is doubtful; then the most specific
    (the organisation's own, the whole province, one town of it, Canada). The list of local services (2-1-1) comes last
    and always has its place. Entries from memory only, or without any way to reach them, are left out. `need` is one
    of `NEEDS`, None where it is not known; `province` one of `PROVINCES`, None where it is not known (Canada's entries
    and the organisation's only).
    """
    if need is None:
        each = [lines_for(directory, province, need, today) for need in _NEEDS_IN_GENERAL]
        firsts = [[line for line in lines if line.number and ANY_NEED not in line.needs][:1] for lines in each]
        firsts.append(list(lines_for(directory, province, "services", today)[-1:]))
        return tuple(dict.fromkeys(line for first in firsts for line in first))[:MOST_LINES]
    here = [line for line in directory.lines if line.serves_province(province) and line.can_be_shown(today)]
    replaced = {line.instead_of for line in here if line.instead_of}
    here = [line for line in here if line.id not in replaced]
    fit = sorted((line for line in here if need in line.needs), key=lambda line: _rank(line, today))
    general = [line for line in here if ANY_NEED in line.needs and line not in fit and need != _ONLY_FOR_ITSELF]
    general.sort(key=lambda line: _rank(line, today))
    last = general[:1]
    return (*fit[: MOST_LINES - len(last)], *last)


def _rank(line: Line, today: date) -> tuple[int, int, int]:
    """Lower comes first; entries of the same rank keep the order of the files."""
    doubtful = line.standing(today) is Standing.DOUBTFUL
    place = -1 if OWN in line.scope else 2 if CANADA in line.scope else 1 if line.town else 0
    return (line.nature in _NOT_HELP, doubtful, place)
