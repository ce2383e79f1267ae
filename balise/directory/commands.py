"""`balise directory`: check the directory, print what to phone next, record that a number was phoned."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from balise.directory.checking import lasting_faults, release_faults, stale_faults
from balise.directory.confirming import confirm
from balise.directory.filling import references
from balise.directory.form import as_form, to_verify
from balise.directory.model import STALE_AFTER
from balise.directory.reading import DirectoryError, load_directory
from balise.plan.catalogue import ROOT, read_responses

_CHECK = """Check the directory. Prints a line for each fault, with file, line and entry. Exit code: 0 in order,
1 with faults. --release also refuses an entry of the emergency path that no person has verified, or too long ago."""
_STALE = """Print what a person should phone next, the emergency path first, as a form to tick. Exit code: 0."""
_CONFIRM = """Record that a person phoned an entry (or read its official page, where one must not phone) and found it
right: today's date goes into its file. Who phoned is never recorded. Exit code: 0 written, 1 unknown entry or doubt."""


def add_commands(commands: Any) -> None:
    """Add `directory check|stale|confirm` to the parser's commands."""
    parser = commands.add_parser("directory", help="check, verify and confirm the lines that the guide gives")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="check the directory", description=_CHECK)
    check.add_argument("--days", type=_days, default=STALE_AFTER, help="how old a date may be (default: 180)")
    check.add_argument("--release", action="store_true", help="refuse what is not verified in the emergency path")
    check.set_defaults(command=_check)
    stale = actions.add_parser("stale", help="what to phone next, with a form to tick", description=_STALE)
    stale.add_argument("--within", type=_days, default=timedelta(), help="also what gets stale within DAYS days")
    stale.set_defaults(command=_stale)
    confirmed = actions.add_parser("confirm", help="record that a number was phoned, today", description=_CONFIRM)
    confirmed.add_argument("id", metavar="ID", help="the entry's id, as `stale` prints it")
    confirmed.add_argument("--field", help="a fact of the entry that was in doubt (doubts), instead of the number")
    confirmed.set_defaults(command=_confirm)


def _days(text: str) -> timedelta:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days")
    return timedelta(days=int(text))


def named_in_texts(root: Path = ROOT) -> set[str]:
    """The ids of the entries that a text of data/responses/ names itself."""
    return set(references(read_responses(root / "data" / "responses")))


def check_directory(root: Path, today: date, limit: timedelta = STALE_AFTER, release: bool = False) -> list[str]:
    """Every fault of the directory of `root` on the day `today`, a line of French each; empty when in order."""
    try:
        directory = load_directory(root)
        named: Collection[str] = named_in_texts(root)
    except DirectoryError as error:
        return error.faults
    faults = [*lasting_faults(directory), *stale_faults(directory, today, limit)]
    if release:
        faults += release_faults(directory, named, today, limit)
    return faults


def _check(options: argparse.Namespace) -> int:
    faults = check_directory(ROOT, date.today(), options.days, options.release)
    for fault in faults:
        print(fault)
    print("L'annuaire est en ordre." if not faults else f"{len(faults)} défaut(s) à corriger.")
    return 1 if faults else 0


def _stale(options: argparse.Namespace) -> int:
    today = date.today()
    print(as_form(to_verify(load_directory(ROOT), named_in_texts(), today, options.within), today), end="")
    return 0


def _confirm(options: argparse.Namespace) -> int:
    line = confirm(ROOT, options.id, date.today(), options.field)
    what = f"{options.id}, {options.field}" if options.field else options.id
    print(f"{what} : vérifié le {date.today().isoformat()} ({line.place}).")
    return 0
