"""The guide in an encrypted room, end to end: a real homeserver, a real guide, a strict client."""

from __future__ import annotations

import asyncio

from tests.conftest import House
from tests.downloads import opened


def test_fifty_round_trips(house: House) -> None:
    async def talk() -> None:
        async with house.worker() as worker:
            room = await worker.room()
            welcome = await worker.hear()
            # What cannot be promised is said first.
            assert "téléphone" in welcome.split("\n\n")[0]
            assert "1. Version courte" in welcome
            for _ in range(25):
                assert "1." in await worker.ask(room, "/open_risks")
                assert "1." in await worker.ask(room, "1, 2")
            await worker.silence()

    asyncio.run(talk())


def test_a_whole_plan_in_field_mode_then_its_summary(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            answer = await worker.ask(room, "1")
            for _ in range(12):
                if "version courte est faite" in answer:
                    break
                answer = await worker.ask(room, "1")
            assert "version courte est faite" in answer
            assert "PLAN" in await worker.ask(room, "résumé")

    asyncio.run(talk())


def test_a_label_a_number_and_several_numbers_are_answers(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            first = await worker.ask(room, "/open_risks")
            labels = [line.partition(". ")[2] for line in first.splitlines() if line[:2] in ("1.", "3.")]
            assert await worker.ask(room, "1, 3")
            summary = await worker.ask(room, "résumé")
            assert all(label in summary for label in labels)

    asyncio.run(talk())


def test_two_messages_in_a_row_are_one_answer(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            first = await worker.ask(room, "/open_risks")
            labels = [line.partition(". ")[2] for line in first.splitlines() if line[:2] in ("1.", "3.")]
            # Both are sent before the bridge reads either.
            house.bridge.pause()
            await worker.say(room, "1")
            await worker.say(room, "3")
            house.bridge.go_on()
            await worker.hear()
            await worker.hear()
            summary = await worker.ask(room, "résumé")
            line = next(line for line in summary.splitlines() if labels[0] in line)
            assert labels[1] in line

    asyncio.run(talk())


def test_pause_urgency_and_the_way_back(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            asked = await worker.ask(room, "/open_risks")
            assert "pause" in (await worker.ask(room, "pause")).lower()
            assert "9-1-1" in await worker.ask(room, "urgence")
            assert asked.splitlines()[-2] in await worker.ask(room, "reprendre")

    asyncio.run(talk())


def test_what_is_not_text_is_told_and_an_edit_too(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.send(room, {"msgtype": "m.image", "body": "photo.jpg", "url": "mxc://x/y"})
            assert "Seul le texte" in await worker.hear()
            first = await worker.say(room, "/open_risks")
            await worker.hear()
            edit = {"rel_type": "m.replace", "event_id": first}
            new = {"msgtype": "m.text", "body": "2"}
            await worker.send(room, {"msgtype": "m.text", "body": "* 2", "m.new_content": new, "m.relates_to": edit})
            assert "modification" in await worker.hear()

    asyncio.run(talk())


def test_each_document_is_received_as_a_file_too_and_opened(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            for said in ("/open_risks", "1"):
                await worker.ask(room, said)
            held = set()
            for asked in (("résumé",), ("exporter", "2")):
                for said in asked:
                    await worker.say(room, said)
                content = await worker.receive()
                assert content["body"] == "document.pdf"
                sealed, plain = await opened(worker, content["file"])
                assert plain.startswith(b"%PDF-")
                assert b"PDF" not in sealed
                held.add(plain)
            assert len(held) == 2

    asyncio.run(talk())


def test_a_menu_of_documents_brings_none(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            for said in ("/open_risks", "1"):
                await worker.ask(room, said)
            assert "Feuille d’appels" in await worker.ask(room, "exporter")
            await worker.silence()
            assert not worker.files

    asyncio.run(talk())


def test_the_room_and_its_notifications_tell_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.worker() as worker:
            room = await worker.room(name="Plan de sécurité de Julie", topic="traite")
            await worker.hear()
            state = await worker.homeserver.state(room)
            told = {event["type"]: event["content"] for event in state}
            assert told["m.room.name"]["name"] == "Carnet"
            assert not told["m.room.topic"]["topic"]
            members = {event["state_key"]: event["content"] for event in state if event["type"] == "m.room.member"}
            assert members[house.bot]["displayname"] == "Carnet"
            # Notices make no notification (specification, .m.rule.suppress_notices).
            assert worker.kinds == {"m.notice"}

    asyncio.run(talk())


def test_one_slow_conversation_blocks_no_other(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (hurried, one), house.talking() as (other, two):
            # More than the pace of a room lets through at once.
            for _ in range(25):
                await hurried.say(one, "aide")
            assert await other.ask(two, "/open_risks")
            for _ in range(25):
                await hurried.hear()
            assert other.answered[-1] < hurried.answered[-1]

    asyncio.run(talk())
