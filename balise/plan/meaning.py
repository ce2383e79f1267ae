"""What a message means, in its context: an answer, a command, an emergency, or something to ask about.

The rule of the house: during a question a message is the answer, unless the whole of it is a command. An answer is
never lost to a misread intent: where a command is only likely, the answer is kept and the command is offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from balise.plan.answers import Answer
from balise.plan.catalogue import Question
from balise.plan.reading import by_name, in_words, numbers, read
from balise.plan.words import fold, plain, stems, tokens

COMMANDS = frozenset(
    "start_plan start_field start_meeting start_referral start_follow_up open_evacuation open_risks open_places"
    " open_communications open_contacts open_self_care progress summary export erase pause resume back skip why"
    " dont_know repeat help helplines confidentiality worker_safety case_management what_is_kept who_are_you"
    " how_to_talk overwhelmed thank goodbye greet out_of_scope emergency".split()
)
"""Intents that a worker's own words can ask for."""
NEVER_OFFERED = frozenset("greet thank goodbye out_of_scope inform affirm deny erase".split())
"""Nobody needs a button to say hello, and nothing is erased on a guess."""
NEVER_TAKES_A_QUESTION = frozenset("greet thank goodbye affirm deny inform out_of_scope".split())
"""Intents that never interrupt a pending question on the classifier's word alone."""

# Thresholds on the classifier's probabilities, chosen on the development half of tests/understanding/ (docs/nlu.md).
SURE = 0.55
LIKELY = 0.22
OBEY_IN_QUESTION = 0.90
OBEY_WHEN_ADDRESSED = 0.55
OFFER_IN_QUESTION = 0.15
EMERGENCY = 0.80
DANGER_NOTICE = 0.12
_NOISE = 0.02
_ADDRESSED = re.compile(
    r"\?\s*$|-moi\b|\b(?:stp|svp|s'il (?:te|vous) plait|peux[- ]tu|tu peux|pouvez[- ]vous|pourriez[- ]vous)\b"
)
"""Words said to the guide rather than about the person: a question, a request. An answer rarely has them."""
_PAYLOAD = re.compile(r"^/([a-z_]+)(?::([a-z0-9_]+))?$")


@dataclass(frozen=True)
class Context:
    """What the conversation was doing when the message came.

    `offered` are the choices shown last, each a value and its label; `last_answered` is set only when the message is
    the second in a row to the question of the previous turn.
    """

    question: Question | None = None
    offered: tuple[tuple[str, str], ...] = ()
    reviewing: str | None = None
    confirming: str | None = None
    paused: str | None = None
    last_answered: Question | None = None


@dataclass(frozen=True)
class Meaning:
    """What to do. `intent` goes to Rasa; `target` is the question or record that a command names;
    `offered` are commands to show as buttons; `danger` asks for the emergency lines beside a kept answer."""

    intent: str
    confidence: float = 1.0
    target: str | None = None
    answer: Answer | None = None
    in_words: bool = False
    offered: tuple[str, ...] = ()
    danger: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Whole messages that are commands (folded text to intent) and words that speak of danger."""

    commands: Mapping[str, str] = field(default_factory=dict)
    danger: tuple[tuple[str, ...], ...] = ()

    def command(self, text: str) -> str | None:
        """The command that the whole of `text` is known to be."""
        return self.commands.get(plain(text))

    def speaks_of_danger(self, text: str) -> bool:
        """Whether a danger word stands in `text` (a word of one's own, not a judgement)."""
        words = stems(text)
        return any(_stands_in(list(phrase), words) for phrase in self.danger)


Ranking = Sequence[tuple[str, float]]
"""Intents with their probabilities, the likeliest first, as the classifier gives them."""


def payload(text: str, context: Context) -> Meaning | None:
    """The meaning of a button's value. Only values just offered, or a bare command, are accepted."""
    match = _PAYLOAD.match(text.strip())
    if not match:
        return None
    intent, target = match.groups()
    if any(text.strip() == value for value, _ in context.offered) or (target is None and intent in COMMANDS):
        return Meaning(intent, target=target)
    # A button of an earlier screen: nothing is noted, what waits is shown again.
    return Meaning("repeat")


def _picked(text: str, context: Context) -> Meaning | None:
    """The meaning of a message made of numbers: the choices shown last are counted from 1, commands included."""
    picked = numbers(text)
    if not picked or any(not 1 <= number <= len(context.offered) for number in picked):
        return None
    values = [context.offered[number - 1][0] for number in picked]
    if len(values) == 1 and values[0].startswith("/"):
        return payload(values[0], context)
    if context.question and (answer := by_name(", ".join(values), context.question)):
        return Meaning("answer", answer=answer)
    return None


def _named(text: str, context: Context, whole_only: bool = False) -> Meaning | None:
    """The meaning of a message that says the label of a command just offered, whole or its telling part."""
    said = stems(text)
    commands = [(value, stems(label)) for value, label in context.offered if value.startswith("/")]
    same = [value for value, label in commands if label == said]
    part = [value for value, label in commands if len(said) > 1 and _stands_in(said, label)]
    whole = [value for value, label in commands if len(label) > 1 and _stands_in(label, said) and len(said) <= 8]
    for found in (same,) if whole_only else (same, part, whole):
        if len(found) == 1:
            return payload(found[0], context)
    return None


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(phrase)] == phrase for start in range(len(words) - len(phrase) + 1))


