"""What the guide says in one turn, gathered for the channel: bubbles, each with its choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel

from balise.plan.typography import french


@dataclass(frozen=True)
class Choice:
    """A button: what is written on it and what a tap sends."""

    label: str
    value: str


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


class GuideOutput(OutputChannel):
    """Gathers the messages of one turn; sends nothing anywhere."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        return "guide"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Add a response: an empty line starts a new bubble, choices go with the last; the same is never said twice."""
        bubbles = [french(part.strip()) for part in (message.get("text") or "").split("\n\n") if part.strip()]
        buttons = message.get("buttons") or ()
        choices = tuple(Choice(french(button["title"]), str(button["payload"])) for button in buttons)
        several = bool((message.get("metadata") or {}).get("several"))
        said = [Message(text) for text in bubbles[:-1]]
        said += [Message(bubbles[-1] if bubbles else "", choices, several)]
        self.messages += [new for new in said if (new.text or new.choices) and new not in self.messages]
