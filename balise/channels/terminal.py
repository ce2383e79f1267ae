"""The terminal channel: the same turns, choices numbered in the order shown."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import textwrap

from balise.engine.guide import Guide, Turn

_WIDTH = 88


def render(turn: Turn) -> str:
    """A turn as text for a screen reader or a terminal."""
    lines: list[str] = []
    number = 0
    for message in turn.messages:
        for paragraph in message.text.split("\n"):
            lines.append(textwrap.fill(paragraph, _WIDTH) if paragraph else "")
        for choice in message.choices:
            number += 1
            lines.append(f"  {number}. {choice.label}")
        if message.multiple:
            lines.append("  (plusieurs choix possibles : 1, 3)")
        lines.append("")
    if turn.left:
        lines.append(f"  — encore {turn.left} question(s) dans cette section")
    return "\n".join(lines)


def _typed_ahead() -> list[str]:
    """Lines already waiting: sent in a row, they are one answer."""
    lines: list[str] = []
    while sys.stdin.isatty() and select.select([sys.stdin], [], [], 0.05)[0]:
        line = os.read(sys.stdin.fileno(), 4096).decode(errors="replace")
        if not line:
            break
        lines += line.splitlines()
    return lines


async def talk(guide: Guide, session: str) -> int:
    """A conversation until the end of input or « quitter ». Nothing is written anywhere."""
    print(render(await guide.open(session)))
    print("(« quitter » pour fermer ; tout disparaît alors)\n")
    while True:
        try:
            line = await asyncio.to_thread(input, "> ")
        except (EOFError, KeyboardInterrupt):
            break
        if line.strip().lower() in ("quitter", "exit"):
            break
        line = "\n".join([line, *_typed_ahead()])
        print()
        print(render(await guide.turn(session, line)))
    await guide.forget(session)
    return 0