def certain(text: str, context: Context, lexicon: Lexicon) -> Meaning | None:
    """The meaning of a message that needs no classifier: a button, a number, a choice by name, a known command."""
    if found := payload(text, context):
        return found
    if numbers(text) and any(value.startswith("/") for value, _ in context.offered):
        # Commands were counted among the choices shown: a number that does not fit them all picks nothing.
        return _picked(text, context) or Meaning("repeat")
    if found := _picked(text, context):
        return found
    question = context.question
    command = lexicon.command(text)
    if question:
        heard = read(text, question)
        if heard.answer.choices and not heard.answer.note:
            # A choice of the pending question is an answer, whatever else its words could ask for.
            urgent = command == "emergency"
            offered = ("emergency",) if urgent else ()
            return Meaning("answer", answer=heard.answer, in_words=heard.in_words, offered=offered, danger=urgent)
        if found := _named(text, context, whole_only=True):
            return found
        if command in COMMANDS - NEVER_TAKES_A_QUESTION or (command and command in ("greet", "thank", "goodbye")):
            return Meaning(command)
        return None
    if found := _named(text, context):
        return found
    return _settled(command, context) if command else None


def _settled(intent: str, context: Context, confidence: float = 1.0, offered: tuple[str, ...] = ()) -> Meaning:
    """Yes and no take their meaning from what was asked outside a question."""
    if context.confirming == "erase" and intent == "affirm":
        return Meaning("confirm_erase")
    if context.reviewing and not context.confirming and intent == "affirm":
        return Meaning("next_section")
    return Meaning(intent, confidence, offered=offered)


def emergency_or_answer(ranking: Ranking) -> float:
    """How much more an emergency than an ordinary answer, from 0 to 1."""
    likelihood = dict(ranking)
    emergency, answer = likelihood.get("emergency", 0.0), likelihood.get("inform", 0.0)
    return emergency / (emergency + answer) if emergency > _NOISE else 0.0


def _is_plain_answer(text: str, lexicon: Lexicon) -> bool:
    """One or two words without a danger word ("rien"), or what one would do ("appeler le 911"): no call for help."""
    words = tokens(text)
    infinitive = bool(words) and len(words[0]) > 3 and words[0].endswith(("er", "ir", "re"))
    return infinitive or (len(words) <= 2 and not lexicon.speaks_of_danger(text))


def in_question(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of free words while `context.question` is pending."""
    question = context.question
    assert question is not None
    danger_now = emergency_or_answer(ranking)
    if danger_now >= EMERGENCY and ranking[0][0] == "emergency" and not _is_plain_answer(text, lexicon):
        return Meaning("emergency", danger_now)
    enough = OBEY_WHEN_ADDRESSED if _ADDRESSED.search(fold(text)) else OBEY_IN_QUESTION
    courtesy, certainty = ranking[0]
    if courtesy in ("greet", "thank", "goodbye", "out_of_scope") and certainty >= enough:
        return Meaning(courtesy, certainty)
    # What the message would be if it were a command at all.
    commands = [(name, p) for name, p in ranking if name in COMMANDS - NEVER_TAKES_A_QUESTION - {"emergency"}]
    offerable = [name for name, p in commands[:2] if p >= OFFER_IN_QUESTION and name not in NEVER_OFFERED]
    top, confidence = commands[0] if commands else ("", 0.0)
    named = in_words(text, question)
    if confidence >= enough and not named:
        return Meaning(top, confidence)
    heard = read(text, question)
    if not heard.answer.note:
        # The message is nothing but choices.
        return Meaning("answer", answer=heard.answer, in_words=heard.in_words)
    offered = () if named else tuple(offerable)
    danger = danger_now >= DANGER_NOTICE or lexicon.speaks_of_danger(text)
    return Meaning("answer", answer=heard.answer, in_words=heard.in_words, offered=offered, danger=danger)


def outside(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of free words when no question is pending: sure, likely (the next two are offered), or unsure."""
    known = [(name, p) for name, p in ranking if name != "inform"]
    total = sum(p for _, p in known) or 1.0
    known = [(name, p / total) for name, p in known]
    likelihood = dict(known)
    urgent = likelihood.get("emergency", 0.0)
    if known and known[0][0] == "emergency" and urgent >= LIKELY and ranking[0][0] == "emergency":
        return Meaning("emergency", urgent)
    danger = urgent >= DANGER_NOTICE or lexicon.speaks_of_danger(text)
    if known and known[0][0] == "emergency":
        # As likely an ordinary sentence: the lines are shown, and what was meant is asked.
        return Meaning(
            "unsure", urgent, offered=tuple(name for name, _ in known if name not in NEVER_OFFERED)[:3], danger=True
        )
    if context.confirming == "erase" and (not known or known[0][0] not in ("affirm", "erase")):
        # Only a yes erases.
        return Meaning("deny")
    buttons = [name for name, _ in known if name not in NEVER_OFFERED]
    if known and known[0][1] >= SURE:
        return _settled(known[0][0], context, known[0][1])
    if known and known[0][1] >= LIKELY:
        others = tuple(name for name in buttons if name != known[0][0])[:3]
        settled = _settled(known[0][0], context, known[0][1], others)
        return Meaning(settled.intent, settled.confidence, offered=settled.offered, danger=danger)
    return Meaning("unsure", known[0][1] if known else 0.0, offered=tuple(buttons[:3]), danger=danger)


def understand(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of a redacted message in its context. `ranking` is not looked at where the message is certain."""
    if context.last_answered:
        # Second in a row: read against the question that the worker was looking at.
        earlier = Context(question=context.last_answered)
        second = certain(text, earlier, lexicon) or in_question(text, earlier, ranking, lexicon)
        if second.intent == "answer":
            return Meaning("answer", target=context.last_answered.name, answer=second.answer, in_words=second.in_words)
        return second
    found = certain(text, context, lexicon)
    if found:
        return found
    if context.question:
        return in_question(text, context, ranking, lexicon)
    return outside(text, context, ranking, lexicon)
