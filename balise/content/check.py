"""`balise check`: every text that a worker reads, and the structure that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from balise.content.reading import FOLDER, files_of
from balise.content.reminder import reminder_faults
from balise.content.writing import level_faults, typography_faults
from balise.directory.checking import lasting_faults
from balise.directory.filling import DATE_WORDS, ReferenceFault, filled, strings
from balise.directory.model import NEEDS, PROVINCES
from balise.directory.numbers import in_text
from balise.directory.reading import DirectoryError, load_directory
from balise.directory.telling import LONGEST_BUBBLE
from balise.errors import OperatorError
from balise.plan.answers import UNKNOWN
from balise.plan.catalogue import NEED, PROVINCE, ROOT, TOPIC, load, read_responses
from balise.plan.meaning import COMMANDS, NEVER_OFFERED
from balise.plan.ways import REVIEWED
from balise.plan.words import fold
from balise.resume.registry import faults as registry_faults
from balise.resume.registry import read_registry
from balise.yaml_files import read_yaml

LONGEST_EMERGENCY = 60
"""Words of the emergency answer."""
LONGEST_CARD = 600
"""Characters of a card of quick guidance, its source and date included."""
_FILLED_IN = frozenset(
    "heard label labels left letter titles place near why title here next sections kinds text value date source".split()
)
"""Words in braces that the actions fill in; any other must be a slot of domain.yml."""
_A_DATE = dict.fromkeys(DATE_WORDS, "vérifié sur la page officielle le 2026-11-21")
"""The longest words of a date, to measure a text by."""
_LAW = re.compile(r"\b(?:loi|obligatoire|infraction|permis de (?:sejour|travail)|ordonnance|avis juridique)\b")
"""Words of a card that tells of the law."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
_PAYLOAD = re.compile(r"^/([a-z_]+)(?::[a-z_]+)?$")


class _Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.domain: dict[str, Any] = read_yaml(root / "domain.yml")
        self.forms: dict[str, list[str]] = {form: body["required_slots"] for form, body in self.domain["forms"].items()}
        self.directory = load_directory(root)
        self.written = read_responses(root / "data" / "responses")
        self.responses = {name: self._filled(body) for name, body in self.written.items()}
        self.files = files_of(root)
        rules = forbidden()
        self.words = [(_whole_words(rule), rule["reason"]) for rule in rules["words"]]
        self.terms = [(_whole_words(rule), f"on dit « {rule['say']} » ({rule['reason']})") for rule in rules["terms"]]
        self.asks = [(_whole_words(rule), rule["reason"]) for rule in rules["asks"]]

    def _filled(self, body: dict[str, Any]) -> dict[str, Any]:
        """A response as it is shown; as it is written where a reference is broken, which `_numbers` tells."""
        try:
            return dict(filled(body, self.directory, _A_DATE))
        except ValueError:
            return body

    @property
    def questions(self) -> list[str]:
        """Every question, once."""
        return list(dict.fromkeys(name for names in self.forms.values() for name in names))

    def choices(self, response: str) -> set[str]:
        """The internal names of a response's buttons."""
        return {str(button.get("payload")) for button in self.responses.get(response, {}).get("buttons") or ()}

    def at(self, response: str, fault: str) -> str:
        """A fault with the place where it stands."""
        return f"{self.files.get(response, FOLDER)} : {response} : {fault}"


def _whole_words(rule: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{rule['pattern']})\b")


def forbidden() -> dict[str, list[dict[str, str]]]:
    """What no text holds (`words`), the one word for each thing (`terms`), what no question asks (`asks`), and what
    the neutral reminder never says (`betrays`)."""
    content: dict[str, list[dict[str, str]]] = read_yaml(Path(__file__).parent / "forbidden.yml")
    return content


