"""The bridge's one Matrix device: nio's client over the sealed store, and who may read what it sends."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from nio import AsyncClient, AsyncClientConfig, KeysQueryResponse
from nio.exceptions import OlmUnverifiedDeviceError

from balise_matrix.errors import OperatorError
from balise_matrix.logs import LOGGER
from balise_matrix.matrix.crosssigning import Device, Identity, IdentityError, devices_of, is_signed, master_of
from balise_matrix.matrix.homeserver import Homeserver, of_room
from balise_matrix.matrix.rooms import fault_of
from balise_matrix.matrix.store import FILE, SealedStore, State


class UnfitError(Exception):
    """Nothing may be sent to this room now; `reason` is a word of logs.EVENTS, after « refused. »."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


def new_client(address: str, user: str, state: State) -> AsyncClient:
    """nio's client of the device that `state` holds. Raises OperatorError where there is none yet."""
    device, token = state.setting("device"), state.setting("token")
    if not device or not token:
        raise OperatorError("No Matrix device yet: run 'balise-matrix init'.")
    # The token of sync is kept with the messages that it brought (store.py), never by nio apart from them.
    config = AsyncClientConfig(
        store=SealedStore, store_name=FILE, pickle_key=state.key, store_sync_tokens=False, max_timeouts=0
    )
    client = AsyncClient(address, user, device_id=device, store_path=str(state.folder), config=config)
    client.restore_login(user, device, token)
    _survive(client)
    return client


def _survive(client: AsyncClient) -> None:
    """A malformed to-device event, which anyone on the homeserver can send, raises in nio's sync and would come again
    for ever: it is let drop."""
    handle = client.olm.handle_to_device_event

    def guarded(event: Any) -> Any:
        try:
            return handle(event)
        except Exception:
            LOGGER.warning("to_device.failed", exc_info=True)
            return None

    client.olm.handle_to_device_event = guarded


class Session:
    """Trust and sending. `forget` is called for every user whose devices the homeserver says have changed."""

    def __init__(self, client: AsyncClient, homeserver: Homeserver, state: State, identity: Identity) -> None:
        self.client = client
        self._homeserver, self._state, self._identity = homeserver, state, identity
        self._devices: dict[str, tuple[str, dict[str, Device]]] = {}
        self._sending: dict[str, asyncio.Lock] = {}

    @property
    def me(self) -> str:
        return self._identity.user

    async def check_own(self) -> None:
        """Raises OperatorError where the homeserver shows another identity for this account than ours, or a device of
        ours that it did not sign: workers' clients would rightly warn."""
        shown = await self._homeserver.keys(self.me)
        device = shown.get("device_keys", {}).get(self.me, {}).get(self.client.device_id, {})
        ours = self.client.olm.account.identity_keys["ed25519"]
        sound = device.get("keys", {}).get(f"ed25519:{self.client.device_id}") == ours
        signed = is_signed(device, self.me, self._identity.public("self_signing"))
        if master_of(shown, self.me) != self._identity.public() or not sound or not signed:
            raise OperatorError("The homeserver does not show this device's identity: run 'balise-matrix init'.")

    def forget(self, user: str) -> None:
        """The devices of `user` changed: look again before the next message."""
        self._devices.pop(user, None)

    async def devices(self, user: str) -> dict[str, Device]:
        """The devices of a worker that her pinned identity signed. Raises UnfitError where she is not allowed, or the
        homeserver shows another identity."""
        worker = self._state.worker(user)
        if worker is None:
            raise UnfitError("stranger")
        pinned, known = self._devices.get(user, ("", {}))
        if pinned == worker.master:
            return known
        try:
            found = await self._look(user, worker.master)
        except IdentityError:
            # Nobody of hers is trusted until an administrator approves the new identity.
            self._trust(user, {})
            if not worker.changed:
                self._state.tell_changed(user)
                LOGGER.error("identity.changed")
            raise UnfitError("identity") from None
        if worker.changed:
            self._state.allow(user, worker.master)
        self._devices[user] = (worker.master, found)
        return found

    async def _look(self, user: str, pinned: str) -> dict[str, Device]:
        shown = await self._homeserver.keys(user, self.me)
        # nio sees the same answer, so that what it encrypts to and what is trusted here are the same devices.
        await self.client.receive_response(KeysQueryResponse.from_dict(shown))
        found = devices_of(shown, user, pinned)
        self._trust(user, found)
        # The only device of this account is this one: another is somebody's who has its password, or the homeserver's.
        others = [device for device in self.client.device_store[self.me].values() if device.id != self.client.device_id]
        if any(not device.deleted for device in others):
            LOGGER.error("device.foreign")
        self._trust(self.me, {})
        return found

    def _trust(self, user: str, trusted: dict[str, Device]) -> None:
        """Have nio encrypt to exactly these devices of `user`."""
        changed = False
        for device in self.client.device_store[user].values():
            if device.id == self.client.device_id and user == self.me:
                continue
            if trusted.get(device.id) == Device(device.ed25519, device.curve25519):
                changed |= self.client.verify_device(device)
            else:
                changed |= self.client.blacklist_device(device)
        if changed:
            for room in self.client.rooms.values():
                if user in room.users:
                    self.client.invalidate_outbound_session(room.room_id)

    async def send(self, room: str, worker: str, content: dict[str, Any], transaction: str) -> dict[str, Any]:
        """Encrypt `content` (of an m.room.message) for the worker's trusted devices and send it, once for each name of
        a transaction; the homeserver's answer. Raises UnfitError, HomeserverError, UnreachableError."""
        # One at a time in a room: a session of Megolm is shared before the first message under it.
        async with self._sending.setdefault(room, asyncio.Lock()):
            if not await self.devices(worker):
                raise UnfitError("no_device")
            held = self.client.rooms.get(room)
            if held and not held.members_synced:
                await self.client.joined_members(room)
            if reason := fault_of(held, self.me, worker):
                raise UnfitError(reason)
            if self.client.olm.should_share_group_session(room):
                await self._share(room, worker)
            # Never nio's room_send: it sends plainly where the homeserver hides that a room is encrypted.
            kind, sealed = self.client.encrypt(room, "m.room.message", content)
            path = f"{of_room(room)}/send/{kind}/{quote(transaction, safe='')}"
            return await self._homeserver.ask("PUT", path, sealed)

    def end(self, room: str) -> None:
        """A room is over: what opens its messages goes from memory."""
        self.client.invalidate_outbound_session(room)
        self.client.olm.inbound_group_store[room].clear()
        self.client.rooms.pop(room, None)
        self._sending.pop(room, None)

    async def _share(self, room: str, worker: str) -> None:
        try:
            await self.client.share_group_session(room)
        except OlmUnverifiedDeviceError:
            # A device that came since we looked.
            self.forget(worker)
            await self.devices(worker)
            await self.client.share_group_session(room)
