"""Shared pieces of the tests: the real content, and one loaded guide with the model trained from it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from balise.environment import quiet

quiet()

from balise.plan.catalogue import Catalogue, load  # noqa: E402

if TYPE_CHECKING:
    from balise.engine.guide import Guide


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
    # Here, not above: the process that hands tests out to the others needs no Rasa.
    from balise.engine.guide import Guide
    from balise.engine.inprocess import InProcessActions
    from balise.engine.training import train
    from balise.engine.validated import answer_validator

    asked = InProcessActions.request

    async def checked(self: InProcessActions, *arguments: Any, **named: Any) -> Any:
        """What an action of ours answers is what Rasa expects of any: checked here, and not at each turn served."""
        answer = await asked(self, *arguments, **named)
        answer_validator().validate(answer)
        return answer

    InProcessActions.request = checked  # type: ignore[method-assign]
    return Guide.load(train())
