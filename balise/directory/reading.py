"""Reading data/directory/*.yml: each fault names its file, line and entry, in French, for those who edit them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from balise.directory.model import ANY_NEED, CANADA, CERTAINTIES, NATURES, NEEDS, OWN, PROVINCES, Directory, Doubt, Line
from balise.errors import OperatorError
from balise.fingerprint import fingerprint

FOLDER = Path("data") / "directory"
COUNTRY_FILE = "canada.yml"
_WORDS = ("name", "serves", "source")
_FACTS = (
    *("town", "number", "vanity", "text", "chat", "web", "email", "hours", "languages", "relay", "cost"),
    *("anonymous", "hears"),
)
_FIXED = ("id", "scope", "needs", "nature", "seen_on", "verified_on", "verify_by", "certainty")
_OPTIONAL = ("vanity", "town", "email", "instead_of", "doubts", "verify_by")
"""Keys that may be left out; every other one stands in each entry, null where the fact is not known."""
KEYS = frozenset((*_WORDS, *_FACTS, *_FIXED, *_OPTIONAL))
CHOICES = {
    "nature": NATURES,
    "certainty": CERTAINTIES,
    "verify_by": ("call", "page"),
    "relay": ("yes", "no"),
    "cost": ("free", "standard"),
    "anonymous": ("yes", "no", "as_the_caller_wishes"),
}
"""What these keys may hold, besides null."""
_NEVER_NULL = ("nature", "certainty", "verify_by", "seen_on")


class DirectoryError(OperatorError):
    """The directory can't be read. `faults` are all of them, a line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def yaml() -> YAML:
    """A reader and writer that keeps comments, quotes and the order of an author's file."""
    parser = YAML(typ="rt")
    parser.preserve_quotes = True  # type: ignore[assignment]
    parser.width = 4096  # type: ignore[assignment]
    parser.indent(mapping=2, sequence=2, offset=0)
    # null is written as the authors write it.
    parser.representer.add_representer(type(None), _null)
    return parser


def _null(representer: Any, value: None) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


def files(folder: Path) -> list[Path]:
    """The files of the directory, Canada's first, then by name."""
    return sorted(folder.glob("*.yml"), key=lambda path: (path.name != COUNTRY_FILE, path.name))


def load_directory(root: Path) -> Directory:
    """The directory of the project in `root` (its data/directory/).

    Raises DirectoryError with every fault of form: what can't be read, a missing or unknown key, a value of the wrong
    kind, an id used twice. What can be read may still be wrong: see `balise.directory.checking`.
    """
    return _as_it_stands(root, fingerprint(root, [f"{FOLDER.as_posix()}/*.yml"]))


