"""How likely each word is to be data: what the two learnt parts say together. Trained at set-up."""

from __future__ import annotations

import math
import shutil
import tempfile
from pathlib import Path

from balise.fingerprint import fingerprint
from balise.plan.catalogue import ROOT
from balise.privacy import context_model, sequence_model
from balise.privacy.context_model import ContextModel
from balise.privacy.features import Features
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import FOLDER, load_lists
from balise.privacy.sequence_model import SequenceModel
from balise.privacy.training import CORPORA, training_set

MODELS = "models"
SEQUENCE, CONTEXT = "sequence.crfsuite", "context.npz"
CONTEXT_WEIGHT = 0.4
"""The context's part in the sum of the log-odds; from 0.3 to 0.5 the figures are the same (docs/redaction.md)."""
_INPUTS = (
    "data/redaction/*.txt",
    *(f"{FOLDER}/corpus/{name}" for name in CORPORA),
    "data/nlu/*.yml",
    "data/responses/*.yml",
    "balise/privacy/**/*.py",
    "balise/plan/words.py",
)
_LEAST = 1e-6


def model_path(root: Path = ROOT) -> Path:
    """The folder where the model of the present inputs stands, trained or not."""
    return root / MODELS / f"redaction-{fingerprint(root, _INPUTS)}"


def train_model(root: Path = ROOT) -> Path:
    """Train the model of the project in `root` and remove older ones; its folder. About a minute on one core."""
    path = model_path(root)
    path.parent.mkdir(exist_ok=True)
    lists = load_lists(root)
    examples = training_set(lists, root)
    # Written beside and moved into place: a training that is cut short leaves no half model.
    unfinished = Path(tempfile.mkdtemp(dir=path.parent, suffix=".part"))
    try:
        sequence_model.train(examples, lists, unfinished / SEQUENCE)
        context_model.train(examples, lists, unfinished / CONTEXT)
        unfinished.chmod(0o755)
        shutil.rmtree(path, ignore_errors=True)
        unfinished.replace(path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for other in path.parent.glob("redaction-*"):
        if other != path:
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink()
    return path


class Model:
    """A trained model."""

    def __init__(self, folder: Path) -> None:
        self._sequence = SequenceModel(folder / SEQUENCE)
        self._context = ContextModel(folder / CONTEXT)

    def likelihoods(self, message: Folded, features: Features) -> list[tuple[float, Kind]]:
        """(likelihood that the token is data, of which kind most likely), a token."""
        context = self._context.log_odds(message, features)
        return [
            (_together(likely, odds), kind)
            for (likely, kind), odds in zip(self._sequence.marginals(features.rows()), context, strict=True)
        ]


def _together(likely: float, odds: float) -> float:
    likely = min(max(likely, _LEAST), 1 - _LEAST)
    total = (1 - CONTEXT_WEIGHT) * math.log(likely / (1 - likely)) + CONTEXT_WEIGHT * odds
    return 1 / (1 + math.exp(-min(max(total, -30), 30)))
