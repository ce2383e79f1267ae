"""The numbers of every question and choice that a plan ever held, so that a code of an older content can be read.

data/resume/registry.yml is append-only: what the content no longer has keeps its number, with the last version that had
it (`until`). Numbers count from 1 in the order of coming; 0 is UNKNOWN, which any question accepts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from balise.errors import OperatorError
from balise.plan.answers import UNKNOWN
from balise.plan.catalogue import ROOT, Catalogue, Question, load
from balise.resume.plan import kept
from balise.yaml_files import read_yaml

FILE = "data/resume/registry.yml"
_HEAD = """\
# Les numéros que portent, dans un code de reprise, chaque question et chaque choix du plan (docs/resume-code.md).
# Écrit par « balise resume register », qui ajoute ce qui est nouveau : rien n'y est effacé ni renuméroté, pour
# qu'un code fait avec un ancien contenu se lise encore. label sert à nommer une question qui n'existe plus.
"""


@dataclass(frozen=True)
class Named:
    """A choice: its number in its question, the versions that have it (`until` None: still there)."""

    number: int
    name: str
    since: int
    until: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it was registered. `several` is only a hint for packing; `label` is how it was then called."""

    number: int
    name: str
    section: str
    repeats: bool
    several: bool
    label: str
    since: int
    until: int | None
    choices: tuple[Named, ...]

    def names(self, version: int) -> tuple[str, ...]:
        """The choices that stood in `version`, in the order of their numbers, UNKNOWN first."""
        return (UNKNOWN, *(choice.name for choice in self.choices if _stands(choice, version)))

    def is_same_place(self, section: str, repeats: bool) -> bool:
        """Whether an answer belongs where `section` now asks it: a record can't become an answer given once."""
        return self.repeats == repeats and (not repeats or self.section == section)


@dataclass(frozen=True)
class Registry:
    """Everything that was ever registered; `version` counts the contents from 1 (0: nothing is registered yet)."""

    version: int
    questions: tuple[Asked, ...]

    def standing(self, version: int) -> tuple[Asked, ...]:
        """The questions that stood in `version`, in the order of their numbers."""
        return tuple(question for question in self.questions if _stands(question, version))

    def added_since(self, version: int) -> tuple[str, ...]:
        """The names of the questions that came after `version`, or that a choice came to."""
        return tuple(
            question.name
            for question in self.standing(self.version)
            if question.since > version
            or any(choice.since > version for choice in question.choices if _stands(choice, self.version))
        )


def _stands(entry: Asked | Named, version: int) -> bool:
    return entry.since <= version and (entry.until is None or version <= entry.until)


@lru_cache(maxsize=4)
def load_registry(root: Path = ROOT) -> Registry:
    """The registry of the project in `root`. Raises OperatorError where the file is missing or malformed."""
    return read_registry(root)


def read_registry(root: Path) -> Registry:
    """The same, read anew."""
    try:
        content = read_yaml(root / FILE)
        questions = tuple(_asked(entry) for entry in content["questions"])
        registry = Registry(int(content["version"]), questions)
    except (OSError, KeyError, TypeError, ValueError):
        raise OperatorError(f"{FILE} : ce fichier manque ou ne peut pas être lu.") from None
    if [question.number for question in questions] != list(range(1, len(questions) + 1)):
        raise OperatorError(f"{FILE} : les numéros des questions ne se suivent pas depuis 1.")
    for question in questions:
        if [choice.number for choice in question.choices] != list(range(1, len(question.choices) + 1)):
            raise OperatorError(f"{FILE} : {question.name} : les numéros des choix ne se suivent pas depuis 1.")
    return registry


def _asked(entry: Any) -> Asked:
    return Asked(
        number=int(entry["number"]),
        name=str(entry["name"]),
        section=str(entry["section"]),
        repeats=bool(entry.get("repeats")),
        several=bool(entry.get("several")),
        label=str(entry["label"]),
        since=int(entry["since"]),
        until=entry.get("until"),
        choices=tuple(
            Named(int(choice["number"]), str(choice["name"]), int(choice["since"]), choice.get("until"))
            for choice in entry["choices"]
        ),
    )


