"""What the guide says does not depend on where a conversation is kept: every scenario, word for word, on Rasa's own
store with its whole history, on ours in memory, and on Redis."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.guide import Guide
from balise.engine.locks import LocalLocks
from balise.engine.redis_store import SealedRedisStore
from balise.engine.snapshot import told_by
from tests.dialogues.driver import Played, scenarios
from tests.scale.redis_server import RedisServer

SCENARIOS = scenarios()


class RasasStore(InMemoryTrackerStore):
    """Rasa's own store: every event since the beginning. It gets what the guide asks of a store besides."""

    locks, most = LocalLocks(), 1

    async def held(self) -> int:
        return 0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the whole history, and at its end what our snapshot sets at the end of a turn."""
        for name, value in told_by(tracker).items():
            tracker.update(SlotSet(name, value))
        await super().save(tracker)

    async def delete(self, sender_id: str) -> None:
        self.store.pop(sender_id, None)


def _guide_on(guide: Guide, store: Any) -> Guide:
    """The same trained model over another store."""
    agent = copy.copy(guide._agent)
    agent.processor = copy.copy(agent.processor)
    agent.tracker_store = agent.processor.tracker_store = store
    return Guide(agent, store, guide._catalogue, guide._lexicon, guide._province)


@pytest.fixture(scope="module")
def others(guide: Guide, redis_server: RedisServer, loop: asyncio.AbstractEventLoop) -> Iterator[list[Guide]]:
    store = SealedRedisStore(guide._agent.domain, redis_server.url)
    yield [_guide_on(guide, RasasStore(guide._agent.domain)), _guide_on(guide, store)]
    loop.run_until_complete(store.close())


async def _transcript(guide: Guide, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    played = Played(guide)
    return [(await played.send(str(step["worker"]), bool(step.get("same_turn")))).as_answer() for step in steps]


@pytest.mark.parametrize(("name", "steps"), SCENARIOS, ids=[name for name, _ in SCENARIOS])
def test_the_same_words_on_every_store(
    guide: Guide, others: list[Guide], loop: asyncio.AbstractEventLoop, name: str, steps: list[dict[str, Any]]
) -> None:
    ours, rasas, on_redis = (loop.run_until_complete(_transcript(one, steps)) for one in (guide, *others))
    assert ours
    assert ours == rasas
    assert ours == on_redis
