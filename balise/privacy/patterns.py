"""Every pattern recogniser run over one message."""

from __future__ import annotations

from balise.privacy.folding import MASKED, Folded
from balise.privacy.lists import Lists
from balise.privacy.recognisers import RECOGNISERS, Found


def find_patterns(message: Folded, lists: Lists) -> list[Found]:
    """All that the recognisers find, in their order; a span over a placeholder is left out."""
    return [
        found
        for recogniser in RECOGNISERS
        for found in recogniser.find(message, lists)
        if found.end > found.start and MASKED not in message.text[found.start : found.end]
    ]


def patterns_of(message: Folded, lists: Lists, found: list[Found] | None = None) -> list[str | None]:
    """For each token the kind of the first recogniser that took it, None where none did."""
    spans = find_patterns(message, lists) if found is None else found
    return [
        next((span.kind.value for span in spans if span.start < token.end and token.start < span.end), None)
        for token in message.tokens
    ]
