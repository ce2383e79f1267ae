"""A connection to a Redis (or Valkey) that writes nothing down and gives nothing up, or none at all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import Connection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, OutOfMemoryError, RedisError

from balise.engine.unavailable import Full, Unreachable
from balise.errors import OperatorError

logger = logging.getLogger(__name__)

LONGEST_ANSWER = 2
"""Seconds until a Redis that does not answer counts as unreachable."""
MOST_CONNECTIONS = 32
"""Of one process."""
_WANTED = {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction"}


class UnfitRedisError(RedisError):
    """This Redis could keep or lose conversations; the message is a line for the operator."""


async def _connected(connection: Connection) -> None:
    """Look at every new connection, as a Redis that was restarted may have other settings."""
    await connection.on_connect()
    for name, wanted in _WANTED.items():
        if await _asked(connection, "CONFIG", "GET", name) != [name.encode(), wanted.encode()]:
            raise UnfitRedisError(f"its setting '{name}' must be '{wanted}'")
    replication = (await _asked(connection, "INFO", "replication")).split()
    if b"role:master" not in replication or b"connected_slaves:0" not in replication:
        raise UnfitRedisError("it must have no replica, and be none: what a copy writes can't be seen from here")


async def _asked(connection: Connection, *command: str) -> Any:
    await connection.send_command(*command)
    return await connection.read_response()


def connect(url: str) -> Redis:
    """A client for `url` (redis://, rediss:// or unix://); nothing is sent yet. Each of its connections is refused
    where that Redis writes to disk, evicts, or copies itself. Raises OperatorError where `url` is none."""
    try:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=MOST_CONNECTIONS,
            timeout=LONGEST_ANSWER,
            socket_timeout=LONGEST_ANSWER,
            socket_connect_timeout=LONGEST_ANSWER,
            redis_connect_func=_connected,
            # A connection that Redis closed is opened again, once; every script may be sent twice.
            retry=Retry(NoBackoff(), 1),
            retry_on_error=[ConnectionError],
        )
    except ValueError:
        # The error itself may hold the address, with its password.
        raise OperatorError("endpoints.yml: the url of tracker_store is no address of a Redis.") from None
    return Redis(connection_pool=pool)


def check_redis(url: str) -> None:
    """Connect once and go. Raises OperatorError, without the address's user or password, where there is no Redis that
    conversations may be given to. To be called outside an event loop."""
    asyncio.run(_check(url))


async def _check(url: str) -> None:
    client = connect(url)
    parts = urlsplit(url)
    place = parts.path if parts.scheme == "unix" else f"{parts.hostname}:{parts.port or 6379}"
    try:
        await client.ping()
    except UnfitRedisError as error:
        raise OperatorError(f"The Redis at {place} can't be used: {error} (deploy/guide/redis.conf).") from None
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        raise OperatorError(
            f"The Redis at {place} can't be used: {type(error).__name__}. Is it started, is its password right, may"
            " this user ask CONFIG GET and INFO (deploy/guide/redis.conf)?"
        ) from None
    finally:
        await client.close(close_connection_pool=True)


@contextmanager
def reaching() -> Iterator[None]:
    """Within it, whatever Redis fails with becomes Full or Unreachable, and its class goes to the log."""
    try:
        yield
    except OutOfMemoryError:
        raise Full from None
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        logger.error("store.unreachable", exc_info=error)
        raise Unreachable from None
