"""How well messages are understood, on sets that the model never saw (tests/understanding/).

Prints one JSON line a figure. The folder `development/` chose the thresholds of balise/plan/meaning.py; `blind/` was
written by another author without the brief of the training examples (docs/nlu.md says how far it stayed blind).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

from balise.environment import quiet

quiet()

from balise.engine.guide import Guide  # noqa: E402
from balise.engine.lexicon import load_lexicon  # noqa: E402
from balise.engine.training import train  # noqa: E402
from balise.plan.catalogue import load  # noqa: E402
from balise.plan.meaning import Context, Meaning, understand  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "understanding"
QUESTION_OF_TOPIC = {
    "evacuation_exit": "evacuation_exit",
    "evacuation_means": "evacuation_means",
    "safe_place": "evacuation_safe_place",
    "code_word": "evacuation_code_word",
    "to_take": "evacuation_bring",
    "papers_held": "evacuation_papers",
    "children": "evacuation_others",
    "risk_control": "risks_control",
    "risk_vulnerability": "risks_vulnerability",
    "protective": "risks_protective",
    "person_view": "risks_person_view",
    "place_access": "places_access",
    "ally": "places_ally",
    "route": "places_routes",
    "phone": "communications_phone",
    "social_media": "communications_social",
    "online_ads": "communications_social",
    "accounts": "communications_accounts",
    "contact_role": "contacts_role",
    "contact_when": "contacts_when",
    "fears": "care_triggers",
    "soothing": "care_alone",
    "review_when": "care_review",
    "provider_capacity": "provider_willing",
    "provider_experience": "provider_dynamics",
    "provider_culture": "provider_culture",
    "provider_interpretation": "provider_interpretation",
    "eligibility": "provider_eligibility",
    "consent": "referral_consent",
    "follow_up_change": "follow_up_changed",
}
"""Topics of the development set that are named otherwise than their question."""


COMMANDS_ARE_TYPED_IN = ("evacuation_bring", "care_triggers", "provider_willing", "contacts_role")


def rows(folder: str, name: str) -> list[tuple[str, str]]:
    """(label, utterance) of one held-out set."""
    lines = (FOLDER / folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, said) for label, _, said in (line.partition("\t") for line in lines) if said]


def share(values: Iterable[bool]) -> float:
    """The share of true values, to three places."""
    listed = list(values)
    return round(sum(listed) / len(listed), 3)


class Bench:
    """One loaded guide and the readings that the figures need."""

    def __init__(self) -> None:
        self.guide = Guide.load(train())
        self.catalogue = load()
        self.lexicon = load_lexicon()
        self.loop = asyncio.new_event_loop()

    def read(self, said: str, question: str | None = None) -> Meaning:
        """The meaning of an utterance, in a question or outside any."""
        asked = self.catalogue.questions[QUESTION_OF_TOPIC.get(question, question)] if question else None
        section = self.catalogue.form_of(asked.name) if asked else None
        ranking = self.loop.run_until_complete(self.guide.rank(said))
        return understand(said, Context(question=asked, section=section), ranking, self.lexicon)

    def figures(self, folder: str) -> None:
        """Print the figures of one folder."""
        commands = [(label, self.read(said)) for label, said in rows(folder, "commands")]
        once = share(m.intent == label for label, m in commands)
        tell(folder, "outside, understood at once", once, len(commands), 0.80)
        offered = share(label in (m.intent, *m.offered) for label, m in commands)
        tell(folder, "outside, understood or offered", offered, len(commands), 0.95)
        answers = [self.read(said, topic) for topic, said in rows(folder, "answers")]
        kept = share(m.intent in ("answer", "dont_know") for m in answers)
        tell(folder, "in a question, answers kept", kept, len(answers), 0.99)
        stopped = share(m.intent == "emergency" for m in answers)
        tell(folder, "in a question, answers stopped by an emergency (at most)", stopped, len(answers), 0.01)
        lines = share(m.danger for m in answers)
        tell(folder, "in a question, answers with the emergency lines beside", lines, len(answers))
        beside = share(bool(m.offered) for m in answers)
        tell(folder, "in a question, answers with a command offered beside", beside, len(answers))
        places = COMMANDS_ARE_TYPED_IN
        typed = list(enumerate(rows(folder, "commands_inside")))
        inside = [(label, self.read(said, places[index % len(places)])) for index, (label, said) in typed]
        obeyed = share(label == m.intent for label, m in inside)
        tell(folder, "in a question, commands obeyed", obeyed, len(inside))
        reached = share(label in (m.intent, *m.offered) for label, m in inside)
        tell(folder, "in a question, commands obeyed or offered", reached, len(inside), 0.90)
        emergencies = [self.read(said, "evacuation_means") for _, said in rows(folder, "emergencies")]
        shown = share(m.intent == "emergency" or m.danger for m in emergencies)
        tell(folder, "in a question, emergencies shown the lines", shown, len(emergencies), 0.98)
        stops = share(m.intent == "emergency" for m in emergencies)
        tell(folder, "in a question, emergencies that stop the questions", stops, len(emergencies))


def tell(folder: str, figure: str, value: float, size: int, bar: float | None = None) -> None:
    """One figure as a line of JSON."""
    line: dict[str, object] = {"set": folder, "figure": figure, "value": value, "of": size}
    if bar is not None:
        line["bar"] = bar
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Print every figure."""
    bench = Bench()
    bench.figures("development")
    bench.figures("blind")


if __name__ == "__main__":
    main()
