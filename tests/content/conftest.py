"""A copy of the content in which one piece is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from balise.content.check import check
from balise.plan.catalogue import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's content."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "domain.yml", tmp_path)
    texts = "bridges/matrix/balise_matrix/texts"
    shutil.copytree(ROOT / texts, tmp_path / texts)
    return tmp_path


@pytest.fixture
def broken(copy: Path) -> Callable[[str, str, str], list[str]]:
    """Replace one piece of one file in a copy of the content and return the faults."""

    def replace(file: str, old: str, new: str) -> list[str]:
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check(copy)

    return replace
