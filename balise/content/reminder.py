"""The check of the neutral reminder: its white list, and the words that would betray the person who keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from balise.documents.reminder import KIND
from balise.documents.words import FOLDER
from balise.plan.answers import UNKNOWN
from balise.plan.words import fold
from balise.yaml_files import read_yaml

_FILE = (FOLDER / f"{KIND}.yml").as_posix()


def betrayals(text: str, rules: list[dict[str, str]]) -> Iterator[str]:
    """Each word of `text` that a rule of `betrays` (forbidden.yml) names, with its reason."""
    for rule in rules:
        found = re.search(rf"\b(?:{rule['pattern']})\b", fold(text))
        if found:
            yield f"« {found.group(0)} » peut trahir la personne : {rule['reason']}."


def reminder_faults(
    root: Path, rules: list[dict[str, str]], slots: Mapping[str, Any], choices: Callable[[str], set[str]]
) -> Iterator[str]:
    """What is wrong with data/documents/reminder.yml, a line each with its place.

    `slots` are those of domain.yml: a question that an organisation leaves out keeps its slot. `choices` gives the
    internal names of a question's choices; none where it is not asked.
    """
    told = read_yaml(root / _FILE)
    wordings = [("title", told.get("title")), *(("anyone", one) for one in told.get("anyone") or ())]
    for question, lines in (told.get("choices") or {}).items():
        if question not in slots:
            yield f"{_FILE} : choices : la question « {question} » n'existe pas."
        known = choices(question)
        for choice, wording in lines.items():
            if (known and choice not in known) or choice == UNKNOWN:
                yield f"{_FILE} : choices : « {question} » n'a pas de choix « {choice} »."
            wordings.append((f"choices : {question} : {choice}", wording))
    for place, wording in wordings:
        yield from (f"{_FILE} : {place} : {fault}" for fault in betrayals(str(wording or ""), rules))
