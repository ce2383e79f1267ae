"""The sealed store: one SQLCipher file, opened by a key that comes from the root key. nio's tables stand in it too."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nio.store import SqliteStore
from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from balise_matrix.errors import OperatorError
from balise_matrix.keys import RootKey
from balise_matrix.matrix.gate import Mark
from balise_matrix.talk import Place

FILE = "bridge.db"
OPEN, ENDING, LEFT = "open", "ending", "left"
"""A room is talked in, being erased, or left and to be purged by the homeserver."""
_TABLES = (
    "create table if not exists settings (name text primary key, value text)",
    "create table if not exists workers (user text primary key, master text not null, changed integer default 0)",
    "create table if not exists rooms (id text primary key, worker text, epoch integer default 0,"
    " turn integer default 0, heard real, phase text default 'open', farewell text default '', purge_at real)",
    "create table if not exists inbox (number integer primary key autoincrement, room text, event text,"
    " reply_to integer, unique (room, event))",
    "create table if not exists seen (room text, session text, place integer, primary key (session, place))",
)


def _database(path: str, key: str) -> SqlCipherDatabase:
    # A raw key in SQLCipher's own notation: it is random already, so nothing is stretched.
    pragmas = {"foreign_keys": 1, "secure_delete": 1, "journal_mode": "wal", "temp_store": "memory"}
    return SqlCipherDatabase(path, passphrase=f"x'{key}'", pragmas=pragmas, timeout=10)


class SealedStore(SqliteStore):
    """nio's store in the sealed file. `pickle_key` is the key of the file, in hexadecimal; nio's own sealing of
    sessions and account uses it too."""

    def _create_database(self) -> SqlCipherDatabase:
        return _database(self.database_path, self.pickle_key)


@dataclass(frozen=True)
class Room:
    """A room of ours. `heard` is when its worker was last heard, in seconds of the clock."""

    place: Place
    worker: str
    heard: float
    phase: str
    farewell: str
    purge_at: float | None


@dataclass(frozen=True)
class Waiting:
    """An event that waits for its answer; without an event it is the welcome. `reply_to` is the turn that was shown
    when it came."""

    number: int
    room: str
    event: str | None
    reply_to: int


@dataclass(frozen=True)
class Worker:
    """A worker who may talk: the master key approved, and whether the homeserver has shown another one since."""

    user: str
    master: str
    changed: bool


class State:
    """What the bridge remembers. Every method is one short transaction; `together` makes several one."""

    def __init__(self, folder: Path, root: RootKey) -> None:
        """Open or make the store in `folder`. Raises OperatorError where it does not open with this root key."""
        self.folder, self.key = folder, root.derive("store").hex()
        os.umask(0o077)
        folder.mkdir(parents=True, exist_ok=True)
        self._database = _database(str(folder / FILE), self.key)
        try:
            for table in _TABLES:
                self._run(table)
        except DatabaseError:
            raise OperatorError(f"{FILE} does not open with this root key.") from None

    def _run(self, sql: str, *values: Any) -> Any:
        return self._database.execute_sql(sql, values)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All or nothing of what is written within."""
        # At once as a writer: a command of the operator's may write meanwhile, and a reader that then writes fails.
        with self._database.atomic("IMMEDIATE"):
            yield

    def close(self) -> None:
        self._database.close()

    # The account: names are device, token, since, generation.
    def setting(self, name: str) -> str | None:
        row = self._run("select value from settings where name = ?", name).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        self._run("insert or replace into settings values (?, ?)", name, value)

    @property
    def generation(self) -> int:
        """Which of the identities of the root key is in use."""
        return int(self.setting("generation") or 0)

    # The allow-list.
    def workers(self) -> list[Worker]:
        rows = self._run("select user, master, changed from workers order by user").fetchall()
        return [Worker(user, master, bool(changed)) for user, master, changed in rows]

    def worker(self, user: str) -> Worker | None:
        return next((worker for worker in self.workers() if worker.user == user), None)

    def allow(self, user: str, master: str) -> None:
        self._run("insert or replace into workers values (?, ?, 0)", user, master)

    def revoke(self, user: str) -> bool:
        """Whether there was anything to revoke."""
        return bool(self._run("delete from workers where user = ?", user).rowcount)

    def tell_changed(self, user: str) -> None:
        """Note that the homeserver shows another identity, for `balise-matrix list`."""
        self._run("update workers set changed = 1 where user = ?", user)

    # Rooms.
    def rooms(self) -> list[Room]:
        rows = self._run("select id, epoch, turn, worker, heard, phase, farewell, purge_at from rooms").fetchall()
        return [Room(Place(*row[:3]), *row[3:]) for row in rows]

    def room(self, room: str) -> Room | None:
        return next((held for held in self.rooms() if held.place.id == room), None)

    def add_room(self, room: str, worker: str) -> None:
        """A new room, in which the welcome waits."""
        self._run("insert or ignore into rooms (id, worker, heard) values (?, ?, ?)", room, worker, time.time())
        self.receive(room, None, 0)

    def end_room(self, room: str, farewell: str = "") -> None:
        """From now on the room is being erased; what waits in it has no answer any more."""
        self._run("update rooms set phase = ?, farewell = ? where id = ? and phase = ?", ENDING, farewell, room, OPEN)
        self._run("delete from inbox where room = ?", room)

    def leave_room(self, room: str, purge_at: float) -> None:
        """The room is left: what opens its messages goes, its name stays until the homeserver has purged it."""
        for table in ("seen", "megolminboundsessions"):
            self._run(f"delete from {table} where {'room' if table == 'seen' else 'room_id'} = ?", room)
        self._run(
            "update rooms set phase = ?, worker = '', farewell = '', purge_at = ? where id = ?", LEFT, purge_at, room
        )

    def forget_room(self, room: str) -> None:
        self._run("delete from rooms where id = ?", room)

    # Messages on their way.
    def receive(self, room: str, event: str | None, reply_to: int) -> None:
        self._run("insert or ignore into inbox (room, event, reply_to) values (?, ?, ?)", room, event, reply_to)

    def waiting(self, room: str) -> list[Waiting]:
        rows = self._run("select number, room, event, reply_to from inbox where room = ? order by number", room)
        return [Waiting(*row) for row in rows.fetchall()]

    def rooms_waiting(self) -> list[str]:
        return [row[0] for row in self._run("select distinct room from inbox").fetchall()]

    def handled(self, waiting: Waiting, place: Place | None = None, mark: Mark | None = None) -> None:
        """The message has its answer, or is refused for good: never again, under whatever name it comes."""
        with self.together():
            self._run("delete from inbox where number = ?", waiting.number)
            if mark:
                self._run("insert or ignore into seen values (?, ?, ?)", waiting.room, *mark)
            if place:
                self._run(
                    "update rooms set epoch = ?, turn = ?, heard = ? where id = ?",
                    *(place.epoch, place.turn, time.time(), place.id),
                )

    def was_seen(self, mark: Mark) -> bool:
        return self._run("select 1 from seen where session = ? and place = ?", *mark).fetchone() is not None
