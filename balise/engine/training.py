"""Training the model when, and only when, what it is made of has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from balise.plan.catalogue import ROOT

MODELS = "models"
_INPUTS = ("domain.yml", "config.yml", "data/**/*.yml", "balise/engine/nlu/*.py", "balise/plan/words.py")


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
    return root / MODELS / f"balise-{fingerprint(root)}.tar.gz"


def train(root: Path = ROOT, force: bool = False) -> Path:
    """Train the model if its inputs changed, with Rasa's own progress shown; the path of the model.

    Older models are removed: a model holds no conversation, but a folder should tell which one is served.
    """
    path = model_path(root)
    if path.is_file() and not force:
        return path
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(root / MODELS),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.code != 0 or not path.is_file():
        raise RuntimeError("training failed")
    for other in path.parent.glob("balise-*.tar.gz"):
        if other != path:
            other.unlink()
    return path
