"""Redaction: the one function that every message passes before anything else sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Redaction:
    """A message without what identifies. `removed` lists the kinds of data taken out, never the words."""

    text: str
    removed: tuple[str, ...] = ()


def redact(text: str) -> Redaction:
    """The message as the rest of the guide may see it.

    The recognisers are the subject of the privacy issue; until then nothing is removed here, and the first net
    holds alone: no question asks for anything that identifies.
    """
    return Redaction(text)
