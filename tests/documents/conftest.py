"""What opens a PDF: poppler's tools, told apart from the programme that made it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.tools import tool

Poppler = Callable[..., str]


@pytest.fixture(scope="session")
def poppler(tmp_path_factory: pytest.TempPathFactory) -> Poppler:
    """`poppler("pdftotext", file, "-layout")`: what a tool prints of a file. Raises CalledProcessError."""
    folder = tool("poppler-utils").parent
    path = tmp_path_factory.mktemp("pdf") / "document.pdf"

    def run(tool: str, file: bytes, *options: str) -> str:
        path.write_bytes(file)
        after = ["-"] if tool == "pdftotext" else []
        command = [str(folder / tool), *options, str(path), *after]
        # Poppler prints the titles of tags as they are stored, in UTF-16.
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")

    return run
