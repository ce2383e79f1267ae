"""What is wrong in the directory, a line of French each: sources, dates, numbers, letters, duplicates, the release."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from balise.directory.model import ANY_NEED, CHANNELS, NEEDS, PROVINCES, STALE_AFTER, Directory, Line, Standing
from balise.directory.numbers import digits, is_number, is_text_number, spells

EMERGENCY_NEEDS = ("now", "suicide")
"""Needs whose lines stand in the emergency path, besides those that a text names itself."""


def lasting_faults(directory: Directory) -> list[str]:
    """Every fault that does not depend on the day: what `balise check` tells, and the tests."""
    parts = (_sources, _numbers, _letters, _reach, _duplicates, _replacements, _coverage)
    return [fault for part in parts for fault in part(directory)]


def stale_faults(directory: Directory, today: date, limit: timedelta = STALE_AFTER) -> list[str]:
    """Entries, and doubts once settled, that nobody looked at for longer than `limit`; and days still to come."""
    faults = []
    for line in directory.lines:
        dates = [("verified_on", line.verified_on), ("seen_on", line.seen_on)]
        dates += [(f"doubts ({doubt.field})", doubt.verified_on) for doubt in line.doubts]
        faults += [_told(line, key, "cette date est à venir.") for key, day in dates if day and day > today]
        old = (today - line.looked_at()).days
        if line.is_stale(today, limit):
            key = "verified_on" if line.verified_on else "seen_on"
            faults.append(_told(line, key, f"{old} jours sans vérification ({limit.days} au plus)."))
        for doubt in line.doubts:
            if doubt.verified_on and today - doubt.verified_on > limit:
                old = (today - doubt.verified_on).days
                faults.append(_told(line, f"doubts ({doubt.field})", f"{old} jours sans vérification."))
    return faults


def release_faults(
    directory: Directory, named: Collection[str], today: date, limit: timedelta = STALE_AFTER
) -> list[str]:
    """Entries of the emergency path that may not go into service: never verified by a person, or too long ago.

    The path is what a worker is given without looking further: the entries that a text names itself (`named`, their
    ids), and those for `EMERGENCY_NEEDS` that would be shown.
    """
    faults = []
    for line in emergency_path(directory, named, today):
        if line.verified_on is None:
            faults.append(_told(line, "verified_on", "jamais vérifié, et il est donné en urgence."))
        elif line.is_stale(today, limit):
            faults.append(_told(line, "verified_on", "vérifié il y a trop longtemps, et il est donné en urgence."))
    return faults


def emergency_path(directory: Directory, named: Collection[str], today: date) -> list[Line]:
    """The entries given without looking further, in the order of the directory."""
    urgent = (line for line in directory.lines if line.id in named or set(EMERGENCY_NEEDS) & set(line.needs))
    return [line for line in urgent if line.id in named or line.can_be_shown(today)]


def _told(line: Line, key: str, fault: str) -> str:
    return f"{line.place} : {line.id} : {key} : {fault}"


def _sources(directory: Directory) -> Iterator[str]:
    for line in directory.lines:
        if not line.source.strip():
            yield _told(line, "source", "manque. Sans source, une ligne ne se donne pas.")
        if line.verified_on and line.verified_on < line.seen_on:
            yield _told(line, "verified_on", "avant la date de lecture (seen_on).")
        if not line.needs:
            yield _told(line, "needs", "à quel besoin répond cette ligne ?")


def _numbers(directory: Directory) -> Iterator[str]:
    for line in directory.lines:
        if line.number and not is_number(line.number):
            yield _told(line, "number", f"« {line.number} » : écrire comme 1-833-900-1010, 902-449-2425 ou 9-1-1.")
        if line.text and not is_text_number(line.text):
            yield _told(line, "text", f"« {line.text} » : un numéro, ou un code de cinq ou six chiffres.")
        if line.web and ("/" in line.web.strip("/") or " " in line.web or "." not in line.web):
            yield _told(line, "web", f"« {line.web} » : l'adresse du site seulement, comme exemple.ca.")


def _letters(directory: Directory) -> Iterator[str]:
    for line in directory.lines:
        if line.vanity and (not line.number or not spells(line.vanity, line.number)):
            dialled = digits(line.vanity)
            yield _told(line, "vanity", f"« {line.vanity} » se compose {dialled}, pas {line.number}.")


def _reach(directory: Directory) -> Iterator[str]:
    for line in directory.lines:
        if not any(getattr(line, channel) for channel in CHANNELS) and line.doubt("number") is None:
            yield _told(line, "number", "ni numéro, ni texto, ni site : ajouter un doute (doubts) sur « number ».")
        for doubt in line.doubts:
            if not getattr(line, doubt.field) and doubt.field not in CHANNELS and doubt.verified_on is None:
                yield _told(line, f"doubts ({doubt.field})", "le renseignement mis en doute manque.")


def _duplicates(directory: Directory) -> Iterator[str]:
    numbers: dict[str, Line] = {}
    names: dict[tuple[str, str | None], Line] = {}
    for line in directory.lines:
        # One service may take calls and texts on one number.
        for number in dict.fromkeys(digits(value) for value in (line.number, line.text) if value):
            number = number.removeprefix("1") if len(number) == 11 else number
            other = numbers.setdefault(number, line)
            if other is not line and line.instead_of != other.id and other.instead_of != line.id:
                yield _told(line, "number", f"ce numéro est déjà celui de {other.id} ({other.place}).")
        same = names.setdefault((line.name.casefold(), line.town), line)
        if same is not line and line.instead_of != same.id:
            yield _told(line, "name", f"ce nom est déjà celui de {same.id} ({same.place}).")


def _replacements(directory: Directory) -> Iterator[str]:
    for line in directory.lines:
        if line.instead_of and directory.line(line.instead_of) is None:
            yield _told(line, "instead_of", f"« {line.instead_of} » n'existe pas.")


def _coverage(directory: Directory) -> Iterator[str]:
    """Whoever works anywhere in Canada gets a line for every need, and the list of local services."""
    for province in PROVINCES:
        here = [line for line in directory.lines if line.serves_province(province)]
        here = [line for line in here if line.standing(line.looked_at()) is not Standing.HIDDEN]
        for need in NEEDS:
            if not any({need, ANY_NEED} & set(line.needs) for line in here):
                yield f"data/directory : {province} : aucune ligne pour « {need} »."
        if not any(ANY_NEED in line.needs for line in here):
            yield f"data/directory : {province} : aucune liste des services (2-1-1)."
