"""What the bridge refuses, each on a real homeserver whose administrator may be against it."""

from __future__ import annotations

import asyncio
import json

from balise_matrix.matrix.homeserver import of_room
from tests.conftest import House
from tests.homeserver import until
from tests.worker import Worker

NOTHING = "Rien n’est encore noté"


def refused(house: House, reason: str) -> int:
    """How often the bridge told of a refusal."""
    return house.bridge.told.count(f" refused.{reason}")


def answers(house: House, room: str) -> int:
    """How many messages of the bot the homeserver holds in a room."""
    sql = "select 1 from events where room_id = ? and sender = ? and type = 'm.room.encrypted'"
    return len(house.synapse.rows(sql, room, house.bot))


async def nothing_was_taken(worker: Worker, room: str) -> None:
    """The worker's plan is as empty as before."""
    await worker.silence()
    assert NOTHING in await worker.ask(room, "résumé")


def test_a_stranger_is_not_answered(house: House) -> None:
    async def talk() -> None:
        async with house.worker(allowed=False) as stranger:
            room = await stranger.room()
            await stranger.left(room)
            await stranger.silence()
            assert house.bot not in [event["sender"] for event in stranger.events if event["type"] != "m.room.member"]

    asyncio.run(talk())


def test_who_is_let_in_no_more_is_erased_and_left(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            house.bridge.do("revoke", worker.user)
            await worker.left(room)
            again = await worker.room()
            await worker.left(again)
            assert worker.user not in house.bridge.do("list")
            assert house.bridge.command("revoke", worker.user).returncode == 1

    asyncio.run(talk())


def test_a_room_with_a_third_member_is_left_unsaid(house: House) -> None:
    async def talk() -> None:
        async with house.worker(allowed=False) as third, house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            heard = len(worker.heard)
            await worker.homeserver.ask("POST", f"{of_room(room)}/invite", {"user_id": third.user})
            await worker.left(room)
            await worker.sync()
            assert len(worker.heard) == heard
            # Nor one that begins so.
            crowded = await worker.room(invite=[worker.bot, third.user])
            await worker.left(crowded)
            assert len(worker.heard) == heard

    asyncio.run(talk())


def test_a_room_that_is_not_encrypted_is_left_unsaid(house: House) -> None:
    async def talk() -> None:
        async with house.worker() as worker:
            await worker.left(await worker.room(encrypted=False))
            assert refused(house, "unencrypted")
            assert worker.heard == []

    asyncio.run(talk())


def test_a_room_where_it_cannot_erase_is_left_with_a_word(house: House) -> None:
    async def talk() -> None:
        async with house.worker() as worker:
            room = await worker.room(preset="private_chat")
            assert "ne pourrait rien effacer" in await worker.hear()
            await worker.left(room)

    asyncio.run(talk())


def test_an_event_that_is_not_encrypted_is_not_read(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            body = {"msgtype": "m.text", "body": "/open_risks"}
            await worker.homeserver.ask("PUT", f"{of_room(room)}/send/m.room.message/plain", body)
            await nothing_was_taken(worker, room)
            assert refused(house, "plain")

    asyncio.run(talk())


async def sealed(worker: Worker, room: str, event: str) -> dict[str, object]:
    """The ciphertext of an event, as the homeserver holds it."""
    content: dict[str, object] = (await worker.homeserver.event(room, event))["content"]
    return content


def test_a_replayed_event_is_not_read_again_even_after_a_restart(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, "/open_risks")
            said = await sealed(worker, room, await worker.say(room, "1"))
            await worker.hear()
            before = refused(house, "replayed")
            await worker.homeserver.ask("PUT", f"{of_room(room)}/send/m.room.encrypted/again", said)
            await worker.silence()
            house.bridge.stop()
            house.bridge.start()
            await worker.homeserver.ask("PUT", f"{of_room(room)}/send/m.room.encrypted/once-more", said)
            await worker.silence()
            assert refused(house, "replayed") == before + 2

    asyncio.run(talk())


def test_an_event_moved_to_another_room_is_not_read(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            said = await sealed(worker, room, await worker.say(room, "/open_risks"))
            await worker.hear()
            other = await worker.room()
            await worker.hear()
            await worker.homeserver.ask("PUT", f"{of_room(other)}/send/m.room.encrypted/moved", said)
            assert "n’a pas pu être lu" in await worker.hear()
            assert NOTHING in await worker.ask(other, "résumé")

    asyncio.run(talk())


def test_an_event_whose_sender_was_rewritten_in_the_database_is_not_read(house: House) -> None:
    """Two workers, both let in: the homeserver's administrator gives the words of one to the other."""

    async def read_by_other() -> None:
        async with house.talking() as (victim, room), house.worker() as author:
            # In this version an event is not named by its hash: the homeserver itself does not see what is rewritten.
            hers = await author.room(room_version="2")
            await author.hear()
            house.bridge.stop()
            # The author's key for the other room is with the bridge already; her next words go into it.
            event = await author.say(hers, "/open_risks")
            own = await victim.say(room, "/open_places")
            house.synapse.stop()
            ((text,),) = house.synapse.rows("select json from event_json where event_id = ?", event)
            stolen = json.loads(text)
            ((text,),) = house.synapse.rows("select json from event_json where event_id = ?", own)
            forged = {**json.loads(text), "content": stolen["content"]}
            # Under the victim's name, in her room, with the author's ciphertext.
            changed = "update event_json set json = ? where event_id = ?"
            assert house.synapse.rewrite(changed, json.dumps(forged), own) == 1
            # And the author's own event under the victim's name.
            assert house.synapse.rewrite(changed, json.dumps({**stolen, "sender": victim.user}), event) == 1
            assert house.synapse.rewrite("update events set sender = ? where event_id = ?", victim.user, event) == 1
            before, said = refused(house, "sender"), answers(house, hers)
            house.synapse.start()
            house.bridge.start()
            assert "n’a pas pu être lu" in await victim.hear()
            until(lambda: refused(house, "sender") == before + 1)
            assert answers(house, hers) == said
            assert NOTHING in await victim.ask(room, "résumé")

    asyncio.run(read_by_other())


def test_a_malformed_key_message_of_a_stranger_stops_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.worker(allowed=False) as stranger, house.talking() as (worker, room):
            shown = (await stranger.homeserver.keys(house.bot))["device_keys"][house.bot]
            for number, body in enumerate(("x", "", "AAAA", "é")):
                for device, keys in shown.items():
                    ours = keys["keys"][f"curve25519:{device}"]
                    content = {
                        "algorithm": "m.olm.v1.curve25519-aes-sha2",
                        "sender_key": ours,
                        "ciphertext": {ours: {"type": number % 2, "body": body}},
                    }
                    path = f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{number}{device}"
                    await stranger.homeserver.ask("PUT", path, {"messages": {house.bot: {device: content}}})
            assert "numéros" in await worker.ask(room, "/open_risks")

    asyncio.run(talk())


def test_a_flood_is_refused_in_words_and_the_rest_answered(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            house.bridge.pause()
            for _ in range(35):
                await worker.say(room, "aide")
            house.bridge.go_on()
            answers = [await worker.hear(120) for _ in range(35)]
            assert sum("Trop de messages" in answer for answer in answers) == 5

    asyncio.run(talk())


def test_commands_tell_what_is_wrong_in_one_line(house: House) -> None:
    unknown = house.bridge.command("allow", "@personne-de-tel:loop.test")
    assert unknown.returncode == 1
    assert "no cross-signing identity" in unknown.stderr
    assert "Traceback" not in unknown.stderr
    wrong = house.bridge.command("allow", house.bot, "--fingerprint", "AAAA")
    assert "another fingerprint" in wrong.stderr
    assert house.bridge.do("identity").replace(" ", "").strip() == house.master
    assert house.bridge.do("guide-key").strip() == house.bridge.root.guide_key_digest
