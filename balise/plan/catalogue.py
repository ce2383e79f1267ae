"""The questions and texts as practitioners wrote them, read from domain.yml (order) and data/responses/ (words)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from balise.directory.filling import DATE_WORDS, filled
from balise.directory.model import Directory
from balise.directory.reading import load_directory
from balise.errors import OperatorError
from balise.plan.answers import UNKNOWN
from balise.yaml_files import read_yaml

PROJECT = Path(__file__).resolve().parents[2]
"""The programme's own folder."""
ROOT = Path(os.environ.get("BALISE_CONTENT") or PROJECT)
"""The content to serve: the project's own, or with an organisation's laid over it (balise/organisation/)."""


@dataclass(frozen=True)
class Choice:
    """A button of a question. `value` is its internal name, `words` are other ways to say it (folded)."""

    value: str
    title: str
    words: tuple[str, ...] = ()
    adds: str | None = None
    opens: str | None = None
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """A question and all that is shown about it. `name` is the slot that holds its answer.

    `only_if` names the question and the choices that call for this one; `rest` names the choice that says that what
    is not ticked is absent: without it, the rest is not known.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    label: str
    why: str
    several: bool = False
    repeats: bool = False
    blank: str | None = None
    only_if: tuple[str, tuple[str, ...]] | None = None
    rest: str | None = None

    def choice(self, value: str) -> Choice | None:
        """The choice named `value`, None where the question has none."""
        return next((choice for choice in self.choices if choice.value == value), None)

    @property
    def nothing(self) -> Choice | None:
        """The choice that says « none of these », None where the question has none."""
        return next((choice for choice in self.choices if choice.exclusive and choice.value != UNKNOWN), None)


@dataclass(frozen=True)
class Card:
    """Where the facts of a card come from and the day when that was read; `legal` where it tells of the law."""

    source: str
    date: str
    legal: bool = False


@dataclass(frozen=True)
class Catalogue:
    """Everything that the guide can ask or say."""

    forms: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, Question]
    texts: Mapping[str, str]
    with_buttons: frozenset[str] = frozenset()
    """The texts that carry buttons of their own."""
    cards: Mapping[str, Card] = field(default_factory=dict)
    """The texts that are cards of quick guidance, with their sources."""
    topics: tuple[Choice, ...] = ()
    """The cards that `/guidance:…` buttons open, each with other ways to ask for it."""
    directory: Directory = field(default_factory=Directory)
    """The lines that may be given."""

    def questions_of(self, form: str) -> Iterator[Question]:
        """The questions of `form` in their order (`required_slots` of domain.yml)."""
        return (self.questions[name] for name in self.forms[form])

    def offers(self, form: str) -> bool:
        """Whether `form` asks anything: an organisation may leave a section out."""
        return bool(self.forms[form])

    def title(self, form: str) -> str:
        """The section's name as shown to a worker."""
        return self.texts[f"utter_title_{form}"]

    def form_of(self, question: str, preferred: str | None = None) -> str:
        """The section that asks `question`; `preferred` when it does (a question may stand in two)."""
        if preferred and question in self.forms[preferred]:
            return preferred
        homes = [form for form, names in self.forms.items() if question in names]
        # The short ways borrow questions from the sections: the section is the home.
        return next((form for form in homes if form in PLAN_FORMS + REFERRAL_FORMS), homes[0])


PLAN_FORMS = ("evacuation_form", "risks_form", "places_form", "communications_form", "contacts_form", "care_form")
"""The six sections of a safety plan (seed « Veiller à la sécurité », its list of elements)."""
REFERRAL_FORMS = ("provider_form", "handover_form")
"""The referral (seed « Communiquer avec d'autres services »)."""


PROVINCE = "gate_province"
"""The question whose answer chooses the lines and the rule on reporting."""
LINES_FORM = "lines_form"
"""The province and the need, asked aside of whatever is under way (actions/lines.py)."""
NEED = "lines_need"
"""The question whose answer chooses the lines."""


