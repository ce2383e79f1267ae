"""Embeddings of the training examples are kept between trainings, by digest, in any order."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from balise.engine.nlu.embeddings import embeddings


def test_kept_rows_are_those_that_would_be_made(tmp_path: Path) -> None:
    kept = tmp_path / "embeddings.npz"
    first = embeddings(["on passe", "pourquoi"], kept)
    again = embeddings(["pourquoi", "le résumé", "on passe"], kept)
    assert np.array_equal(again[[2, 0]], first)
    assert not np.array_equal(again[1], again[0])
    assert "passe" not in repr(np.load(kept)["keys"].tolist())


def test_an_unreadable_file_is_made_again(tmp_path: Path) -> None:
    kept = tmp_path / "embeddings.npz"
    kept.write_bytes(b"not a file of numpy")
    assert embeddings(["on passe"], kept).shape[0] == 1
