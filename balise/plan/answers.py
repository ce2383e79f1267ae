"""One answer to one question: choices, an optional note in the worker's own words, or skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN = "unknown"
"""The choice that any question accepts: not known, or not discussed yet."""


@dataclass(frozen=True)
class Answer:
    """What stands in a question's slot.

    `choices` are payloads of the question's buttons (or `UNKNOWN`), in the question's order;
    `note` is redacted before it comes here; a skipped answer holds neither.
    """

    choices: tuple[str, ...] = ()
    note: str | None = None
    skipped: bool = False

    @classmethod
    def from_slot(cls, value: Any) -> Answer | None:
        """The answer in a slot's value; None when the question has no answer yet."""
        if not isinstance(value, Mapping):
            return None
        return cls(tuple(value.get("choices") or ()), value.get("note"), bool(value.get("skipped")))

    def to_slot(self) -> dict[str, Any]:
        """The JSON value that `from_slot` reads back."""
        value: dict[str, Any] = {}
        if self.choices:
            value["choices"] = list(self.choices)
        if self.note:
            value["note"] = self.note
        if self.skipped:
            value["skipped"] = True
        return value


SKIPPED = Answer(skipped=True)


def preset(choice: str) -> dict[str, Any]:
    """The slot value of an answer that the organisation's settings give: it needs no asking, and begins nothing."""
    return {**Answer((choice,)).to_slot(), "preset": True}


def is_preset(value: Any) -> bool:
    """Whether a slot's value comes from `preset`, not from a worker."""
    return isinstance(value, Mapping) and bool(value.get("preset"))


def has_choice(slots: Mapping[str, Any], question: str, choices: tuple[str, ...]) -> bool:
    """Whether the answer in `slots` to `question` holds one of `choices`."""
    answer = Answer.from_slot(slots.get(question))
    return answer is not None and any(choice in answer.choices for choice in choices)
