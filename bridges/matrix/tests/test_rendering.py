"""The guide's answers as plain text."""

from __future__ import annotations

from balise_matrix.rendering import rendered, split
from balise_matrix.texts import asks_to, text


def test_choices_are_numbered_over_the_whole_turn() -> None:
    choices = [{"label": label, "value": label} for label in ("Porte", "Fenêtre")]
    told = [
        {"text": "Bonjour.", "choices": [], "multiple": False},
        {"text": "Par où ?", "choices": choices, "multiple": True},
    ]
    assert rendered(told) == f"Bonjour.\n\nPar où ?\n1. Porte\n2. Fenêtre\n{text('several')}"


def test_a_long_text_is_split_at_its_sentences_and_nothing_is_lost() -> None:
    sentences = [f"La phrase numéro {number} dit une chose." for number in range(60)]
    pieces = split(" ".join(sentences), 200)
    assert all(len(piece) <= 200 for piece in pieces)
    assert all(piece.endswith("chose.") for piece in pieces)
    assert " ".join(pieces) == " ".join(sentences)


def test_bubbles_are_kept_whole_where_they_fit() -> None:
    bubbles = ["Un. " * 30, "Deux. " * 30]
    assert split("\n\n".join(bubble.strip() for bubble in bubbles), 200) == [bubble.strip() for bubble in bubbles]


def test_a_word_without_an_end_is_cut() -> None:
    pieces = split("a" * 450, 200)
    assert [len(piece) for piece in pieces] == [200, 200, 50]


def test_a_command_is_known_in_any_writing_and_only_alone() -> None:
    assert asks_to("quit_words", " Quitter ! ")
    assert asks_to("quit_words", "QUITTER  RAPIDEMENT")
    assert not asks_to("quit_words", "elle veut quitter")


def test_texts_are_typeset() -> None:
    assert "l’écran" not in text("name")
    assert "«\u00a0quitter\u00a0»" in text("how")
    assert "d’un coup" in text("how")
