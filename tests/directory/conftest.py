"""A directory of one invented entry, to be broken; numbers of the 555 series, which ring nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ENTRY = """\
- id: night_line
  name: "Ligne de nuit"
  scope: [canada]
  serves: "toute personne"
  needs: [now, trafficking, violence, suicide, any]
  number: "1-800-555-0143"
  text: null
  chat: null
  web: null
  hours: null
  languages: null
  relay: null
  cost: null
  nature: support
  anonymous: null
  hears: null
  source: "exemple.ca"
  seen_on: 2026-11-21
  verified_on: null
  certainty: A
"""


@pytest.fixture
def entry() -> str:
    return ENTRY


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write entries as a directory, one text a file; the project's root."""

    def write(canada: str = ENTRY, **others: str) -> Path:
        folder = tmp_path / "data" / "directory"
        folder.mkdir(parents=True, exist_ok=True)
        for name, entries in {"canada": canada, **others}.items():
            (folder / f"{name}.yml").write_text(f"# Un commentaire.\nlines:\n{entries}", encoding="utf-8")
        return tmp_path

    return write