def check(root: Path = ROOT, registered: bool = True) -> list[str]:
    """Every fault of the content in `root`, a line each in French, with its file and its text; empty when in order.

    `registered`: whether its questions and choices must have their numbers in resume codes. Those of an organisation's
    own have none.
    """
    try:
        project = _Project(root)
    except DirectoryError as error:
        return error.faults
    except (ValueError, KeyError, OSError, yaml.YAMLError) as error:
        return [f"Le contenu ne peut pas être lu : {error}"]
    parts = (_questions, _buttons, _texts, _structure, _orphans, _numbers, _cards, _directory, _interface, _reminder)
    found = [fault for part in parts for fault in part(project)]
    return found + (list(_registry(root)) if registered and not found else [])


def _registry(root: Path) -> Iterator[str]:
    """Content and registry of resume codes agree. Content that is not in order is mended first."""
    try:
        yield from registry_faults(read_registry(root), load(root))
    except OperatorError as error:
        yield str(error)


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
    yield response.get("text", "")
    yield from (str(metadata.get(key) or "") for key in ("label", "why", "blank", "source"))
    for button in response.get("buttons") or ():
        yield str(button.get("title", ""))


def _phrases(project: _Project, text: str, name: bool = False) -> Iterator[str]:
    """What no text holds: a forbidden phrase, another word than ours, wrong typography, an exclamation mark, an emoji.

    The `name` of a service is its own: it may hold words that are not ours.
    """
    # What the guide tells not to say stands between « ».
    said = re.sub(r"«[^»]*»", "", text)
    for pattern, reason in (*project.words, *(() if name else project.terms)):
        found = pattern.search(fold(said))
        if found:
            yield f"« {found.group(0)} » : {reason}."
    if "!" in text or _EMOJI.search(text):
        yield "ni point d'exclamation ni emoji."
    yield from typography_faults(text)


def _hard_to_read(project: _Project, key: str, response: dict[str, Any]) -> Iterator[str]:
    metadata = response.get("metadata") or {}
    kind = "card" if "source" in metadata else "answer"
    if key.removeprefix("utter_ask_") in project.questions:
        kind = "question"
        yield from level_faults(metadata.get("why") or "", "reason")
    yield from level_faults(response.get("text") or "", kind)


def _texts(project: _Project) -> Iterator[str]:
    slots = project.domain["slots"]
    for key, response in project.responses.items():
        if not response.get("text"):
            yield project.at(key, "le texte manque.")
        for bubble in (response.get("text") or "").split("\n\n"):
            if len(bubble) > LONGEST_BUBBLE:
                yield project.at(key, f"{len(bubble)} caractères dans une bulle ({LONGEST_BUBBLE} au plus).")
        yield from (project.at(key, fault) for fault in _hard_to_read(project, key, response))
        for text in _strings(response):
            yield from (project.at(key, fault) for fault in _phrases(project, text))
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


def _numbers(project: _Project) -> Iterator[str]:
    """A number stands in the directory and nowhere else; every reference to it can be filled in."""
    for key, body in project.written.items():
        metadata = {name: value for name, value in (body.get("metadata") or {}).items() if name != "date"}
        for text in strings({**body, "metadata": metadata}):
            for number in in_text(text):
                yield project.at(key, f"le numéro {number} s'écrit dans data/directory/, et ici {{line:son_nom}}.")
        try:
            filled(body, project.directory, _A_DATE)
        except ValueError as error:
            yield project.at(key, str(error))


def _opened(project: _Project) -> set[str]:
    """The cards that a button opens."""
    return {
        str(button.get("payload")).removeprefix(TOPIC)
        for response in project.responses.values()
        for button in response.get("buttons") or ()
        if str(button.get("payload")).startswith(TOPIC)
    }


