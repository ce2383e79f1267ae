"""Plays a scenario written in YAML against the guide and says where it departs from what was expected.

A scenario is a list of steps. Each step has `worker` (what is sent: words, a number, a value; `open` is the greeting)
and any of: `says` and `never` (parts of what the guide answers), `begins` (its very first words), `asks` (the question
that then waits, null for none), `offers` and `hides` (labels of choices), `keeps` (answers held: choices or note),
`words_at_most`, `same_turn` (the message replies to the turn before, as when two are sent in a row).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from balise.engine.guide import Guide, Turn
from balise.plan.typography import french
from balise.privacy.sealing import new_secret, opened, seal_of

FOLDER = Path(__file__).parent / "scenarios"


@dataclass
class Played:
    """One conversation under way."""

    guide: Guide
    secret: str = field(default_factory=new_secret)
    number: int = 0
    before: int = 0

    async def send(self, text: str, same_turn: bool = False) -> Turn:
        """Send one message as the page would, with the number of the turn looked at."""
        if text == "open":
            turn = await self.guide.open(self.secret)
        else:
            turn = await self.guide.turn(self.secret, text, self.before if same_turn else self.number)
        self.before, self.number = self.number, turn.number
        return turn

    async def slots(self) -> dict[str, Any]:
        """What the store holds of the conversation, with the open form under `form`."""
        seal = seal_of(self.secret)
        with opened(seal):
            tracker = await self.guide._store.retrieve(seal.id)
        if tracker is None:
            return {}
        return {**tracker.current_slot_values(), "form": tracker.active_loop_name}


def scenarios() -> list[tuple[str, list[dict[str, Any]]]]:
    """Every scenario of the folder, as (file and name, steps)."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for name, steps in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found.append((f"{path.stem}: {name}", steps))
    return found


def _typed(step: dict[str, Any], key: str) -> list[str]:
    value = step.get(key) or []
    return [french(str(part)) for part in (value if isinstance(value, list) else [value])]


def faults_of(step: dict[str, Any], turn: Turn, slots: dict[str, Any]) -> list[str]:
    """What in the guide's answer departs from the step."""
    said = "\n".join(message.text for message in turn.messages)
    labels = [choice.label for message in turn.messages for choice in message.choices]
    faults = [f"does not say {part!r}" for part in _typed(step, "says") if part not in said]
    faults += [f"says {part!r}" for part in _typed(step, "never") if part in said]
    faults += [f"does not offer {part!r}" for part in _typed(step, "offers") if part not in labels]
    faults += [f"offers {part!r}" for part in _typed(step, "hides") if part in labels]
    faults += [f"does not begin with {part!r}" for part in _typed(step, "begins") if not said.startswith(part)]
    waiting = slots.get("requested_slot") if slots.get("form") else None
    if "asks" in step and step["asks"] != waiting:
        faults.append(f"asks {waiting!r}, not {step['asks']!r}")
    for name, expected in (step.get("keeps") or {}).items():
        held = slots.get(name)
        if held != expected:
            faults.append(f"keeps {name}={held!r}, not {expected!r}")
    limit = step.get("words_at_most")
    if limit and len(said.split()) > limit:
        faults.append(f"says {len(said.split())} words, more than {limit}")
    return [f"{fault}\n--- the guide said:\n{said}\n--- choices: {labels}" for fault in faults]


async def play(guide: Guide, steps: list[dict[str, Any]]) -> list[str]:
    """The faults of a whole scenario, each with the step where it stands."""
    played = Played(guide)
    faults = []
    for number, step in enumerate(steps, start=1):
        turn = await played.send(str(step["worker"]), bool(step.get("same_turn")))
        slots = await played.slots()
        faults += [f"step {number} ({step['worker']}): {fault}" for fault in faults_of(step, turn, slots)]
    return faults
