"""An organisation's own content: a folder laid over the project's, checked, and written as one whole to be served.

The folder holds `organisation.yml` (settings, sections left out, questions added) and, where they are wanted,
`responses/` and `directory/` (same form as in data/), `interface.yml` and `colours.yml`. What it says wins; the rest
stays. docs/for-organisations.md explains it to a person who does not program.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from balise.content.check import check
from balise.errors import OperatorError
from balise.fingerprint import fingerprint
from balise.organisation.merging import CONTENT, Merge
from balise.organisation.overlay import MARK, VARIABLES, Overlay
from balise.plan.catalogue import PROJECT

ASSEMBLED = ".organisations"
"""Where the whole content of an organisation is written, in the project's folder; git knows nothing of it."""


def assemble(folder: Path, project: Path = PROJECT) -> Path:
    """The whole content with an organisation's laid over it, as a folder to serve from; the same folder for the same
    content. Raises OperatorError with every fault, a line each, in French."""
    inputs = fingerprint(folder, ("*.yml", "*/*.yml")) + fingerprint(project, _patterns(project))
    target = project / ASSEMBLED / f"{folder.resolve().name}-{inputs}"
    if target.is_dir():
        return target
    target.parent.mkdir(exist_ok=True)
    # Written beside and moved into place: what is served is whole.
    unfinished = Path(tempfile.mkdtemp(dir=target.parent, suffix=".part"))
    try:
        if found := _written(folder, project, unfinished):
            raise OperatorError("\n".join(found))
        unfinished.chmod(0o755)
        unfinished.replace(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def faults(folder: Path, project: Path = PROJECT) -> list[str]:
    """Every fault of an organisation's folder, a line each in French, with its place; empty when in order."""
    with tempfile.TemporaryDirectory() as target:
        return _written(folder, project, Path(target))


def settings(folder: Path) -> dict[str, str]:
    """The settings of an organisation whose folder is in order, by their names in the environment."""
    told = Overlay(folder).settings
    found = {name: str(told[key]) for key, name in VARIABLES.items() if told.get(key)}
    if told.get("embedded_in"):
        found["BALISE_EMBEDDED_IN"] = " ".join(told["embedded_in"])
    if (folder / "colours.yml").is_file():
        found["BALISE_THEME"] = MARK.rstrip(".")
    return found


def _patterns(project: Path) -> list[str]:
    return [name if (project / name).is_file() else f"{name}/**/*.*" for name in CONTENT]


def _written(folder: Path, project: Path, target: Path) -> list[str]:
    """Write the whole content into `target`; the faults found on the way."""
    overlay = Overlay(folder)
    found = list(overlay.faults())
    if not found:
        found = list(Merge(overlay, project, target).faults())
    if not found:
        found = [overlay.placed(fault) for fault in check(target, registered=False)]
    return list(dict.fromkeys(found))
