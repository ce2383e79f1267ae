"""Whole messages that are commands, and danger words: read from the training data, so that they stand once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from balise.plan.catalogue import NEED, PROVINCE, ROOT, Catalogue, Question, load, responses_of
from balise.plan.meaning import COMMANDS, TOPICS, Lexicon
from balise.plan.ways import SECTIONS
from balise.plan.words import plain, stems
from balise.yaml_files import read_yaml

CORE_FILE = "core_commands.yml"
"""The words that the menu announces: alone in a message, always the command."""
DANGER_FILE = "danger_words.yml"


def _nlu(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read_yaml(path).get("nlu", [])
    return entries


def examples(entry: dict[str, Any]) -> list[str]:
    """The lines of an `examples:` block."""
    return [line.strip()[1:].strip() for line in entry["examples"].splitlines() if line.strip().startswith("-")]


def _menu(root: Path) -> list[tuple[str, str]]:
    """The buttons of the welcome and of the menus that are a bare command: what is written on them, other words for it
    (`words`), and the command."""
    responses = responses_of(root)
    menus = [body for name, body in responses.items() if name == "utter_ways" or name.startswith("utter_menu")]
    buttons = [button for menu in menus for button in menu.get("buttons") or ()]
    named = [(said, button) for button in buttons for said in (button["title"], *button.get("words", ()))]
    commands = [(str(said), str(button["payload"]).removeprefix("/")) for said, button in named]
    return [(said, intent) for said, intent in commands if intent in COMMANDS]


@lru_cache(maxsize=4)
def load_lexicon(root: Path = ROOT) -> Lexicon:
    """The lexicon of the project in `root`: core_commands.yml, the buttons' and sections' titles,
    danger_words.yml."""
    folder = root / "data" / "nlu"
    commands = {plain(text): intent for intent in COMMANDS if (text := load(root).texts.get(f"utter_command_{intent}"))}
    # A section's title, alone in a message, opens it; so does what is written on a button of the welcome or the menu.
    commands |= {plain(load(root).title(form)): intent for intent, form in SECTIONS.items()}
    commands |= {plain(title): intent for title, intent in _menu(root) if len(plain(title).split()) > 1}
    for entry in _nlu(folder / CORE_FILE):
        commands.update({plain(example): entry["intent"] for example in examples(entry)})
    danger = [tuple(stems(example)) for entry in _nlu(folder / DANGER_FILE) for example in examples(entry)]
    sections = tuple((load(root).title(form), intent) for intent, form in SECTIONS.items())
    return Lexicon(commands, tuple(danger), sections, asked_along(load(root)))


def asked_along(catalogue: Catalogue) -> dict[str, tuple[Question, ...]]:
    """What a request may say besides itself, as the questions that would ask it: the need and the province of
    « quelles lignes », the subject of a card."""
    province, need = catalogue.questions[PROVINCE], catalogue.questions[NEED]
    topics = Question(TOPICS, "", catalogue.topics, "", "")
    return {"helplines": (province, need), "guidance": (topics, province)}
