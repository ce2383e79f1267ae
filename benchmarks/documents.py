"""What a document costs the server: time and size of each PDF of a full plan, one line of JSON for each figure.

The exit code is 1 where a limit is passed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from balise.documents.calls import calls
from balise.documents.note import note
from balise.documents.pdf import pdf
from balise.documents.reminder import reminder
from balise.plan.catalogue import load
from benchmarks.said import said
from tests.documents.plans import full

RUNS = 20
PASSPHRASE = "pomme lune tasse sable fil"
SLOWEST = 250, 500
"""Milliseconds: what is aimed at, and the limit."""
LARGEST = 60, 100
"""Kilobytes."""


def _made(document: Any, passphrase: str | None) -> tuple[float, float]:
    """The median time in milliseconds, and the size in kilobytes."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        file = pdf(document, passphrase)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), len(file) / 1000


def main() -> int:
    catalogue = load()
    slots = full(catalogue)
    held = True
    for build in (note, reminder, calls):
        document = build(catalogue, slots)
        for way, passphrase in (("plain", None), ("encrypted", PASSPHRASE)):
            median, size = _made(document, passphrase)
            held &= said(f"{document.kind}.{way}.time", round(median), f"milliseconds, median of {RUNS}", *SLOWEST)
            held &= said(f"{document.kind}.{way}.size", round(size, 1), "kilobytes", *LARGEST)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
