"""The pages around the guide, on origins of their own: where a worker was, where the exit leads, an intranet."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BEFORE = "<!doctype html><html lang=fr><title>Avant</title><p>La page d'avant."
EXIT = "<!doctype html><html lang=fr><title>Dehors</title><p>Il fait beau."
INTRANET = """<!doctype html><html lang=fr><title>Intranet</title>
<h1>Intranet</h1><script src="{guide}chargeur.js" defer></script><guide-cadre{attributes}></guide-cadre>"""


class Neighbours:
    """A server of plain pages on two names of this machine. `slow` is how many seconds the exit takes to answer."""

    def __init__(self) -> None:
        self.guide = ""
        self.slow = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/dehors":
                    time.sleep(outer.slow)
                attributes = " terrain" if self.path == "/intranet-terrain" else ""
                pages = {"/avant": BEFORE, "/dehors": EXIT}
                page = pages.get(self.path) or INTRANET.format(guide=outer.guide, attributes=attributes)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        port = self._server.server_address[1]
        # Another name is another origin than the guide's.
        self.origin = f"http://localhost:{port}"
        self.before, self.exit = f"{self.origin}/avant", f"{self.origin}/dehors"
        self.intranet, self.intranet_in_the_field = f"{self.origin}/intranet", f"{self.origin}/intranet-terrain"

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()
