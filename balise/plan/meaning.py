"""What a message means, in its context: an answer, a command, an emergency, or something to ask about.

The rule of the house: during a question a message is the answer, unless the whole of it is a command. An answer is
never lost to a misread intent: where a command is only likely, the answer is kept and the command is offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from balise.plan.answers import Answer
from balise.plan.catalogue import Question
from balise.plan.reading import by_name, by_number, in_words, numbers, read, says_nothing
from balise.plan.ways import SECTIONS, WAYS
from balise.plan.words import fold, plain, stems, tokens

COMMANDS = frozenset(
    "start_plan start_field start_meeting start_referral start_follow_up open_evacuation open_risks open_places"
    " open_communications open_contacts open_self_care progress summary export take_up make_code erase pause resume"
    " back skip why dont_know repeat help helplines guidance confidentiality worker_safety case_management what_is_kept"
    " who_are_you how_to_talk overwhelmed thank goodbye greet out_of_scope emergency".split()
)
"""Intents that a worker's own words can ask for."""
TOPICS = "topics"
"""The name of the subjects of the cards among what a request says besides itself."""
NEVER_OFFERED = frozenset("greet thank goodbye out_of_scope inform affirm deny".split())
"""Nobody needs a button to say hello."""
NEVER_TAKES_A_QUESTION = frozenset("greet thank affirm deny inform out_of_scope".split())
"""Intents that never interrupt a pending question on the classifier's word alone."""

SECTIONS_AND_WAYS: Mapping[str, str | None] = {**SECTIONS, **dict.fromkeys(WAYS)}
"""Commands that open something else: each with the section that it opens, None for a way in."""
STOPS_THE_QUESTIONS = frozenset({"pause", "erase", "export", "take_up", "make_code", "goodbye", "resume"})

# Thresholds on the classifier's probabilities, chosen on tests/understanding/development/ (docs/nlu.md).
SURE = 0.90
"""Outside a question: below it the next likely commands stand beside the one obeyed."""
LIKELY = 0.35
"""Outside a question: below it nothing is done, three are offered."""
LIKELY_MOVE = 0.50
"""The same for a section or a way in, which costs more to come back from."""
OBEY_IN_QUESTION = 0.85
OBEY_WHEN_ADDRESSED = 0.55
OBEY_A_STOP = 0.97
OBEY_A_MOVE = 0.70
OFFER_IN_QUESTION = 0.12
EMERGENCY = 0.80
"""In a question: the questions stop where a word of danger or of the present moment is said too."""
EMERGENCY_UNSAID = 0.90
"""The same without such a word, or where the danger word names a choice of the question."""
DANGER_NOTICE = 0.12
"""Emergency against ordinary answer: from there on the lines stand beside the kept answer."""
DANGER_NOTICE_BESIDE_A_CHOICE = 0.50
_NOISE = 0.02
_ADDRESSED = re.compile(
    r"\?\s*$|-moi\b"
    r"|\b(?:stp|svp|s'il (?:te|vous) plait|peux[- ]tu|tu peux|pouvez[- ]vous|pourriez[- ]vous|dis[- ]moi)\b"
    r"|\b(?:selon|d'apres) (?:toi|vous)\b|\bc(?:'est)? quoi\b|\bquel(?:le)? (?:niveau|cote|note|score)\b"
    r"|\btu (?:lui )?(?:donne|pense|crois|dirai)[st]*\b"
)
"""Words said to the guide rather than about the person: a question, a request. An answer rarely has them."""
_GOING = re.compile(
    r"^(?:bon |ok |ben |non |alors |la )*"
    r"(?:go|on (?:va|retourne|passe|ouvre|fait|parle|saute)|ouvr|amene|mene|emmene|va|vas|aller|retourn|montre|saute"
    r"|change|j(?:e |')(?:veux|voudrais|aimerais) (?:aller|voir|passer|faire|le|la|les))"
    r"|\b(?:section|partie|volet)\b"
)
"""Words that ask to be led to another section."""
_NOW = re.compile(r"\b(?:en train de|maintenant|tout de suite|a l'instant|drette la|presentement|right now|asteure)\b")
NO_SUCH_NUMBER = "number"
"""The target of a repeat that answers a number without a choice."""
_PAYLOAD = re.compile(r"^/([a-z_]+)(?::([a-z0-9_]+))?$")


