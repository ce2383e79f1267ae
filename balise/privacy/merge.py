"""From many overlapping findings to the spans that are masked, each with one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.recognisers import Found

_JOINTS = re.compile(r"[ \-'./·]*")
_NAMES = (Kind.PERSON, Kind.PLACE, Kind.ADDRESS)


@dataclass(frozen=True)
class Masked:
    """A span of the original message to mask. `unsure`: default-deny alone took it."""

    start: int
    end: int
    kind: Kind
    unsure: bool


def merge(message: Folded, findings: Sequence[Found]) -> list[Masked]:
    """The union of `findings` in the original's offsets, in order, none overlapping.

    Overlapping spans become one, of the kind found first (patterns come before names). Names side by side become one
    placeholder, so that « nadia ben salah » says one person. A joined span is unsure only if each part was.
    """
    spans: list[Found] = []
    order = {id(found): place for place, found in enumerate(findings)}
    rank: list[int] = []
    for found in sorted(findings, key=lambda found: (found.start, -found.end)):
        if spans:
            last = spans[-1]
            overlap = found.start < last.end
            beside = (
                found.kind == last.kind
                and found.kind in _NAMES
                and _JOINTS.fullmatch(message.text[last.end : found.start]) is not None
            )
            if overlap or beside:
                first = rank[-1] <= order[id(found)]
                spans[-1] = Found(
                    last.start,
                    max(last.end, found.end),
                    last.kind if first else found.kind,
                    last.unsure and found.unsure,
                )
                rank[-1] = min(rank[-1], order[id(found)])
                continue
        spans.append(found)
        rank.append(order[id(found)])
    out: list[Masked] = []
    for span in spans:
        start, end = message.back(span.start, span.end)
        # One character as typed may fold to several ("¼"): two spans can meet inside it.
        if out and start < out[-1].end:
            out[-1] = Masked(out[-1].start, max(end, out[-1].end), out[-1].kind, out[-1].unsure and span.unsure)
        else:
            out.append(Masked(start, end, span.kind, span.unsure))
    return out


def apply(text: str, spans: Iterable[Masked]) -> str:
    """The text with each span's placeholder in its place."""
    out, last = [], 0
    for span in spans:
        out += [text[last : span.start], span.kind.placeholder]
        last = span.end
    return "".join([*out, text[last:]])
