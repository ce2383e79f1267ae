"""The learnt part: a linear-chain CRF over the words of a message, trained on our own labelled corpora."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from balise.plan.catalogue import ROOT
from balise.privacy.corpus import Example
from balise.privacy.features import Features
from balise.privacy.folding import fold
from balise.privacy.kinds import Kind
from balise.privacy.lists import FOLDER, Lists, load_lists
from balise.privacy.patterns import patterns_of
from balise.privacy.training import CORPORA, training_set

OUTSIDE = "O"
LABELS = {"PERSON": "P", "ORG": "G", "ADDRESS": "A"}
"""A corpus label's name in the model; every other one is a number or a code."""
OTHER = "N"
KINDS = {"P": Kind.PERSON, "G": Kind.PLACE, "A": Kind.ADDRESS, OTHER: Kind.NUMBER}
SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 120, "feature.possible_transitions": True}
MODELS = "models"
_INPUTS = (
    "data/redaction/*.txt",
    *(f"{FOLDER}/corpus/{name}" for name in CORPORA),
    "data/nlu/*.yml",
    "data/responses/*.yml",
    "balise/privacy/**/*.py",
    "balise/plan/words.py",
)


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
    """Write a model trained on `examples`. Deterministic; about half a minute on one core for 1,600 messages."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**SETTINGS, **(settings or {})})
    for example in examples:
        rows, labels = labelled(example, lists)
        if rows:
            trainer.append(rows, labels)
    trainer.train(str(path))


def fingerprint(root: Path = ROOT) -> str:
    """A short digest of everything that the model is made of."""
    digest = hashlib.sha256()
    for pattern in _INPUTS:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the present inputs stands, trained or not."""
    return root / MODELS / f"redaction-{fingerprint(root)}.crfsuite"


def train_model(root: Path = ROOT) -> Path:
    """Train the model of the project in `root` and remove older ones; its path. About half a minute on one core."""
    path = model_path(root)
    path.parent.mkdir(exist_ok=True)
    lists = load_lists(root)
    # Written beside and moved into place: a training that is cut short leaves no half model.
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        unfinished = Path(part.name)
    try:
        train(training_set(lists, root), lists, unfinished)
        unfinished.chmod(0o644)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    for other in path.parent.glob("redaction-*.crfsuite"):
        if other != path:
            other.unlink()
    return path


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
