"""A whole plan, notes included, as the payload of a file, and back: JSON by name, compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue
from balise.resume.errors import FileTooLargeError, NewerError, UnreadableError
from balise.resume.plan import Answers, Plan, plan_of
from balise.resume.registry import Registry, load_registry
from balise.resume.restoring import Restored, restored

MOST_JSON = 1024 * 1024
"""Bytes, once decompressed."""
MOST_RECORDS = 1000
"""Of one section."""
LONGEST_NOTE = 8000
"""Characters; a message has 2,000 at most, and a few of them may add up in one note."""


def pack_file(catalogue: Catalogue, slots: Mapping[str, Any], registry: Registry | None = None) -> bytes:
    """Every answer of a plan with its note. Raises FileTooLargeError above `MOST_JSON` bytes."""
    plan = plan_of(catalogue, slots)
    content = {
        "version": (registry or load_registry()).version,
        "answers": _plain(plan.answers),
        "records": {section: [_plain(record) for record in records] for section, records in plan.records.items()},
        "filling": plan.filling,
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(data) > MOST_JSON:
        raise FileTooLargeError
    return zlib.compress(data, 9)


def restore_file(
    catalogue: Catalogue, payload: bytes, redact: Callable[[str], str], registry: Registry | None = None
) -> Restored:
    """The plan of a file's payload, in the slots of the present content. Notes go through `redact`: an unprotected file
    may hold what was never redacted. Raises NewerError, UnreadableError as `packing.restore`."""
    registry = registry or load_registry()
    try:
        content = json.loads(_decompressed(payload))
        version = content["version"]
        if not isinstance(version, int) or version < 1:
            raise UnreadableError
        plan = Plan(_answers(content["answers"], redact))
        for section, some in _records(content["records"]):
            filling = content["filling"].get(section)
            if not (filling is None or type(filling) is int):
                raise UnreadableError
            plan.put(section, [_answers(one, redact) for one in some], filling)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # From None: what could not be read is not to be found in a traceback.
        raise UnreadableError from None
    if version > registry.version:
        raise NewerError
    return restored(catalogue, plan, version, registry)


def _plain(answers: Answers) -> dict[str, Any]:
    return {name: answer.to_slot() for name, answer in answers.items()}


def _decompressed(payload: bytes) -> bytes:
    """No more than `MOST_JSON` bytes, whatever the payload says."""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(payload, MOST_JSON)
    except zlib.error:
        raise UnreadableError from None
    if not reader.eof or reader.unused_data:
        raise UnreadableError
    return data


def _records(content: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    if any(not isinstance(records, list) or len(records) > MOST_RECORDS for records in content.values()):
        raise UnreadableError
    return list(content.items())


def _answers(content: Mapping[str, Any], redact: Callable[[str], str]) -> Answers:
    return {name: _answer(value, redact) for name, value in content.items()}


def _answer(value: Mapping[str, Any], redact: Callable[[str], str]) -> Answer:
    choices, note, skipped = value.get("choices", []), value.get("note"), value.get("skipped", False)
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        raise UnreadableError
    if not isinstance(skipped, bool) or not (note is None or (isinstance(note, str) and len(note) <= LONGEST_NOTE)):
        raise UnreadableError
    if skipped and (choices or note):
        raise UnreadableError
    return Answer(tuple(choices), redact(note) if note else None, skipped)
