"""Reading a worker's words as an answer to one question: numbers, choices, or a note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from balise.plan.answers import UNKNOWN, Answer
from balise.plan.catalogue import Choice, Question
from balise.plan.words import fold, stems, tokens

_NUMBERS = re.compile(r"^\s*\d{1,2}(?:\s*(?:,|;|/|\+|&|\bet\b|\bpis\b|\s)\s*\d{1,2})*\s*[.)]?\s*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:,|;|\n)\s*")
_YES = frozenset({"oui", "ouais", "ouaip", "yes", "yep", "ok", "correct", "exact", "absolument", "certain", "mets-en"})
_NO = frozenset({"non", "nan", "nope", "no", "nenni", "pantoute"})
_NOTHING = frozenset({"rien", "aucun", "aucune", "personne", "nobody", "nothing", "none"})
_NOTHING_MORE = _NOTHING | frozenset(
    "non du de tout pantoute pour l'instant le moment encore ca cela la ici maintenant d'autre special particulier"
    " que je sache".split()
)
"""Words that may stand beside « rien » without saying anything more."""
_NEGATIONS = frozenset(stems("pas non jamais sans aucun aucune ni sauf rien evite eviter"))
_YES_NO_STEMS = frozenset(stem for word in _YES | _NO for stem in stems(word))
_NO_LONGER = frozenset(stems("ne peut veut peux veux"))
_CLAUSES = re.compile(r"[,;\n]|\.\s")
_ARTICLES = frozenset("le la les un une des du de l d a au aux en et ou par sur dans pour son sa ses".split())
_MOST_NUMBERS = 20


@dataclass(frozen=True)
class Heard:
    """What was read in a message: the answer, and whether its choices were named in free words (then we say so)."""

    answer: Answer
    in_words: bool = False


def numbers(text: str) -> list[int]:
    """The numbers of a message made of numbers only ("2", "1, 3", "1 et 3"); empty for any other message."""
    if not _NUMBERS.match(text):
        return []
    return [int(number) for number in re.findall(r"\d+", text)][:_MOST_NUMBERS]


def _ordered(question: Question, values: list[str]) -> tuple[str, ...]:
    """Values once each, in the question's order; an exclusive choice stays only alone, one only where one fits."""
    known = [choice for choice in question.choices if choice.value in values]
    if UNKNOWN in values and not known:
        return (UNKNOWN,)
    if len(known) > 1:
        known = [choice for choice in known if not choice.exclusive] or known[:1]
    return tuple(choice.value for choice in known)


def by_number(text: str, question: Question) -> Answer | None:
    """The answer of a message made of choice numbers; None where it is none, or a number has no choice."""
    picked = numbers(text)
    if not picked or any(not 1 <= number <= len(question.choices) for number in picked):
        return None
    if len(set(picked)) > 1 and not question.several:
        return None
    return Answer(_ordered(question, [question.choices[number - 1].value for number in picked]))


def by_name(text: str, question: Question) -> Answer | None:
    """The answer of a message that is nothing but values or titles of choices, several separated by commas."""
    named = {choice.value: choice.value for choice in question.choices}
    named |= {fold(choice.title): choice.value for choice in question.choices}
    whole = named.get(text.strip()) or named.get(fold(text).strip())
    if whole:
        return Answer((whole,))
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    values = [named.get(part) or named.get(fold(part)) for part in parts]
    if not values or any(value is None for value in values) or (len(values) > 1 and not question.several):
        return None
    return Answer(_ordered(question, [value for value in values if value]))


def _find(phrase: list[str], words: list[str]) -> int:
    """Where `phrase` stands in `words`, -1 where it does not."""
    size = len(phrase)
    return next((i for i in range(len(words) - size + 1) if words[i : i + size] == phrase), -1)


def _names(choice: Choice) -> list[list[str]]:
    """The ways to say a choice, each as comparable words, the longest first."""
    phrases = [stems(phrase) for phrase in (choice.title, *choice.words)]
    return sorted((phrase for phrase in phrases if phrase), key=len, reverse=True)


def _is_denied(before: list[str]) -> bool:
    """Whether the words before a choice, in the same clause, deny it ("pas question de…", "ne peut plus…")."""
    return bool(_NEGATIONS & set(before)) or ("plu" in before and bool(_NO_LONGER & set(before)))


def in_words(text: str, question: Question) -> tuple[str, ...]:
    """The choices that free words clearly name, in the question's order.

    A choice after a negation is not named ("pas par la porte d'en arrière"), nor is one whose words are covered by
    a longer name of another choice ("porte d'en arrière" is not « porte »).
    """
    found: list[tuple[int, int, str]] = []
    start = 0
    for clause in _CLAUSES.split(text):
        words = stems(clause)
        for choice in question.choices:
            for phrase in _names(choice):
                at = _find(phrase, words)
                if at >= 0:
                    if choice.exclusive or not _is_denied(words[:at]):
                        found.append((start + at, len(phrase), choice.value))
                    break
        start += len(words)
    kept = [
        value
        for at, size, value in found
        if not any(
            other != value and begin <= at and at + size <= begin + length and length > size
            for begin, length, other in found
        )
    ]
    if len(set(kept)) > 1 and not question.several:
        return ()
    return _ordered(question, kept)


def says_nothing(text: str) -> bool:
    """Whether a message says only « nothing », « none », « nobody »."""
    said = tokens(text)
    return bool(said) and said[0] in _NOTHING and _NOTHING_MORE.issuperset(said)


def _yes_no(text: str, question: Question) -> tuple[str, ...]:
    """yes, no or « none of these » for a message that opens with it, where the question has such a choice."""
    said = tokens(text)
    opening = said[0] if said else ""
    nothing = question.nothing
    if opening in _YES and question.choice("yes"):
        return ("yes",)
    if opening in _NO and question.choice("no"):
        return ("no",)
    if nothing and (opening in _NO or says_nothing(text)):
        return (nothing.value,)
    return ()


def _is_whole(text: str, question: Question, values: tuple[str, ...]) -> bool:
    """Whether the message says nothing more than the choices read in it."""
    rest = [word for word in stems(text) if word not in _ARTICLES]
    for value in values:
        choice = question.choice(value)
        for phrase in _names(choice) if choice else ():
            if _find(phrase, stems(text)) >= 0:
                rest = [word for word in rest if word not in phrase]
                break
    return not [word for word in rest if word not in _YES_NO_STEMS] or _NOTHING_MORE.issuperset(tokens(text))


def read(text: str, question: Question) -> Heard:
    """The answer that a message gives to `question`; never empty for a non-empty message.

    Numbers, values and titles select choices. Free words that clearly name choices select them too; whatever else
    they say is kept, as the whole message, in the note beside the choices.
    """
    exact = by_number(text, question) or by_name(text, question)
    if exact:
        return Heard(exact)
    values = in_words(text, question) or _yes_no(text, question)
    if values and _is_whole(text, question, values):
        return Heard(Answer(values), in_words=True)
    return Heard(Answer(values, note=text.strip()), in_words=bool(values))


def joined(question: Question, earlier: Answer, later: Answer) -> Answer:
    """Two messages to one question as one answer: choices add up where several fit, else the later ones stand.

    « None of these » gives way to a choice named in the other message; both notes are kept.
    """
    if question.several:
        choices = _ordered(question, [*earlier.choices, *later.choices])
    else:
        choices = later.choices or earlier.choices
    notes = dict.fromkeys(note for note in (earlier.note, later.note) if note)
    return Answer(choices, note=" ; ".join(notes) or None)
