"""The guide in an encrypted room, end to end: a real homeserver, a real guide, a strict client."""

from __future__ import annotations

from tests.conftest import House


def test_fifty_round_trips(house: House, run) -> None:
    async def talk() -> None:
        async with house.worker() as worker:
            room = await worker.room()
            welcome = await worker.hear()
            assert "chiffrés" in welcome
            assert "1. Version courte" in welcome
            for _ in range(25):
                assert "1." in await worker.ask(room, "/open_risks")
                assert await worker.ask(room, "1, 2")
            await worker.silence()

    run(talk())
