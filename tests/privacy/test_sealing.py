"""Only the secret of a conversation opens what was sealed with it."""

from __future__ import annotations

import pytest

from balise.privacy.sealing import BrokenSealError, new_secret, seal_of


def test_what_was_sealed_opens_with_the_same_secret() -> None:
    secret = new_secret()
    for value in (b"", b"x", "é".encode() * 5000):
        assert seal_of(secret).open(seal_of(secret).close(value)) == value


def test_nothing_opens_with_another_secret_under_another_id_or_once_changed() -> None:
    seal, other = seal_of(new_secret()), seal_of(new_secret())
    sealed = seal.close(b"une note")
    with pytest.raises(BrokenSealError):
        other.open(sealed)
    with pytest.raises(BrokenSealError):
        type(seal)(other.id, seal.key).open(sealed)
    for changed in (b"", sealed[:20], sealed[:-1] + bytes([sealed[-1] ^ 1]), bytes([sealed[0] ^ 1]) + sealed[1:]):
        with pytest.raises(BrokenSealError):
            seal.open(changed)


def test_the_length_tells_little_and_the_key_is_never_shown() -> None:
    seal = seal_of(new_secret())
    assert len(seal.close(b"non")) == len(seal.close(b"x" * 1900))
    assert repr(seal.key) not in repr(seal)


@pytest.mark.parametrize("secret", ["", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "=", "../" * 14 + "a", "a" * 42 + "b"])
def test_what_is_no_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="not a secret"):
        seal_of(secret)
