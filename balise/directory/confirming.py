"""Recording that a number was phoned: a date in the author's file, nothing else of it changed."""

from __future__ import annotations

import os
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from balise.directory.model import Line
from balise.directory.reading import FOLDER, files, load_directory, yaml
from balise.errors import OperatorError


def confirm(root: Path, name: str, today: date, field: str | None = None) -> Line:
    """Write `today` as the day when entry `name` was verified (or its doubt about `field`), and give the entry back.

    Comments, quotes and order of the file stay; no person is recorded. Raises DirectoryError where the directory
    can't be read, ValueError where there is no such entry or doubt.
    """
    directory = load_directory(root)
    if directory.line(name) is None:
        near = get_close_matches(name, [line.id for line in directory.lines], n=3)
        hint = f" Voulez-vous dire {', '.join(near)} ?" if near else ""
        raise OperatorError(f"« {name} » n'est pas dans l'annuaire.{hint}")
    path, content, entry = _find(root, name)
    if field is None:
        entry["verified_on"] = today
    else:
        doubts = [doubt for doubt in entry.get("doubts") or () if doubt["field"] == field]
        if not doubts:
            raise OperatorError(f"« {name} » n'a pas de doute sur « {field} ».")
        doubts[0]["verified_on"] = today
    # The old file stays whole if anything goes wrong.
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        yaml().dump(content, stream)
    os.replace(beside, path)
    line = load_directory(root).line(name)
    assert line is not None
    return line


def _find(root: Path, name: str) -> tuple[Path, Any, Any]:
    for path in files(root / FOLDER):
        content = yaml().load(path.read_text(encoding="utf-8"))
        for entry in content["lines"]:
            if entry["id"] == name:
                return path, content, entry
    raise OperatorError(f"« {name} » n'est pas dans l'annuaire.")
