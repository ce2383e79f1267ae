"""How long a resume code of a typical full plan is, and what opening it costs: one line of JSON for each figure.

The plan: all six sections; two situations, places and contacts; three providers; the province. The exit code is 1 where
neither the words nor the QR symbol keep their limit.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from balise.plan.answers import SKIPPED, UNKNOWN, Answer
from balise.plan.catalogue import Catalogue, Question, load
from balise.resume.code import to_words
from balise.resume.envelope import Form, open_envelope, protect
from balise.resume.file import pack_file
from balise.resume.packing import pack_plan
from balise.resume.plan import Answers, Plan, kept, slots_of
from balise.resume.qr import qr_version
from balise.resume.words import passphrase
from benchmarks.said import said

RECORDS = {"evacuation_form": 2, "places_form": 2, "contacts_form": 2, "provider_form": 3}
RUNS = 5
MOST_WORDS, LARGEST_QR = 24, 20
LARGEST_FILE = 4_096
"""Bytes."""
SLOWEST = 500
"""Milliseconds."""


def _answer(question: Question, turn: int) -> Answer:
    """One to three boxes where several fit; now and then skipped, or not known yet."""
    if turn % 17 == 11:
        return SKIPPED
    if turn % 9 == 5:
        return Answer((UNKNOWN,))
    values = [choice.value for choice in question.choices if not choice.exclusive]
    count = 1 + turn % 3 if question.several else 1
    picked = {values[(turn * 5 + step * 3) % len(values)] for step in range(count)}
    return Answer(tuple(value for value in values if value in picked))


def full_plan(catalogue: Catalogue) -> dict[str, Any]:
    """The slots of a plan in which every question has an answer."""
    plan = Plan(records={section: [{} for _ in range(count)] for section, count in RECORDS.items()})
    turn = 0
    for section, question in kept(catalogue):
        homes: list[Answers] = plan.records[section] if question.repeats else [plan.answers]
        for home in homes:
            turn += 1
            home[question.name] = _answer(question, turn)
    return slots_of(plan)


def main() -> int:
    catalogue, secret = load(), passphrase()
    slots = full_plan(catalogue)
    payload = pack_plan(catalogue, slots).payload
    held = True
    for name, protection in (("plain", None), ("protected", secret)):
        words = to_words(protect(payload, protection, Form.CODE))
        # One of the two must hold.
        short = said(f"resume.words_{name}", len(words), "words", MOST_WORDS, MOST_WORDS)
        held &= said(f"resume.qr_{name}", qr_version(words), "QR version", LARGEST_QR, LARGEST_QR) or short
    file = protect(pack_file(catalogue, slots), secret, Form.FILE)
    said("resume.file", len(file), "bytes, protected", LARGEST_FILE, LARGEST_FILE)
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        open_envelope(file, secret)
        times.append(time.perf_counter() - begun)
    said("resume.open", round(1000 * statistics.median(times)), "ms, Argon2id in Python", SLOWEST, SLOWEST)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
