"""How well messages are understood, on sets that the model never saw (tests/understanding/*.tsv).

Prints one JSON line a figure. The sets are cut in two by line: the even lines chose the thresholds of
balise/plan/meaning.py, the odd lines only report. Both are printed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

from balise.engine.environment import quiet

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


def rows(name: str) -> list[tuple[str, str]]:
    """(label, utterance) of one held-out set."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
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
        context = Context(question=self.catalogue.questions[question] if question else None)
        ranking = self.loop.run_until_complete(self.guide.rank(said))
        return understand(said, context, ranking, self.lexicon)

    def figures(self, half: str, start: int) -> None:
        """Print the figures of one half."""
        commands = [(label, self.read(said)) for label, said in rows("commands")[start::2]]
        tell(
            half, "outside, understood at once", share(m.intent == label for label, m in commands), len(commands), 0.80
        )
        tell(
            half,
            "outside, understood or offered",
            share(label in (m.intent, *m.offered) for label, m in commands),
            len(commands),
            0.95,
        )
        answers = [self.read(said, QUESTION_OF_TOPIC[topic]) for topic, said in rows("answers")[start::2]]
        kept = share(m.intent in ("answer", "dont_know") for m in answers)
        tell(half, "in a question, answers kept", kept, len(answers), 0.99)
        stopped = share(m.intent == "emergency" for m in answers)
        tell(half, "in a question, answers stopped by an emergency (at most)", stopped, len(answers), 0.01)
        tell(
            half,
            "in a question, answers with the emergency lines beside",
            share(m.danger for m in answers),
            len(answers),
        )
        tell(
            half,
            "in a question, answers with a command offered beside",
            share(bool(m.offered) for m in answers),
            len(answers),
        )
        inside = [(label, self.read(said, "evacuation_bring")) for label, said in rows("commands_inside")[start::2]]
        obeyed = share(label in (m.intent, *m.offered) for label, m in inside)
        tell(half, "in a question, commands obeyed or offered", obeyed, len(inside), 0.90)
        emergencies = [self.read(said, "evacuation_means") for _, said in rows("emergencies")[start::2]]
        shown = share(m.intent == "emergency" or m.danger for m in emergencies)
        tell(half, "in a question, emergencies shown the lines", shown, len(emergencies), 0.98)
        tell(
            half,
            "in a question, emergencies that stop the questions",
            share(m.intent == "emergency" for m in emergencies),
            len(emergencies),
        )


def tell(half: str, figure: str, value: float, size: int, bar: float | None = None) -> None:
    """One figure as a line of JSON."""
    line: dict[str, object] = {"set": half, "figure": figure, "value": value, "of": size}
    if bar is not None:
        line["bar"] = bar
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Print every figure."""
    bench = Bench()
    bench.figures("development", 0)
    bench.figures("test", 1)


if __name__ == "__main__":
    main()
