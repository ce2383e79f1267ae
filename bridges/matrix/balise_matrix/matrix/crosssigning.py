"""Cross-signing, which nio lacks: this bridge's own identity, and the devices that a worker's identity vouches for.

Rules: Matrix client-server API, « Cross-signing » and « Signing JSON ». Nothing here talks to a network, and the
primitives are a library's. docs/matrix-trust.md tells what is trusted and why.
"""

from __future__ import annotations

import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from unpaddedbase64 import decode_base64, encode_base64

from balise_matrix.keys import RootKey

Json = Mapping[str, Any]


class IdentityError(Exception):
    """The homeserver shows another identity than the one that was approved, or none."""


@dataclass(frozen=True)
class Device:
    """The public keys of a device that its owner's identity signed."""

    ed25519: str
    curve25519: str


def canonical(signed: Json) -> bytes:
    """What a signature covers: canonical JSON (specification, appendices), without `signatures` and `unsigned`."""
    covered = {key: value for key, value in signed.items() if key not in ("signatures", "unsigned")}
    return json.dumps(covered, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def is_signed(signed: Json, user: str, key: str) -> bool:
    """Whether `user`'s Ed25519 `key` (unpadded base64, its own id) signed the object."""
    try:
        signature = signed["signatures"][user][f"ed25519:{key}"]
        Ed25519PublicKey.from_public_bytes(decode_base64(key)).verify(decode_base64(signature), canonical(signed))
    except (InvalidSignature, KeyError, TypeError, ValueError, binascii.Error):
        return False
    return True


class Identity:
    """This bridge's cross-signing identity, derived from the root key: the store can be lost, the identity is not."""

    def __init__(self, user: str, root: RootKey, generation: int = 0) -> None:
        """`generation` counts the identities that this one replaces: a homeserver takes none back."""
        self.user = user
        self._keys = {
            usage: Ed25519PrivateKey.from_private_bytes(root.derive("cross-signing", generation, usage))
            for usage in ("master", "self_signing", "user_signing")
        }

    def public(self, usage: str = "master") -> str:
        """A public key in unpadded base64; that of `master` is what a worker's client pins."""
        return encode_base64(self._keys[usage].public_key().public_bytes_raw())

    def signed_by(self, usage: str, thing: Json) -> dict[str, Any]:
        """`thing` with a signature of ours beside those that it has."""
        signature = encode_base64(self._keys[usage].sign(canonical(thing)))
        others = dict(thing.get("signatures", {}))
        ours = {**others.get(self.user, {}), f"ed25519:{self.public(usage)}": signature}
        return {**thing, "signatures": {**others, self.user: ours}}

    def upload(self) -> dict[str, Any]:
        """The body of /keys/device_signing/upload, without authentication."""
        bare = {
            usage: {"user_id": self.user, "usage": [usage], "keys": {f"ed25519:{key}": key}}
            for usage in self._keys
            for key in (self.public(usage),)
        }
        master = bare.pop("master")
        return {"master_key": master} | {f"{usage}_key": self.signed_by("master", key) for usage, key in bare.items()}


def _key(answer: Json, kind: str, usage: str, user: str) -> tuple[str, Json] | None:
    """The one cross-signing key of a user in an answer of /keys/query, and the object that holds it."""
    try:
        held = answer[kind][user]
        ((name, key),) = held["keys"].items()
        sound = held["user_id"] == user and usage in held["usage"] and name == f"ed25519:{key}"
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return (key, held) if sound else None


def master_of(answer: Json, user: str) -> str | None:
    """The master key that the homeserver shows for `user`, to be approved; None where there is none."""
    found = _key(answer, "master_keys", "master", user)
    return found[0] if found else None


def devices_of(answer: Json, user: str, pinned: str) -> dict[str, Device]:
    """The devices of `user` that the pinned identity vouches for, by id, from an answer of /keys/query.

    master (pinned) signs self-signing, self-signing signs the device: anything else is left out. Raises IdentityError
    where the master key shown is not `pinned`.
    """
    if master_of(answer, user) != pinned:
        raise IdentityError
    self_signing = _key(answer, "self_signing_keys", "self_signing", user)
    if self_signing is None or not is_signed(self_signing[1], user, pinned):
        return {}
    shown: Json = answer.get("device_keys", {}).get(user, {})
    devices = {}
    for device_id, held in shown.items():
        try:
            owned = held["user_id"] == user and held["device_id"] == device_id
            device = Device(held["keys"][f"ed25519:{device_id}"], held["keys"][f"curve25519:{device_id}"])
        except (KeyError, TypeError):
            continue
        if owned and is_signed(held, user, self_signing[0]):
            devices[device_id] = device
    return devices
