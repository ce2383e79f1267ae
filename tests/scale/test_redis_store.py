"""The store on Redis: sealed, under hashed ids, for a time; one turn at a time; an overtaken turn writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from redis.exceptions import NoPermissionError

from balise.engine import redis_store
from balise.engine.pace import Entry, Pace
from balise.engine.redis_client import check_redis
from balise.engine.redis_store import SealedRedisStore
from balise.engine.unavailable import Full, Unreachable
from balise.errors import OperatorError
from balise.plan.catalogue import ROOT
from balise.privacy.sealing import new_secret, seal_of
from tests.engine.test_store import CANARY, NOTE, conversation, retrieve, run, save
from tests.scale.redis_server import FOLDER, RedisServer


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load([str(ROOT / "domain.yml"), str(ROOT / "data" / "responses")])


@asynccontextmanager
async def store_on(server: RedisServer, domain: Domain, **settings: float) -> AsyncIterator[SealedRedisStore]:
    store = SealedRedisStore(domain, server.url, **settings)
    try:
        yield store
    finally:
        await store.close()


def test_what_one_process_kept_another_gives_back_without_the_words(redis_server: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(redis_server, domain) as one, store_on(redis_server, domain) as other:
            async with one.hold(seal.id):
                await save(one, seal, conversation(domain, seal.id))
            back = await retrieve(other, seal)
            assert back is not None
            assert back.get_slot("evacuation_exit") == {"choices": ["window"], "note": NOTE}
            assert back.active_loop_name == "evacuation_form"
            assert await other.holds(seal.id)

    run(work)


def test_redis_holds_no_word_no_secret_and_no_key_and_each_key_ends(redis_server: RedisServer, domain: Domain) -> None:
    secret = new_secret()
    seal = seal_of(secret)

    async def work() -> None:
        async with store_on(redis_server, domain, lifetime=60) as store, store.hold(seal.id):
            await save(store, seal, conversation(domain, seal.id))
            await store.let_in(seal.id, Pace(1, 1))
            _look_at(redis_server, secret)

    run(work)


def _look_at(server: RedisServer, secret: str) -> None:
    client, seal = server.client(), seal_of(secret)
    names = [name for name in client.scan_iter("*") if seal.id.encode() in name or name == b"balise:held"]
    assert len(names) == 4
    for name in names:
        assert 0 < client.pttl(name) <= 60_000
        held = name + client.dump(name)
        for canary in (CANARY, NOTE, "evacuation_exit", "window", secret):
            assert canary.encode() not in held
        assert seal.key not in held


def test_a_conversation_takes_at_most_four_kilobytes(redis_server: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(redis_server, domain) as store, store.hold(seal.id):
            await save(store, seal, conversation(domain, seal.id))

    run(work)
    assert redis_server.client().memory_usage(f"balise:plan:{seal.id}") <= 4096


def test_it_is_gone_after_its_lifetime_and_then_counts_no_more(own_redis: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())

    async def work() -> list[int]:
        async with store_on(own_redis, domain, lifetime=0.2) as store:
            async with store.hold(seal.id):
                await save(store, seal, conversation(domain, seal.id))
            counts = [await store.held()]
            while await store.holds(seal.id):
                await asyncio.sleep(0.05)
            return [*counts, await store.held()]

    assert run(work) == [1, 0]


def test_a_second_turn_waits_for_the_first_in_another_process_too(redis_server: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())
    told: list[str] = []

    async def work() -> None:
        async with store_on(redis_server, domain) as one, store_on(redis_server, domain) as other:

            async def turn(store: SealedRedisStore, name: str) -> None:
                async with store.hold(seal.id):
                    told.append(f"{name} begins")
                    await asyncio.sleep(0.1)
                    told.append(f"{name} ends")

            await asyncio.gather(*(turn(store, name) for store, name in ((one, "a"), (other, "b"), (one, "c"))))

    run(work)
    assert len(told) == 6
    for begins, ends in zip(told[::2], told[1::2], strict=True):
        assert (begins.split()[1], ends.split()[1]) == ("begins", "ends")
        assert begins[0] == ends[0]


def test_a_turn_longer_than_its_lease_keeps_it(
    redis_server: RedisServer, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_store, "LEASE", 400)
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(redis_server, domain) as store, store.hold(seal.id):
            await asyncio.sleep(1.2)
            await save(store, seal, conversation(domain, seal.id))

    run(work)


def test_an_overtaken_turn_writes_nothing(redis_server: RedisServer, domain: Domain) -> None:
    """What a process stopped for a while would do: its lease ended, another turn went on."""
    seal = seal_of(new_secret())
    later = conversation(domain, seal.id)
    later.slots["evacuation_exit"].value = {"choices": ["door"]}

    async def work() -> None:
        begun, overtaken = asyncio.Event(), asyncio.Event()

        async def overtaken_turn(store: SealedRedisStore) -> None:
            async with store.hold(seal.id):
                begun.set()
                await overtaken.wait()
                with pytest.raises(Unreachable):
                    await save(store, seal, conversation(domain, seal.id))
                with pytest.raises(Unreachable):
                    await store.delete(seal.id)

        async with store_on(redis_server, domain) as slow, store_on(redis_server, domain) as quick:
            turn = asyncio.create_task(overtaken_turn(slow))
            await begun.wait()
            redis_server.client().delete(f"balise:turn:{seal.id}")
            async with quick.hold(seal.id):
                await save(quick, seal, later)
                overtaken.set()
                await turn
            back = await retrieve(quick, seal)
            assert back is not None
            assert back.get_slot("evacuation_exit") == {"choices": ["door"]}

    run(work)


def test_nothing_is_written_outside_a_turn(redis_server: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(redis_server, domain) as store:
            with pytest.raises(Unreachable):
                await save(store, seal, conversation(domain, seal.id))
            assert not await store.holds(seal.id)

    run(work)


def test_a_redis_that_was_restarted_is_found_again_at_once(own_redis: RedisServer, domain: Domain) -> None:
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(own_redis, domain) as store:
            await asyncio.gather(*(store.holds(seal.id) for _ in range(8)))
            own_redis.stop()
            with pytest.raises(Unreachable):
                await store.holds(seal.id)
            own_redis.start()
            assert await asyncio.gather(*(store.holds(seal.id) for _ in range(8))) == [False] * 8

    run(work)


def test_the_pace_holds_over_all_processes(redis_server: RedisServer, domain: Domain) -> None:
    name, pace = new_secret(), Pace(rate=0.01, most=3)

    async def work() -> list[bool]:
        async with store_on(redis_server, domain) as one, store_on(redis_server, domain) as other:
            return [await store.take(name, pace) for store in (one, other, one, other)]

    assert run(work) == [True, True, True, False]


def test_what_weighs_more_takes_more(redis_server: RedisServer, domain: Domain) -> None:
    name, pace = new_secret(), Pace(rate=0.01, most=5)

    async def work() -> list[bool]:
        async with store_on(redis_server, domain) as store:
            return [await store.take(name, pace, cost) for cost in (3, 3, 2, 1)]

    assert run(work) == [True, False, True, False]


def test_a_request_is_let_in_where_its_conversation_is_held(redis_server: RedisServer, domain: Domain) -> None:
    seal, pace = seal_of(new_secret()), Pace(rate=0.01, most=1)

    async def work() -> list[Entry]:
        async with store_on(redis_server, domain) as store:
            before = await store.let_in(seal.id, pace)
            async with store.hold(seal.id):
                await save(store, seal, conversation(domain, seal.id))
            return [before, await store.let_in(seal.id, pace), await store.let_in(seal.id, pace)]

    assert run(work) == [Entry.UNKNOWN, Entry.IN, Entry.TOO_FAST]


def test_a_redis_without_room_says_so_and_keeps_what_it_holds(tmp_path: Path, domain: Domain) -> None:
    server = RedisServer(tmp_path)
    seal, other = seal_of(new_secret()), seal_of(new_secret())

    async def work() -> None:
        async with store_on(server, domain) as store:
            async with store.hold(seal.id):
                await save(store, seal, conversation(domain, seal.id))
            server.client().config_set("maxmemory", "1")
            with pytest.raises(Full):
                await _turn(store, other.id)
            assert await retrieve(store, seal)

    try:
        run(work)
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (("--save", "3600", "1"), "save"),
        (("--appendonly", "yes"), "appendonly"),
        (("--maxmemory-policy", "allkeys-lru"), "maxmemory-policy"),
        (("--replicaof", "127.0.0.1", "1"), "replica"),
        (("--requirepass", "un-autre"), "password"),
    ],
)
def test_a_redis_that_could_keep_or_lose_conversations_is_refused(
    tmp_path: Path, settings: tuple[str, ...], told: str
) -> None:
    server = RedisServer(tmp_path, *settings)
    try:
        with pytest.raises(OperatorError, match=told) as refused:
            check_redis(server.url.replace("//", "//moi:motdepasse@") if told == "password" else server.url)
    finally:
        server.stop()
    assert "motdepasse" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_redis_that_begins_to_write_gets_nothing_more(own_redis: RedisServer, domain: Domain) -> None:
    """Restarted with other settings: every new connection is looked at."""
    seal = seal_of(new_secret())

    async def work() -> None:
        async with store_on(own_redis, domain) as store:
            async with store.hold(seal.id):
                await save(store, seal, conversation(domain, seal.id))
            client = own_redis.client()
            client.config_set("save", "3600 1")
            client.client_kill_filter(_type="normal", skipme=True)
            with pytest.raises(Unreachable):
                await store.holds(seal.id)

    run(work)


def test_the_user_of_the_example_may_do_all_that_the_guide_does(own_redis: RedisServer, domain: Domain) -> None:
    told = next(line for line in (FOLDER / "redis.conf").read_text().splitlines() if line.startswith("# user balise"))
    client = own_redis.client()
    client.execute_command("ACL", "SETUSER", *told.split()[2:])
    url = own_redis.url.replace("//", "//balise:A-LONG-PASSWORD@")
    client.execute_command("ACL", "SETUSER", "default", "off")
    check_redis(url)
    seal = seal_of(new_secret())

    async def work() -> None:
        store = SealedRedisStore(domain, url)
        async with store.hold(seal.id):
            await save(store, seal, conversation(domain, seal.id))
            assert await store.let_in(seal.id, Pace(1, 1)) is Entry.IN
            assert await store.take("session", Pace(1, 1))
            assert await store.held() == 1
            await store.delete(seal.id)
        assert await retrieve(store, seal) is None
        with pytest.raises(NoPermissionError):
            await store._client.keys("*")
        await store.close()

    run(work)


async def _turn(store: SealedRedisStore, conversation: str) -> None:
    async with store.hold(conversation):
        pass
