"""The second learnt part: what fr_core_news_md makes of a word between its neighbours, read by a small network.

The vectors of `tok2vec` are those that spaCy trained; they are not changed. One hidden layer reads them with what the
lists say, and tells how likely each word is to be data. It sees meaning where the CRF sees spelling: together they miss
a fifth fewer of the names that are also words, at the same number of false alarms (docs/redaction.md).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from balise.language import load_language
from balise.privacy.corpus import Example
from balise.privacy.features import Features
from balise.privacy.folding import Folded, fold
from balise.privacy.lists import Lists
from balise.privacy.vocabulary import Standing

Floats = NDArray[np.float32]
HIDDEN, EPOCHS, SEED = 128, 6, 1
_MASKED = "quelqu'un"
"""What a placeholder is read as."""
_CLASSES = "NVADGIT"
_STANDINGS = tuple(Standing)


def _vectors(messages: Sequence[Folded]) -> list[Floats]:
    """One row a token, for each message."""
    from spacy.tokens import Doc  # see load_language

    language = load_language()
    # spaCy keeps every word that it has met, as long as the process lives; those met in a zone end with it.
    with language.memory_zone():
        docs = [
            Doc(language.vocab, words=[_MASKED if token.is_masked else token.raw.lower() for token in message.tokens])
            for message in messages
        ]
        return [np.array(rows, np.float32) for rows in language.get_pipe("tok2vec").model.predict(docs)]


def _told(message: Folded, features: Features) -> Floats:
    """What the lists and the shape tell of each token."""
    lists, last = features.lists, len(message.tokens) - 1
    rows = []
    for index, token in enumerate(message.tokens):
        word, standing = token.text, features.standings[index]
        classes = lists.classes(word)
        rows.append(
            [
                *(standing is one for one in _STANDINGS),
                lists.first_names.get(word, 0) / 3,
                lists.surnames.get(word, 0) / 3,
                lists.band(word) / 5,
                token.is_capitalised,
                index == 0,
                index == last,
                last < 4,
                *(letter in classes for letter in _CLASSES),
            ]
        )
    return np.array(rows, np.float32)


def _between(rows: Floats) -> Floats:
    """Each row between the one before and the one after."""
    empty = np.zeros((1, rows.shape[1]), np.float32)
    return np.concatenate([np.concatenate([empty, rows[:-1]]), rows, np.concatenate([rows[1:], empty])], axis=1)


def _rows(message: Folded, features: Features, vectors: Floats) -> Floats:
    return np.concatenate([_between(vectors), _between(_told(message, features))], axis=1)


def train(examples: Iterable[Example], lists: Lists, path: Path) -> None:
    """Write a network trained on `examples` (.npz). Half a minute on one core for 12,000 messages."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    read = [(example, message) for example in examples if (message := fold(example.text)).tokens]
    rows, is_data = [], []
    for start in range(0, len(read), 256):
        batch = read[start : start + 256]
        for (example, message), vectors in zip(batch, _vectors([message for _, message in batch]), strict=True):
            rows.append(_rows(message, Features(message, lists), vectors))
            for token in message.tokens:
                low, high = message.back(token.start, token.end)
                is_data.append(any(begin < high and low < end for begin, end, _ in example.spans))
    table = np.concatenate(rows)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    network = MLPClassifier(
        (HIDDEN,), alpha=0.01, batch_size=256, max_iter=EPOCHS, random_state=SEED, learning_rate_init=0.001
    )
    with warnings.catch_warnings():
        # It stops after its epochs: more of them learn the corpus by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit((table - mean) / spread, np.array(is_data))
    (first, second), (first_bias, second_bias) = network.coefs_, network.intercepts_
    # The mean and the spread go into the first layer: nothing is left to do when a message is read.
    first = first / spread[:, None]
    first_bias = first_bias - mean @ first
    with path.open("wb") as file:
        np.savez(file, first=first, first_bias=first_bias, second=second, second_bias=second_bias)


class ContextModel:
    """A trained network."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as held:
            self._first, self._first_bias = held["first"], held["first_bias"]
            self._second, self._second_bias = held["second"][:, 0], held["second_bias"][0]

    def log_odds(self, message: Folded, features: Features) -> list[float]:
        """For each token the log-odds that it is data."""
        if not message.tokens:
            return []
        rows = _rows(message, features, _vectors([message])[0])
        hidden = np.maximum(rows @ self._first + self._first_bias, 0)
        return [float(value) for value in hidden @ self._second + self._second_bias]
