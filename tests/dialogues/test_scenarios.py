"""The scenarios of this folder, against the real trained model in one process."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from balise.engine.guide import Guide
from tests.dialogues.driver import play, scenarios

SCENARIOS = scenarios()


def test_there_are_at_least_thirty_scenarios() -> None:
    assert len(SCENARIOS) >= 30


@pytest.mark.parametrize(("name", "steps"), SCENARIOS, ids=[name for name, _ in SCENARIOS])
def test_scenario(guide: Guide, loop: asyncio.AbstractEventLoop, name: str, steps: list[dict[str, Any]]) -> None:
    faults = loop.run_until_complete(play(guide, steps))
    assert not faults, "\n".join(faults)
