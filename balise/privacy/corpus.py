"""The labelled corpora: one message a line, its style first, identifying spans marked `{LABEL|words}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\{(?P<label>[A-Z_]+)\|(?P<words>[^{}|]*)\}")


@dataclass(frozen=True)
class Example:
    """A message and its spans (start, end, label) in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    style: str = ""


def parse(line: str) -> Example:
    """One line of a corpus."""
    style, _, marked = line.rpartition("\t")
    text, spans, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match["words"]), match["label"]))
        text += match["words"]
        last = match.end()
    return Example(text + marked[last:], tuple(spans), style)


def read(path: Path) -> Iterator[Example]:
    """Every message of a corpus file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield parse(line)
