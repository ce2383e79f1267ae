"""A plan's choices as the few bytes of a code, and back (docs/resume-code.md, « The payload of a code »)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balise.plan.answers import SKIPPED, Answer
from balise.plan.catalogue import Catalogue
from balise.resume.errors import NewerError, PlanTooLongError, UnreadableError
from balise.resume.numbering import Reader, Writer
from balise.resume.plan import Answers, Plan, plan_of
from balise.resume.registry import Asked, Registry, load_registry
from balise.resume.restoring import Restored, restored

MOST_RECORDS = 100
"""Of one section."""
_VERSION_BASE, _RECORDS_BASE = 16, 4
_NOTHING, _SKIPPED = 0, 1
_WEIGHTS = {False: (12, 3, 78), True: (4, 1, 8, 7, 6, 4, 3, 2)}
"""How likely: no answer, a skipped one, one choice, two, three… (1 for each more), where one fits and where several do.
Set by hand: a section that was begun is mostly answered, and a few boxes are ticked, rarely all."""
_BEGUN = (1, 1)


@dataclass(frozen=True)
class Packed:
    """`left_out`: labels of the questions whose answer, or a part of it, is the organisation's own and stays out of a
    code. `notes`: labels of those whose note stays out."""

    payload: bytes
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def pack_plan(catalogue: Catalogue, slots: Mapping[str, Any], registry: Registry | None = None) -> Packed:
    """The choices of a plan, without its notes. Raises PlanTooLongError above `MOST_RECORDS` records of a section."""
    registry = registry or load_registry()
    plan = plan_of(catalogue, slots)
    standing = {asked.name: asked for asked in registry.standing(registry.version)}
    everything = [(None, plan.answers), *((section, one) for section, some in plan.records.items() for one in some)]
    left_out = {
        name: None
        for section, answers in everything
        for name, answer in answers.items()
        if not _place(standing.get(name), section) or set(answer.choices) - set(standing[name].names(registry.version))
    }
    notes = {name: None for _, answers in everything for name, answer in answers.items() if answer.note}
    writer = Writer()
    writer.put_count(registry.version, _VERSION_BASE)
    for section, asked_of in _sections(registry, registry.version).items():
        _put_section(writer, registry.version, section, asked_of, plan)
    number = writer.number()
    return Packed(
        number.to_bytes(-(-number.bit_length() // 8), "little"),
        tuple(catalogue.questions[name].label for name in left_out),
        tuple(catalogue.questions[name].label for name in notes),
    )


def restore(catalogue: Catalogue, payload: bytes, registry: Registry | None = None) -> Restored:
    """The plan of a code's payload, in the slots of the present content. Raises NewerError where the content that made
    it is newer than ours, UnreadableError where it was not made by `pack_plan`."""
    registry = registry or load_registry()
    reader = Reader(int.from_bytes(payload, "little"))
    version = reader.take_count(_VERSION_BASE, registry.version)
    if version > registry.version:
        raise NewerError
    plan = Plan()
    for section, asked_of in _sections(registry, version).items():
        _take_section(reader, version, section, asked_of, plan)
    if version < 1 or reader.left:
        raise UnreadableError
    return restored(catalogue, plan, version, registry)


def _place(asked: Asked | None, section: str | None) -> bool:
    """Whether a registered question is the one that answers stand for in `section` (None: given once)."""
    return asked is not None and asked.section == section if section else asked is not None and not asked.repeats


def _sections(registry: Registry, version: int) -> dict[str, list[Asked]]:
    """The questions of each section, sections and questions in the order of their numbers."""
    sections: dict[str, list[Asked]] = {}
    for asked in registry.standing(version):
        sections.setdefault(asked.section, []).append(asked)
    return sections


def _put_section(writer: Writer, version: int, section: str, asked_of: Sequence[Asked], plan: Plan) -> None:
    once = [asked for asked in asked_of if not asked.repeats]
    repeated = [asked for asked in asked_of if asked.repeats]
    packed = Plan()
    some = [record if _holds(version, repeated, record) else {} for record in plan.records.get(section, ())]
    packed.put(section, some, plan.filling.get(section))
    records = packed.records[section]
    begun = bool(records) or _holds(version, once, plan.answers)
    writer.put(_BEGUN, begun)
    if not begun:
        return
    for asked in once:
        _put_answer(writer, asked, version, plan.answers.get(asked.name))
    if not repeated:
        return
    if len(records) > MOST_RECORDS:
        raise PlanTooLongError
    writer.put_count(len(records), _RECORDS_BASE)
    writer.put(_filling(len(records)), packed.filling.get(section, -1) + 1)
    for record in records:
        for asked in repeated:
            _put_answer(writer, asked, version, record.get(asked.name))


def _take_section(reader: Reader, version: int, section: str, asked_of: Sequence[Asked], plan: Plan) -> None:
    if not reader.take(_BEGUN):
        return
    repeated = [asked for asked in asked_of if asked.repeats]
    plan.answers.update(_take_answers(reader, version, [asked for asked in asked_of if not asked.repeats]))
    if not repeated:
        return
    count = reader.take_count(_RECORDS_BASE, MOST_RECORDS)
    if count > MOST_RECORDS:
        raise UnreadableError
    filling = reader.take(_filling(count)) - 1
    plan.put(section, [_take_answers(reader, version, repeated) for _ in range(count)], filling)


def _take_answers(reader: Reader, version: int, asked_of: Sequence[Asked]) -> Answers:
    taken = ((asked.name, _take_answer(reader, asked, version)) for asked in asked_of)
    return {name: answer for name, answer in taken if answer is not None}


def _filling(count: int) -> tuple[int, ...]:
    """How likely: no record is open, the first, the second… Nearly always the last."""
    return (1,) * count + (8,)


def _holds(version: int, asked_of: Sequence[Asked], answers: Answers) -> bool:
    """Whether a code keeps something of these answers."""
    return any(_kind(asked, version, answers.get(asked.name)) != _NOTHING for asked in asked_of)


def _members(asked: Asked, version: int, answer: Answer) -> list[int]:
    return [place for place, name in enumerate(asked.names(version)) if name in answer.choices]


def _kind(asked: Asked, version: int, answer: Answer | None) -> int:
    """No answer, skipped, or one more than the count of its registered choices."""
    members = _members(asked, version, answer) if answer else []
    if members:
        return _SKIPPED + len(members)
    return _SKIPPED if answer and answer.skipped else _NOTHING


def _weights(asked: Asked, version: int) -> tuple[int, ...]:
    """Of each kind of answer to a question."""
    size = len(asked.names(version))
    known = _WEIGHTS[asked.several][: size + 2]
    return known + (1,) * (size + 2 - len(known))


def _put_answer(writer: Writer, asked: Asked, version: int, answer: Answer | None) -> None:
    kind = _kind(asked, version, answer)
    writer.put(_weights(asked, version), kind)
    if answer and kind > _SKIPPED:
        writer.put_subset(len(asked.names(version)), _members(asked, version, answer))


def _take_answer(reader: Reader, asked: Asked, version: int) -> Answer | None:
    kind = reader.take(_weights(asked, version))
    if kind == _NOTHING:
        return None
    if kind == _SKIPPED:
        return SKIPPED
    names = asked.names(version)
    return Answer(tuple(names[place] for place in reader.take_subset(len(names), kind - _SKIPPED)))
