"""What is trusted, rule by rule (docs/matrix-trust.md): on real signatures, then on a real homeserver."""

from __future__ import annotations

import asyncio
import copy
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from canonicaljson import encode_canonical_json
from signedjson.key import decode_verify_key_bytes
from signedjson.sign import verify_signed_json
from unpaddedbase64 import decode_base64

from balise_matrix.keys import RootKey
from balise_matrix.matrix.account import make_device
from balise_matrix.matrix.crosssigning import Device, Identity, IdentityError, canonical, devices_of, master_of
from balise_matrix.matrix.homeserver import Homeserver
from tests.conftest import BOT_PASSWORD, House
from tests.running import Bridge
from tests.worker import PASSWORD, Worker

USER, DEVICE = "@personne:example.org", "ABCDEF"
_V3 = "/_matrix/client/v3"


def device_keys(user: str = USER, device: str = DEVICE) -> dict[str, Any]:
    keys = {f"ed25519:{device}": "the signing key", f"curve25519:{device}": "the identity key"}
    return {"user_id": user, "device_id": device, "algorithms": ["m.megolm.v1.aes-sha2"], "keys": keys}


@pytest.fixture
def identity() -> Identity:
    return Identity(USER, RootKey(os.urandom(32)))


def shown(identity: Identity, *devices: dict[str, Any], user: str = USER) -> dict[str, Any]:
    """What a homeserver answers for a user of this identity, whose devices are `devices`."""
    keys = identity.upload()
    held = {device["device_id"]: device for device in devices}
    parts = {"master_keys": keys["master_key"], "self_signing_keys": keys["self_signing_key"]}
    return {"device_keys": {user: held}} | {name: {user: key} for name, key in parts.items()}


def test_a_device_that_the_pinned_identity_signed_is_trusted(identity: Identity) -> None:
    answer = shown(identity, identity.signed_by("self_signing", device_keys()))
    assert master_of(answer, USER) == identity.public()
    assert devices_of(answer, USER, identity.public()) == {DEVICE: Device("the signing key", "the identity key")}


def test_a_device_that_nobody_signed_is_not(identity: Identity) -> None:
    assert devices_of(shown(identity, device_keys()), USER, identity.public()) == {}


@pytest.mark.parametrize("usage", ["master", "user_signing"])
def test_a_device_that_another_key_of_the_identity_signed_is_not(identity: Identity, usage: str) -> None:
    answer = shown(identity, identity.signed_by(usage, device_keys()))
    assert devices_of(answer, USER, identity.public()) == {}


def test_a_device_that_another_identity_signed_is_not(identity: Identity) -> None:
    other = Identity(USER, RootKey(os.urandom(32)))
    answer = shown(identity, other.signed_by("self_signing", device_keys()))
    assert devices_of(answer, USER, identity.public()) == {}


def test_a_self_signing_key_that_the_master_did_not_sign_vouches_for_nothing(identity: Identity) -> None:
    other = Identity(USER, RootKey(os.urandom(32)))
    answer = shown(identity, other.signed_by("self_signing", device_keys()))
    answer["self_signing_keys"][USER] = other.upload()["self_signing_key"]
    assert devices_of(answer, USER, identity.public()) == {}


def test_another_master_key_than_the_pinned_one_is_refused(identity: Identity) -> None:
    answer = shown(identity, identity.signed_by("self_signing", device_keys()))
    other = Identity(USER, RootKey(os.urandom(32)))
    with pytest.raises(IdentityError):
        devices_of(answer, USER, other.public())
    del answer["master_keys"][USER]
    with pytest.raises(IdentityError):
        devices_of(answer, USER, identity.public())


def test_a_signed_device_of_another_user_or_under_another_id_is_not_trusted(identity: Identity) -> None:
    for user, device in (("@autre:example.org", DEVICE), (USER, "ZZZZ")):
        answer = shown(identity, identity.signed_by("self_signing", device_keys(user, device)))
        held = answer["device_keys"][USER].popitem()[1]
        answer["device_keys"][USER][DEVICE] = held
        assert devices_of(answer, USER, identity.public()) == {}


@pytest.mark.parametrize("name", ["ed25519:ABCDEF", "curve25519:ABCDEF"])
def test_a_key_changed_after_signing_is_not_trusted(identity: Identity, name: str) -> None:
    signed = copy.deepcopy(identity.signed_by("self_signing", device_keys()))
    signed["keys"][name] = "another key"
    assert devices_of(shown(identity, signed), USER, identity.public()) == {}


def test_what_is_malformed_is_not_trusted(identity: Identity) -> None:
    sound = shown(identity, identity.signed_by("self_signing", device_keys()))
    for kind in ("master_keys", "self_signing_keys", "device_keys"):
        for wrong in (
            {},
            {USER: {}},
            {USER: {DEVICE: {}}},
            {USER: {"keys": {}}},
            {USER: {"keys": {"a": "b", "c": "d"}}},
        ):
            answer = {**sound, kind: wrong}
            if kind == "master_keys":
                with pytest.raises(IdentityError):
                    devices_of(answer, USER, identity.public())
            else:
                assert devices_of(answer, USER, identity.public()) == {}


