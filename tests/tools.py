"""Programs that the tests need besides packages of Python."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

from balise.errors import OperatorError
from balise.plan.catalogue import PROJECT


@lru_cache
def tool(package: str) -> Path:
    """A program, named by its Debian package, which is installed where that may be done (scripts/find_tool.sh).

    Raises OperatorError, which says what to install.
    """
    found = subprocess.run(["bash", "scripts/find_tool.sh", package], cwd=PROJECT, capture_output=True, text=True)
    if found.returncode:
        raise OperatorError(found.stderr.strip())
    return Path(found.stdout.strip())
