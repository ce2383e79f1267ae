"""What the page weighs and how long a slow phone waits for it: one line of JSON for each budget.

Real Chromium, real server. Slow means a processor four times slower, 400 kbit/s and 400 ms to the server and back; the
server is on this machine, so connecting costs nothing: a real network adds two or three times its delay. The exit code
is 1 where a hard limit is passed.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from balise.channels.page_files import FOLDER
from benchmarks.said import said
from tests.channels.served import Served
from tests.tools import tool

RUNS = 3
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes a second."""
PHONE = {"width": 360, "height": 740}
WATCH = """
  window.blocked = 0;
  new PerformanceObserver(list => {
    for (const task of list.getEntries()) window.blocked += Math.max(0, task.duration - 50);
  }).observe({type: 'longtask', buffered: true});
  new MutationObserver((_, watch) => {
    if (!document.querySelector('.now button')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.asked = performance.now())));
  }).observe(document, {childList: true, subtree: true});
"""


SCRIPT_AND_STYLE = 12 * 1024, 20 * 1024
"""Bytes, compressed: what is aimed at, and the hard limit."""
LOADER = 1024, 1536


def _weight() -> bool:
    sizes = {name: len(gzip.compress((FOLDER / name).read_bytes(), 9)) for name in ("guide.js", "guide.css")}
    page = said("page.script_and_style", sum(sizes.values()), "bytes, compressed", *SCRIPT_AND_STYLE)
    loader = len(gzip.compress((FOLDER / "chargeur.js").read_bytes(), 9))
    return said("loader", loader, "bytes, compressed", *LOADER) and page


class Traffic:
    """Bytes received, head and body as they came over the wire, by address."""

    def __init__(self, network: CDPSession) -> None:
        self.received: dict[str, list[int]] = {}
        self._address: dict[str, str] = {}
        network.on("Network.requestWillBeSent", self._asked)
        network.on("Network.loadingFinished", self._finished)
        network.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        self._address[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        address = self._address.get(event["requestId"], "")
        if address.startswith("http"):
            self.received.setdefault(address, []).append(int(event["encodedDataLength"]))


def _load(browser: Browser, guide: str) -> tuple[float, float, int, int]:
    """First question in seconds, blocking time in milliseconds, bytes and requests of one slow first load."""
    context = browser.new_context(viewport=PHONE, locale="fr-CA")
    page = context.new_page()
    network = context.new_cdp_session(page)
    traffic = Traffic(network)
    network.send("Network.emulateNetworkConditions", SLOW)
    network.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(f"{guide}#terrain")
    page.wait_for_selector(".now button")
    page.wait_for_timeout(500)
    asked, blocked = page.evaluate("[window.asked, window.blocked]")
    sizes = [size for answers in traffic.received.values() for size in answers]
    context.close()
    return asked / 1000, blocked, sum(sizes), len(sizes)


def _turns(browser: Browser, guide: str) -> list[int]:
    """The bytes of each turn of a short interview."""
    context = browser.new_context(viewport=PHONE, locale="fr-CA")
    page = context.new_page()
    traffic = Traffic(context.new_cdp_session(page))
    page.goto(f"{guide}#terrain")
    page.wait_for_selector(".now button")
    for _ in range(14):
        _answer(page)
    sizes = traffic.received[f"{guide}message"]
    context.close()
    return sizes


def _answer(page: Page) -> None:
    """The first choice of the question that waits."""
    box = page.locator(".now input[type=checkbox]").first
    with page.expect_response("**/message"):
        if box.count():
            box.check()
            page.locator(".now fieldset > .main").click()
        else:
            page.locator(".now .choice").first.click()
    page.locator(".conversation:not([aria-busy])").wait_for(state="attached")
    back = page.locator("footer nav:not(.moves):not([hidden]) button")
    if back.count():
        back.click()


def main() -> int:
    held = _weight()
    chromium = tool("chromium")
    served = Served()
    try:
        guide = f"http://127.0.0.1:{served.port}/guide/"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            # A server answers its first conversation late: that is its start, not the page.
            _turns(browser, guide)
            loads = [_load(browser, guide) for _ in range(RUNS)]
            turns = _turns(browser, guide)
            browser.close()
    finally:
        served.stop()
    asked, blocked, size, requests = (statistics.median(column) for column in zip(*loads, strict=True))
    held &= said("load.first_question", round(asked, 2), "seconds, slow", 2.0, 2.5)
    held &= said("load.blocking_time", round(blocked), "milliseconds, slow", 100, 200)
    held &= said("load.size", size, "bytes, compressed, with heads", 20 * 1024, 30 * 1024)
    held &= said("load.requests", requests, "requests", 5, 5)
    held &= said("turn.median_size", statistics.median(turns), "bytes, compressed, with heads", 1024, 2048)
    held &= said("turn.largest_size", max(turns), "bytes, compressed, with heads", 1024, 2048)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