@dataclass(frozen=True)
class Context:
    """What the conversation was doing when the message came.

    `offered` are the choices shown last, each a value and its label; `last_answered` is set only when the message is
    the second in a row to the question of the previous turn; `section` is the open form; `records` its records, where
    it repeats.
    """

    question: Question | None = None
    offered: tuple[tuple[str, str], ...] = ()
    reviewing: str | None = None
    confirming: str | None = None
    paused: str | None = None
    last_answered: Question | None = None
    section: str | None = None
    records: Records | None = None


@dataclass(frozen=True)
class Records:
    """The records of the open section, to be named in words: the label of each, the number (from 0) of the one being
    filled, and the words of the button that adds one."""

    labels: tuple[str, ...]
    here: int
    add: str


@dataclass(frozen=True)
class Meaning:
    """What to do. `intent` goes to Rasa; `target` is the question or record that a command names;
    `offered` are commands to show as buttons; `danger` asks for the emergency lines beside a kept answer; `told` is
    what a request says besides itself, choices by question (« quelles lignes en Ontario »)."""

    intent: str
    confidence: float = 1.0
    target: str | None = None
    answer: Answer | None = None
    in_words: bool = False
    offered: tuple[str, ...] = ()
    danger: bool = False
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """Whole messages that are commands (folded text to intent), words that speak of danger, the sections' titles
    with the intent that opens each, and what a request may say besides itself, by its intent."""

    commands: Mapping[str, str] = field(default_factory=dict)
    danger: tuple[tuple[str, ...], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    asked_along: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)

    def command(self, text: str) -> str | None:
        """The command that the whole of `text` is known to be."""
        return self.commands.get(plain(text))

    def topic(self, text: str) -> str | None:
        """The subject of a card that the whole of `text` names."""
        said = plain(text)
        for question in self.asked_along.get("guidance", ()):
            if question.name == TOPICS:
                named = (c.value for c in question.choices if said in {plain(name) for name in (c.title, *c.words)})
                return next(named, None)
        return None

    def told_in(self, text: str, intent: str) -> dict[str, tuple[str, ...]]:
        """What a request for `intent` says besides itself: choices by the question that would ask for them."""
        questions = self.asked_along.get(intent, ())
        return {question.name: named for question in questions if (named := in_words(text, question))}

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


def is_own_words(text: str, context: Context) -> bool:
    """Whether a message is nothing but the guide's own: a button just shown, a bare command, choices by value or title.
    Nothing of it is the worker's, so there is nothing to redact."""
    if payload(text, context):
        # A button of an earlier screen too: nothing of it is kept.
        return True
    return bool(context.question and by_name(text, context.question))


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


_SMALL_WORDS = frozenset(
    stems(
        "le la l les un une des du de d au aux a et en pour sur ma mon mes ta ton sa son ce cet cette ca il y ai avoir"
        " je veux voudrais veut va aller on peut svp stp s'il vous plait te section reponse question partie"
        " changer change changez modifier modifie modifiez corriger corrige reprendre reprend revoir refaire refait"
        " voir ajouter ajoute passer passe appeler retour revenir retourner retourne ouvrir ouvre montre montrer"
        " moi nous amene mene emmene go choisir prend"
    )
)
_ONE_MORE = frozenset(
    stems("autre nouveau nouvelle nouvel suivant suivante prochain prochaine deuxieme troisieme quatrieme encore")
)


_OUT = frozenset(stems("retirer retire enlever enleve supprimer supprime oter ote effacer efface"))


def _telling(words: list[str]) -> set[str]:
    """The words that name something: articles, and verbs that any command has, left out."""
    return {word for word in words if word not in _SMALL_WORDS}


def _named(text: str, context: Context) -> Meaning | None:
    """The meaning of a message that says enough of the label of one command just offered."""
    said = stems(text)
    telling = _telling(said)
    commands = [(value, stems(label)) for value, label in context.offered if value.startswith("/")]
    same = [value for value, label in commands if label == said]
    part = [value for value, label in commands if telling and telling <= set(label)]
    whole = [value for value, label in commands if len(label) > 1 and _stands_in(label, said) and len(said) <= 8]
    for found in (same, part, whole):
        if len(found) == 1:
            return payload(found[0], context)
    return None


def _same_label(text: str, context: Context) -> Meaning | None:
    """The meaning of a message that is the whole label of a command just offered."""
    said = stems(text)
    same = [value for value, label in context.offered if value.startswith("/") and stems(label) == said]
    return payload(same[0], context) if len(same) == 1 else None


