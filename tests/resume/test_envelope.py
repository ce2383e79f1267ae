"""The envelope is that of docs/resume-code.md, and only its passphrase opens it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.resume import errors
from balise.resume.code import to_words
from balise.resume.envelope import MOST_BYTES, Form, form_of, from_file, is_protected, open_envelope, protect
from balise.resume.errors import DamagedFileError, FileTooLargeError, ResumeError, UnreadableError, WrongPassphraseError
from balise.resume.words import passphrase, tokens
from tests.resume.conftest import untimed


def test_envelopes_are_those_of_the_vectors(vectors: dict[str, Any]) -> None:
    for case in vectors["envelopes"]:
        salt = bytes.fromhex(case["salt"]) if case["salt"] else None
        form = Form[case["form"].upper()]
        envelope = protect(bytes.fromhex(case["payload"]), case["passphrase"], form, salt)
        assert envelope.hex() == case["envelope"]
        assert open_envelope(envelope, case["passphrase"]).hex() == case["opened"]
        assert is_protected(envelope) == (case["passphrase"] is not None)
        assert form_of(envelope) is form
        if form is Form.CODE:
            assert " ".join(to_words(envelope)) == case["words"]


def test_a_passphrase_is_read_as_in_the_vectors(vectors: dict[str, Any]) -> None:
    for case in vectors["passphrases"]:
        assert " ".join(tokens(case["typed"])) == case["read"]


@pytest.mark.parametrize(("group", "given"), [("opening", "envelope"), ("files", "file")])
def test_what_does_not_open_is_told_as_in_the_vectors(vectors: dict[str, Any], group: str, given: str) -> None:
    for case in vectors[group]:
        data = bytes.fromhex(case[given])

        def opened(data: bytes = data, case: dict[str, Any] = case) -> bytes:
            return from_file(data) if group == "files" else open_envelope(data, case["passphrase"])

        if "error" not in case:
            assert opened().hex() == case.get("opened", case.get("envelope")), case["why"]
            continue
        with pytest.raises(getattr(errors, f"{case['error']}Error")):
            opened()


@given(st.binary(max_size=200), st.sampled_from(Form))
@settings(untimed, max_examples=15)
def test_another_passphrase_opens_nothing(payload: bytes, form: Form) -> None:
    mine, other = passphrase(), passphrase()
    envelope = protect(payload, mine, form)
    assert open_envelope(envelope, mine).rstrip(b"\0") == payload.rstrip(b"\0")
    with pytest.raises(WrongPassphraseError):
        open_envelope(envelope, other)


def test_the_same_plan_is_never_protected_twice_alike() -> None:
    said = passphrase()
    made = [protect(b"the same plan", said, Form.CODE) for _ in range(5)]
    assert len({envelope[1:9] for envelope in made}) == len({envelope[9:] for envelope in made}) == 5


@given(st.binary(max_size=300), st.data())
@untimed
def test_a_file_cut_or_changed_is_told(payload: bytes, data: st.DataObject) -> None:
    file = protect(payload, None, Form.FILE)
    with pytest.raises(DamagedFileError):
        from_file(file[: data.draw(st.integers(0, len(file) - 1))])
    changed = bytearray(file)
    changed[data.draw(st.integers(0, len(file) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DamagedFileError):
        from_file(bytes(changed))


def test_a_file_above_the_limit_is_not_read() -> None:
    assert from_file(protect(bytes(MOST_BYTES - 5), None, Form.FILE))
    with pytest.raises(FileTooLargeError):
        from_file(protect(bytes(MOST_BYTES - 4), None, Form.FILE))


@given(st.binary(max_size=100))
@untimed
def test_no_bytes_crash_the_opening(data: bytes) -> None:
    for read in (from_file, is_protected, open_envelope):
        with pytest.raises(ResumeError):
            read(data)
    with pytest.raises(UnreadableError):
        open_envelope(data)
