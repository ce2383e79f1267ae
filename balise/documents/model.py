"""A document as blocks in their reading order, which is the same on screen, on paper and in plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A title. The document's own is of level 1; a level is never skipped (PDF/UA-1, clause 7.4)."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Words that stand by themselves."""

    text: str


@dataclass(frozen=True)
class Remark:
    """Words about what stands just above."""

    text: str


@dataclass(frozen=True)
class Answer:
    """What was answered: a label, the words, and the label of a blank to fill in by hand, if any."""

    label: str
    text: str
    blank: str | None = None


@dataclass(frozen=True)
class Choices:
    """A question that waits for a pen: its choices with a box each, then a blank with its label, or `room` to write."""

    question: str
    choices: tuple[str, ...]
    blank: str | None = None
    room: bool = True


@dataclass(frozen=True)
class Item:
    """A line of a list to tick off; `blank` leaves room to write after it."""

    text: str
    blank: bool = False


@dataclass(frozen=True)
class Blank:
    """Lines to write on, after a label; without a label, lines only."""

    label: str = ""
    lines: int = 1


@dataclass(frozen=True)
class Table:
    """Things side by side: one column each (`columns`), one row a label with its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Picture:
    """A picture in SVG, made by the programme, and the words that stand for it."""

    svg: str
    alt: str


Block: TypeAlias = Heading | Paragraph | Remark | Answer | Choices | Item | Blank | Table | Picture


@dataclass(frozen=True)
class Document:
    """A document to be shown, printed or copied.

    `footer` stands under every page of paper. `pages` says whether pages are numbered, and is « page {page} of
    {pages} » in words. Both are None where nothing may show that a paper belongs to a file.
    """

    kind: str
    blocks: tuple[Block, ...]
    footer: str | None = None
    pages: str | None = None
    language: str = "fr-CA"