def registered(registry: Registry, catalogue: Catalogue) -> Registry:
    """The registry with what is new in the content added and what is no more there closed, one version later; the
    same one where nothing changed. A question that moved to or from the records, or between them, is a new one."""
    version = registry.version + 1
    present = {question.name: (section, question) for section, question in kept(catalogue)}
    questions: list[Asked] = []
    known: set[str] = set()
    for entry in registry.questions:
        section, question = present.get(entry.name, ("", None))
        if entry.until is None and (question is None or not entry.is_same_place(section, question.repeats)):
            entry = replace(entry, until=registry.version)
        if entry.until is None and question is not None:
            known.add(entry.name)
            entry = replace(entry, choices=_choices(entry.choices, question, version))
        questions.append(entry)
    for name, (section, question) in present.items():
        if name not in known:
            questions.append(
                Asked(
                    number=len(questions) + 1,
                    name=name,
                    section=section,
                    repeats=question.repeats,
                    several=question.several,
                    label=question.label,
                    since=version,
                    until=None,
                    choices=_choices((), question, version),
                )
            )
    if tuple(questions) == registry.questions:
        return registry
    return Registry(version, tuple(questions))


def _choices(known: tuple[Named, ...], question: Question, version: int) -> tuple[Named, ...]:
    values = [choice.value for choice in question.choices if choice.value != UNKNOWN]
    out = [
        replace(entry, until=version - 1) if entry.until is None and entry.name not in values else entry
        for entry in known
    ]
    standing = {entry.name for entry in out if entry.until is None}
    out += [
        Named(number, name, version)
        for number, name in enumerate((name for name in values if name not in standing), len(out) + 1)
    ]
    return tuple(out)


def faults(registry: Registry, catalogue: Catalogue) -> Iterator[str]:
    """Where content and registry differ, a line each in French."""
    later = registered(registry, catalogue)
    before = {question.number: question for question in registry.questions}
    for question in later.questions:
        old = before.get(question.number)
        if old is None:
            yield f"{FILE} : la question « {question.name} » n'est pas inscrite : {_MEND}"
        elif question.until != old.until:
            yield f"{FILE} : la question « {question.name} » n'est plus dans le contenu à sa place : {_MEND}"
        elif question.choices != old.choices:
            changed = sorted({choice.name for choice in set(question.choices) ^ set(old.choices)})
            yield f"{FILE} : {question.name} : « {', '.join(changed)} » est inscrit ou présent, pas les deux : {_MEND}"


_MEND = "lancer « balise resume register »."


def register(root: Path = ROOT) -> tuple[Registry, bool]:
    """Write what is new in the content of `root` into its registry; the registry as it then is, and whether it changed.

    Raises OperatorError where a file can't be read.
    """
    before = read_registry(root)
    after = registered(before, load(root))
    if after != before:
        (root / FILE).write_text(written(after), encoding="utf-8", newline="\n")
    return after, after != before


def written(registry: Registry) -> str:
    """The registry as its file holds it."""
    lines = [f"{_HEAD}version: {registry.version}", "questions:"]
    for question in registry.questions:
        lines += [f"- number: {question.number}", f"  name: {question.name}", f"  section: {question.section}"]
        lines += [f"  {flag}: true" for flag in ("repeats", "several") if getattr(question, flag)]
        lines += [f"  label: {json.dumps(question.label, ensure_ascii=False)}", f"  since: {question.since}"]
        lines += [f"  until: {question.until}"] if question.until is not None else []
        lines.append("  choices:")
        lines += [f"  - {_flow(choice)}" for choice in question.choices]
    return "\n".join(lines) + "\n"


def _flow(choice: Named) -> str:
    parts: Iterable[str] = (
        f"number: {choice.number}",
        # Quoted: « yes », « no » and « on » are otherwise read as true and false.
        f"name: {json.dumps(choice.name)}",
        f"since: {choice.since}",
        *([f"until: {choice.until}"] if choice.until is not None else []),
    )
    return "{" + ", ".join(parts) + "}"
