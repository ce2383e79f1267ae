"""What is over is erased: in the room for both, in the guide, at the homeserver, in the bridge."""

from __future__ import annotations

import asyncio

import pytest

from tests.conftest import House
from tests.homeserver import until
from tests.worker import Worker


def left_of(house: House, room: str) -> list[str]:
    """What the homeserver still holds of a room: ciphertext of messages that were not erased."""
    rows = house.synapse.rows("select json from event_json where room_id = ?", room)
    return [text for (text,) in rows if '"ciphertext"' in text]


async def erased_for(worker: Worker, house: House, room: str, spared: int = 0) -> None:
    """Wait until every message of both is erased in the worker's messenger, but the last words."""
    await worker.left(room)
    await worker.sync()
    said = {event["event_id"] for event in worker.events if event["type"] == "m.room.encrypted"}
    gone = {event.get("redacts") or event["content"].get("redacts") for event in worker.events}
    assert len(said) > 3
    assert len(said - gone) == spared
    until(lambda: left_of(house, room) == [])
    until(lambda: house.synapse.rows("select 1 from events where room_id = ?", room) == [])
    assert house.guide.turns(house.bridge.root, room) is None


@pytest.mark.parametrize(
    "before", [("/open_risks",), ("/open_risks", "pause"), ("urgence",), ("/open_risks", "effacer")]
)
def test_leaving_in_any_state_erases_everything_at_once(house: House, before: tuple[str, ...]) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            for said in before:
                await worker.ask(room, said)
            heard = len(worker.heard)
            await worker.say(room, "Quitter")
            await erased_for(worker, house, room)
            assert len(worker.heard) == heard

    asyncio.run(talk())


def test_erasing_in_words_asks_then_erases_and_says_so_last(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            assert "Effacer toutes" in await worker.ask(room, "effacer")
            assert "Tout est effacé" in await worker.ask(room, "oui")
            await erased_for(worker, house, room, spared=1)
            # A new room is a new conversation.
            again = await worker.room()
            await worker.hear()
            assert "Rien n’est encore noté" in await worker.ask(again, "résumé")

    asyncio.run(talk())


def test_a_kill_in_the_middle_of_erasing_changes_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            for _ in range(5):
                await worker.ask(room, "/open_risks")
            await worker.say(room, "quitter")
            await asyncio.sleep(0.15)
            house.bridge.kill()
            house.bridge.start()
            await erased_for(worker, house, room)

    asyncio.run(talk())


def test_a_worker_who_leaves_is_forgotten(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            await worker.homeserver.leave(room)
            until(lambda: house.guide.turns(house.bridge.root, room) is None)
            until(lambda: house.synapse.rows("select 1 from events where room_id = ?", room) == [])

    asyncio.run(talk())


def test_the_end_of_the_lifetime_erases_everything(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.bridge.stop()
            house.bridge.settings["BALISE_MATRIX_LIFETIME"] = "2"
            try:
                house.bridge.start()
                assert "Trop de temps" in await worker.hear()
                await erased_for(worker, house, room, spared=1)
            finally:
                house.bridge.stop()
                del house.bridge.settings["BALISE_MATRIX_LIFETIME"]
                house.bridge.start()

    asyncio.run(talk())
