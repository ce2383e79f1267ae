"""A crash between reading and answering neither loses nor repeats a message: real processes, really killed."""

from __future__ import annotations

import asyncio
import random

from tests.conftest import House
from tests.homeserver import until

CRASHES = 8


def test_killing_the_bridge_at_any_moment_loses_and_repeats_nothing(house: House) -> None:
    async def talk() -> None:
        chance = random.Random(20261122)
        async with house.talking() as (worker, room):
            for _ in range(CRASHES):
                await worker.say(room, "aide")
                await asyncio.sleep(chance.uniform(0, 0.25))
                house.bridge.kill()
                await worker.say(room, "/open_risks")
                house.bridge.start()
                await worker.hear()
                await worker.hear()
            await worker.silence()
            # The welcome and one turn for each message: none was lost, none taken twice.
            assert house.guide.turns(house.bridge.root, room) == 1 + 2 * CRASHES

    asyncio.run(talk())


def test_killing_the_bridge_while_the_guide_answers(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.guide.pause()
            await worker.say(room, "1")
            await asyncio.sleep(1)
            house.bridge.kill()
            house.guide.go_on()
            house.bridge.start()
            await worker.hear()
            await worker.silence()
            # One answer was taken, not two.
            assert house.guide.turns(house.bridge.root, room) == 3

    asyncio.run(talk())


def test_killing_the_guide_is_told_and_the_message_still_answered(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.guide.kill()
            await worker.say(room, "urgence")
            down = await worker.hear()
            assert "ne répond pas" in down
            # The emergency card needs no guide.
            assert "9-1-1" in await worker.hear()
            house.guide.start()
            answer = await worker.hear()
            assert "a redémarré" in answer
            assert "9-1-1" in answer
            await worker.silence()
            assert "numéros" in await worker.ask(room, "/open_risks")

    asyncio.run(talk())


def test_a_number_for_a_question_that_is_gone_is_not_taken_for_another(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.guide.kill()
            house.guide.start()
            answer = await worker.ask(room, "1, 2")
            assert "n’a pas été retenu" in answer
            assert "1. Version courte" in answer

    asyncio.run(talk())


def test_a_restart_goes_on_where_it_was_and_reads_what_waited(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.bridge.stop()
            for _ in range(3):
                await worker.say(room, "aide")
            house.bridge.start()
            for _ in range(3):
                await worker.hear()
            await worker.silence()

    asyncio.run(talk())


def test_a_homeserver_that_comes_back_is_found_again(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            house.synapse.stop()
            until(lambda: "sync.failed" in house.bridge.told)
            house.synapse.start()
            assert "numéros" in await worker.ask(room, "/open_risks")

    asyncio.run(talk())
