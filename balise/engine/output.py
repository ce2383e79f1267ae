"""What the guide says in one turn, gathered for the channel: bubbles, each with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.channels.channel import OutputChannel

from balise.plan.typography import french


@dataclass(frozen=True)
class Choice:
    """A button: what is written on it and what a tap sends. `exclusive`: it goes alone (« none of these »)."""

    label: str
    value: str
    exclusive: bool = False


@dataclass(frozen=True)
class Message:
    """One bubble. `multiple` tells that several of `choices` may be sent at once, separated by commas."""

    text: str
    choices: tuple[Choice, ...] = ()
    multiple: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form in which every channel gives it."""
        choices = [{"label": choice.label, "value": choice.value} for choice in self.choices]
        return {"text": self.text, "choices": choices, "multiple": self.multiple}

    def as_answer(self) -> dict[str, Any]:
        """The form for a page: the choices that go alone say so."""
        shown = self.as_json()
        for choice, told in zip(self.choices, shown["choices"], strict=True):
            if choice.exclusive:
                told["exclusive"] = True
        return shown

    @classmethod
    def from_answer(cls, kept: Mapping[str, Any]) -> Message:
        """The message of which `as_answer` gave `kept`."""
        choices = tuple(
            Choice(choice["label"], choice["value"], choice.get("exclusive", False)) for choice in kept["choices"]
        )
        return cls(kept["text"], choices, kept["multiple"])


def in_order(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices of a turn (value, label) as they are numbered: those of the question first, then the commands,
    each value once. A number typed is always a choice of the question where there is one."""
    once = dict(choices)
    return sorted(once.items(), key=lambda choice: choice[0].startswith("/"))


class GuideOutput(OutputChannel):
    """Gathers the messages of one turn; sends nothing anywhere."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.screen: str | None = None
        """What the turn shows besides a question, as its response names it (`metadata: {screen: …}`)."""
        self.document: str | None = None
        """The document that the turn shows (a name of balise/documents/)."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """What was said, with every choice of the turn under one message: the question's, or the last that has any."""
        with_choices = [index for index, message in enumerate(self.said) if message.choices and message.text]
        asking = [index for index in with_choices if not self.said[index].choices[0].value.startswith("/")]
        spoken = [index for index, message in enumerate(self.said) if message.text]
        place = (asking or with_choices or spoken or [0])[-1]
        said = [choice for message in self.said for choice in message.choices]
        alone = {choice.value for choice in said if choice.exclusive}
        choices = in_order((choice.value, choice.label) for choice in said)
        shown = tuple(Choice(label, value, value in alone) for value, label in choices)
        arranged = [
            replace(message, choices=shown if index == place else (), multiple=message.multiple and index == place)
            for index, message in enumerate(self.said)
        ]
        return tuple(message for message in arranged if message.text or message.choices)

    @classmethod
    def name(cls) -> str:
        return "guide"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Add a response: an empty line starts a new bubble, choices go with the last; the same is never said twice."""
        bubbles = [french(part.strip()) for part in (message.get("text") or "").split("\n\n") if part.strip()]
        buttons = message.get("buttons") or ()
        choices = tuple(
            Choice(french(button["title"]), str(button["payload"]), bool(button.get("exclusive"))) for button in buttons
        )
        metadata = message.get("metadata") or {}
        several = bool(metadata.get("several"))
        self.screen = metadata.get("screen") or self.screen
        self.document = metadata.get("document") or self.document
        said = [Message(text) for text in bubbles[:-1]]
        said += [Message(bubbles[-1] if bubbles else "", choices, several)]
        self.said += [new for new in said if (new.text or new.choices) and new not in self.said]
