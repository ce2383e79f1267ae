"""What opens a PDF: poppler's tools, told apart from the programme that made it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from balise.plan.catalogue import PROJECT

Poppler = Callable[..., str]


@pytest.fixture(scope="session")
def poppler(tmp_path_factory: pytest.TempPathFactory) -> Poppler:
    """`poppler("pdftotext", file, "-layout")`: what a tool prints of a file. Raises CalledProcessError."""
    found = subprocess.run(["bash", "scripts/find_poppler.sh"], cwd=PROJECT, capture_output=True, text=True)
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    folder = Path(found.stdout.strip())
    path = tmp_path_factory.mktemp("pdf") / "document.pdf"

    def run(tool: str, file: bytes, *options: str) -> str:
        path.write_bytes(file)
        after = ["-"] if tool == "pdftotext" else []
        command = [str(folder / tool), *options, str(path), *after]
        # Poppler prints the titles of tags as they are stored, in UTF-16.
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")

    return run
