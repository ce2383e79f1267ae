"""The bridge at work: read what the homeserver brings, answer each message once, erase what is over.

Exactly once. The token of sync and the messages that it brought are written in one transaction (store.py), and a
message leaves the inbox in the transaction that records its answer. What is done again after a crash is the same: the
guide knows the message by its Idempotency-Key, the homeserver the answer by its transaction's name, both made from the
event's id.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import time
from collections.abc import Iterable
from typing import Any

from nio import SyncResponse, UploadResponse

from balise_matrix.guide import GuideDownError
from balise_matrix.keys import RootKey
from balise_matrix.logs import LOGGER
from balise_matrix.matrix import gate
from balise_matrix.matrix.gate import Mark
from balise_matrix.matrix.homeserver import Homeserver, HomeserverError, UnreachableError, of_room
from balise_matrix.matrix.rooms import can_redact, fault_of, is_erasable
from balise_matrix.matrix.session import Session, UnfitError
from balise_matrix.matrix.store import ENDING, LEFT, OPEN, Room, State, Waiting
from balise_matrix.settings import Settings
from balise_matrix.talk import Message, Reply, Talk
from balise_matrix.texts import text

_NOTHING: dict[str, Any] = {"types": []}
_FILTER = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {"timeline": {"limit": 50}, "ephemeral": _NOTHING, "account_data": _NOTHING},
}
_POLL = 30_000
"""Milliseconds that the homeserver holds a sync without news."""
_TICK = 5
"""Seconds between two looks for what is over."""
_SLOWEST_RETRY = 5
"""Seconds."""
MOST_WAITING = 30
"""Messages of one room that wait; a further one is refused in words."""
_TOO_MANY = -1
"""In the place of the turn that a message replies to: it came when the inbox was full."""
A_SECOND, AT_ONCE = 2, 10
"""The pace of one room: what comes faster waits its turn, and no other room does."""
_ATTEMPTS = 3
"""At a message that fails for a reason that we do not know."""
_KEY_WAITS = (0.2, 0.5, 1, 2)
"""Seconds between two looks for the key of a message that came before it."""
_UNFIT_ENDS = ("third", "alone", "unencrypted", "stranger")
"""What ends a conversation at once. Another identity does not: its administrator may approve it."""


class Bridge:
    """One process, one device, every room."""

    def __init__(
        self,
        settings: Settings,
        root: RootKey,
        state: State,
        session: Session,
        homeserver: Homeserver,
        talk: Talk,
        admin: Homeserver | None = None,
    ) -> None:
        """`admin` may purge rooms; without it, only what the homeserver's own retention does is done."""
        self._admin = admin
        self._settings, self._root, self._state = settings, root, state
        self._session, self._homeserver, self._talk = session, homeserver, talk
        self._client = session.client
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._events: dict[str, dict[str, dict[str, Any]]] = {}
        """What came and waits, by room and event; what is not here is asked for again."""

    async def run(self) -> None:
        """Work until cancelled."""
        emergency = asyncio.create_task(self._learn_emergency())
        ticking = asyncio.create_task(self._tick_forever())
        first, wait = True, 0.5
        try:
            while True:
                try:
                    await self._sync(first)
                    if first:
                        LOGGER.warning("ready")
                    first, wait = False, 0.5
                except asyncio.CancelledError:
                    raise
                except Exception:
                    LOGGER.error("sync.failed", exc_info=True)
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, _SLOWEST_RETRY)
        finally:
            running = [emergency, ticking, *self._tasks.values()]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _learn_emergency(self) -> None:
        while True:
            try:
                return await self._talk.learn_emergency()
            except GuideDownError:
                await asyncio.sleep(_SLOWEST_RETRY)

    # What comes in.

    async def _sync(self, first: bool) -> None:
        since = self._state.setting("since")
        answer = await self._client.sync(0 if first else _POLL, _FILTER, since=since, full_state=first)
        if not isinstance(answer, SyncResponse):
            raise UnreachableError
        # As the homeserver gave it: nio has put its own reading in the place of what it decrypted.
        told = await answer.transport_response.json()
        for user in told.get("device_lists", {}).get("changed", []):
            self._session.forget(user)
        await self._keep_keys()
        rooms = told.get("rooms", {})
        for room, invited in rooms.get("invite", {}).items():
            await self._invited(room, invited["invite_state"]["events"])
        joined = rooms.get("join", {})
        brought = {room: await self._timeline(room, part["timeline"], since) for room, part in joined.items()}
        fits = {room: await self._is_fit(room) for room in joined if self._state.room(room) is None}
        with self._state.together():
            for room, events in brought.items():
                self._take_in(room, events, fits.get(room))
            for room in rooms.get("leave", {}):
                self._state.end_room(room)
            self._state.set("since", told["next_batch"])
        self._wake()

    async def _keep_keys(self) -> None:
        """What nio asks for after a sync: one-time keys, sessions with devices that lost theirs."""
        if self._client.should_upload_keys:
            await self._client.keys_upload()
        if self._client.should_claim_keys:
            await self._client.keys_claim(self._client.get_users_for_key_claiming())
        await self._client.send_to_device_messages()

    async def _timeline(self, room: str, timeline: dict[str, Any], since: str | None) -> list[dict[str, Any]]:
        """What was said in a room since the last sync, with what the homeserver left out of it."""
        events: list[dict[str, Any]] = timeline.get("events", [])
        start = timeline.get("prev_batch")
        while timeline.get("limited") and since and start and self._state.room(room):
            earlier, start = await self._homeserver.messages(room, start, since)
            events = [*reversed(earlier), *events]
        return events

    async def _invited(self, room: str, shown: Iterable[dict[str, Any]]) -> None:
        """Join where someone of the allow-list invites, under the identity that was approved; refuse otherwise."""
        mine = [event for event in shown if event.get("state_key") == self._session.me]
        worker = mine[-1].get("sender", "") if mine else ""
        try:
            await self._session.devices(worker)
        except UnfitError as unfit:
            LOGGER.warning("refused.invite" if unfit.reason == "stranger" else f"refused.{unfit.reason}")
            return await self._homeserver.leave(room)
        try:
            await self._homeserver.ask("POST", f"{of_room(room)}/join", {})
        except HomeserverError:
            # Taken back meanwhile.
            await self._homeserver.leave(room)
        return None

    async def _is_fit(self, room: str) -> bool:
        """Whether to begin a conversation in a room just joined; it is left otherwise."""
        held = self._client.rooms.get(room)
        worker = next((user for user in held.users if user != self._session.me), "") if held else ""
        reason = fault_of(held, self._session.me, worker)
        try:
            if reason is None:
                await self._session.devices(worker)
                if not can_redact(await self._homeserver.state(room), self._session.me):
                    reason = "no_power"
                    content = {"msgtype": "m.notice", "body": text("no_power")}
                    await self._session.send(room, worker, content, self._root.name("transaction", room, "no_power"))
        except UnfitError as unfit:
            reason = reason or unfit.reason
        if reason is None:
            await self._make_neutral(room)
            return True
        LOGGER.warning(f"refused.{reason}")
        await self._homeserver.leave(room)
        return False

    async def _make_neutral(self, room: str) -> None:
        """Give a room a name that tells nothing; what else could be seen of it goes. This part is never encrypted."""
        for kind, content in (("name", {"name": text("name")}), ("topic", {"topic": ""}), ("avatar", {})):
            try:
                await self._homeserver.ask("PUT", f"{of_room(room)}/state/m.room.{kind}", content)
            except HomeserverError as error:
                # Its owner keeps that to herself.
                if error.status != 403:
                    raise

    def _take_in(self, room: str, events: Iterable[dict[str, Any]], fit: bool | None) -> None:
        """Put a room's messages in its inbox, each with the turn that is shown; within the transaction of a sync."""
        held = self._client.rooms.get(room)
        if fit and held:
            worker = next(user for user in held.users if user != self._session.me)
            self._state.add_room(room, worker)
        known = self._state.room(room)
        if known is None or known.phase != OPEN:
            return
        reason = fault_of(held, self._session.me, known.worker)
        if reason in _UNFIT_ENDS:
            LOGGER.warning(f"refused.{reason}")
            self._state.end_room(room)
            return
        for event in events:
            if event.get("sender") != self._session.me and event.get("type") in ("m.room.encrypted", "m.room.message"):
                self._events.setdefault(room, {})[event["event_id"]] = event
                full = len(self._state.waiting(room)) >= MOST_WAITING
                self._state.receive(room, event["event_id"], _TOO_MANY if full else known.place.turn)

    # What is answered.

    def _wake(self) -> None:
        """Have every room with something to do be at it, each by itself."""
        busy = set(self._state.rooms_waiting())
        for room in self._state.rooms():
            name = room.place.id
            due = room.phase == ENDING or (room.phase == LEFT and (room.purge_at or 0) <= time.time())
            if (due or name in busy) and (name not in self._tasks or self._tasks[name].done()):
                self._tasks[name] = asyncio.create_task(self._be_at(name))
        self._tasks = {name: task for name, task in self._tasks.items() if not task.done()}

    async def _be_at(self, name: str) -> None:
        pace, failed = 0.0, 0
        while room := self._state.room(name):
            waiting = self._state.waiting(name)
            try:
                if room.phase == OPEN and waiting:
                    # A leaky bucket: AT_ONCE messages go through at once, then A_SECOND.
                    pace = max(pace, time.monotonic() - AT_ONCE / A_SECOND) + 1 / A_SECOND
                    await asyncio.sleep(max(0, pace - time.monotonic()))
                    await self._handle(room, waiting[0])
                elif room.phase == ENDING:
                    await self._end(room)
                elif room.phase == LEFT and (room.purge_at or 0) <= time.time():
                    await self._purge(room)
                else:
                    return
                failed = 0
            except (GuideDownError, UnreachableError):
                await asyncio.sleep(_SLOWEST_RETRY)
            except Exception:
                LOGGER.error("room.failed" if room.phase == OPEN else "ending.failed", exc_info=True)
                failed += 1
                if failed >= _ATTEMPTS and room.phase == OPEN and waiting:
                    failed = 0
                    with contextlib.suppress(Exception):
                        await self._say(room, waiting[0], "unreadable", (text("unreadable"),))
                    self._done(waiting[0])
                await asyncio.sleep(1)

    def _done(self, waiting: Waiting, *known: Any) -> None:
        self._state.handled(waiting, *known)
        self._events.get(waiting.room, {}).pop(waiting.event or "", None)

    async def _handle(self, room: Room, waiting: Waiting) -> None:
        """Answer one message, or refuse it."""
        if waiting.event is None:
            await self._deliver(room, waiting, await self._patiently(room, waiting, None), None)
            return
        if waiting.reply_to == _TOO_MANY:
            await self._notice(room, waiting, "too_many")
            return
        try:
            words = await self._read(room, waiting)
        except (gate.RefusedError, UnfitError) as refused:
            LOGGER.warning(f"refused.{refused.reason}")
            said = {"unverified": "unverified", "key": "unreadable"}.get(refused.reason)
            await self._notice(room, waiting, said)
            return
        if words is None:
            self._done(waiting)
        elif words.text is None or words.edits:
            await self._notice(room, waiting, "edited" if words.edits else "not_text", words.mark)
        else:
            message = Message(words.text, self._root.name("message", waiting.event), waiting.reply_to)
            await self._deliver(room, waiting, await self._patiently(room, waiting, message), words.mark)

    async def _read(self, room: Room, waiting: Waiting) -> gate.Words | None:
        """The words of an event. A key, or the news of a device, may come a moment after it."""
        assert waiting.event is not None
        held = self._events.get(waiting.room, {}).get(waiting.event)
        event = held or await self._homeserver.event(waiting.room, waiting.event)
        for wait in (*_KEY_WAITS, None):
            devices = await self._session.devices(room.worker)
            try:
                return gate.read(
                    event,
                    room.place.id,
                    room.worker,
                    devices.values(),
                    self._client.olm.inbound_group_store,
                    self._state.was_seen,
                )
            except gate.RefusedError as refused:
                if wait is None or refused.reason not in ("key", "unverified"):
                    raise
            self._session.forget(room.worker)
            await asyncio.sleep(wait)
        raise AssertionError("the last look returns or raises")

    async def _patiently(self, room: Room, waiting: Waiting, message: Message | None) -> Reply:
        """The guide's answer to a message, or its welcome; where it is down, that is said once, and tried again."""
        wait, told = 0.2, False
        while True:
            try:
                if message is None:
                    return await self._talk.begin(room.place)
                return await self._talk.answer(room.place, message)
            except GuideDownError:
                if wait >= 1 and not told:
                    told = True
                    LOGGER.error("guide.down")
                    await self._say(room, waiting, "down", self._talk.down())
                await asyncio.sleep(wait)
                wait = min(2 * wait, _SLOWEST_RETRY)

    async def _deliver(self, room: Room, waiting: Waiting, reply: Reply, mark: Mark | None) -> None:
        """Send an answer and record it. Where everything is to be erased, its words are said last."""
        if not reply.over:
            await self._say(room, waiting, "answer", reply.texts, reply.file)
        with self._state.together():
            self._done(waiting, reply.place, mark)
            if reply.over:
                self._state.end_room(room.place.id, "\n\n".join(reply.texts))

    async def _notice(self, room: Room, waiting: Waiting, said: str | None, mark: Mark | None = None) -> None:
        """Tell why a message was not read, where there is a word for it; never on a refusal that is an attack."""
        if said:
            await self._say(room, waiting, said, (text(said),))
        self._done(waiting, None, mark)

    async def _say(
        self, room: Room, waiting: Waiting, part: str, texts: Iterable[str], file: bytes | None = None
    ) -> None:
        """Send texts, then a file, under names that are the same each time."""
        # Notices: clients show no notification for them.
        contents = [{"msgtype": "m.notice", "body": said} for said in texts]
        if file:
            contents.append(await self._sealed_file(file))
        event = waiting.event or f"welcome {room.place.epoch}"
        try:
            for number, content in enumerate(contents):
                name = self._root.name("transaction", room.place.id, event, part, number)
                await self._session.send(room.place.id, room.worker, content, name)
        except UnfitError as unfit:
            LOGGER.warning(f"refused.{unfit.reason}")
            if unfit.reason in _UNFIT_ENDS:
                self._state.end_room(room.place.id)

    async def _sealed_file(self, file: bytes) -> dict[str, Any]:
        """The content of an encrypted attachment, under a name that tells nothing."""
        kind = "application/octet-stream"
        answer, keys = await self._client.upload(
            io.BytesIO(file), content_type=kind, filename=None, encrypt=True, filesize=len(file)
        )
        if not isinstance(answer, UploadResponse):
            raise UnreachableError
        name, info = "document.pdf", {"mimetype": "application/pdf", "size": len(file)}
        return {
            "msgtype": "m.file",
            "body": name,
            "filename": name,
            "info": info,
            "file": {"url": answer.content_uri, **(keys or {})},
        }

    # What is over.

    async def _tick_forever(self) -> None:
        while True:
            await asyncio.sleep(min(_TICK, self._settings.lifetime / 2))
            for room in self._state.rooms():
                if room.phase != OPEN:
                    continue
                if self._state.worker(room.worker) is None:
                    LOGGER.warning("refused.stranger")
                    self._state.end_room(room.place.id)
                elif room.heard + self._settings.lifetime < time.time():
                    self._state.end_room(room.place.id, text("ended"))
            self._wake()

    async def _end(self, room: Room) -> None:
        """Erase what both wrote, say the last words, leave. Done again from anywhere, it ends the same."""
        forgotten = await self._forgotten(room)
        await self._redact_all(room.place.id)
        if room.farewell:
            name = self._root.name("transaction", room.place.id, room.place.epoch, "farewell")
            try:
                content = {"msgtype": "m.notice", "body": room.farewell}
                await self._session.send(room.place.id, room.worker, content, name)
            except UnfitError as unfit:
                LOGGER.warning(f"refused.{unfit.reason}")
        await self._homeserver.leave(room.place.id)
        # A guide that does not answer forgets by itself at the end of its lifetime.
        while not forgotten and room.heard + self._settings.lifetime > time.time():
            await asyncio.sleep(_SLOWEST_RETRY)
            forgotten = await self._forgotten(room)
        self._session.end(room.place.id)
        self._events.pop(room.place.id, None)
        self._state.leave_room(room.place.id, time.time() + self._settings.purge_after)

    async def _forgotten(self, room: Room) -> bool:
        try:
            await self._talk.forget(room.place)
        except GuideDownError:
            return False
        return True

    async def _redact_all(self, room: str) -> None:
        try:
            start: str | None = ""
            while start is not None:
                events, start = await self._homeserver.messages(room, start)
                for event in filter(is_erasable, events):
                    await self._homeserver.redact(room, event["event_id"])
        except HomeserverError as error:
            # Left or purged already: there is nothing more that this account can do.
            if error.status not in (403, 404):
                raise

    async def _purge(self, room: Room) -> None:
        """Ask the homeserver to remove the room, where the operator gave this bridge the right to."""
        if self._admin:
            try:
                await self._admin.purge(room.place.id)
            except HomeserverError as error:
                if error.status != 404:
                    raise
        self._state.forget_room(room.place.id)
