"""Sealing: only the secret of a conversation opens what is kept of it.

The secret (256 bits) is made by the server, or by a known client, and held in the client's memory. From it come an id,
under which the store files the conversation, and a key, which no store and no setting of the server holds
(HKDF-SHA-256, RFC 5869).
What is stored is sealed with ChaCha20-Poly1305 (RFC 8439), bound to its id, and padded so that its length tells little.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SECRET_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SIZE_BYTES = 4
_BLOCK = 2048
"""Bytes: what is sealed takes a multiple of this, so that its length tells little."""


class BrokenSealError(Exception):
    """What is stored does not open with this secret, or was changed."""


@dataclass(frozen=True)
class Seal:
    """The id and the key of one conversation. The key is never shown."""

    id: str
    key: bytes = field(repr=False)

    def close(self, value: bytes) -> bytes:
        """`value` sealed: a nonce, then the ciphertext."""
        padded = len(value).to_bytes(_SIZE_BYTES, "big") + value
        padded += bytes(-(_NONCE_BYTES + len(padded) + _TAG_BYTES) % _BLOCK)
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + ChaCha20Poly1305(self.key).encrypt(nonce, padded, self.id.encode())

    def open(self, sealed: bytes) -> bytes:
        """What `close` sealed. Raises BrokenSealError where it was sealed with another secret, or changed."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            padded = ChaCha20Poly1305(self.key).decrypt(nonce, ciphertext, self.id.encode())
        except (InvalidTag, ValueError) as error:
            raise BrokenSealError from error
        size = int.from_bytes(padded[:_SIZE_BYTES], "big")
        return padded[_SIZE_BYTES : _SIZE_BYTES + size]


def new_secret() -> str:
    """A new conversation's secret: 256 random bits in 43 letters, digits, - and _."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def seal_of(secret: str) -> Seal:
    """The seal of a conversation. Raises ValueError where `secret` is not one that `new_secret` could have made."""
    try:
        raw = base64.b64decode(secret.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise ValueError("not a secret") from None
    # One spelling for each secret: the last letter holds two bits that must be nought.
    if len(raw) != _SECRET_BYTES or base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != secret:
        raise ValueError("not a secret")
    return Seal(_derived(raw, b"balise conversation id", 16).hex(), _derived(raw, b"balise conversation key", 32))


def is_secret(text: str) -> bool:
    """Whether `new_secret` could have made `text`."""
    try:
        seal_of(text)
    except ValueError:
        return False
    return True


def _derived(secret: bytes, purpose: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=None, info=purpose).derive(secret)


_current: ContextVar[Seal | None] = ContextVar("seal", default=None)


@contextmanager
def opened(seal: Seal) -> Iterator[None]:
    """Within it, the store can open and close the conversation of `seal`; the key is nowhere else."""
    token = _current.set(seal)
    try:
        yield
    finally:
        _current.reset(token)


def current_seal(sender_id: str) -> Seal:
    """The seal of the turn under way. Raises BrokenSealError outside a turn, or for another conversation."""
    seal = _current.get()
    if seal is None or seal.id != sender_id:
        raise BrokenSealError
    return seal