def test_signatures_are_those_of_the_specification(identity: Identity) -> None:
    """Against the reference implementation, the homeserver's own."""
    thing = {"b": "é\u2028", "a": {"z": 1, "y": [None, True, "\\"]}, "\U0001f600": 2, "unsigned": {"age": 1}}
    assert canonical(thing) == encode_canonical_json({key: thing[key] for key in thing if key != "unsigned"})
    key = identity.public("self_signing")
    verifying = decode_verify_key_bytes(f"ed25519:{key}", decode_base64(key))
    verify_signed_json(identity.signed_by("self_signing", thing), USER, verifying)
    verify_signed_json(identity.upload()["self_signing_key"], USER, _verifying(identity))


def _verifying(identity: Identity) -> Any:
    key = identity.public()
    return decode_verify_key_bytes(f"ed25519:{key}", decode_base64(key))


def test_an_identity_comes_from_the_root_key_alone() -> None:
    root = RootKey(os.urandom(32))
    assert Identity(USER, root).public() == Identity(USER, root).public()
    assert Identity(USER, root).public() != Identity(USER, RootKey(os.urandom(32))).public()


# On a real homeserver.


async def renew(worker: Worker) -> None:
    """The worker resets her identity in her messenger, and her device is signed by the new one."""
    worker.root = RootKey(os.urandom(32))
    await make_device(worker.settings, worker.root, worker.state, PASSWORD, anew=True)


async def locked(device: Worker, bot: str) -> int:
    """How many messages of the bot came to a device, which can open none."""
    for _ in range(3):
        await device.sync(500)
    sealed = [event for event in device.events if event["sender"] == bot and event["type"] == "m.room.encrypted"]
    sessions = {held.id for held in device.client.olm.inbound_group_store}
    assert not sessions & {event["content"].get("session_id") for event in sealed}
    return len(sealed)


def test_a_changed_identity_is_refused_until_it_is_approved(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await renew(worker)
            await worker.say(room, "/open_risks")
            await worker.silence()
            assert "changed" in next(line for line in house.bridge.do("list").splitlines() if worker.user in line)
            # Nor does a new room help.
            await worker.left(await worker.room())
            assert house.bridge.command("allow", worker.user).returncode == 1
            house.bridge.do("allow", worker.user, "--changed")
            assert "changed" not in house.bridge.do("list")
            assert "numéros" in await worker.ask(room, "/open_risks")

    asyncio.run(talk())


def test_a_device_that_she_did_not_verify_is_not_read_and_reads_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            async with house.unsigned_device(worker.user) as device:
                await worker.ask(room, "/open_risks")
                await device.say(room, "1")
                assert "n’avez pas vérifié" in await worker.hear()
                assert await locked(device, house.bot) >= 2
            assert "Rien n’est encore noté" in await worker.ask(room, "résumé")

    asyncio.run(talk())


def test_another_device_of_the_bot_is_told_and_reads_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            async with house.unsigned_device(house.bot, BOT_PASSWORD) as device:
                # The bridge looks again at its own devices with those of the next worker.
                async with house.talking() as (other, elsewhere):
                    assert await other.ask(elsewhere, "/open_risks")
                assert await worker.ask(room, "/open_risks")
                assert await locked(device, house.bot) >= 3
            assert "device.foreign" in house.bridge.told

    asyncio.run(talk())


def test_a_bridge_whose_identity_was_replaced_does_not_start(house: House, tmp_path: Path) -> None:
    async def replace(user: str) -> None:
        async with Homeserver(house.synapse.address, None) as homeserver:
            login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}}
            told = await homeserver.ask("POST", f"{_V3}/login", {**login, "password": BOT_PASSWORD})
        async with Homeserver(house.synapse.address, told["access_token"]) as homeserver:
            other = Identity(user, RootKey(os.urandom(32))).upload()
            await homeserver.with_password("POST", f"{_V3}/keys/device_signing/upload", other, user, BOT_PASSWORD)

    user = house.synapse.register("carnet2", BOT_PASSWORD)
    bridge = Bridge(tmp_path / "bridge", house.synapse.address, user, house.guide.address)
    assert "init" in bridge.command("run").stderr
    bridge.do("init", typed=BOT_PASSWORD + "\n")
    asyncio.run(replace(user))
    refused = bridge.command("run")
    assert refused.returncode == 1
    assert "identity" in refused.stderr
    before = bridge.do("identity")
    assert "--new-identity" in bridge.command("init", typed=BOT_PASSWORD + "\n").stderr
    bridge.do("init", "--new-identity", typed=BOT_PASSWORD + "\n")
    assert bridge.do("identity") != before
    bridge.start()
    assert bridge.stop() == 0


def test_a_store_that_is_lost_leaves_the_identity(house: House, tmp_path: Path) -> None:
    user = house.synapse.register("carnet3", BOT_PASSWORD)
    bridge = Bridge(tmp_path / "bridge", house.synapse.address, user, house.guide.address)
    for arguments in ((), ("--new-identity",)):
        bridge.do("init", *arguments, typed=BOT_PASSWORD + "\n")
        before = bridge.do("identity")
        shutil.rmtree(bridge.state)
        bridge.do("init", typed=BOT_PASSWORD + "\n")
        assert bridge.do("identity") == before
        bridge.start()
        assert bridge.stop() == 0
