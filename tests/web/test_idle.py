"""A screen that nobody looks at is covered, then announced, then erased. The page's clock is set forward by hand."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import expect

from tests.web.conftest import ARGUMENTS
from tests.web.window import Window
from tests.web.worker import TEXTS, Worker

MINUTE = 60 * 1000


SEEN_IN_THE_MIDDLE = "document.elementFromPoint(innerWidth / 2, innerHeight / 2)"


def _covered(worker: Worker) -> bool:
    """Whether the middle of the page shows the cover."""
    return bool(worker.page.evaluate(f"!!{SEEN_IN_THE_MIDDLE}?.closest('.cover')"))


def test_after_five_minutes_the_screen_is_covered_and_focus_comes_back_where_it_was(worker: Worker) -> None:
    worker.page.clock.install()
    worker.in_the_short_version().types("un mot")
    worker.page.clock.fast_forward(6 * MINUTE)
    worker.sees(TEXTS["cover_title"])
    assert _covered(worker)
    expect(worker.page.get_by_role("link", name=TEXTS["exit"])).to_be_visible()
    assert worker.page.locator("main").evaluate("main => main.inert")
    worker.taps(TEXTS["cover_go"])
    expect(worker.field).to_be_focused()
    expect(worker.field).to_have_value("un mot")


def test_a_worker_who_answers_in_time_keeps_the_conversation(worker: Worker) -> None:
    worker.page.clock.install()
    worker.in_the_short_version()
    worker.page.clock.fast_forward(28.5 * MINUTE)
    worker.sees(TEXTS["soon_title"])
    before = len(worker.sent("message"))
    worker.taps(TEXTS["soon_go"])
    worker.until(lambda: len(worker.sent("message")) > before)
    expect(worker.page.locator("[aria-busy]")).to_have_count(0)
    worker.page.clock.fast_forward(4 * MINUTE)
    worker.sees("Pour quelle situation").taps("Une crise à la maison").sees("Par où la personne")


def test_at_the_end_of_its_lifetime_nothing_is_left(worker: Worker) -> None:
    worker.page.clock.install()
    worker.in_the_short_version().types("un mot que personne ne doit voir")
    worker.page.clock.fast_forward(31 * MINUTE)
    worker.sees(TEXTS["expired_title"])
    assert "personne ne doit voir" not in worker.text
    expect(worker.field).to_have_value("")
    worker.until(worker.erased_on_the_server)


def test_a_hidden_page_is_covered_whole_and_shows_its_exit_when_it_is_back(
    chromium: str, guide_address: str, tmp_path: Path
) -> None:
    async def hide_and_show() -> None:
        async with Window(chromium, ARGUMENTS, tmp_path, f"{guide_address}#terrain") as window:
            await window.until("!!document.querySelector('.now h2')")
            assert await window.tells("document.querySelector('.cover').hidden")
            await window.becomes("minimized")
            await window.until("document.hidden && !!document.querySelector('.cover.whole:not([hidden])')")
            await window.becomes("normal")
            await window.until("!document.hidden && !document.querySelector('.cover.whole')")
            # Covered until she says that she is back; the exit is over the cover.
            assert await window.tells(f"{SEEN_IN_THE_MIDDLE}.closest('.cover') !== null")
            assert await window.tells("document.elementFromPoint(60, 30).closest('header') !== null")
            await window.tells("document.querySelector('.cover button').click()")
            assert await window.tells(f"{SEEN_IN_THE_MIDDLE}.closest('main') !== null")

    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, hide_and_show()).result()
