"""One guide, one Chromium and the pages around for all browser tests; a context of its own for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.channels.served import Served
from tests.tools import tool
from tests.web.neighbours import Neighbours
from tests.web.worker import PHONE, Worker

ARGUMENTS = ["--no-sandbox"]
"""The tests run as root in containers; they open no page but their own."""


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium, or of any that is on PATH."""
    return str(tool("chromium"))


@pytest.fixture(scope="session")
def neighbours() -> Iterator[Neighbours]:
    around = Neighbours()
    yield around
    around.stop()


@pytest.fixture(scope="session")
def guide_address(neighbours: Neighbours) -> Iterator[str]:
    """The guide as an organisation serves it: its name, its exit, its intranet."""
    served = Served(
        {
            "BALISE_ORGANISATION": "Maison Exemple",
            "BALISE_PROTOCOL": f"{neighbours.origin}/protocole",
            "BALISE_EXIT": neighbours.exit,
            "BALISE_EMBEDDED_IN": neighbours.origin,
        }
    )
    neighbours.guide = f"http://127.0.0.1:{served.port}/guide/"
    yield neighbours.guide
    served.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture
def workers(browser: Browser, guide_address: str, neighbours: Neighbours) -> Iterator[Callable[..., Worker]]:
    """Makes workers, each with a browser of her own. In the end: no other origin was asked, no policy was broken."""
    made: list[Worker] = []

    def make(around: bool = False, **kind: Any) -> Worker:
        context = browser.new_context(**{"viewport": PHONE, "locale": "fr-CA", **kind})
        context.set_default_timeout(15_000)
        made.append(Worker(context, guide_address, (neighbours.origin,) if around else ()))
        return made[-1]

    yield make
    faults = [fault for worker in made for fault in worker.faults]
    for worker in made:
        worker.context.close()
    assert faults == []


@pytest.fixture
def worker(workers: Callable[..., Worker]) -> Worker:
    """A worker with a phone in one hand."""
    return workers()
