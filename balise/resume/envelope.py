"""The envelope of a code and of a file: a header, the plan (encrypted under a passphrase, or not), a checksum.

docs/resume-code.md gives it byte for byte, with its reasons; the page does the same in web/src.
"""

from __future__ import annotations

import os
import zlib
from enum import Enum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from balise.resume.errors import (
    DamagedFileError,
    FileTooLargeError,
    NewerError,
    PassphraseNeededError,
    UnreadableError,
    WrongPassphraseError,
)
from balise.resume.words import tokens

FORMAT = 1
SALT_BYTES = 8
TAG_BYTES = 16
MOST_BYTES = 64 * 1024
"""Of a file."""
_HEADER_BYTES = 1
_CHECKSUM_BYTES = 4
_PROTECTED, _FILE = 0x01, 0x02
_KEY_BYTES, _NONCE_BYTES = 32, 12
_MEMORY_KIB, _PASSES, _LANES = 19 * 1024, 2, 1
"""The cost of Argon2id: OWASP's least, a third of a second in JavaScript on this machine and a few on a slow phone."""


class Form(Enum):
    """How an envelope is carried: as words, or as a file."""

    CODE = 0
    FILE = _FILE


def protect(payload: bytes, passphrase: str | None, form: Form, salt: bytes | None = None) -> bytes:
    """The envelope of a plan; encrypted where there is a passphrase. `salt` is given by tests only.

    For a code a zero byte is added to the payload where the count of words would not tell the count of bytes.
    Raises PassphraseNeededError on a passphrase without a word.
    """
    fixed = _HEADER_BYTES + _CHECKSUM_BYTES + (SALT_BYTES + TAG_BYTES if passphrase is not None else 0)
    if form is Form.CODE and (fixed + len(payload)) % 3 == 2:
        payload += b"\0"
    head = bytes([FORMAT << 4 | form.value | (_PROTECTED if passphrase is not None else 0)])
    if passphrase is not None:
        salt = os.urandom(SALT_BYTES) if salt is None else salt
        head += salt
        payload = _sealed(payload, *_derived(passphrase, salt), head)
    whole = head + payload
    return whole + _checksum(whole)


def is_whole(envelope: bytes) -> bool:
    """Whether every byte is as it was written. The checksum has its place in any format to come."""
    return len(envelope) >= _HEADER_BYTES + _CHECKSUM_BYTES and _checksum(envelope[:-4]) == envelope[-4:]


def from_file(data: bytes) -> bytes:
    """The envelope that a file holds, whole. Raises FileTooLargeError, DamagedFileError, NewerError."""
    if len(data) > MOST_BYTES:
        raise FileTooLargeError
    if not is_whole(data) or form_of(data) is not Form.FILE:
        raise DamagedFileError
    return data


def is_protected(envelope: bytes) -> bool:
    """Whether a passphrase is needed. Raises NewerError for another format, UnreadableError where it is not whole."""
    return bool(_header(envelope) & _PROTECTED)


def form_of(envelope: bytes) -> Form:
    """How the envelope is carried. Raises NewerError for another format, UnreadableError where it is not whole."""
    return Form(_header(envelope) & _FILE)


def open_envelope(envelope: bytes, passphrase: str | None = None) -> bytes:
    """The payload of what `from_words` or `from_file` gave. A passphrase is not looked at where none is needed.

    Raises PassphraseNeededError, WrongPassphraseError, NewerError for another format, UnreadableError where it is not
    whole or holds no room for what protects it.
    """
    header = _header(envelope)
    body = envelope[_HEADER_BYTES:-_CHECKSUM_BYTES]
    if not header & _PROTECTED:
        return body
    if passphrase is None:
        raise PassphraseNeededError
    salt, sealed = body[:SALT_BYTES], body[SALT_BYTES:]
    if len(sealed) < TAG_BYTES:
        raise UnreadableError
    return _unsealed(sealed, *_derived(passphrase, salt), envelope[: _HEADER_BYTES + SALT_BYTES])


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big")


def _header(envelope: bytes) -> int:
    if not is_whole(envelope):
        raise UnreadableError
    if envelope[0] >> 4 != FORMAT or envelope[0] & 0x0F & ~(_PROTECTED | _FILE):
        raise NewerError
    return envelope[0]


def _derived(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key and the nonce: the salt is new each time, so that neither comes twice."""
    said = " ".join(tokens(passphrase)).encode("ascii")
    if not said:
        raise PassphraseNeededError
    kdf = Argon2id(
        salt=salt, length=_KEY_BYTES + _NONCE_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    key = kdf.derive(said)
    return key[:_KEY_BYTES], key[_KEY_BYTES:]


def _sealed(payload: bytes, key: bytes, nonce: bytes, head: bytes) -> bytes:
    """RFC 8439: the payload encrypted, then the tag."""
    return ChaCha20Poly1305(key).encrypt(nonce, payload, head)


def _unsealed(sealed: bytes, key: bytes, nonce: bytes, head: bytes) -> bytes:
    """The payload of what `_sealed` made. Raises WrongPassphraseError."""
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, head)
    except InvalidTag:
        raise WrongPassphraseError from None
