"""The store keeps the answers and the open form, never a word of a message, and forgets in time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.store import SnapshotTrackerStore
from balise.plan.catalogue import ROOT

CANARY = "canari-7f3a"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load([str(ROOT / "domain.yml"), str(ROOT / "data" / "responses")])


def conversation(domain: Domain, sender: str = "secret") -> DialogueStateTracker:
    """A conversation with a typed message, an answer and an open form."""
    tracker = DialogueStateTracker(sender, domain.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(CANARY, {"name": "answer"}, parse_data={"text": CANARY}, metadata={"said": CANARY}))
    tracker.update(SlotSet("evacuation_exit", {"choices": ["window"]}))
    tracker.update(SlotSet("requested_slot", "evacuation_means"))
    tracker.update(ActionExecuted("evacuation_form"))
    tracker.update(ActiveLoop("evacuation_form"))
    tracker.update(BotUttered("?", {"buttons": [{"title": "À pied", "payload": "on_foot"}]}))
    tracker.update(ActionExecuted("action_listen"))
    return tracker


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(work())


def test_what_comes_back_is_the_state_without_the_words(domain: Domain) -> None:
    store = SnapshotTrackerStore(domain)

    async def work() -> DialogueStateTracker | None:
        await store.save(conversation(domain))
        return await store.retrieve("secret")

    back = run(work)
    assert back.get_slot("evacuation_exit") == {"choices": ["window"]}
    assert back.get_slot("requested_slot") == "evacuation_means"
    assert back.active_loop_name == "evacuation_form"
    assert back.get_slot("offered") == [["on_foot", "À pied"]]
    assert back.latest_action_name == "action_listen"
    assert CANARY not in json.dumps([event.as_dict() for event in back.events])
    assert CANARY not in repr(vars(store))


def test_a_conversation_is_gone_after_its_lifetime_even_if_nobody_asks(domain: Domain) -> None:
    store = SnapshotTrackerStore(domain, lifetime=0.05)

    async def work() -> int:
        await store.save(conversation(domain))
        await asyncio.sleep(0.4)
        return len(store._snapshots)

    assert run(work) == 0


def test_the_oldest_conversation_makes_room(domain: Domain) -> None:
    store = SnapshotTrackerStore(domain, most=2)

    async def work() -> list[str]:
        for sender in ("a", "b", "c"):
            await store.save(conversation(domain, sender))
        return list(await store.keys())

    assert run(work) == ["b", "c"]


def test_erasing_leaves_nothing(domain: Domain) -> None:
    store = SnapshotTrackerStore(domain)

    async def work() -> DialogueStateTracker | None:
        await store.save(conversation(domain))
        await store.delete("secret")
        await store.delete("secret")
        return await store.retrieve("secret")

    assert run(work) is None