def _record(text: str, context: Context) -> Meaning | None:
    """The meaning of a message that names a record of the open section, or asks for one more."""
    if context.records is None:
        return None
    telling = _telling(stems(text))
    for index, label in enumerate(context.records.labels):
        named = _telling(stems(label))
        if telling - _OUT == named and telling & _OUT and len(context.records.labels) > 1:
            return Meaning("remove_record", target=str(index))
        if telling == named and index != context.records.here:
            return Meaning("edit_record", target=str(index))
    noun = stems(context.records.add)[-1]
    if noun in telling and telling - {noun} and telling - {noun} <= _ONE_MORE:
        return Meaning("add_record")
    return None


def _section(text: str, lexicon: Lexicon) -> Meaning | None:
    """The meaning of words that ask to be led to a section by its title (« on retourne au plan d'évacuation »)."""
    if not _GOING.search(fold(text)):
        return None
    telling = _telling(stems(text))
    named = [intent for title, intent in lexicon.sections if _telling(stems(title)) == telling]
    return Meaning(named[0]) if named else None


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(phrase)] == phrase for start in range(len(words) - len(phrase) + 1))


def certain(text: str, context: Context, lexicon: Lexicon) -> Meaning | None:
    """The meaning of a message that needs no classifier: a button, a number, a choice by name, a known command."""
    if found := payload(text, context):
        return found
    question = context.question
    if numbers(text):
        return _picked(text, context) or _counted(text, context) or Meaning("repeat", target=NO_SUCH_NUMBER)
    command = lexicon.command(text)
    if question:
        heard = read(text, question)
        if heard.answer.choices and not heard.answer.note:
            # A choice of the pending question is an answer, whatever else its words could ask for.
            urgent = command == "emergency"
            offered = ("emergency",) if urgent else ()
            return Meaning("answer", answer=heard.answer, in_words=heard.in_words, offered=offered, danger=urgent)
        if found := _same_label(text, context) or _record(text, context) or _section(text, lexicon):
            return found
        if command in COMMANDS - NEVER_TAKES_A_QUESTION or (command and command in ("greet", "thank", "goodbye")):
            return Meaning(command)
        return None
    if found := _same_label(text, context) or _record(text, context) or _section(text, lexicon):
        return found
    if command:
        return _settled(command, context, said=text)
    if found := _named(text, context):
        return found
    topic = lexicon.topic(text)
    return Meaning("guidance", target=topic) if topic else None


def _counted(text: str, context: Context) -> Meaning | None:
    """The answer of numbers that count the choices of the pending question where nothing was shown yet."""
    if context.question is None or context.offered:
        return None
    answer = by_number(text, context.question)
    return Meaning("answer", answer=answer) if answer else None


_ONWARD = frozenset("continuer continue on continue suivant suivante ensuite la suite next fini terminer".split())


def _settled(
    intent: str, context: Context, confidence: float = 1.0, offered: tuple[str, ...] = (), said: str = ""
) -> Meaning:
    """Yes and no, and « continuer », take their meaning from what was asked outside a question."""
    if context.confirming == "erase" and intent == "affirm":
        return Meaning("confirm_erase")
    if context.confirming == "paper" and intent == "affirm":
        return Meaning("document", target="reminder_yes")
    onward = intent in ("affirm", "skip") or (bool(said) and _ONWARD.issuperset(tokens(said)))
    if context.reviewing and not context.confirming and onward:
        return Meaning("next_section")
    return Meaning(intent, confidence, offered=offered)


def emergency_or_answer(ranking: Ranking) -> float:
    """How much more an emergency than an ordinary answer, from 0 to 1."""
    likelihood = dict(ranking)
    emergency, answer = likelihood.get("emergency", 0.0), likelihood.get("inform", 0.0)
    return emergency / (emergency + answer) if emergency > _NOISE else 0.0


def _is_obeyed(command: str, certainty: float, text: str, context: Context) -> bool:
    """Whether free words are a command although a question waits: the more it would interrupt, the surer it must be.

    Another section is opened only for words said to the guide: « ses amies » is an answer, whatever its likelihood.
    """
    addressed = bool(_ADDRESSED.search(fold(text)))
    if command in SECTIONS_AND_WAYS:
        return certainty >= OBEY_A_MOVE and (addressed or bool(_GOING.search(fold(text))))
    if command in STOPS_THE_QUESTIONS:
        return certainty >= (OBEY_IN_QUESTION if addressed else OBEY_A_STOP)
    return certainty >= (OBEY_WHEN_ADDRESSED if addressed else OBEY_IN_QUESTION)


