"""What the guide says does not depend on where a conversation is kept: every scenario, word for word, on Rasa's own
store with its whole history and on ours; those of whole plans on Redis too, which keeps the same bytes."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine import guide as engine
from balise.engine.guide import Guide
from balise.engine.locks import LocalLocks
from balise.engine.redis_store import SealedRedisStore
from balise.engine.snapshot import state_of
from tests.dialogues.driver import Played, scenarios
from tests.scale.redis_server import RedisServer

SCENARIOS = scenarios()
WHOLE_PLANS = ("full_plan", "sections")


class RasasStore(InMemoryTrackerStore):
    """Rasa's own store: every event since the beginning. It gets what the guide asks of a store besides."""

    locks, most = LocalLocks(), 1

    async def held(self) -> int:
        return 0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the whole history, and at its end what our snapshot sets at the end of a turn."""
        slots = state_of(tracker)["slots"]
        for name in {"offered", "turn"} & set(slots):
            tracker.update(SlotSet(name, slots[name]))
        await super().save(tracker)

    async def delete(self, sender_id: str) -> None:
        self.store.pop(sender_id, None)


def _guide_on(guide: Guide, store: Any) -> Guide:
    """The same trained model over another store."""
    agent = copy.copy(guide._agent)
    agent.processor = copy.copy(agent.processor)
    agent.tracker_store = agent.processor.tracker_store = store
    return Guide(agent, store, guide._catalogue, guide._lexicon, guide._province)


@pytest.fixture(scope="module", autouse=True)
def understood_once(guide: Guide) -> Iterator[None]:
    """What a line means without its context, and what is masked in it, do not depend on the store: each is worked out
    once for all of them."""
    known: dict[str, Any] = {}
    parse = guide._agent.processor.parse_message

    async def parsed(message: Any, *rest: Any, **more: Any) -> Any:
        if message.text not in known:
            known[message.text] = await parse(message, *rest, **more)
        return known[message.text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guide._agent.processor, "parse_message", parsed)
        patch.setattr(engine, "redact", lru_cache(maxsize=None)(engine.redact))
        yield


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
    ours, rasas = (loop.run_until_complete(_transcript(one, steps)) for one in (guide, others[0]))
    assert ours
    assert ours == rasas
    if name.startswith(WHOLE_PLANS):
        assert loop.run_until_complete(_transcript(others[1], steps)) == ours
