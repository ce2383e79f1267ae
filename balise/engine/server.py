"""Serving the guide: Rasa's own server on loopback, with our channels, store and in-process actions."""

from __future__ import annotations

import os
import socket
from asyncio import AbstractEventLoop
from functools import partial
from pathlib import Path

from rasa.core.run import configure_app, create_http_input_channels, load_agent_on_start
from sanic import Sanic

from balise.channels.answers import guide_of
from balise.channels.metrics import Metrics, metrics_address
from balise.channels.takeaway import MOST_FILE_BYTES
from balise.channels.web import check_head, close_cors, refuse
from balise.engine.guide import endpoints_in_process
from balise.engine.redis_client import check_redis
from balise.environment import log_level
from balise.errors import OperatorError
from balise.plan.catalogue import ROOT
from balise.privacy.logs import in_loop, quiet_logs
from balise.settings import DEFAULT_HOST, is_loopback, redis_url

DEFAULT_PORT = 5005
SLOWEST_REQUEST = 20
"""Seconds in which a request must have come in: 8 KB at 4 kbit/s."""


def address() -> tuple[str, int]:
    """Host and port from the environment (BALISE_HOST, BALISE_PORT). Raises OperatorError on a port that is none."""
    host = os.environ.get("BALISE_HOST") or DEFAULT_HOST
    port = os.environ.get("BALISE_PORT") or str(DEFAULT_PORT)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise OperatorError(f"BALISE_PORT must be a port number, not '{port}'.")
    return host, int(port)


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(model: Path, root: Path = ROOT) -> None:
    """Serve `model` until interrupted. Raises OperatorError where the address is taken or a setting is wrong."""
    host, port = address()
    metrics = metrics_address()
    if not _is_free(host, port):
        raise OperatorError(f"{host}:{port} is already in use: set BALISE_PORT in .env to another port.")
    if not is_loopback(host):
        print(f"Listening on {host}: other machines can reach the guide. Put a proxy with TLS in front.", flush=True)
    endpoints = endpoints_in_process(root / "endpoints.yml")
    if url := redis_url(root):
        check_redis(url)
    channels = create_http_input_channels(None, str(root / "credentials.yml"))
    app = configure_app(channels, enable_api=False, route="/", port=port, endpoints=endpoints)

    async def announce(app: Sanic, loop: AbstractEventLoop) -> None:
        loop.set_exception_handler(in_loop)
        await guide_of(app).warm_up()
        print(f"Le guide est prêt : http://{host}:{port}/guide/   (Ctrl-C pour arrêter)", flush=True)

    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(announce, "after_server_start")
    app.config.REQUEST_MAX_SIZE = MOST_FILE_BYTES
    app.config.REQUEST_TIMEOUT = SLOWEST_REQUEST
    # The end of the queue: after the layer that adds them.
    app.response_middleware.append(close_cors)
    app.add_signal(check_head, "http.lifecycle.request")
    app.config.FALLBACK_ERROR_FORMAT = "text"
    app.error_handler.add(Exception, refuse)
    if metrics:
        Metrics().watch(app, *metrics)
    # Rasa and Sanic have set up logs of their own by now.
    quiet_logs(log_level())
    app.run(host=host, port=port, access_log=False)
