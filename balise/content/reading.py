"""Where each text stands: what the check and the export name, so that a reader finds it."""

from __future__ import annotations

from pathlib import Path

from balise.yaml_files import read_yaml

FOLDER = "data/responses"


def files_of(root: Path) -> dict[str, str]:
    """The file, from the project's root, of every response of data/responses/, by name and in the order of files."""
    return {
        name: f"{FOLDER}/{path.name}"
        for path in sorted((root / FOLDER).glob("*.yml"))
        for name in read_yaml(path).get("responses", {})
    }