def in_question(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of free words while `context.question` is pending.

    A message obeyed on the classifier's word keeps its reading as an answer: one tap puts it in its place.
    """
    question = context.question
    assert question is not None
    heard = read(text, question)
    likelihood = dict(ranking)
    named = in_words(text, question)
    notice = DANGER_NOTICE_BESIDE_A_CHOICE if named else DANGER_NOTICE
    danger = emergency_or_answer(ranking) >= notice or lexicon.speaks_of_danger(text)
    urgent = likelihood.get("emergency", 0.0)
    said = bool(_NOW.search(fold(text))) or (lexicon.speaks_of_danger(text) and not named)
    if ranking[0][0] == "emergency" and urgent >= (EMERGENCY if said else EMERGENCY_UNSAID):
        return Meaning("emergency", urgent, answer=heard.answer)
    courtesy, certainty = ranking[0]
    if courtesy in ("greet", "thank", "out_of_scope") and _is_obeyed(courtesy, certainty, text, context):
        return Meaning(courtesy, certainty, answer=heard.answer, danger=danger)
    # What the message would be if it were a command at all.
    commands = [(name, p) for name, p in ranking if name in COMMANDS - NEVER_TAKES_A_QUESTION - {"emergency"}]
    commands = [(name, p) for name, p in commands if SECTIONS_AND_WAYS.get(name) != context.section]
    top, confidence = commands[0] if commands else ("", 0.0)
    if not named and not says_nothing(text) and _is_obeyed(top, confidence, text, context):
        return Meaning(top, confidence, answer=heard.answer, danger=danger)
    likely = [name for name, p in commands[:2] if p >= OFFER_IN_QUESTION and name not in NEVER_OFFERED]
    plainly = says_nothing(text) or (named and confidence < OBEY_WHEN_ADDRESSED)
    offered = () if plainly else tuple(likely)
    return Meaning("answer", answer=heard.answer, in_words=heard.in_words, offered=offered, danger=danger)


def outside(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of free words when no question is pending: sure, likely (the next ones are offered), or unsure."""
    known = [(name, p) for name, p in ranking if name != "inform"]
    total = sum(p for _, p in known) or 1.0
    known = [(name, p / total) for name, p in known]
    likelihood = dict(known)
    urgent = likelihood.get("emergency", 0.0)
    top, certainty = known[0] if known else ("", 0.0)
    if top == "emergency" and urgent >= LIKELY and ranking[0][0] == "emergency":
        return Meaning("emergency", urgent)
    danger = urgent >= DANGER_NOTICE or lexicon.speaks_of_danger(text)
    buttons = [name for name, p in known if name not in NEVER_OFFERED and p >= _NOISE]
    if top == "emergency":
        # As likely an ordinary sentence: the lines are shown, and what was meant is asked.
        return Meaning("unsure", urgent, offered=tuple(buttons[:3]), danger=True)
    if context.confirming == "erase" and top not in ("affirm", "erase"):
        # Only a yes erases.
        return Meaning("deny")
    moves = top in SECTIONS_AND_WAYS
    if certainty < (LIKELY_MOVE if moves else LIKELY) or (moves and context.paused):
        # While the plan is paused, only a tap or a known word starts something else.
        return Meaning("unsure", certainty, offered=tuple(buttons[:3]), danger=danger)
    others = tuple(name for name in buttons if name != top)[:3] if certainty < SURE else ()
    settled = _settled(top, context, certainty, others)
    return replace(settled, danger=danger)


def understand(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    """The meaning of a redacted message in its context. `ranking` is not looked at where the message is certain."""
    found = _understood(text, context, ranking, lexicon)
    if found.intent not in lexicon.asked_along or found.target:
        return found
    return replace(found, told=lexicon.told_in(text, found.intent))


def _understood(text: str, context: Context, ranking: Ranking, lexicon: Lexicon) -> Meaning:
    if context.last_answered:
        # Second in a row: read against the question that the worker was looking at.
        earlier = Context(question=context.last_answered)
        second = certain(text, earlier, lexicon) or in_question(text, earlier, ranking, lexicon)
        if second.intent == "answer":
            return replace(second, target=context.last_answered.name)
        return second
    found = certain(text, context, lexicon)
    if found:
        return found
    if context.question:
        return in_question(text, context, ranking, lexicon)
    return outside(text, context, ranking, lexicon)
