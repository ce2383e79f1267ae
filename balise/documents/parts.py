"""A plan as blocks, section by section: what the chat says as a summary, and what the note holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balise.documents.model import Answer, Block, Heading, Paragraph, Remark, Table
from balise.documents.text import messages
from balise.plan.referral import Comparison
from balise.plan.summary import Part, Summary


def summary_texts(summary: Summary, texts: Mapping[str, str]) -> list[str]:
    """The summary as messages, in reading order; one that says so where there is nothing yet."""
    if summary.is_empty:
        return [texts["utter_summary_empty"]]
    first, last = Paragraph(texts["utter_summary_title"]), Paragraph(summary.reminders)
    return messages([first, *plan_blocks(summary, texts), last])


def part_text(part: Part, texts: Mapping[str, str]) -> str:
    """One section as one message."""
    return messages(_part(part, texts))[0]


def comparison_text(comparison: Comparison, texts: Mapping[str, str]) -> str:
    """The providers side by side as one message."""
    return messages(comparison_blocks(comparison, texts))[0]


def comparison_blocks(comparison: Comparison, texts: Mapping[str, str]) -> Iterator[Block]:
    """The providers side by side, under their heading."""
    yield Heading(texts["utter_summary_comparison"])
    yield Table(comparison.providers, comparison.rows)


def plan_blocks(plan: Summary, texts: Mapping[str, str]) -> Iterator[Block]:
    """What a plan holds, section by section, then the providers side by side and what is still open."""
    for part in plan.parts:
        yield from _part(part, texts)
    if plan.comparison and len(plan.comparison.providers) > 1:
        yield from comparison_blocks(plan.comparison, texts)
    if plan.left:
        yield Paragraph(texts["utter_summary_left"].format(sections=", ".join(plan.left)))


def _part(part: Part, texts: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(part.title)
    yield from (Answer(line.label, line.text, line.blank) for line in part.lines)
    if part.skipped:
        yield Remark(texts["utter_summary_skipped"].format(labels=" ; ".join(part.skipped)))
