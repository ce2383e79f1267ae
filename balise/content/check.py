"""`balise check`: every text that a worker reads, and the structure that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from balise.plan.catalogue import ROOT, read_responses
from balise.plan.meaning import COMMANDS, NEVER_OFFERED
from balise.plan.ways import REVIEWED
from balise.plan.words import fold

LONGEST_BUBBLE = 280
"""Characters (research/content-and-peers.md section 3.4)."""
LONGEST_EMERGENCY = 60
"""Words of the emergency answer."""
_FILLED_IN = frozenset("heard label labels letter why title here next sections kinds text".split())
"""Words in braces that the actions fill in; any other must be a slot of domain.yml."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
_PAYLOAD = re.compile(r"^/([a-z_]+)(?::[a-z_]+)?$")


class _Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.domain: dict[str, Any] = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
        self.forms: dict[str, list[str]] = {form: body["required_slots"] for form, body in self.domain["forms"].items()}
        self.responses = read_responses(root / "data" / "responses")
        self.files: dict[str, str] = {}
        for path in sorted((root / "data" / "responses").glob("*.yml")):
            for name in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("responses", {}):
                self.files[name] = path.name
        rules = forbidden()
        self.words = [(re.compile(rf"\b(?:{rule['pattern']})\b"), rule["reason"]) for rule in rules["words"]]
        self.asks = [(re.compile(rf"\b(?:{rule['pattern']})\b"), rule["reason"]) for rule in rules["asks"]]

    @property
    def questions(self) -> list[str]:
        """Every question, once."""
        return list(dict.fromkeys(name for names in self.forms.values() for name in names))

    def choices(self, response: str) -> set[str]:
        """The internal names of a response's buttons."""
        return {str(button.get("payload")) for button in self.responses.get(response, {}).get("buttons") or ()}

    def at(self, response: str, fault: str) -> str:
        """A fault with the place where it stands."""
        return f"data/responses/{self.files.get(response, '?')} : {response} : {fault}"


def forbidden() -> dict[str, list[dict[str, str]]]:
    """The phrases that no text holds, and what no question asks, with their reasons."""
    content: dict[str, list[dict[str, str]]] = yaml.safe_load(
        (Path(__file__).parent / "forbidden.yml").read_text(encoding="utf-8")
    )
    return content


def check(root: Path = ROOT) -> list[str]:
    """Every fault of the content in `root`, a line each in French, with its file and its text; empty when in order."""
    try:
        project = _Project(root)
    except (ValueError, KeyError, OSError, yaml.YAMLError) as error:
        return [f"Le contenu ne peut pas être lu : {error}"]
    return [fault for part in (_questions, _buttons, _texts, _structure, _orphans) for fault in part(project)]


def _questions(project: _Project) -> Iterator[str]:
    for position, name in enumerate(project.questions):
        key = f"utter_ask_{name}"
        response = project.responses.get(key)
        if response is None:
            yield f"domain.yml : la question « {name} » n'a pas de texte ({key})."
            continue
        metadata = response.get("metadata") or {}
        for part, told in (("label", "titre pour le résumé (label)"), ("why", "raison (why)")):
            if not metadata.get(part):
                yield project.at(key, f"la question n'a pas de {told}.")
        if len(response.get("buttons") or ()) < 2:
            yield project.at(key, "la question n'a pas de choix.")
        for pattern, reason in project.asks:
            if pattern.search(fold(response.get("text", ""))):
                yield project.at(key, f"la question demande une donnée identifiante ({reason}).")
        yield from _conditions(project, key, metadata, position)


def _conditions(project: _Project, key: str, metadata: dict[str, Any], position: int) -> Iterator[str]:
    condition, rest = metadata.get("only_if"), metadata.get("rest")
    if rest and rest not in project.choices(key):
        yield project.at(key, f"la question n'a pas de choix « {rest} » (rest).")
    if not condition:
        return
    other = condition["question"]
    if other not in project.questions:
        yield project.at(key, f"la question « {other} » n'existe pas.")
        return
    if project.questions.index(other) > position:
        yield project.at(key, f"« {other} » est posée après cette question.")
    for value in condition["is"]:
        if str(value) not in project.choices(f"utter_ask_{other}"):
            yield project.at(key, f"« {other} » n'a pas de choix « {value} ».")


