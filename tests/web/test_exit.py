"""« Quitter rapidement » works by link and by Shift, alone and embedded, whatever the network and however late."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, expect

from tests.web.neighbours import Neighbours
from tests.web.worker import TEXTS, Worker

IDLE = 7_000
"""Milliseconds: by then a browser does not take a key for the worker's own will any more (research 4.1)."""
KBIT_400 = 400 * 1000 / 8


WATCH = """new MutationObserver(() => console.log(`SEEN:${document.title}:${document.body.textContent}`))
  .observe(document.documentElement, {childList: true, subtree: true})"""


def _is_gone(worker: Worker) -> bool:
    """Whether the page and every frame in it show nothing of the guide nor of the page around."""
    try:
        held = "".join(frame.content() for frame in worker.page.frames)
    except Error:
        # Between two pages.
        return False
    return not any(word in held for word in ("personne ne doit voir", "Avant de continuer", "Intranet"))


def _arrive(worker: Worker, neighbours: Neighbours, embedded: bool) -> None:
    worker.page.goto(neighbours.before)
    if embedded:
        worker.page.goto(neighbours.intranet_in_the_field)
        worker.until(lambda: len(worker.page.frames) > 1)
        worker.at = worker.page.frames[1]
    else:
        worker.page.goto(f"{worker.guide}#terrain")
    worker.sees("Par quoi commencer").taps("Version courte, sur le terrain").sees("Avant de continuer")
    worker.types("un mot que personne ne doit voir")


@pytest.mark.parametrize("embedded", [False, True], ids=["alone", "embedded"])
@pytest.mark.parametrize("by_key", [False, True], ids=["link", "shift"])
@pytest.mark.parametrize("when", ["at once", "after 7 s", "offline", "slow"])
def test_the_exit(
    workers: Callable[..., Worker], neighbours: Neighbours, embedded: bool, by_key: bool, when: str
) -> None:
    worker = workers(around=True)
    _arrive(worker, neighbours, embedded)
    page = worker.page
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    worker.at.evaluate(WATCH)
    if when == "after 7 s":
        page.wait_for_timeout(IDLE)
    elif when == "offline":
        worker.context.set_offline(True)
    elif when == "slow":
        neighbours.slow = 2.0
        network = worker.context.new_cdp_session(page)
        slow = {"offline": False, "latency": 400, "downloadThroughput": KBIT_400, "uploadThroughput": KBIT_400}
        network.send("Network.emulateNetworkConditions", slow)
    if by_key:
        worker.presses_shift_thrice()
    else:
        worker.leaves()
    if when == "offline":
        worker.until(lambda: _is_gone(worker))
        worker.context.set_offline(False)
    else:
        page.wait_for_url(neighbours.exit)
        worker.until(worker.erased_on_the_server)
        # Whenever the other page came, nothing was left to see before it.
        assert seen.index(f"SEEN:{TEXTS['exit_title']}:") < seen.index(neighbours.exit)
    neighbours.slow = 0.0
    page.go_back()
    page.wait_for_url(neighbours.before)
    assert "La page d'avant" in page.content()


def test_shift_in_the_page_around_leaves_too(workers: Callable[..., Worker], neighbours: Neighbours) -> None:
    worker = workers(around=True)
    _arrive(worker, neighbours, embedded=True)
    worker.page.get_by_role("heading", name="Intranet").click()
    worker.presses_shift_thrice()
    worker.page.wait_for_url(neighbours.exit)
    worker.until(worker.erased_on_the_server)


def test_shift_as_a_modifier_does_not_leave(worker: Worker) -> None:
    worker.in_the_short_version().types("")
    for letter in "ABC":
        worker.page.keyboard.press(f"Shift+{letter}")
    expect(worker.field).to_have_value("ABC")
    worker.page.keyboard.press("Shift")
    worker.page.keyboard.press("Shift")
    expect(worker.page.get_by_role("status")).to_have_text(TEXTS["exit_once_more"])


def test_the_exit_works_before_the_script_is_there(workers: Callable[..., Worker], neighbours: Neighbours) -> None:
    worker = workers(around=True)
    worker.context.route("**/guide.js", lambda route: route.abort())
    worker.page.goto(worker.guide)
    link = worker.page.get_by_role("link", name=TEXTS["exit"])
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("http")


def test_closing_the_page_erases(worker: Worker) -> None:
    worker.in_the_short_version()
    worker.page.goto("about:blank")
    worker.until(worker.erased_on_the_server)
