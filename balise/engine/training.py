"""Training the model when, and only when, what it is made of has changed."""

from __future__ import annotations

import contextlib
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from balise.errors import OperatorError
from balise.fingerprint import fingerprint
from balise.plan.catalogue import ROOT, responses_of
from balise.privacy import model as redaction

MODELS = "models"
_INPUTS = (
    "domain.yml",
    "config.yml",
    "data/rules.yml",
    "data/nlu/*.yml",
    "data/responses/*.yml",
    "data/directory/*.yml",
    "balise/engine/nlu/*.py",
    "balise/plan/words.py",
)


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the present inputs stands, trained or not."""
    return root / MODELS / f"balise-{fingerprint(root, _INPUTS)}.tar.gz"


def _show_progress() -> None:
    """Rasa's line for each component, on standard error; training from nothing takes minutes."""
    print("Training the model (a few minutes the first time)…", file=sys.stderr, flush=True)
    hooks = logging.getLogger("rasa.engine.training.hooks")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("  %(asctime)s  %(message)s", "%H:%M:%S"))
    hooks.handlers = [handler]
    hooks.setLevel(logging.INFO)
    hooks.propagate = False


def train_redaction(root: Path = ROOT, force: bool = False) -> Path:
    """Train the model of redaction if its inputs changed; its folder. About a minute on one core."""
    path = redaction.model_path(root)
    if path.is_dir() and not force:
        return path
    print("Training redaction (a minute at most)…", file=sys.stderr, flush=True)
    return redaction.train_model(root)


def train(root: Path = ROOT, force: bool = False) -> Path:
    """Train the model if its inputs changed, with Rasa's own progress shown; the path of the model.

    Older models are removed: a model holds no conversation, but a folder should tell which one is served.
    """
    train_redaction(root, force)
    path = model_path(root)
    if path.is_file() and not force:
        return path
    from rasa.model_training import train as rasa_train

    _show_progress()
    # Standard output belongs to the conversation (`balise chat --json`).
    with contextlib.redirect_stdout(sys.stderr):
        result = _train(rasa_train, root, path, force)
    if result.code != 0 or not path.is_file():
        raise OperatorError("training failed")
    for other in path.parent.glob("balise-*.tar.gz"):
        if other != path:
            other.unlink()
    return path


def _train(rasa_train: Callable[..., Any], root: Path, path: Path, force: bool) -> Any:
    # The texts are given as part of the domain: Rasa then knows that a changed sentence needs no training,
    # and a practitioner sees it in seconds. Rasa gets them with the numbers of data/directory/ filled in.
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "responses.yml"
        responses = {name: [body] for name, body in responses_of(root).items()}
        texts.write_text(yaml.safe_dump({"version": "3.1", "responses": responses}, allow_unicode=True), "utf-8")
        return rasa_train(
            domain=[str(root / "domain.yml"), folder],
            config=str(root / "config.yml"),
            training_files=[str(root / "data" / "nlu"), str(root / "data" / "rules.yml")],
            output=str(root / MODELS),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
            force_training=force,
        )
