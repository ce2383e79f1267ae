"""One turn at a time for each conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary


class Locks(Protocol):
    """What lets one turn of a conversation go on while the next waits."""

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Within it, no other turn of `conversation` (a seal's id) is under way. Raises Unavailable."""
        ...


class LocalLocks:
    """For one process: the next turn goes on as soon as the one before ends, in the order in which they came."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """See `Locks`; nothing is raised."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            yield
