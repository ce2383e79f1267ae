"""Many processes, one Redis (or Valkey): the same sealed snapshots, under hashed ids, each with its lifetime.

A turn is three requests: take the conversation's lease and read its snapshot, write the snapshot, give the lease back.
Each is one script, done whole or not at all. Times are Redis's own: the clocks of the processes need not agree.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain

from balise.engine.locks import LocalLocks
from balise.engine.pace import Entry, Pace
from balise.engine.redis_client import connect, reaching
from balise.engine.store import ConversationStore
from balise.engine.unavailable import Busy, Unavailable, Unreachable

LEASE = 5_000
"""Milliseconds after which the turn of a process that was killed or stopped gives way to the next."""
LONGEST_WAIT = 10
"""Seconds that a message waits for the one before it: more than a lease."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.005, 0.04
"""Seconds between two looks at a lease that another process holds."""
_PREFIX = "balise:"
_HELD = f"{_PREFIX}held"

# Each may be sent twice with the same token, where the first answer was lost.
_TAKE = """
local taken = redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[1]) == ARGV[1]
if taken then return {1, redis.call('GET', KEYS[2])} end
return {0}
"""
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0"
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""
# A write counts only while its lease is held: a turn that was overtaken writes nothing.
_WRITE = f"""{_NOW}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('ZADD', KEYS[3], now + ARGV[3], ARGV[4])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1
"""
_DELETE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[2])
return 1
"""
_COUNT = f"""{_NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZCARD', KEYS[1])
"""
# The bucket goes by itself once it would be full. A clock set back must not take away what was left.
_PACE = f"""{_NOW}
if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 0 then return -1 end
local rate, most, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'left', 'since')
local idle = math.max(0, now - (tonumber(kept[2]) or now))
local left = math.min(most, (tonumber(kept[1]) or most) + idle * rate / 1000)
local let = 0
if left >= cost then left, let = left - cost, 1 end
redis.call('HSET', KEYS[1], 'left', left, 'since', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(most * 1000 / rate))
return let
"""
_ENTRIES = {-1: Entry.UNKNOWN, 0: Entry.TOO_FAST, 1: Entry.IN}


@dataclass
class _Lease:
    """The right to write to one conversation, and its snapshot as it stands meanwhile."""

    conversation: str
    token: str
    sealed: bytes | None


_lease: ContextVar[_Lease | None] = ContextVar("lease", default=None)


def _plan(conversation: str) -> str:
    return f"{_PREFIX}plan:{conversation}"


def _turn(conversation: str) -> str:
    return f"{_PREFIX}turn:{conversation}"


def _pace(name: str) -> str:
    return f"{_PREFIX}pace:{name}"


class SealedRedisStore(ConversationStore):
    """Snapshots and leases in one Redis, and also its own `locks`."""

    def __init__(
        self, domain: Domain | None, host: str, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        """`host` is the `url` of endpoints.yml; the rest as in ConversationStore. Raises OperatorError."""
        super().__init__(domain, event_broker, **kwargs)
        self.locks = self
        # In one process messages wait in their order, and one of them at a time asks Redis.
        self._here = LocalLocks()
        self._client = connect(host)
        script = self._client.register_script
        self._taking, self._renewing, self._releasing = script(_TAKE), script(_RENEW), script(_RELEASE)
        self._writing, self._deleting = script(_WRITE), script(_DELETE)
        self._counting, self._pacing = script(_COUNT), script(_PACE)
        self._milliseconds = max(1, int(self.lifetime * 1000))

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.close(close_connection_pool=True)

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """See `Locks`. A lease is renewed while its turn goes on, and ends by itself if this process does."""
        async with self._here.hold(conversation):
            lease = await self._lease(conversation)
            renewal = asyncio.create_task(self._renew(lease))
            token = _lease.set(lease)
            try:
                yield
            finally:
                _lease.reset(token)
                renewal.cancel()
                # What the turn wrote stands; a lease that can't be given back ends by itself.
                with suppress(Unavailable), reaching():
                    await self._releasing([_turn(conversation)], [lease.token])

    async def _lease(self, conversation: str) -> _Lease:
        keys, token = [_turn(conversation), _plan(conversation)], secrets.token_hex(16)
        end, pause = time.monotonic() + LONGEST_WAIT, _SHORTEST_PAUSE
        while True:
            with reaching():
                taken = await self._taking(keys, [token, LEASE])
            if taken[0]:
                return _Lease(conversation, token, taken[1] if len(taken) > 1 else None)
            if time.monotonic() > end:
                raise Busy
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _renew(self, lease: _Lease) -> None:
        while True:
            await asyncio.sleep(LEASE / 4_000)
            # A renewal that fails needs no more: the next may go well, and a lost lease refuses the write.
            with suppress(Unavailable), reaching():
                await self._renewing([_turn(lease.conversation)], [lease.token, LEASE])

    async def _read(self, sender_id: str) -> bytes | None:
        lease = _lease.get()
        if lease and lease.conversation == sender_id:
            return lease.sealed
        with reaching():
            sealed: bytes | None = await self._client.get(_plan(sender_id))
        return sealed

    async def _write(self, sender_id: str, sealed: bytes) -> None:
        lease = _held_lease(sender_id)
        keys = [_turn(sender_id), _plan(sender_id), _HELD]
        with reaching():
            written = await self._writing(keys, [lease.token, sealed, self._milliseconds, sender_id])
        if not written:
            raise Unreachable
        lease.sealed = sealed

    async def delete(self, sender_id: str) -> None:
        """See ConversationStore. To be called within `hold`. Raises Unreachable."""
        lease = _held_lease(sender_id)
        with reaching():
            deleted = await self._deleting([_turn(sender_id), _plan(sender_id), _HELD], [lease.token, sender_id])
        if not deleted:
            raise Unreachable
        lease.sealed = None

    async def holds(self, sender_id: str) -> bool:
        """See ConversationStore. Raises Unreachable."""
        with reaching():
            return bool(await self._client.exists(_plan(sender_id)))

    async def held(self) -> int:
        """See ConversationStore. Raises Unreachable."""
        with reaching():
            return int(await self._counting([_HELD]))

    async def take(self, name: str, pace: Pace, cost: int = 1) -> bool:
        """See ConversationStore; over all processes. Raises Unreachable."""
        with reaching():
            return bool(await self._pacing([_pace(name)], [pace.rate, pace.most, cost]))

    async def let_in(self, sender_id: str, pace: Pace, cost: int = 1) -> Entry:
        """See ConversationStore; over all processes, and in one request. Raises Unreachable."""
        with reaching():
            found = await self._pacing([_pace(sender_id), _plan(sender_id)], [pace.rate, pace.most, cost])
        return _ENTRIES[int(found)]


def _held_lease(conversation: str) -> _Lease:
    """The lease of the turn under way. Raises Unreachable where there is none: nothing is written without one."""
    lease = _lease.get()
    if lease is None or lease.conversation != conversation:
        raise Unreachable
    return lease
