"""Runs `balise run` as an operator would, with what a test asks for: failures to come, leaks planted, a witness.

Usage: python -m tests.privacy.serve WITNESS [fail] [plant]. WITNESS is a file that gets one line for each connection or
look-up of a name that this process tries, except to itself. `fail` makes parts fail on given messages; `plant` makes
it leak in seven places, to prove that the search finds each.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from balise.plan.catalogue import ROOT

WITNESS = Path(sys.argv[1])
ASKED = sys.argv[2:]


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto"):
        told = f"{event} {args[0] if event != 'socket.sendto' else ''}"
    elif event == "socket.connect":
        told = f"{event} {args[1]}"
    else:
        return
    if "127.0.0.1" not in told:
        with WITNESS.open("a") as file:
            file.write(told + "\n")


def _fail() -> None:
    """Failures that carry the worker's words, each called for by a word of the message."""
    import actions.commands as commands
    from balise.engine.guide import Guide
    from balise.engine.store import SealedTrackerStore

    reply, take, save = commands.Summary.reply, Guide._take, SealedTrackerStore.save

    def failing_action(self: Any, state: Any) -> Any:
        raise ValueError(f"{state.slots}")

    def missing_placeholder(self: Any, state: Any) -> Any:
        state.text("utter_note_kept")
        return "{missing}".format(**state.slots)

    async def failing_turn(self: Any, session: str, text: str, *rest: Any) -> Any:
        if "panne" in text:
            raise TimeoutError(text)
        if "verrou" in text:
            logging.getLogger("rasa.core.lock_store").error("could not lock %s for %s", session, text)
            raise RuntimeError(text)
        return await take(self, session, text, *rest)

    async def failing_store(self: Any, tracker: Any) -> None:
        slots = tracker.current_slot_values()
        if "mémoire" in str(slots):
            raise OSError(f"{slots}")
        await save(self, tracker)

    commands.Summary.reply = failing_action  # type: ignore[method-assign]
    commands.Pause.reply = missing_placeholder  # type: ignore[method-assign,assignment]
    Guide._take = failing_turn  # type: ignore[method-assign]
    SealedTrackerStore.save = failing_store  # type: ignore[method-assign]
    assert reply is not failing_action


def _plant() -> None:
    """Seven leaks, each of a message with `fuite`."""
    from balise.engine.guide import Guide

    take = Guide._take

    async def leaking(self: Any, session: str, text: str, *rest: Any) -> Any:
        if "fuite" in text:
            print(text)
            print(text.encode("utf-16-le").hex(), file=sys.stderr)
            (ROOT / "fuite.txt").write_text(text, encoding="utf-8")
            (Path.home() / ".fuite").write_text(text, encoding="utf-16")
            (Path(tempfile.gettempdir()) / "fuite").write_bytes(__import__("base64").b64encode(text.encode()))
            Path(f"/dev/shm/fuite-{os.getpid()}").write_text(__import__("json").dumps(text))
            sys.audit("socket.getaddrinfo", f"{text}.example", 80, 0, 0, 0)
        return await take(self, session, text, *rest)

    Guide._take = leaking  # type: ignore[method-assign]


def main() -> int:
    sys.addaudithook(_watch)
    from balise.cli import main as balise

    if "fail" in ASKED:
        _fail()
    if "plant" in ASKED:
        _plant()
    return balise(["run"])


if __name__ == "__main__":
    sys.exit(main())
