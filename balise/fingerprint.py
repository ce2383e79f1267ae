"""A short digest of the files that something is made of: when it changes, that thing is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(root: Path, patterns: Iterable[str]) -> str:
    """Sixteen hexadecimal digits from the paths and bytes of the files of `root` that the globs of `patterns` name."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
