"""Redaction: the one function that every message passes before anything else sees it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from balise.plan.catalogue import ROOT
from balise.privacy.deciding import ORDINARY, STRICT, Thresholds, decide
from balise.privacy.features import Features
from balise.privacy.folding import fold
from balise.privacy.kinds import PLACEHOLDER, Kind
from balise.privacy.lists import Lists, load_lists, whole_message
from balise.privacy.merge import Masked, apply, merge
from balise.privacy.model import Model, model_path, train_model
from balise.privacy.names_in_context import NameInContext
from balise.privacy.patterns import find_patterns, patterns_of
from balise.privacy.recognisers import Found
from balise.privacy.widening import widen

logger = logging.getLogger(__name__)

STRICT_QUESTIONS = ("contacts_", "places_", "provider_")
"""Beginnings of the questions that names, places and services answer: more is masked there."""
_CONTEXT = NameInContext()
_BETWEEN_NAMES = re.compile(r"[:, ]+")


@dataclass(frozen=True)
class Span:
    """Where something was masked: `start` and `end` in the redacted text, the source ones in the message as given.

    `restorable`: default-deny alone took it, so a worker who rereads may have it back; never a pattern.
    """

    start: int
    end: int
    kind: str
    restorable: bool
    source_start: int
    source_end: int


@dataclass(frozen=True)
class Redaction:
    """A message without what identifies. `removed` counts what was taken out by kind; the words stand nowhere."""

    text: str
    removed: Mapping[str, int] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()


def redact(
    text: str,
    question: str | None = None,
    strict: bool = False,
    restore: Collection[tuple[int, int]] = (),
    mask: Collection[tuple[int, int]] = (),
) -> Redaction:
    """The message as the rest of the guide may see it.

    `question` is the name of the question that is waiting; `strict` masks more whatever the question. `restore` lists
    source spans of an earlier redaction of the same text that the worker wants back: those that are restorable stay
    as typed, the others are masked all the same; `mask` lists source spans to mask besides. Never raises: what can't
    be read is masked whole.
    """
    try:
        severe = strict or bool(question and question.startswith(STRICT_QUESTIONS))
        return Redactor(load_lists(), load_model()).run(
            text, STRICT if severe else ORDINARY, frozenset(restore), _asked(text, mask)
        )
    except Exception:  # Fail closed, and without a word of the message in the log.
        logger.exception("redaction.failed")
        placeholder = Kind.MESSAGE.placeholder
        length = len(text) if isinstance(text, str) else 0
        span = Span(0, len(placeholder), Kind.MESSAGE.value, False, 0, length)
        return Redaction(placeholder, {Kind.MESSAGE.value: 1}, (span,))


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The trained model; trained first where it is missing (`balise train` does it beforehand)."""
    path = model_path(ROOT)
    return Model(path if path.is_dir() else train_model(ROOT))


class Redactor:
    """One message's way: fold, find, decide, widen, merge; again until nothing more is found."""

    def __init__(self, lists: Lists, model: Model) -> None:
        self._lists = lists
        self._model = model

    def run(
        self,
        text: str,
        thresholds: Thresholds = ORDINARY,
        restore: frozenset[tuple[int, int]] = frozenset(),
        mask: Sequence[Masked] = (),
    ) -> Redaction:
        """The redaction of one message; `mask` is masked whatever is found."""
        masked: list[Masked] = list(mask)
        while True:
            # What was masked changes what its neighbours look like; a second reading makes the outcome stable, so
            # that redacting twice changes nothing. Each round masks more of a finite text: it ends.
            found = [span for span in self._find(apply(text, masked), thresholds) if span.end > span.start]
            fresh = [span for span in _to_source(found, masked) if not _restored(span, restore)]
            if not fresh:
                break
            masked = sorted([*masked, *fresh], key=lambda span: span.start)
        return _told(text, masked)

    def _find(self, text: str, thresholds: Thresholds) -> list[Masked]:
        if self._is_button(text):
            return []
        message = fold(text)
        found: list[Found] = find_patterns(message, self._lists)
        if not self._is_known_message(text):
            features = Features(message, self._lists, patterns_of(message, self._lists, found))
            likelihoods = self._model.likelihoods(message, features)
            found += _CONTEXT.find(message, self._lists)
            found += decide(message, self._lists, features.standings, likelihoods, thresholds)
            found += list(widen(message, found, self._lists))
        return _outside_placeholders(merge(message, found), text)

    def _is_button(self, text: str) -> bool:
        """Whether the message is what a button sends: internal names, with the number of a record."""
        parts = [part for part in _BETWEEN_NAMES.split(text.strip().removeprefix("/")) if part]
        names = [part for part in parts if not (part.isdigit() and len(part) <= 2)]
        return (
            bool(names) and any("_" in name for name in names) and all(name in self._lists.internal for name in names)
        )

    def _is_known_message(self, text: str) -> bool:
        """Whether the whole message is one of the guide's own (a command, a button): its words are not touched."""
        return whole_message(text) in self._lists.messages


def _asked(text: str, spans: Collection[tuple[int, int]]) -> list[Masked]:
    """What the worker masks by hand, within the text, without overlaps, in order."""
    out: list[Masked] = []
    for start, end in sorted(spans):
        start, end = max(start, out[-1].end if out else 0), min(end, len(text))
        if start < end:
            out.append(Masked(start, end, Kind.HAND, False))
    return out


def _to_source(found: Sequence[Masked], masked: Sequence[Masked]) -> list[Masked]:
    """Spans of the redacted text, told in the source's offsets. None overlaps a placeholder."""
    out = []
    for span in found:
        shift = 0
        for earlier in masked:
            placeholder = len(earlier.kind.placeholder)
            if earlier.start + shift < span.start:
                shift += placeholder - (earlier.end - earlier.start)
        out.append(Masked(span.start - shift, span.end - shift, span.kind, span.unsure))
    return out


def _outside_placeholders(spans: Sequence[Masked], text: str) -> list[Masked]:
    """The parts of each span that are no placeholder already."""
    held = [match.span() for match in PLACEHOLDER.finditer(text)]
    if not held:
        return list(spans)
    out = []
    for span in spans:
        start = span.start
        for low, high in held:
            if low < span.end and high > start:
                if low > start:
                    out.append(Masked(start, low, span.kind, span.unsure))
                start = high
        if start < span.end:
            out.append(Masked(start, span.end, span.kind, span.unsure))
    return [span for span in out if any(char.isalnum() for char in text[span.start : span.end])]


def _restored(span: Masked, restore: frozenset[tuple[int, int]]) -> bool:
    return span.unsure and (span.start, span.end) in restore


def _told(text: str, masked: Sequence[Masked]) -> Redaction:
    spans, shift = [], 0
    for span in masked:
        start = span.start + shift
        end = start + len(span.kind.placeholder)
        spans.append(Span(start, end, span.kind.value, span.unsure, span.start, span.end))
        shift += end - start - (span.end - span.start)
    return Redaction(apply(text, masked), dict(Counter(span.kind.value for span in masked)), tuple(spans))


__all__ = ["Redaction", "Redactor", "Span", "load_model", "redact"]
