"""The root key, and every other key, derived from it (HKDF-SHA-256, RFC 5869).

The service manager hands over 32 random bytes in a file of its own (systemd's LoadCredentialEncrypted). They are never
in the environment, the arguments or the store. Whoever has them is the bridge: docs/matrix-trust.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from balise_matrix.errors import OperatorError

_SIZE = 32


def credential(name: str, environment: Mapping[str, str] | None = None) -> bytes | None:
    """What the service manager handed over under `name`, in the folder that CREDENTIALS_DIRECTORY names; None where
    it did not. Raises OperatorError where there is no such folder, or others can read the file."""
    folder = (os.environ if environment is None else environment).get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise OperatorError("CREDENTIALS_DIRECTORY is not set: the service manager hands the keys over there.")
    path = Path(folder) / name
    try:
        raw, mode = path.read_bytes(), path.stat().st_mode
    except OSError:
        return None
    if mode & 0o077:
        raise OperatorError(f"The credential '{name}' can be read by others: set its mode to 0400.")
    return raw


@dataclass(frozen=True)
class RootKey:
    """32 random bytes, never shown."""

    raw: bytes = field(repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> RootKey:
        """The key that the service manager gives. Raises OperatorError where there is none, or others can read it."""
        raw = credential("root-key", environment)
        if raw is None:
            raise OperatorError("CREDENTIALS_DIRECTORY holds no 'root-key'.")
        if len(raw) != _SIZE:
            raise OperatorError(f"The credential 'root-key' must hold {_SIZE} random bytes.")
        return cls(raw)

    def derive(self, purpose: str, *of: str | int) -> bytes:
        """32 bytes for one purpose and what it is of (a room, an event)."""
        # JSON keeps ("a", "bc") and ("ab", "c") apart.
        info = json.dumps(["balise matrix", purpose, *of]).encode()
        return HKDF(algorithm=SHA256(), length=_SIZE, salt=None, info=info).derive(self.raw)

    def name(self, purpose: str, *of: str | int) -> str:
        """`derive` in 43 letters, digits, - and _."""
        return base64.urlsafe_b64encode(self.derive(purpose, *of)).rstrip(b"=").decode()

    @property
    def guide_key(self) -> str:
        """What this bridge shows the guide, to be known by it."""
        return self.name("guide client")

    @property
    def guide_key_digest(self) -> str:
        """What the guide's BALISE_CLIENT_KEYS holds: the SHA-256 of `guide_key`."""
        return hashlib.sha256(self.guide_key.encode()).hexdigest()

    def secret(self, place: str, epoch: int) -> str:
        """The secret of the conversation in a place (a room's id); another one each time that it begins anew."""
        return self.name("conversation", place, epoch)