def _buttons(project: _Project) -> Iterator[str]:
    for key, response in project.responses.items():
        is_question = key.removeprefix("utter_ask_") in project.questions
        seen: set[str] = set()
        for button in response.get("buttons") or ():
            payload, title = button.get("payload"), button.get("title")
            if not isinstance(payload, str) or not isinstance(title, str):
                yield project.at(key, f"bouton brisé : payload et title sont des textes entre guillemets ({title!r}).")
                continue
            if payload in seen:
                yield project.at(key, f"deux boutons portent le même nom interne « {payload} ».")
            seen.add(payload)
            command = _PAYLOAD.match(payload)
            if is_question == payload.startswith("/"):
                yield project.at(key, f"bouton brisé : « {payload} » n'a pas sa place ici.")
            elif command and command.group(1) not in project.domain["intents"]:
                yield project.at(key, f"bouton brisé : la commande « {payload} » n'existe pas.")
            adds, opens = button.get("adds"), button.get("opens")
            if adds and adds not in project.responses:
                yield project.at(key, f"le texte ajouté « {adds} » n'existe pas.")
            if opens and opens not in project.forms:
                yield project.at(key, f"la section « {opens} » n'existe pas.")
            for words in button.get("words") or ():
                if str(words) != fold(str(words)):
                    yield project.at(key, f"« {words} » : sans accents ni majuscules dans words.")


def _strings(response: dict[str, Any]) -> Iterator[str]:
    metadata = response.get("metadata") or {}
    yield from (response.get("text", ""), metadata.get("label", ""), metadata.get("why", ""), metadata.get("blank", ""))
    for button in response.get("buttons") or ():
        yield str(button.get("title", ""))


def _texts(project: _Project) -> Iterator[str]:
    slots = project.domain["slots"]
    for key, response in project.responses.items():
        if not response.get("text"):
            yield project.at(key, "le texte manque.")
        for bubble in (response.get("text") or "").split("\n\n"):
            if len(bubble) > LONGEST_BUBBLE:
                yield project.at(key, f"{len(bubble)} caractères dans une bulle ({LONGEST_BUBBLE} au plus).")
        for text in _strings(response):
            # What the guide tells not to say stands between « ».
            said = re.sub(r"«[^»]*»", "", text)
            for pattern, reason in project.words:
                found = pattern.search(fold(said))
                if found:
                    yield project.at(key, f"« {found.group(0)} » : {reason}.")
            if "!" in text or _EMOJI.search(text):
                yield project.at(key, "ni point d'exclamation ni emoji.")
            try:
                names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
            except ValueError:
                yield project.at(key, "une accolade n'est pas fermée.")
                continue
            for name in names:
                if name not in slots and name not in _FILLED_IN:
                    yield project.at(key, f"« {{{name}}} » n'est rempli par rien.")
    emergency = project.responses.get("utter_emergency", {}).get("text", "")
    if not emergency.startswith("9-1-1") or len(emergency.split()) > LONGEST_EMERGENCY or "?" in emergency:
        yield project.at(
            "utter_emergency", f"commence par « 9-1-1 », {LONGEST_EMERGENCY} mots au plus, sans aucune question."
        )


def _structure(project: _Project) -> Iterator[str]:
    rules = (project.root / "data" / "rules.yml").read_text(encoding="utf-8")
    actions = project.domain["actions"]
    for form, names in project.forms.items():
        if f"utter_title_{form}" not in project.responses:
            yield f"domain.yml : la section « {form} » n'a pas de titre (utter_title_{form})."
        if form in REVIEWED and any(
            project.responses.get(f"utter_ask_{name}", {}).get("metadata", {}).get("repeats") for name in names
        ):
            for part in ("record", "review_add"):
                if f"utter_{part}_{form}" not in project.responses:
                    yield f"domain.yml : la section « {form} » se répète, et le texte utter_{part}_{form} manque."
        if f"validate_{form}" not in actions:
            yield f"domain.yml : l'action validate_{form} manque."
        if f"- action: {form}\n" not in rules:
            yield f"data/rules.yml : la fin de « {form} » n'a pas de règle."
    for name in project.questions:
        if name not in project.domain["slots"]:
            yield f"domain.yml : la question « {name} » n'a pas de slot."
    for intent in project.domain["intents"]:
        if f"intent: {intent}" not in rules:
            yield f"data/rules.yml : l'intention « {intent} » n'a pas de règle."
        if intent in COMMANDS - NEVER_OFFERED and f"utter_command_{intent}" not in project.responses:
            yield f"domain.yml : la commande « {intent} » n'a pas de nom de bouton (utter_command_{intent})."


def _orphans(project: _Project) -> Iterator[str]:
    # The programme is here, wherever the content that it checks stands.
    here = Path(__file__).resolve().parents[2]
    code = "\n".join(
        path.read_text(encoding="utf-8") for folder in ("actions", "balise") for path in (here / folder).rglob("*.py")
    )
    added = {button.get("adds") for response in project.responses.values() for button in response.get("buttons") or ()}
    named = {f"utter_{part}_{form}" for form in project.forms for part in ("title", "intro", "record", "review_add")}
    named |= {f"utter_{part}{intent}" for intent in project.domain["intents"] for part in ("", "command_")}
    named |= {"utter_menu_sections", "utter_menu_questions"}
    named |= {f"utter_ask_{name}" for name in project.questions}
    for key in project.responses:
        if key not in added and key not in named and f'"{key}"' not in code:
            yield project.at(key, "ce texte ne sert nulle part.")
