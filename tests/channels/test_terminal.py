"""A code in the terminal: its passphrase is made there, asked for unseen, and never sent as a message."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time

from balise.engine.training import train
from balise.plan.catalogue import ROOT, load
from balise.plan.typography import french

LONGEST = 120
"""Seconds that the guide may take to say something, its start included."""


class Terminal:
    """`balise chat` as a person has it."""

    def __init__(self) -> None:
        train()
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "balise", "chat"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
        os.close(theirs)
        self.said = b""

    def reads(self, text: str) -> str:
        """Wait for `text`; all that was said until its end, since the last time."""
        end = time.monotonic() + LONGEST
        while text.encode() not in self.said:
            assert time.monotonic() < end, self.said.decode(errors="replace")
            if select.select([self._ours], [], [], 1)[0]:
                self.said += os.read(self._ours, 65_536)
        before, _, self.said = self.said.partition(text.encode())
        return (before.decode(errors="replace") + text).replace("\r\n", "\n")

    def types(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def leaves(self) -> None:
        self.types("quitter")
        assert self._process.wait(timeout=60) == 0
        os.close(self._ours)


def test_a_code_made_in_one_terminal_takes_the_plan_up_in_another() -> None:
    terminal = Terminal()
    terminal.reads("\n> ")
    for message in ("/open_evacuation", "crisis_home", "main_door", "code de reprise"):
        terminal.types(message)
        terminal.reads(message)
        said = terminal.reads("\n> ")
    terminal.leaves()
    lead = french(load().texts["utter_terminal_passphrase_made"].partition("{")[0]).strip()
    made = re.search(rf"{re.escape(lead)}\s+((?:[a-z]+\s+){{5}})\n((?:[a-z]+\s+)+)\n", said)
    assert made, said
    secret, code = (" ".join(found.split()) for found in made.groups())

    later = Terminal()
    later.reads("\n> ")
    later.types(code)
    later.reads(french(load().texts["utter_terminal_passphrase_ask"]).split("(")[0].strip())
    later.reads(":")
    # Not before the terminal has stopped to show what is typed.
    time.sleep(0.5)
    later.types(" ".join(reversed(secret.split())))
    refused = later.reads("\n> ")
    assert "phrase de passe" in refused.lower()
    later.types(code)
    later.reads("rien ne s")
    later.reads(":")
    time.sleep(0.5)
    later.types(secret)
    restored = later.reads("\n> ")
    assert "Le plan est repris" in restored
    assert secret not in refused + restored
    later.leaves()
