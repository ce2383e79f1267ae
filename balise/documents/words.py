"""The words of the documents that stand in no question: data/documents/, one file a document."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from balise.plan.catalogue import ROOT
from balise.yaml_files import read_yaml

FOLDER = Path("data") / "documents"


@lru_cache(maxsize=16)
def words(kind: str, root: Path = ROOT) -> dict[str, Any]:
    """The file of one document (`note`, `reminder`, `calls`), or what all share (`common`). Raises as `read_yaml`."""
    content: dict[str, Any] = read_yaml(root / FOLDER / f"{kind}.yml")
    return content
