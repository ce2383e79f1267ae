"""The questions and texts as practitioners wrote them, read from domain.yml (order) and data/responses/ (words)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from balise.plan.answers import UNKNOWN

ROOT = Path(__file__).resolve().parents[2]


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
class Catalogue:
    """Everything that the guide can ask or say."""

    forms: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, Question]
    texts: Mapping[str, str]
    with_buttons: frozenset[str] = frozenset()
    """The texts that carry buttons of their own."""

    def questions_of(self, form: str) -> Iterator[Question]:
        """The questions of `form` in their order (`required_slots` of domain.yml)."""
        return (self.questions[name] for name in self.forms[form])

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
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for name, variants in (content.get("responses") or {}).items():
            if name in responses:
                raise ValueError(f"{path.name} : le texte « {name} » existe déjà dans un autre fichier.")
            responses[name] = variants[0]
    return responses


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> Catalogue:
    """The catalogue of the project in `root` (a folder with domain.yml and data/responses/).

    Raises ValueError where a question of domain.yml has no words.
    """
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    responses = read_responses(root / "data" / "responses")
    forms = {form: tuple(body["required_slots"]) for form, body in domain["forms"].items()}
    questions: dict[str, Question] = {}
    for name in (name for names in forms.values() for name in names):
        response = responses.get(f"utter_ask_{name}")
        if response is None:
            raise ValueError(f"domain.yml : la question « {name} » n'a pas de texte (utter_ask_{name}).")
        questions[name] = _question(name, response)
    texts = {name: body["text"] for name, body in responses.items() if not name.startswith("utter_ask_")}
    return Catalogue(forms, questions, texts, frozenset(name for name in texts if responses[name].get("buttons")))
