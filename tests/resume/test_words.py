"""The list of words, how they are read, and that a mistake in a written code is caught and shown."""

from __future__ import annotations

import hashlib
import importlib.util
import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from balise.plan.catalogue import PROJECT
from balise.resume import errors
from balise.resume.code import from_words, looks_like_code, to_words
from balise.resume.envelope import Form, protect
from balise.resume.errors import CodeError, UnknownWordError
from balise.resume.words import one_edit, passphrase, tokens, word_list
from tests.resume.conftest import untimed

codes = st.binary(min_size=1, max_size=40).map(lambda payload: protect(payload, None, Form.CODE))


def test_the_list_keeps_its_rules() -> None:
    spec = importlib.util.spec_from_file_location("make_word_list", PROJECT / "scripts" / "make_word_list.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    words = set(word_list())
    assert len(word_list()) == len(words) == 4096
    assert list(word_list()) == sorted(words)
    assert all(word.isascii() and word.islower() and word.isalpha() and 4 <= len(word) <= 9 for word in words)
    assert not words & maker.excluded()
    assert not words & (maker.listed("first_names.txt", ("3",)) | maker.listed("places.txt"))
    assert not {word: near for word in words if (near := one_edit(word) & words)}


def test_the_list_is_the_one_of_the_vectors(vectors: dict[str, Any]) -> None:
    told = vectors["words"]
    data = (PROJECT / "data" / "resume" / "words.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == told["sha256"]
    assert {place: word_list()[int(place)] for place in told["at"]} == told["at"]


def test_reading_is_that_of_the_vectors(vectors: dict[str, Any]) -> None:
    for case in vectors["reading"]:
        if "envelope" in case:
            assert from_words(case["text"]).hex() == case["envelope"], case["why"]
            continue
        with pytest.raises(getattr(errors, f"{case['error']}Error")) as raised:
            from_words(case["text"])
        assert type(raised.value).__name__ == f"{case['error']}Error", case["why"]
        assert raised.value.values == case.get("values", {}), case["why"]


@given(codes)
@untimed
def test_words_give_the_envelope_back(envelope: bytes) -> None:
    assert from_words(" ".join(to_words(envelope))) == envelope


@given(codes, st.data())
@untimed
def test_a_letter_that_is_wrong_is_shown_where_it_stands(envelope: bytes, data: st.DataObject) -> None:
    words = list(to_words(envelope))
    place = data.draw(st.integers(0, len(words) - 1))
    meant = words[place]
    words[place] = data.draw(st.sampled_from(sorted(wrong for wrong in one_edit(meant) if wrong)))
    with pytest.raises(UnknownWordError) as raised:
        from_words(" ".join(words))
    assert raised.value.place == place + 1
    assert raised.value.values.get("near", meant) == meant


@given(codes, st.data())
@untimed
def test_no_single_character_makes_another_plan(envelope: bytes, data: st.DataObject) -> None:
    text = " ".join(to_words(envelope))
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from(["", *"abcdefghijklmnopqrstuvwxyz 0123456789.,-'é\n"]))
    mistaken = text[:at] + put + text[at + data.draw(st.integers(0, 1)) :]
    try:
        # What changes no word, a comma or an accent, is forgiven.
        assert from_words(mistaken) == envelope
    except CodeError:
        assert tokens(mistaken) != tokens(text)


@given(codes, st.data())
@untimed
def test_words_missing_doubled_or_swapped_are_caught(envelope: bytes, data: st.DataObject) -> None:
    words = list(to_words(envelope))
    at, other = data.draw(st.integers(0, len(words) - 1)), data.draw(st.integers(0, len(words) - 1))
    swapped = list(words)
    swapped[at], swapped[other] = words[other], words[at]
    for mistaken in (swapped, words[:at] + words[at + 1 :], [*words[:at], words[other], *words[at:]]):
        if mistaken != words:
            with pytest.raises(CodeError):
                from_words(" ".join(mistaken))


def test_ten_thousand_random_codes_neither_crash_nor_open() -> None:
    chance = random.Random(20261122)
    for _ in range(10_000):
        with pytest.raises(CodeError):
            from_words(" ".join(chance.choices(word_list(), k=chance.randint(1, 60))))


def test_a_code_looks_like_one_even_with_a_mistake() -> None:
    chance = random.Random(6)
    for size in range(1, 60):
        for said in (None, passphrase()) if size == 20 else (None,):
            words = list(to_words(protect(chance.randbytes(size), said, Form.CODE)))
            assert looks_like_code(" ".join(words))
            at = chance.randrange(len(words))
            words[at] = chance.choice(sorted(one_edit(words[at])))
            assert looks_like_code("\n".join(f"{place}. {word}" for place, word in enumerate(words, 1)))


def _messages() -> list[str]:
    """Every message that the project keeps: examples, held-out lines, the corpora of redaction."""
    found: list[str] = []
    for path in (PROJECT / "data" / "nlu").glob("*.yml"):
        for group in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            found += [line.removeprefix("- ") for line in group.get("examples", "").splitlines()]
    for folder in ("tests/understanding", "data/redaction/corpus"):
        for path in (PROJECT / folder).rglob("*.*"):
            found += path.read_text(encoding="utf-8").splitlines()
    return found


def test_no_message_looks_like_a_code() -> None:
    messages = _messages()
    assert len(messages) > 10_000
    assert [message for message in messages if looks_like_code(message)] == []


def test_a_passphrase_is_five_listed_words_that_do_not_come_twice() -> None:
    made = [passphrase() for _ in range(100)]
    assert len(set(made)) == 100
    assert all(len(said.split(" ")) == 5 and set(said.split(" ")) <= set(word_list()) for said in made)
