"""The language model without what nothing uses gives the same vectors, and keeps no word that it has met."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from balise.language import NAME, load_language
from balise.privacy import redact

SENTENCES = [
    "elle dort chez une amie depuis mardi",
    "l' agent Tremblay a gardé son passeport , à Trois-Rivières !",
    "chu tannée pis jsuis pu capable 😢 hfjdks",
]


def test_the_vectors_are_those_of_the_whole_model() -> None:
    lean, whole = load_language(), spacy.load(NAME)
    for sentence in SENTENCES:
        words = sentence.split()
        ours, theirs = (
            language.get_pipe("tok2vec").model.predict([Doc(language.vocab, words=words)])[0]
            for language in (lean, whole)
        )
        assert np.array_equal(ours, theirs)


def test_no_word_of_a_message_stays_in_it() -> None:
    redact("Zyxwvka a quitté Brtzkville hier")
    vocabulary = load_language().vocab
    kept = {*vocabulary.strings, *(word.text for word in vocabulary)}
    assert {"zyxwvka", "quitté", "brtzkville"}.isdisjoint(kept)
