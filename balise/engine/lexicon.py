"""Whole messages that are commands, and danger words: read from the training data, so that they stand once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from balise.plan.catalogue import ROOT, load
from balise.plan.meaning import COMMANDS, Lexicon
from balise.plan.words import plain, stems

_CORE_WORDS = 2
"""A command this short stays one even where an ordinary answer has the same words ("passer")."""
_MOST_WORDS = 6
"""A longer example is a way to say it, not a password: the classifier is asked."""


CORE_FILE = "core_commands.yml"
"""The words that the menu announces: always the command, whatever else the examples say."""


def _nlu(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu", [])
    return entries


def examples(entry: dict[str, Any]) -> list[str]:
    """The lines of an `examples:` block."""
    return [line.strip()[1:].strip() for line in entry["examples"].splitlines() if line.strip().startswith("-")]


@lru_cache(maxsize=4)
def load_lexicon(root: Path = ROOT) -> Lexicon:
    """The lexicon of the project in `root`: short training examples that stand under one intent only."""
    commands: dict[str, str] = {}
    ambiguous: set[str] = set()
    danger: list[tuple[str, ...]] = []
    folder = root / "data" / "nlu"
    for entry in (entry for path in sorted(folder.glob("*.yml")) for entry in _nlu(path)):
        if entry.get("lookup") == "danger_word":
            danger += [tuple(stems(example)) for example in examples(entry)]
            continue
        intent = entry.get("intent", "")
        for example in examples(entry):
            said = plain(example)
            size = len(said.split())
            if not 0 < size <= _MOST_WORDS or (intent == "inform" and size <= _CORE_WORDS):
                continue
            if commands.setdefault(said, intent) != intent:
                ambiguous.add(said)
    for entry in _nlu(folder / CORE_FILE):
        for example in examples(entry):
            commands[plain(example)] = entry["intent"]
            ambiguous.discard(plain(example))
    for intent in COMMANDS:
        title = load(root).texts.get(f"utter_command_{intent}")
        if title:
            commands[plain(title)] = intent
            ambiguous.discard(plain(title))
    known = {said: intent for said, intent in commands.items() if said not in ambiguous and intent != "inform"}
    return Lexicon(known, tuple(danger))
