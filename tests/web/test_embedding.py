"""Within an intranet: the loader makes the frame, the policy names who may, an organisation's colours stay legible."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from playwright.sync_api import expect

from balise.plan.catalogue import ROOT
from tests.web.neighbours import Neighbours
from tests.web.test_accessible import AXE, RULES, RUN
from tests.web.worker import Worker

THEMES = ROOT / "data" / "interface" / "themes"


def test_the_loader_makes_a_frame_that_can_be_used(workers: Callable[..., Worker], neighbours: Neighbours) -> None:
    worker = workers(around=True, viewport={"width": 1280, "height": 800})
    worker.page.goto(neighbours.intranet_in_the_field)
    frame = worker.page.locator("guide-cadre iframe")
    expect(frame).to_have_attribute("title", "Guide")
    expect(frame).to_have_attribute("referrerpolicy", "no-referrer")
    box = frame.bounding_box()
    assert box
    assert box["height"] > 500
    worker.until(lambda: len(worker.page.frames) > 1)
    worker.at = worker.page.frames[1]
    worker.sees("Par quoi commencer").taps("Version courte, sur le terrain").sees("Avant de continuer")
    # A page of another origin can't look inside.
    assert worker.page.evaluate("document.querySelector('iframe').contentDocument") is None


def test_a_page_that_is_not_allowed_gets_no_guide(worker: Worker) -> None:
    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{worker.guide}"></iframe>'.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    import threading

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = worker.context.new_page()
    page.goto(f"http://localhost:{server.server_address[1]}/")
    expect(page.frame_locator("iframe").get_by_role("link")).to_have_count(0)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", sorted(path.stem for path in THEMES.glob("*.yml")))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_a_theme_are_legible(workers: Callable[..., Worker], name: str, scheme: str) -> None:
    worker = workers(color_scheme=scheme)
    worker.opens(field=True)
    for property, value in (yaml.safe_load((THEMES / f"{name}.yml").read_text(encoding="utf-8")) or {}).items():
        worker.page.evaluate("([name, value]) => document.documentElement.style.setProperty(name, value)", [
            f"--guide-{property}", value,
        ])  # fmt: skip
    worker.page.evaluate(AXE(encoding="utf-8"))
    assert worker.page.evaluate(RUN, RULES) == []
