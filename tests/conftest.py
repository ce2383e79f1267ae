"""Shared pieces of the tests: the real content, and one loaded guide with the model trained from it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from balise.environment import quiet

quiet()

from balise.engine.guide import Guide  # noqa: E402
from balise.engine.training import train  # noqa: E402
from balise.plan.catalogue import Catalogue, load  # noqa: E402


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide over the real trained model, its actions in process."""
    return Guide.load(train())
