"""YAML as authors write it, read once the same way everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """The content of a file; an empty mapping where the file is empty. Raises OSError, UnicodeDecodeError and
    yaml.YAMLError."""
    # libyaml: some ten times faster than the loader written in Python, and as strict.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
