"""The summary as plain text: for the chat, the terminal and messaging."""

from __future__ import annotations

from collections.abc import Mapping

from balise.plan.referral import Comparison
from balise.plan.summary import Part, Summary

BLANK = "__________"


def part_text(part: Part, texts: Mapping[str, str]) -> str:
    """One section, a line for each answer."""
    lines = [part.title.upper()]
    for line in part.lines:
        lines.append(f"- {line.label} : {line.text}")
        if line.blank:
            lines.append(f"  {line.blank} : {BLANK}")
    if part.skipped:
        lines.append(texts["utter_summary_skipped"].format(labels=" ; ".join(part.skipped)))
    return "\n".join(lines)


def comparison_text(comparison: Comparison, texts: Mapping[str, str]) -> str:
    """The providers side by side: one block a question, one line a provider."""
    lines = [texts["utter_summary_comparison"].upper()]
    for label, cells in comparison.rows:
        answers = " | ".join(f"{name} : {cell}" for name, cell in zip(comparison.providers, cells, strict=True))
        lines.append(f"- {label} — {answers}")
    return "\n".join(lines)


def summary_texts(summary: Summary, texts: Mapping[str, str]) -> list[str]:
    """The summary as messages, in reading order; one that says so where there is nothing yet."""
    if summary.is_empty:
        return [texts["utter_summary_empty"]]
    out = [texts["utter_summary_title"], *(part_text(part, texts) for part in summary.parts)]
    if summary.comparison and len(summary.comparison.providers) > 1:
        out.append(comparison_text(summary.comparison, texts))
    if summary.left:
        out.append(texts["utter_summary_left"].format(sections=", ".join(summary.left)))
    out.append(summary.reminders)
    return out
