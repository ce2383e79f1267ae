"""What a first worker would otherwise wait for is done before she comes."""

from __future__ import annotations

import asyncio
import gc

from balise.engine.guide import Guide


def test_what_is_loaded_for_good_is_walked_by_no_collection(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    loop.run_until_complete(guide.warm_up())
    assert gc.get_freeze_count() > len(gc.get_objects())


def test_its_conversation_is_forgotten(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    before = loop.run_until_complete(guide.held())
    loop.run_until_complete(guide.warm_up())
    assert loop.run_until_complete(guide.held()) == before
