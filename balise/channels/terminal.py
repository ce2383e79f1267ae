"""The terminal channel: the same turns, choices numbered in the order shown."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import textwrap
from getpass import getpass

from balise.engine.guide import Guide, Spans, Turn
from balise.resume import (
    Form,
    ResumeError,
    from_words,
    is_protected,
    looks_like_code,
    open_envelope,
    passphrase,
    protect,
    to_words,
)

_WIDTH = 88


def render(guide: Guide, turn: Turn) -> str:
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
            lines.append("  " + guide.words("utter_terminal_several"))
        lines.append("")
    if turn.left:
        lines.append("  — " + guide.words("utter_terminal_left", left=str(turn.left)))
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


async def _reread(guide: Guide, session: str, line: str) -> Spans | None:
    """What to give back of a message in which something was masked, once the worker has reread it; None where she
    keeps it to herself. A message with nothing masked goes on at once."""
    draft = await guide.draft(session, line)
    if not draft.spans:
        return ()
    doubtful = [(span.source_start, span.source_end) for span in draft.spans if span.restorable]
    choices: list[tuple[str, Spans | None]] = [("utter_draft_send", ())]
    if doubtful:
        choices.append(("utter_draft_restore", doubtful))
    choices.append(("utter_draft_drop", None))
    print(textwrap.fill(guide.words("utter_draft", text=draft.text), _WIDTH))
    for number, (name, _) in enumerate(choices, start=1):
        print(f"  {number}. {guide.words(name)}")
    try:
        picked = (await asyncio.to_thread(input, "> ")).strip()
    except EOFError:
        return None
    print()
    # Anything but a number shown keeps the message back: the safe side.
    return choices[int(picked) - 1][1] if picked in {str(n) for n in range(1, len(choices) + 1)} else None


async def _make_code(guide: Guide, session: str) -> None:
    """A code and its passphrase, made in this process, which is the worker's own."""
    words = passphrase()
    try:
        packed = await guide.packed(session, Form.CODE)
        code = to_words(await asyncio.to_thread(protect, packed.payload, words, Form.CODE))
    except ResumeError as fault:
        print(guide.words(fault.text, **fault.values) + "\n")
        return
    print(textwrap.fill(guide.words("utter_terminal_passphrase_made", value=words), _WIDTH) + "\n")
    print(textwrap.fill(" ".join(code), _WIDTH) + "\n")


async def _open_code(guide: Guide, session: str, line: str) -> str:
    """The turn that takes up a protected code; the passphrase is typed unseen and goes no further than this."""
    typed = await asyncio.to_thread(getpass, guide.words("utter_terminal_passphrase_ask") + " ")
    try:
        payload = await asyncio.to_thread(open_envelope, from_words(line), typed.strip() or None)
        return render(guide, await guide.take_up(session, guide.read_plan(payload, Form.CODE)))
    except ResumeError as fault:
        return guide.words(fault.text, **fault.values) + "\n"


def _is_protected_code(line: str) -> bool:
    """Whether a line is a code, read without a fault, that asks for a passphrase."""
    try:
        return looks_like_code(line) and is_protected(from_words(line))
    except ResumeError:
        return False


async def talk(guide: Guide, session: str) -> int:
    """A conversation until the end of input or « quitter ». Nothing is written anywhere."""
    print(render(guide, await guide.open(session)))
    print(guide.words("utter_terminal_quit") + "\n")
    while True:
        try:
            line = await asyncio.to_thread(input, "> ")
        except (EOFError, KeyboardInterrupt):
            break
        if line.strip().lower() in ("quitter", "exit"):
            break
        line = "\n".join([line, *_typed_ahead()])
        print()
        if _is_protected_code(line):
            print(await _open_code(guide, session, line))
            continue
        restore = await _reread(guide, session, line)
        if restore is None:
            continue
        turn = await guide.turn(session, line, restore=restore)
        if turn.screen == "code":
            await _make_code(guide, session)
        print(render(guide, turn))
    await guide.forget(session)
    return 0
