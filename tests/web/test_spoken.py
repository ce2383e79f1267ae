"""What assistive technology is given, screen by screen, against files in French that a person can read.

`make golden` writes the files again after a change of words; look at the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.web.screens import every_screen
from tests.web.worker import TEXTS, Worker

GOLDEN = Path(__file__).parent / "golden"


def test_every_screen_is_told_as_agreed(worker: Worker) -> None:
    different = []
    for screen in every_screen(worker):
        # The ports of this run are no part of what is told.
        told = re.sub(r"localhost:\d+", "localhost", worker.page.locator("body").aria_snapshot()) + "\n"
        path = GOLDEN / f"{screen}.yml"
        if os.environ.get("BALISE_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(told, encoding="utf-8")
        if not path.is_file() or path.read_text(encoding="utf-8") != told:
            different.append(screen)
    assert different == []


def test_new_messages_are_announced_and_what_she_said_is_not(worker: Worker) -> None:
    worker.in_the_short_version().taps(TEXTS["why"])
    log = worker.page.get_by_role("log", name=TEXTS["log"])
    expect(log.locator("p").last).not_to_have_attribute("aria-live", "off")
    for said in log.locator(".you").all():
        expect(said).to_have_attribute("aria-live", "off")


def test_the_page_says_its_language_and_every_group_has_a_name(worker: Worker) -> None:
    worker.in_the_short_version()
    expect(worker.page.locator("html")).to_have_attribute("lang", "fr-CA")
    expect(worker.page.get_by_role("group", name="Pour quelle situation")).to_be_visible()
