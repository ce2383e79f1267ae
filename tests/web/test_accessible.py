"""Every screen, in every way of looking at it: WCAG 2.2 AA as far as a machine sees, sizes, and focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from balise.plan.catalogue import ROOT
from tests.web.screens import every_screen
from tests.web.worker import PHONE, Worker

AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WAYS: dict[str, dict[str, Any]] = {
    "phone": {},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active"},
    "small": {"viewport": {"width": 320, "height": 256}},
}
RUN = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']}))
  .violations.map(found => found.id + ': ' + found.nodes.map(node => node.html).join(' '))"""
STICKY = "how => document.querySelectorAll('header, footer').forEach(bar => (bar.style.position = how))"
SMALL = """() => [...document.querySelectorAll('a, button, label.choice, textarea, input:not([type=checkbox])')]
  .filter(one => one.checkVisibility() && !one.closest('.unseen'))
  .map(one => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(one => one.outerHTML.slice(0, 80))"""
CUT = """() => [...document.querySelectorAll('button, a')]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""


@pytest.mark.parametrize("way", WAYS)
def test_every_screen_is_accessible(workers: Callable[..., Worker], way: str) -> None:
    worker = workers(**WAYS[way])
    faults = []
    for screen in every_screen(worker):
        worker.page.evaluate(AXE(encoding="utf-8"))
        # axe takes for a small target what a sticky bar covers at this very scroll.
        worker.page.evaluate(STICKY, "static")
        faults += [f"{screen}: {found}" for found in worker.page.evaluate(RUN, RULES)]
        worker.page.evaluate(STICKY, "")
        faults += [f"{screen}: smaller than 44 px: {found}" for found in worker.page.evaluate(SMALL)]
        faults += [f"{screen}: cut: {found}" for found in worker.page.evaluate(CUT)]
        faults += [f"{screen}: scrolls sideways: {found}" for found in worker.page.evaluate(TOO_WIDE)]
        if screen != "before" and worker.focused == "BODY":
            faults.append(f"{screen}: focus is lost")
        if not worker.page.locator("header a").is_visible():
            faults.append(f"{screen}: no exit")
    assert faults == []


def test_text_twice_as_large_still_fits_a_phone(workers: Callable[..., Worker]) -> None:
    worker = workers(viewport=PHONE)
    faults = []
    browser = worker.context.new_cdp_session(worker.page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for screen in every_screen(worker):
        faults += [f"{screen}: {found}" for found in worker.page.evaluate(CUT) + worker.page.evaluate(TOO_WIDE)]
    assert faults == []


def test_the_exit_is_48_pixels_high_and_never_scrolls_away(worker: Worker) -> None:
    worker.in_the_short_version()
    for place in ("0", "document.documentElement.scrollHeight"):
        worker.page.evaluate(f"scrollTo(0, {place})")
        box = worker.page.locator("header a").bounding_box()
        assert box
        assert box["height"] >= 48
        assert 0 <= box["y"] < 60
