"""The first learnt part: a linear-chain CRF over the words of a message, trained on our own labelled corpora."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from balise.privacy.corpus import Example
from balise.privacy.features import Features
from balise.privacy.folding import fold
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.patterns import patterns_of

OUTSIDE = "O"
LABELS = {"PERSON": "P", "ORG": "G", "ADDRESS": "A"}
"""A corpus label's name in the model; every other one is a number or a code."""
OTHER = "N"
KINDS = {"P": Kind.PERSON, "G": Kind.PLACE, "A": Kind.ADDRESS, OTHER: Kind.NUMBER}
SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 60, "feature.possible_transitions": True}


def labelled(example: Example, lists: Lists) -> tuple[list[list[str]], list[str]]:
    """An example's rows of features, and the label of each token."""
    message = fold(example.text)
    rows = Features(message, lists, patterns_of(message, lists)).rows()
    labels = []
    for token in message.tokens:
        start, end = message.back(token.start, token.end)
        hit = next((label for low, high, label in example.spans if start < high and low < end), None)
        labels.append(OUTSIDE if hit is None else LABELS.get(hit, OTHER))
    return rows, labels


def train(examples: Iterable[Example], lists: Lists, path: Path, settings: dict[str, Any] | None = None) -> None:
    """Write a model trained on `examples`. Deterministic; about half a minute on one core."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**SETTINGS, **(settings or {})})
    for example in examples:
        rows, labels = labelled(example, lists)
        if rows:
            trainer.append(rows, labels)
    trainer.train(str(path))


class SequenceModel:
    """A trained model. `marginals` gives, for each token, the likelihood of each kind of data."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))
        self._labels: Sequence[str] = [label for label in self._tagger.labels() if label != OUTSIDE]

    def marginals(self, rows: list[list[str]]) -> list[tuple[float, Kind]]:
        """(likelihood that the token is data, of which kind most likely), a token."""
        if not rows:
            return []
        self._tagger.set(rows)
        out = []
        for index in range(len(rows)):
            by_label = {label: self._tagger.marginal(label, index) for label in self._labels}
            best = max(by_label, key=lambda label: by_label[label])
            out.append((sum(by_label.values()), KINDS[best]))
        return out