@lru_cache(maxsize=4)
def _as_it_stands(root: Path, content: str) -> Directory:
    """The directory whose files have the digest `content`: a start asks for it four times, and reading it takes half a
    second."""
    lines: list[Line] = []
    faults: list[str] = []
    paths = files(root / FOLDER)
    if not paths:
        faults.append(f"{FOLDER.as_posix()} : aucun fichier.")
    for path in paths:
        try:
            content = yaml().load(path.read_text(encoding="utf-8"))
        except (YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            where = f", ligne {mark.line + 1}" if mark else ""
            faults.append(f"{FOLDER.as_posix()}/{path.name}{where} : ce fichier ne peut pas être lu (YAML).")
            continue
        entries = content.get("lines") if isinstance(content, dict) else None
        if not isinstance(entries, list):
            faults.append(f"{FOLDER.as_posix()}/{path.name} : la liste « lines: » manque.")
            continue
        for index, entry in enumerate(entries):
            place = f"{FOLDER.as_posix()}/{path.name}, ligne {_line_number(entries, index)}"
            found = list(_faults(entry, path, place))
            faults += found
            if not found:
                lines.append(_line(entry, place))
    seen: dict[str, Line] = {}
    for line in lines:
        if line.id in seen:
            faults.append(f"{line.place} : {line.id} : ce nom (id) existe déjà : {seen[line.id].place}.")
        seen.setdefault(line.id, line)
    if faults:
        raise DirectoryError(faults)
    return Directory(tuple(lines))


def _line_number(entries: Any, index: int) -> int:
    """The line of an entry in its file, from 1."""
    return int(entries.lc.item(index)[0]) + 1


def _faults(entry: Any, path: Path, place: str) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{place} : une ligne de l'annuaire est un bloc « clé : valeur »."
        return
    name = entry.get("id")
    if not isinstance(name, str) or not name.replace("_", "").isalnum() or name != name.lower():
        yield f"{place} : id : un nom court en lettres minuscules, chiffres et soulignés."
        return
    here = f"{place} : {name}"
    for key in sorted(KEYS.difference(_OPTIONAL) - set(entry)):
        yield f"{here} : {key} : manque (écrire « {key}: null » si on ne le sait pas)."
    for key in sorted(set(map(str, entry)) - KEYS):
        yield f"{here} : {key} : cette clé n'existe pas."
    for key in _WORDS:
        if not isinstance(entry.get(key, ""), str) or (key != "source" and not str(entry.get(key, "-")).strip()):
            yield f"{here} : {key} : un texte entre guillemets."
    for key in _FACTS:
        if entry.get(key) is not None and not isinstance(entry[key], str):
            yield f"{here} : {key} : un texte entre guillemets, ou null."
    for key, allowed in CHOICES.items():
        value = entry.get(key)
        if key in entry and str(value) not in allowed and (value is not None or key in _NEVER_NULL):
            yield f"{here} : {key} : « {value} » n'est pas un choix ({', '.join(allowed)})."
    for key in ("seen_on", "verified_on"):
        value = entry.get(key)
        if key in entry and not isinstance(value, date) and (value is not None or key in _NEVER_NULL):
            yield f"{here} : {key} : une date comme 2026-11-21, sans guillemets."
    yield from _lists(entry, path, here)
    yield from _doubts(entry.get("doubts"), here)


def _lists(entry: Any, path: Path, here: str) -> Iterator[str]:
    for key, allowed in (("scope", (CANADA, OWN, *PROVINCES)), ("needs", (*NEEDS, ANY_NEED))):
        values = entry.get(key)
        if key not in entry:
            continue
        if not isinstance(values, list):
            yield f"{here} : {key} : une liste entre crochets, comme [{allowed[0]}]."
            continue
        for value in values:
            if value not in allowed:
                yield f"{here} : {key} : « {value} » n'est pas un choix ({', '.join(allowed)})."
        if key != "scope":
            continue
        if not path.name.startswith(OWN) and path.stem not in values:
            yield f"{here} : scope : ce fichier est celui de « {path.stem} », qui n'y est pas."
        for alone in {CANADA, OWN}.intersection(values) if len(values) > 1 else ():
            yield f"{here} : scope : « {alone} » va seul."


def _doubts(doubts: Any, here: str) -> Iterator[str]:
    if doubts is None:
        return
    if not isinstance(doubts, list):
        yield f"{here} : doubts : une liste."
        return
    for doubt in doubts:
        if not isinstance(doubt, dict) or set(doubt) != {"field", "certainty", "note", "verified_on"}:
            yield f"{here} : doubts : chaque doute a field, certainty, note et verified_on, rien d'autre."
            continue
        if doubt["field"] not in (*_FACTS, "serves", "name"):
            yield f"{here} : doubts : « {doubt['field']} » n'est pas un renseignement de l'annuaire."
        if doubt["certainty"] not in CERTAINTIES:
            yield f"{here} : doubts : « {doubt['certainty']} » n'est pas une certitude ({', '.join(CERTAINTIES)})."
        if not isinstance(doubt["note"], str) or not doubt["note"].strip():
            yield f"{here} : doubts : note : dire d'où vient le doute."
        if doubt["verified_on"] is not None and not isinstance(doubt["verified_on"], date):
            yield f"{here} : doubts : verified_on : une date comme 2026-11-21, sans guillemets, ou null."


def _line(entry: Any, place: str) -> Line:
    def text(key: str) -> str | None:
        value = entry.get(key)
        return str(value) if value is not None else None

    doubts = tuple(
        Doubt(str(doubt["field"]), str(doubt["certainty"]), str(doubt["note"]), doubt["verified_on"])
        for doubt in entry.get("doubts") or ()
    )
    return Line(
        id=str(entry["id"]),
        name=str(entry["name"]),
        scope=tuple(str(code) for code in entry["scope"]),
        serves=str(entry["serves"]),
        needs=tuple(str(need) for need in entry["needs"]),
        nature=str(entry["nature"]),
        source=str(entry["source"]),
        seen_on=entry["seen_on"],
        verified_on=entry["verified_on"],
        verify_by=str(entry.get("verify_by") or "call"),
        certainty=str(entry["certainty"]),
        doubts=doubts,
        instead_of=text("instead_of"),
        place=place,
        **{key: text(key) for key in _FACTS},
    )
