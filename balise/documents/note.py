"""The worker's note: the whole plan, for the organisation's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.documents.model import Answer, Blank, Block, Document, Heading, Paragraph, Picture, Remark
from balise.documents.parts import plan_blocks
from balise.documents.words import words
from balise.plan.catalogue import ROOT, Catalogue
from balise.plan.summary import summarise

KIND = "note"


@dataclass(frozen=True)
class ResumeCode:
    """What takes a plan up again: the words of its code, and a picture of it to be scanned, if wanted (an SVG)."""

    words: str
    svg: str | None = None


def note(catalogue: Catalogue, slots: Mapping[str, Any], code: ResumeCode | None = None, root: Path = ROOT) -> Document:
    """The note on the plan in `slots`, however little it holds; with `code` where the worker asks for it."""
    texts, own, common = catalogue.texts, words(KIND, root), words("common", root)
    plan = summarise(catalogue, slots)
    blocks: list[Block] = [Heading(own["title"], 1)]
    if plan.is_empty:
        blocks.append(Paragraph(texts["utter_summary_empty"]))
    else:
        blocks += [Paragraph(own["about"]), *plan_blocks(plan, texts)]
    blocks += [
        Heading(own["reminders"]),
        Paragraph(plan.reminders),
        Paragraph(own["redaction"]),
        Blank(own["review"]),
    ]
    if code:
        blocks += [Heading(own["code"]), Paragraph(own["code_about"]), Answer(own["code_words"], code.words)]
        blocks += [Picture(code.svg, own["code_picture"])] if code.svg else []
    blocks.append(Remark(own["source"]))
    return Document(KIND, tuple(blocks), common["footer"], common["pages"])
