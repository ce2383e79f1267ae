"""Settings and keys that would break a promise stop the start, in one line without a secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balise_matrix.errors import OperatorError
from balise_matrix.keys import RootKey, credential
from balise_matrix.matrix.store import FILE, State
from balise_matrix.settings import Settings

SOUND = {
    "BALISE_MATRIX_HOMESERVER": "https://matrix.example.org/",
    "BALISE_MATRIX_USER": "@carnet:example.org",
    "BALISE_MATRIX_STATE": "/var/lib/balise-matrix",
}


def test_sound_settings_are_read() -> None:
    settings = Settings.from_environment(SOUND)
    assert (settings.homeserver, settings.lifetime) == ("https://matrix.example.org", 1800)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOMESERVER", "http://matrix.example.org"),
        ("HOMESERVER", ""),
        ("GUIDE", "http://guide.example.org/guide"),
        ("USER", "carnet"),
        ("STATE", ""),
        ("LIFETIME", "0"),
        ("LIFETIME", "86401"),
        ("PURGE_AFTER", "soon"),
        ("LOG_LEVEL", "chatty"),
    ],
)
def test_a_setting_that_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(OperatorError, match=f"BALISE_MATRIX_{name}"):
        Settings.from_environment({**SOUND, f"BALISE_MATRIX_{name}": value})


def test_a_root_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    path = tmp_path / "root-key"
    with pytest.raises(OperatorError):
        RootKey.from_environment(environment)
    path.write_bytes(b"short")
    path.chmod(0o400)
    with pytest.raises(OperatorError):
        RootKey.from_environment(environment)
    path.chmod(0o600)
    path.write_bytes(os.urandom(32))
    assert RootKey.from_environment(environment)
    path.chmod(0o440)
    with pytest.raises(OperatorError):
        RootKey.from_environment(environment)
    assert credential("purge-token", environment) is None
    with pytest.raises(OperatorError):
        credential("root-key", {})


def test_every_key_has_its_purpose_and_its_root() -> None:
    root, other = RootKey(b"a" * 32), RootKey(b"b" * 32)
    secrets = {root.secret("!a:x", 1), root.secret("!a:x", 2), root.secret("!b:x", 1), other.secret("!a:x", 1)}
    assert len(secrets) == 4
    assert root.name("x", "a", "bc") != root.name("x", "ab", "c")
    assert root.secret("!a:x", 1) == root.secret("!a:x", 1)
    assert "a" * 8 not in repr(root)


def test_the_store_opens_with_its_root_key_only_and_shows_nothing(tmp_path: Path) -> None:
    root = RootKey(os.urandom(32))
    state = State(tmp_path / "state", root)
    state.allow("@personne:example.org", "a master key")
    state.add_room("!salon:example.org", "@personne:example.org")
    for path in (tmp_path / "state").iterdir():
        assert path.stat().st_mode & 0o077 == 0
        held = path.read_bytes()
        assert not any(word in held for word in (b"personne", b"salon", b"workers", b"SQLite"))
    state.close()
    with pytest.raises(OperatorError, match=FILE):
        State(tmp_path / "state", RootKey(os.urandom(32)))
