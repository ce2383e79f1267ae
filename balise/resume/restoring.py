"""A plan brought back: its slots in the present content, and what changed since it was taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from balise.plan.catalogue import Catalogue
from balise.resume.plan import Plan, fitted, kept, slots_of
from balise.resume.registry import Registry


@dataclass(frozen=True)
class Restored:
    """`slots` to set; `version` of the content that the plan was made with, and whether ours is later.

    `added`: labels of the questions that are new since, or offer a new choice. `gone`: labels of those where an
    answer, or a part of it, is no more in the content, and was left out.
    """

    slots: dict[str, Any]
    version: int
    is_older: bool
    added: tuple[str, ...]
    gone: tuple[str, ...]


def restored(catalogue: Catalogue, plan: Plan, version: int, registry: Registry) -> Restored:
    """`plan`, made with a content of `version`, in the present content."""
    present, gone = fitted(catalogue, plan)
    asked = {question.name: question.label for _, question in kept(catalogue)}
    once = {entry.name: entry.label for entry in registry.questions}
    # A question that only another organisation's content has.
    other = catalogue.texts["utter_resume_other_question"]
    labels = [asked.get(name) or once.get(name) or other for name in gone]
    return Restored(
        slots_of(present),
        version,
        version < registry.version,
        tuple(asked[name] for name in registry.added_since(version) if name in asked),
        tuple(dict.fromkeys(labels)),
    )
