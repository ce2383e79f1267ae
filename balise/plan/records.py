"""Sections that repeat: one record for each situation, place, contact or provider.

The record being filled stands in the questions' own slots; the others lie in the list slot `records_<form>`,
where null keeps the place of one that was opened again.
Leaving a record half-way keeps it as it is: it is shown as partial and can be taken up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue

Record = dict[str, Any]
Slots = Mapping[str, Any]


def repeating(catalogue: Catalogue, form: str) -> list[str]:
    """The questions of `form` that are asked once for each record; empty where the section does not repeat."""
    return [question.name for question in catalogue.questions_of(form) if question.repeats]


def current(catalogue: Catalogue, form: str, slots: Slots) -> Record:
    """The record being filled: the answered questions only."""
    return {name: slots[name] for name in repeating(catalogue, form) if Answer.from_slot(slots.get(name)) is not None}


def _places(catalogue: Catalogue, form: str, slots: Slots) -> list[Record | None]:
    """The stored records, the one being filled in its place (at the end, unless an older one was opened again)."""
    stored: list[Record | None] = list(slots.get(f"records_{form}") or [])
    filling = current(catalogue, form, slots) or None
    if None in stored:
        stored[stored.index(None)] = filling
    else:
        stored.append(filling)
    return stored


def all_records(catalogue: Catalogue, form: str, slots: Slots) -> list[Record]:
    """Every record of `form` that holds an answer, in the order in which they were begun."""
    return [record for record in _places(catalogue, form, slots) if record]


def position(catalogue: Catalogue, form: str, slots: Slots) -> int:
    """The place, from 0, of the record being filled among `all_records`."""
    stored = list(slots.get(f"records_{form}") or [])
    return stored.index(None) if None in stored else len(stored)


def open_new(catalogue: Catalogue, form: str, slots: Slots) -> Record:
    """The slots to set so that the current record is put aside and an empty one begins."""
    changes: Record = {f"records_{form}": all_records(catalogue, form, slots)}
    changes.update(dict.fromkeys(repeating(catalogue, form)))
    return changes


def open_again(catalogue: Catalogue, form: str, slots: Slots, index: int) -> Record:
    """The slots to set so that record `index` (from 0, as in `all_records`) is the one being filled.

    Raises IndexError where there is no such record.
    """
    records: list[Record | None] = list(all_records(catalogue, form, slots))
    chosen = records[index] or {}
    records[index] = None
    changes: Record = {f"records_{form}": records}
    changes.update({name: chosen.get(name) for name in repeating(catalogue, form)})
    return changes


def remove(catalogue: Catalogue, form: str, slots: Slots) -> Record:
    """The slots to set so that the record being filled is taken out and the last of the others is taken up."""
    here = position(catalogue, form, slots)
    places = enumerate(_places(catalogue, form, slots))
    others: list[Record | None] = [record for index, record in places if index != here]
    names = repeating(catalogue, form)
    last = (others[-1] or {}) if others else {}
    stored: list[Record | None] = [*others[:-1], None] if others[:-1] else []
    return {f"records_{form}": stored or None, **{name: last.get(name) for name in names}}


def letter(index: int) -> str:
    """The neutral name of a record: A, B … Z, then AA, AB…"""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
