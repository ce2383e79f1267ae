"""The pictures of docs/, from the real page: `make screenshots`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from playwright.sync_api import sync_playwright

from balise.plan.catalogue import ROOT
from tests.channels.served import Served
from tests.tools import tool
from tests.web.conftest import ARGUMENTS
from tests.web.worker import PHONE, TEXTS, Worker

FOLDER = ROOT / "docs" / "pictures"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


def _question(worker: Worker) -> None:
    worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
    worker.at.get_by_label("Porte principale", exact=True).check()


def _summary(worker: Worker) -> None:
    worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
    worker.checks("Porte principale", "Fenêtre ou balcon").sees("Par quel moyen").checks("À pied")
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")


def _emergency(worker: Worker) -> None:
    worker.opens(field=True).taps(TEXTS["urgent"]).sees(TEXTS["emergency_title"])


PICTURES: dict[str, tuple[dict[str, Any], Callable[[Worker], object]]] = {
    "phone": ({}, lambda worker: worker.opens(field=True)),
    "desktop": (DESKTOP, _question),
    "dark": ({"color_scheme": "dark"}, lambda worker: worker.in_the_short_version()),
    "question": ({}, _question),
    "summary": ({}, _summary),
    "emergency": ({}, _emergency),
}


def main() -> int:
    chromium = tool("chromium")
    FOLDER.mkdir(exist_ok=True)
    served = Served()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            for name, (kind, show) in PICTURES.items():
                context = browser.new_context(**{"viewport": PHONE, "locale": "fr-CA", **kind})
                worker = Worker(context, f"http://127.0.0.1:{served.port}/guide/")
                show(worker)
                # Neither the pointer nor a focus ring is part of the picture.
                worker.page.mouse.move(0, 0)
                worker.page.screenshot(path=str(FOLDER / f"{name}.png"))
                context.close()
                print(f"docs/pictures/{name}.png")
            browser.close()
    finally:
        served.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
