"""What is served is what the sources make: built again here, byte for byte; the types hold."""

from __future__ import annotations

import gzip
import os
import subprocess
from pathlib import Path

import pytest

from balise.channels.page_files import FOLDER
from balise.plan.catalogue import ROOT
from benchmarks.web import LOADER, SCRIPT_AND_STYLE

BUILT = ("guide.js", "guide.css", "chargeur.js")


def _npm(*arguments: str) -> None:
    node = subprocess.run(["bash", "scripts/find_node.sh"], cwd=ROOT, capture_output=True, text=True)
    if node.returncode:
        pytest.fail(node.stderr.strip(), pytrace=False)
    environment = {**os.environ, "PATH": f"{node.stdout.strip()}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["npm", "run", "--silent", *arguments], cwd=ROOT / "web", env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_hold() -> None:
    _npm("check")


def test_what_is_served_is_what_the_sources_make(tmp_path: Path) -> None:
    _npm("build", "--", str(tmp_path))
    different = [name for name in BUILT if (tmp_path / name).read_bytes() != (FOLDER / name).read_bytes()]
    assert different == [], "run 'make web' and commit what it changed"


def test_the_page_stays_small() -> None:
    assert (
        sum(len(gzip.compress((FOLDER / name).read_bytes(), 9)) for name in ("guide.js", "guide.css"))
        < SCRIPT_AND_STYLE[1]
    )
    assert len(gzip.compress((FOLDER / "chargeur.js").read_bytes(), 9)) < LOADER[1]
