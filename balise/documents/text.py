"""Plain text: for the chat, the terminal and messaging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balise.documents.model import (
    Answer,
    Blank,
    Block,
    Choices,
    Document,
    Heading,
    Item,
    Paragraph,
    Picture,
    Remark,
    Table,
)
from balise.plan.typography import french

BLANK = "__________"
_BOX = "[ ]"


def text(document: Document) -> str:
    """A whole document as plain text in French typography, an empty line between two parts."""
    return french("\n\n".join(messages(document.blocks))) + "\n"


def messages(blocks: Iterable[Block]) -> list[str]:
    """Blocks as separate texts, in reading order: a heading begins one, and so does a paragraph that follows none.

    The typography is left to whoever sends them.
    """
    out: list[list[str]] = []
    before: Block | None = None
    for block in blocks:
        lines = list(_lines(block))
        alone = isinstance(block, Heading) or (isinstance(block, Paragraph) and not isinstance(before, Heading))
        if lines and (alone or not out or isinstance(before, Paragraph)):
            out.append(lines)
        elif lines:
            out[-1].extend(lines)
        before = block
    return ["\n".join(lines) for lines in out]


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text.upper()
    elif isinstance(block, (Paragraph, Remark)):
        yield block.text
    elif isinstance(block, Answer):
        yield f"- {block.label} : {block.text}"
        if block.blank:
            yield f"  {block.blank} : {BLANK}"
    elif isinstance(block, Choices):
        yield f"- {block.question}"
        yield from (f"  {_BOX} {choice}" for choice in block.choices)
        if block.blank or block.room:
            yield f"  {block.blank} : {BLANK}" if block.blank else f"  {BLANK}"
    elif isinstance(block, Item):
        yield f"{_BOX} {block.text} : {BLANK}" if block.blank else f"{_BOX} {block.text}"
    elif isinstance(block, Blank):
        yield from [f"- {block.label} : {BLANK}" if block.label else BLANK] * block.lines
    elif isinstance(block, Table):
        for label, cells in block.rows:
            yield f"- {label} — " + " | ".join(
                f"{one} : {cell}" for one, cell in zip(block.columns, cells, strict=True)
            )
    elif isinstance(block, Picture):
        return
