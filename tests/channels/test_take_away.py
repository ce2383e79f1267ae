"""Documents, codes and files over HTTP, for clients that can't make them themselves; the page on what we could give."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from balise.plan.typography import french
from balise.resume import from_words, is_protected, passphrase
from tests.channels.served import Served

SECRET = passphrase()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served()
    yield running
    running.stop()


def _says(served: Served, secret: str, *messages: str) -> dict[str, Any]:
    answers = [served.request("POST", "/message", {"message": one}, secret)[2] for one in messages]
    answer: dict[str, Any] = answers[-1]
    return answer


@pytest.fixture
def planned(served: Served) -> str:
    """A conversation with four answers, one with a note."""
    secret = served.open()
    _says(served, secret, "/open_evacuation", "crisis_home", "main_door", "evening", "un vélo caché")
    return secret


def _asks(served: Served, path: str, secret: str, **body: Any) -> tuple[int, dict[str, str], Any]:
    """A request that is let in; what is heavy waits for its turn."""
    while (answer := served.request("POST", path, body, secret))[0] == 429:
        time.sleep(0.3)
    return answer


def _file(served: Served, path: str, secret: str, **body: Any) -> bytes:
    """The bytes of a file."""
    held = served.raw("POST", path, body, secret)
    assert held.startswith(b"%PDF")
    return held


def test_a_document_says_as_data_what_it_says_as_text(served: Served, planned: str) -> None:
    paper = _asks(served, "/document", planned, document="note")[2]
    text = _asks(served, "/document", planned, document="note", format="text")[2]
    answers = [block for block in paper["blocks"] if block["type"] == "answer"]
    assert len(answers) >= 4
    for block in answers:
        assert french(f"{block['label']} : {block['text']}") in text


def test_a_pdf_opens_with_its_passphrase_only(served: Served, planned: str) -> None:
    held = _file(served, "/document", planned, document="note", format="pdf", passphrase=SECRET)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(held))
    with pikepdf.open(io.BytesIO(held), password=SECRET) as opened:
        assert opened.encryption.R == 6


def test_the_person_s_paper_waits_for_the_yes(served: Served, planned: str) -> None:
    status, _, told = _asks(served, "/document", planned, document="reminder")
    assert status == 403
    assert "question sur le papier" in told["messages"][0]["text"]
    _says(served, planned, "/export", "/document:reminder", "/document:reminder_yes")
    status, _, paper = _asks(served, "/document", planned, document="reminder")
    assert status == 200
    assert paper["footer"] is None


def test_a_code_and_a_file_made_here_bring_the_plan_back(served: Served, planned: str) -> None:
    words = _asks(served, "/code", planned, passphrase=SECRET)[2]["words"]
    file = _asks(served, "/code", planned, form="file", passphrase=SECRET)[2]["file"]
    for brought, has_notes in (({"code": " ".join(words)}, False), ({"file": file}, True)):
        later = served.open()
        status, _, answer = _asks(served, "/take-up", later, **brought, passphrase=SECRET)
        assert status == 200
        assert "Le plan est repris" in answer["messages"][0]["text"]
        text = _asks(served, "/document", later, document="note", format="text")[2]
        assert "Porte principale" in text
        assert ("un vélo caché" in text) is has_notes


def test_a_device_that_protects_by_itself_is_given_no_more_than_the_choices(served: Served, planned: str) -> None:
    packed = _asks(served, "/code", planned)[2]
    assert packed.keys() == {"left_out", "payload"}
    later = served.open()
    assert _asks(served, "/take-up", later, payload=packed["payload"])[0] == 200


def test_a_plan_taken_up_twice_under_one_key_is_taken_up_once(served: Served, planned: str) -> None:
    packed, later = _asks(served, "/code", planned)[2], served.open()
    key = {"Idempotency-Key": "a-key-of-the-client-1"}
    body = {"payload": packed["payload"]}
    first = served.request("POST", "/take-up", body, later, headers=key)[2]
    assert served.request("POST", "/take-up", body, later, headers=key)[2] == first


def test_what_cannot_be_read_is_told_and_the_conversation_stays(served: Served, planned: str) -> None:
    words = _asks(served, "/code", planned, passphrase=SECRET)[2]["words"]
    file = base64.b64decode(_asks(served, "/code", planned, form="file", passphrase=SECRET)[2]["file"])
    bad = [
        ({"code": " ".join(words), "passphrase": "abaisser " * 5}, "phrase de passe"),
        ({"code": " ".join(words)}, "phrase de passe"),
        ({"code": " ".join([*words[:4], words[4] + "zz", *words[5:]]), "passphrase": SECRET}, "5"),
        ({"file": base64.b64encode(file[:-2]).decode(), "passphrase": SECRET}, "fichier"),
    ]
    before = _asks(served, "/document", planned, document="note", format="text")[2]
    for body, expected in bad:
        status, _, told = _asks(served, "/take-up", planned, **body)
        assert status == 422
        assert expected in told["messages"][0]["text"]
    assert _asks(served, "/document", planned, document="note", format="text")[2] == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/document", {}),
        ("/document", {"document": "other"}),
        ("/document", {"document": "note", "format": "docx"}),
        ("/document", {"document": "note", "passphrase": "a b"}),
        ("/document", {"document": "note", "format": "pdf", "passphrase": 5}),
        ("/code", {"form": "scroll"}),
        ("/picture", {}),
        ("/take-up", {}),
        ("/take-up", {"code": "a", "payload": "YQ=="}),
        ("/take-up", {"payload": "é"}),
    ],
)
def test_a_body_that_is_not_what_was_asked_for_is_told(served: Served, path: str, body: dict[str, Any]) -> None:
    status, _, told = _asks(served, path, served.open(), **body)
    assert status == 400
    assert "envoyez-le de nouveau" in told["messages"][0]["text"]


def test_a_picture_of_a_code_draws_it_without_opening_it(served: Served, planned: str) -> None:
    words = " ".join(_asks(served, "/code", planned, passphrase=SECRET)[2]["words"])
    assert is_protected(from_words(words))
    assert _asks(served, "/picture", planned, code=words)[2]["svg"].startswith("<svg")


def test_what_is_heavy_is_counted_as_such(served: Served) -> None:
    secret = served.open()
    statuses = [served.request("POST", "/code", {}, secret)[0] for _ in range(12)]
    assert 200 in statuses
    assert 429 in statuses


def test_the_page_on_what_we_could_give_runs_nothing_and_says_the_settings(served: Served) -> None:
    status, headers, page = served.request("GET", "/ce-que-nous-gardons")
    assert status == 200
    assert "30 minutes" in page
    assert "<script" not in page
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]


def test_a_code_typed_in_the_conversation_is_kept_nowhere(served: Served, planned: str) -> None:
    told = _says(served, planned, "/make_code", "/make_code:plain")
    code = max((message["text"] for message in told["messages"]), key=len)
    later = served.open()
    assert "Le plan est repris" in _says(served, later, code)["messages"][0]["text"]
    assert code not in json.dumps(_asks(served, "/document", later, document="note")[2], ensure_ascii=False)
