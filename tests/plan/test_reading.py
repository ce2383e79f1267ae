"""A worker's words become choices, a note, or both; nothing of an answer is lost."""

from __future__ import annotations

import pytest

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue, Choice, Question
from balise.plan.reading import joined, read

EXIT = Question(
    name="exit",
    text="Par où ?",
    choices=(
        Choice("main_door", "Porte principale", ("porte d'en avant", "par en avant")),
        Choice("back_door", "Porte arrière", ("porte d'en arriere", "par en arriere")),
        Choice("window", "Fenêtre ou balcon", ("fenetre", "balcon")),
        Choice("none_yet", "Aucune sortie repérée", ("aucune sortie",), exclusive=True),
    ),
    label="Sorties",
    why="",
    several=True,
)
SAFE = Question(
    name="safe",
    text="En sécurité ?",
    choices=(Choice("yes", "Oui"), Choice("no", "Non", ("pas en securite",)), Choice("unknown", "Je ne sais pas")),
    label="",
    why="",
)


@pytest.mark.parametrize(
    ("question", "said", "choices", "note"),
    [
        (EXIT, "2", ("back_door",), None),
        (EXIT, "1, 3", ("main_door", "window"), None),
        (EXIT, "3 et 1", ("main_door", "window"), None),
        (EXIT, "1 pis 2", ("main_door", "back_door"), None),
        (EXIT, "back_door", ("back_door",), None),
        (EXIT, "Porte arrière", ("back_door",), None),
        (EXIT, "porte arriere, fenetre ou balcon", ("back_door", "window"), None),
        (EXIT, "par en arrière", ("back_door",), None),
        (EXIT, "la porte d'en arrière", ("back_door",), None),
        (EXIT, "la porte d'en arrière mais elle grince", ("back_door",), "la porte d'en arrière mais elle grince"),
        (EXIT, "pas par la fenêtre, par en avant", ("main_door",), "pas par la fenêtre, par en avant"),
        (EXIT, "par le toit", (), "par le toit"),
        (EXIT, "non", ("none_yet",), None),
        (EXIT, "rien", ("none_yet",), None),
        (EXIT, "aucune pour l'instant", ("none_yet",), None),
        (EXIT, "rien que la cave", (), "rien que la cave"),
        (SAFE, "personne", (), "personne"),
        (EXIT, "1, none_yet", (), "1, none_yet"),
        (EXIT, "9", (), "9"),
        (EXIT, "9-1-1", (), "9-1-1"),
        (EXIT, "2-1-1", (), "2-1-1"),
        (SAFE, "oui", ("yes",), None),
        (SAFE, "ouais", ("yes",), None),
        (SAFE, "Non", ("no",), None),
        (SAFE, "non pas vraiment, il rôde", ("no",), "non pas vraiment, il rôde"),
        (SAFE, "1, 2", (), "1, 2"),
    ],
)
def test_what_is_read(question: Question, said: str, choices: tuple[str, ...], note: str | None) -> None:
    assert read(said, question).answer == Answer(choices, note)


def test_free_words_that_name_a_choice_say_so() -> None:
    assert read("par en arrière", EXIT).in_words
    assert not read("back_door", EXIT).in_words
    assert not read("2", EXIT).in_words


def test_an_exclusive_choice_never_stands_with_others() -> None:
    assert read("main_door, none_yet", EXIT).answer.choices == ("main_door",)


def test_every_way_to_say_a_choice_selects_that_choice_and_no_other(catalogue: Catalogue) -> None:
    for question in catalogue.questions.values():
        for choice in question.choices:
            for phrase in (choice.title, *choice.words):
                heard = read(phrase, question).answer.choices
                assert heard == (choice.value,), f"{question.name}: « {phrase} » is read as {heard}"


@pytest.mark.parametrize(
    ("question", "earlier", "later", "expected"),
    [
        (EXIT, Answer(("back_door",)), Answer(("main_door",)), Answer(("main_door", "back_door"))),
        (EXIT, Answer(("none_yet",)), Answer(("window",)), Answer(("window",))),
        (EXIT, Answer((), "la cave"), Answer((), "le toit"), Answer((), "la cave ; le toit")),
        (SAFE, Answer(("yes",)), Answer(("no",), "finalement"), Answer(("no",), "finalement")),
        (SAFE, Answer(("yes",)), Answer((), "pour l'instant"), Answer(("yes",), "pour l'instant")),
    ],
)
def test_two_messages_in_a_row_become_one_answer(
    question: Question, earlier: Answer, later: Answer, expected: Answer
) -> None:
    assert joined(question, earlier, later) == expected


def test_one_choice_named_twice_is_one_choice() -> None:
    one = Question("need", "", (Choice("a", "Interprètes", ("traduire",)), Choice("b", "Permis")), "", "")
    assert read("un interprète, pour traduire", one).answer.choices == ("a",)
    assert read("un interprète, et le permis", one).answer.choices == ()