def _choice(button: Mapping[str, Any]) -> Choice:
    return Choice(
        value=str(button["payload"]),
        title=button["title"],
        words=tuple(str(word) for word in button.get("words", ())),
        adds=button.get("adds"),
        opens=button.get("opens"),
        exclusive=bool(button.get("exclusive")),
    )


def _question(name: str, response: Mapping[str, Any]) -> Question:
    metadata = response.get("metadata") or {}
    condition = metadata.get("only_if")
    return Question(
        name=name,
        text=response["text"],
        choices=tuple(_choice(button) for button in response.get("buttons", ())),
        label=metadata.get("label", ""),
        why=metadata.get("why", ""),
        several=bool(metadata.get("several")),
        repeats=bool(metadata.get("repeats")),
        blank=metadata.get("blank"),
        only_if=(condition["question"], tuple(condition["is"])) if condition else None,
        rest=metadata.get("rest"),
    )


def read_responses(folder: Path) -> dict[str, dict[str, Any]]:
    """Every response of the YAML files in `folder`, by its name. Raises ValueError on a name used twice."""
    responses: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.yml")):
        content = read_yaml(path)
        for name, variants in (content.get("responses") or {}).items():
            if name in responses:
                raise OperatorError(f"{path.name} : le texte « {name} » existe déjà dans un autre fichier.")
            responses[name] = variants[0]
    return responses


def responses_of(root: Path) -> dict[str, dict[str, Any]]:
    """Every response of the project in `root` as it is said: the numbers of data/directory/ filled in.

    Raises ValueError on a name used twice, on a reference that can't be filled in, or on a directory that can't be
    read.
    """
    return _filled(read_responses(root / "data" / "responses"), load_directory(root))


def _filled(responses: dict[str, dict[str, Any]], directory: Directory) -> dict[str, dict[str, Any]]:
    dates = {way: responses[name]["text"] for way, name in DATE_WORDS.items() if name in responses}
    out = {}
    for name, body in responses.items():
        try:
            out[name] = filled(body, directory, dates)
        except ValueError as error:
            raise OperatorError(f"data/responses : {name} : {error}") from None
    return out


TOPIC = "/guidance:"
"""Before a card's name, in the value of the button that opens it."""


def _topics(responses: Mapping[str, Mapping[str, Any]]) -> tuple[Choice, ...]:
    """The buttons that open a card, each card once: the first button that gives words stands for it."""
    found: dict[str, Choice] = {}
    for body in responses.values():
        for button in body.get("buttons") or ():
            value = str(button["payload"])
            if value.startswith(TOPIC):
                choice = _choice({**button, "payload": value.removeprefix(TOPIC)})
                if choice.value not in found or (choice.words and not found[choice.value].words):
                    found[choice.value] = choice
    return tuple(found.values())


def _cards(responses: Mapping[str, Mapping[str, Any]]) -> dict[str, Card]:
    told = ((name, body.get("metadata") or {}) for name, body in responses.items())
    return {
        name: Card(metadata["source"], str(metadata.get("date", "")), bool(metadata.get("legal")))
        for name, metadata in told
        if metadata.get("source")
    }


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> Catalogue:
    """The catalogue of the project in `root` (a folder with domain.yml, data/responses/ and data/directory/).

    Raises ValueError where a question of domain.yml has no words, and as `responses_of` does.
    """
    domain = read_yaml(root / "domain.yml")
    directory = load_directory(root)
    responses = _filled(read_responses(root / "data" / "responses"), directory)
    forms = {form: tuple(body["required_slots"]) for form, body in domain["forms"].items()}
    questions: dict[str, Question] = {}
    for name in (name for names in forms.values() for name in names):
        response = responses.get(f"utter_ask_{name}")
        if response is None:
            raise OperatorError(f"domain.yml : la question « {name} » n'a pas de texte (utter_ask_{name}).")
        questions[name] = _question(name, response)
    texts = {name: body["text"] for name, body in responses.items() if not name.startswith("utter_ask_")}
    return Catalogue(
        forms,
        questions,
        texts,
        with_buttons=frozenset(name for name in texts if responses[name].get("buttons")),
        cards=_cards(responses),
        topics=_topics(responses),
        directory=directory,
    )
