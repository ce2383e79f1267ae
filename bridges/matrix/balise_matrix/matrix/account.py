"""Making the bridge's account what it must be: one device, signed by the bridge's own identity, a neutral name."""

from __future__ import annotations

from urllib.parse import quote

from balise_matrix.errors import OperatorError
from balise_matrix.keys import RootKey
from balise_matrix.matrix.crosssigning import Identity, master_of
from balise_matrix.matrix.homeserver import Homeserver, HomeserverError
from balise_matrix.matrix.session import new_client
from balise_matrix.matrix.store import State
from balise_matrix.settings import Settings
from balise_matrix.texts import text

_V3 = "/_matrix/client/v3"
_GENERATIONS = 20
"""How many of our identities are looked for, where the store that counts them was lost."""


async def make_device(settings: Settings, root: RootKey, state: State, password: str, anew: bool = False) -> None:
    """Log in once, publish the device's keys and the identity, sign the device, end every other device. Done again, it
    repairs what is missing; `anew`: in the place of an identity that is not ours. The password is not kept.

    Raises OperatorError, HomeserverError, UnreachableError.
    """
    if state.setting("device") is None:
        device, token = await log_in(settings, password)
        with state.together():
            state.set("device", device)
            state.set("token", token)
    client = new_client(settings.homeserver, settings.user, state)
    try:
        if client.should_upload_keys:
            await client.keys_upload()
    finally:
        await client.close()
    async with Homeserver(settings.homeserver, state.setting("token")) as homeserver:
        shown = master_of(await homeserver.keys(settings.user), settings.user)
        identity = _identity(settings.user, root, state, shown, anew)
        if shown != identity.public():
            path = f"{_V3}/keys/device_signing/upload"
            await homeserver.with_password("POST", path, identity.upload(), settings.user, password)
        await _sign(homeserver, identity, client.device_id, client.olm.account.identity_keys["ed25519"])
        devices = (await homeserver.ask("GET", f"{_V3}/devices"))["devices"]
        others = [held["device_id"] for held in devices if held["device_id"] != client.device_id]
        if others:
            path = f"{_V3}/delete_devices"
            await homeserver.with_password("POST", path, {"devices": others}, settings.user, password)
        path = f"{_V3}/profile/{quote(settings.user, safe='')}/displayname"
        await homeserver.ask("PUT", path, {"displayname": text("name")})


def _identity(user: str, root: RootKey, state: State, shown: str | None, anew: bool) -> Identity:
    """The identity to use, where the homeserver shows the master key `shown`. Raises OperatorError where that is not
    one of ours and `anew` does not ask to replace it."""
    ours = (generation for generation in range(_GENERATIONS) if Identity(user, root, generation).public() == shown)
    generation = 0 if shown is None else state.generation + 1 if anew else next(ours, None)
    if generation is None:
        raise OperatorError(
            "The homeserver shows another identity for this account than ours. Find out who made it;"
            " 'balise-matrix init --new-identity' replaces it, and every worker's client will warn."
        )
    state.set("generation", str(generation))
    return Identity(user, root, generation)


async def log_in(settings: Settings, password: str) -> tuple[str, str]:
    """The id and the token of a new device."""
    identifier = {"type": "m.id.user", "user": settings.user}
    body = {"type": "m.login.password", "identifier": identifier, "password": password}
    async with Homeserver(settings.homeserver, None) as homeserver:
        try:
            told = await homeserver.ask("POST", f"{_V3}/login", body)
        except HomeserverError as error:
            if error.status == 403:
                raise OperatorError("The homeserver refuses this password.") from None
            raise
    return told["device_id"], told["access_token"]


async def _sign(homeserver: Homeserver, identity: Identity, device: str, ed25519: str) -> None:
    """Vouch for the device that is ours, and only for that: its key must be the one in our store."""
    shown = (await homeserver.keys(identity.user))["device_keys"].get(identity.user, {}).get(device)
    if shown is None or shown["keys"].get(f"ed25519:{device}") != ed25519:
        raise OperatorError("The homeserver shows another key for this device than ours.")
    shown.pop("unsigned", None)
    signed = identity.signed_by("self_signing", shown)
    await homeserver.ask("POST", f"{_V3}/keys/signatures/upload", {identity.user: {device: signed}})
