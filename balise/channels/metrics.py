"""Numbers for the operator, in Prometheus's text, on a loopback port of their own: off unless BALISE_METRICS is set.

They count requests, time them and tell how many conversations are held. None is about a conversation: no label holds
anything that a client sent.
"""

from __future__ import annotations

import asyncio
import os
import time
from asyncio import AbstractEventLoop
from contextlib import suppress

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from balise.channels.answers import guide_of
from balise.engine.unavailable import Unavailable
from balise.errors import OperatorError
from balise.settings import is_loopback

BETWEEN_COUNTS = 5
"""Seconds between two counts of the conversations held."""
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


def metrics_address() -> tuple[str, int] | None:
    """Host and port of BALISE_METRICS; None where it is not set. Raises OperatorError on another host than this one."""
    told = os.environ.get("BALISE_METRICS")
    if not told:
        return None
    host, _, port = told.rpartition(":")
    if not is_loopback(host) or not port.isdigit() or not 0 < int(port) < 65536:
        raise OperatorError("BALISE_METRICS must be an address of this machine and a port, such as 127.0.0.1:9464.")
    return host, int(port)


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        # When a number was first counted is nobody's business.
        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "balise_requests", "Requests, by route, status and why they were refused.",
            ["route", "status", "why"], registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "balise_request_seconds", "Seconds from a request's head to its answer, by route.",
            ["route"], registry=self.registry, buckets=_SECONDS,
        )  # fmt: skip
        self._held = Gauge("balise_conversations", "Conversations held by the store.", registry=self.registry)

    def watch(self, app: Sanic, host: str, port: int) -> None:
        """Count the requests of `app`, and serve the numbers at http://`host`:`port`/ while it runs."""

        async def serve(app: Sanic, loop: AbstractEventLoop) -> None:
            try:
                prometheus_client.start_http_server(port, addr=host, registry=self.registry)
            except OSError:
                raise OperatorError(f"{host}:{port} is already in use: set BALISE_METRICS to another port.") from None
            app.add_task(self._count(app), name="metrics")

        app.register_middleware(_begin, "request")
        app.register_middleware(self._end, "response")
        app.register_listener(serve, "after_server_start")

    async def _end(self, request: Request, answer: HTTPResponse) -> None:
        # A route's name is ours: what a client made up has no route.
        route = request.route.name.rpartition(".")[2] if request.route else "other"
        why = getattr(request.ctx, "why", "")
        self._answers.labels(route, str(answer.status), why).inc()
        begun = getattr(request.ctx, "begun", None)
        if begun is not None:
            self._seconds.labels(route).observe(time.monotonic() - begun)

    async def _count(self, app: Sanic) -> None:
        while True:
            # While the store does not answer, the last count stands.
            with suppress(Unavailable):
                self._held.set(await guide_of(app).held())
            await asyncio.sleep(BETWEEN_COUNTS)


async def _begin(request: Request) -> None:
    request.ctx.begun = time.monotonic()
