"""Nothing that was said is found at rest: canaries in every state, then a search of all that could hold them."""

from __future__ import annotations

import asyncio
import base64
import resource
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import House

PLACES = ("synapse", "bridge")


class Canaries:
    """Words that stand for what a worker could have said."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self) -> str:
        self.words.append(secrets.token_hex(8))
        return f"canari {self.words[-1]}"

    def writings(self) -> Iterator[bytes]:
        """Every canary in every encoding that is searched for."""
        for word in self.words:
            yield from (word.encode(), word.upper().encode(), word.encode("utf-16-le"), word.encode().hex().encode())
            for shift in range(3):
                # Base64 where the canary begins at any place: the letters that do not depend on the rest.
                coded = base64.b64encode(b"\0" * shift + word.encode())
                yield coded[4 if shift else 0 : -4]


def found(canaries: Canaries, *folders: Path) -> list[str]:
    """The files that hold a canary."""
    writings = list(canaries.writings())
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if any(writing in path.read_bytes() for writing in writings)]


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def test_the_search_finds_what_leaks(canaries: Canaries, tmp_path: Path) -> None:
    canaries()
    for number, writing in enumerate(canaries.writings()):
        (tmp_path / str(number)).write_bytes(b"before " + writing + b" after")
    assert len(found(canaries, tmp_path)) == len(list(canaries.writings()))


def test_no_word_is_found_anywhere(house: House, canaries: Canaries) -> None:
    async def talk() -> None:
        async with house.talking() as (worker, room):
            await worker.ask(room, canaries())
            await worker.ask(room, "/open_risks")
            await worker.ask(room, canaries())
            await worker.say(room, canaries())
            await worker.say(room, canaries())
            await worker.hear()
            await worker.hear()
            # Read, and not answered yet.
            house.guide.pause()
            await worker.say(room, canaries())
            await asyncio.sleep(1)
            assert found(canaries, *(house.folder / place for place in PLACES)) == []
            house.bridge.kill()
            assert found(canaries, *(house.folder / place for place in PLACES)) == []
            house.guide.go_on()
            house.bridge.start()
            await worker.hear()
            # A message that fails, on the way to the homeserver and to the guide.
            await worker.send(room, {"msgtype": "m.image", "body": canaries(), "url": "mxc://x/y"})
            await worker.hear()
            house.synapse.stop()
            house.synapse.start()
            await worker.ask(room, canaries())

    asyncio.run(talk())
    assert found(canaries, *(house.folder / place for place in PLACES)) == []
    # The guide's own output; the rest of it is searched by its own tests.
    assert found(canaries, house.guide_folder) == []


def test_the_bridge_names_nobody_in_its_folder_and_its_logs(house: House) -> None:
    for path in house.bridge.folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            named = [word for word in (b"personne", b"@carnet", b"loop.test", b"megolm", b"syt_") if word in held]
            # The one access token that the operator handed over is a file of the service manager's.
            assert named == [] or path.name == "purge-token"


def test_no_core_file_is_written(house: House) -> None:
    assert house.bridge.process
    assert resource.prlimit(house.bridge.process.pid, resource.RLIMIT_CORE) == (0, 0)