def _cards(project: _Project) -> Iterator[str]:
    """A card is short, says where its facts come from and when that was read, and can be opened."""
    opened = _opened(project)
    for topic in sorted(opened):
        if f"utter_card_{topic}" not in project.responses:
            yield f"data/responses : le bouton « {TOPIC}{topic} » n'a pas de fiche (utter_card_{topic})."
    closing = project.responses.get("utter_card_source", {}).get("text", "")
    legal = project.responses.get("utter_card_legal", {}).get("text", "")
    for key, response in project.responses.items():
        metadata = response.get("metadata") or {}
        topic = key.removeprefix("utter_card_")
        is_topic = key != topic and topic not in ("source", "legal")
        if not (is_topic or "source" in metadata):
            continue
        if is_topic and topic not in opened:
            yield project.at(key, f"aucun bouton n'ouvre cette fiche ({TOPIC}{topic}).")
        source, date = str(metadata.get("source") or ""), str(metadata.get("date") or "")
        if not source:
            yield project.at(key, "la fiche n'a pas de source (metadata, source).")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
            yield project.at(key, 'la fiche n\'a pas de date de lecture (metadata, date : "2026-11-21").')
        text = response.get("text") or ""
        if _LAW.search(fold(text)) and not metadata.get("legal"):
            yield project.at(key, "la fiche dit du droit : ajouter « legal: true » (metadata).")
        closed = closing.replace("{source}", source).replace("{date}", date)
        whole = " ".join([text, closed, *([legal] if metadata.get("legal") else [])])
        if len(whole) > LONGEST_CARD:
            yield project.at(key, f"{len(whole)} caractères dans la fiche ({LONGEST_CARD} au plus, source comprise).")


def _directory(project: _Project) -> Iterator[str]:
    """The directory: what does not depend on the day, its words, and that the questions offer what it knows."""
    yield from lasting_faults(project.directory)
    for question, known in ((PROVINCE, PROVINCES), (NEED, NEEDS)):
        asked = project.choices(f"utter_ask_{question}") - {UNKNOWN}
        for choice in sorted(asked ^ set(known)):
            yield f"data/responses : utter_ask_{question} : « {choice} » n'est pas à la fois ici et dans l'annuaire."
    for line in project.directory.lines:
        for name in ("name", "serves", "hours", "languages", "hears", "chat"):
            text = getattr(line, name) or ""
            for fault in (*_phrases(project, text, name == "name"), *level_faults(text, "answer")):
                yield f"{line.place} : {line.id} : {name} : {fault}"
            if name in ("serves", "hears") and (number := in_text(text)) and number != ["9-1-1"]:
                yield f"{line.place} : {line.id} : {name} : le numéro {number[0]} se range dans number ou text."


def _flat(content: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The texts of a file with the path of their keys, as `choices : care_review : tomorrow`."""
    if isinstance(content, dict):
        for key, part in content.items():
            yield from _flat(part, f"{name} : {key}" if name else str(key))
    elif isinstance(content, list):
        for part in content:
            yield from _flat(part, name)
    else:
        yield name, content


def _interface(project: _Project) -> Iterator[str]:
    """The words of the page, the documents, the export and the Matrix bridge keep the same rules as the guide's."""
    folders = ("data/interface", "data/documents", "data/export", "bridges/matrix/balise_matrix/texts")
    for path in (path for folder in folders for path in sorted((project.root / folder).glob("*.yml"))):
        for key, text in _flat(read_yaml(path)):
            place = f"{path.relative_to(project.root).as_posix()} : {key}"
            if not isinstance(text, str) or not text.strip():
                yield f"{place} : le texte manque, entre guillemets."
                continue
            if len(text) > LONGEST_BUBBLE:
                yield f"{place} : {len(text)} caractères ({LONGEST_BUBBLE} au plus)."
            yield from (f"{place} : {fault}" for fault in (*_phrases(project, text), *level_faults(text, "answer")))
            for number in in_text(text):
                yield f"{place} : le numéro {number} s'écrit dans data/directory/, et ici {{line:son_nom}}."
            try:
                filled(text, project.directory, {})
            except ReferenceFault as error:
                yield f"{place} : {error}"


def _reminder(project: _Project) -> Iterator[str]:
    yield from reminder_faults(
        project.root,
        forbidden()["betrays"],
        project.domain["slots"],
        lambda question: project.choices(f"utter_ask_{question}"),
    )


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
    named |= {f"utter_card_{topic}" for topic in _opened(project)}
    for key in project.responses:
        if key not in added and key not in named and f'"{key}"' not in code:
            yield project.at(key, "ce texte ne sert nulle part.")
