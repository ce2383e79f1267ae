"""The store keeps the answers and the open form, sealed, never a word of a message, and forgets in time."""

from __future__ import annotations

import asyncio
import base64
import json
import pickle
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, AllSlotsReset, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from balise.engine.store import SealedTrackerStore
from balise.plan.catalogue import ROOT
from balise.privacy.sealing import BrokenSealError, Seal, new_secret, opened, seal_of

CANARY = "canari-7f3a"
NOTE = "canari-note-91bd"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load([str(ROOT / "domain.yml"), str(ROOT / "data" / "responses")])


def conversation(domain: Domain, sender: str) -> DialogueStateTracker:
    """A conversation with a typed message, an answer and an open form."""
    tracker = DialogueStateTracker(sender, domain.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(CANARY, {"name": "answer"}, parse_data={"text": CANARY}, metadata={"said": CANARY}))
    tracker.update(SlotSet("evacuation_exit", {"choices": ["window"], "note": NOTE}))
    tracker.update(SlotSet("requested_slot", "evacuation_means"))
    tracker.update(ActionExecuted("evacuation_form"))
    tracker.update(ActiveLoop("evacuation_form"))
    tracker.update(BotUttered("?", {"buttons": [{"title": "À pied", "payload": "on_foot"}]}))
    tracker.update(ActionExecuted("action_listen"))
    return tracker


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(work())


async def save(store: SealedTrackerStore, seal: Seal, tracker: DialogueStateTracker) -> None:
    with opened(seal):
        await store.save(tracker)


async def retrieve(store: SealedTrackerStore, seal: Seal) -> DialogueStateTracker | None:
    with opened(seal):
        return await store.retrieve(seal.id)


def came_back(domain: Domain) -> DialogueStateTracker:
    """The conversation, as it is after it was kept."""
    store, seal = SealedTrackerStore(domain), seal_of(new_secret())

    async def work() -> DialogueStateTracker | None:
        await save(store, seal, conversation(domain, seal.id))
        return await retrieve(store, seal)

    return run(work)


def test_what_comes_back_is_the_state_without_the_words(domain: Domain) -> None:
    back = came_back(domain)
    assert back.get_slot("evacuation_exit") == {"choices": ["window"], "note": NOTE}
    assert back.get_slot("requested_slot") == "evacuation_means"
    assert back.active_loop_name == "evacuation_form"
    assert back.get_slot("offered") == [["on_foot", "À pied"]]
    assert back.latest_action_name == "action_listen"
    assert CANARY not in json.dumps([event.as_dict() for event in back.events])


def test_a_conversation_that_comes_back_can_be_emptied_and_copied(domain: Domain) -> None:
    back = came_back(domain)
    assert back.copy().get_slot("evacuation_exit") == back.get_slot("evacuation_exit")
    assert NOTE not in json.dumps([event.as_dict() for event in back.events])
    back.update(SlotSet("evacuation_exit", {"choices": ["door"]}))
    assert back.copy().get_slot("evacuation_exit") == {"choices": ["door"]}
    back.update(AllSlotsReset())
    assert back.copy().get_slot("evacuation_exit") is None


def test_what_is_held_cannot_be_read_without_the_secret(domain: Domain) -> None:
    """The store dump: all that the store holds, in every writing, holds no answer, no note and no key."""
    store, secret = SealedTrackerStore(domain), new_secret()
    seal = seal_of(secret)
    run(lambda: save(store, seal, conversation(domain, seal.id)))
    held = pickle.dumps(
        {name: value for name, value in vars(store).items() if name not in ("_domain", "domain", "_timer", "locks")}
    )
    for canary in (CANARY, NOTE, "evacuation_exit", "window", secret):
        for writing in (canary.encode(), canary.encode("utf-16-le"), base64.b64encode(canary.encode())[:-4]):
            assert writing not in held
    assert seal.key not in held


def test_another_secret_opens_nothing(domain: Domain) -> None:
    store, seal, other = SealedTrackerStore(domain), seal_of(new_secret()), seal_of(new_secret())
    run(lambda: save(store, seal, conversation(domain, seal.id)))

    async def with_the_other() -> DialogueStateTracker | None:
        with opened(other):
            return await store.retrieve(seal.id)

    with pytest.raises(BrokenSealError):
        run(with_the_other)
    with pytest.raises(BrokenSealError):
        run(lambda: store.retrieve(seal.id))
    with pytest.raises(BrokenSealError):
        run(lambda: store.save(conversation(domain, seal.id)))
    assert run(lambda: retrieve(store, other)) is None


def test_a_conversation_is_gone_after_its_lifetime_even_if_nobody_asks(domain: Domain) -> None:
    store, seal = SealedTrackerStore(domain, lifetime=0.05), seal_of(new_secret())

    async def work() -> int:
        await save(store, seal, conversation(domain, seal.id))
        await asyncio.sleep(0.4)
        return len(store._sealed)

    assert run(work) == 0


def test_no_setting_keeps_a_conversation_longer_than_a_day(domain: Domain) -> None:
    with pytest.raises(ValueError, match="lifetime"):
        SealedTrackerStore(domain, lifetime=24 * 60 * 60 + 1)


def test_erasing_leaves_nothing(domain: Domain) -> None:
    store, seal = SealedTrackerStore(domain), seal_of(new_secret())

    async def work() -> DialogueStateTracker | None:
        await save(store, seal, conversation(domain, seal.id))
        await store.delete(seal.id)
        await store.delete(seal.id)
        return await retrieve(store, seal)

    assert run(work) is None
    assert not store._sealed
