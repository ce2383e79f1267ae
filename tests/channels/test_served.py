"""The guide as `make run` serves it, and as `balise chat --json` talks: real processes, real requests."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from balise.engine.training import train
from balise.plan.catalogue import ROOT
from balise.privacy.sealing import new_secret
from tests.channels.served import Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_the_address_printed_shows_the_page(served: Served) -> None:
    assert f"http://127.0.0.1:{served.port}/guide/" in served.told
    status, headers, page = served.request("GET", "/")
    assert status == 200
    assert "<title>Guide</title>" in page
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    for name in re.findall(r'(?:src|href)="([a-z.]+)"', page):
        assert served.request("GET", f"/{name}")[0] == 200


def test_no_other_origin_is_told_anything(served: Served) -> None:
    for method, path in (("POST", "/session"), ("OPTIONS", "/message"), ("GET", "/")):
        headers = served.request(method, path, {}, headers={"Origin": "https://example.org"})[1]
        assert [name for name in headers if name.startswith("access-control-")] == []


def test_a_conversation_over_http(served: Served) -> None:
    status, _, opened = served.request("POST", "/session", {})
    assert status == 200
    assert opened["removed"] == []
    secret = opened["session"]
    assert len(secret) == 43
    status, headers, asked = served.request("POST", "/message", {"message": "/open_risks"}, secret)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert asked["messages"][-1]["multiple"] is True
    assert asked["left"] == 7
    _, _, answered = served.request("POST", "/message", {"message": "1, 2", "reply_to": asked["turn"]}, secret)
    assert answered["left"] == 6


def test_a_message_sent_again_is_answered_once(served: Served) -> None:
    secret = served.open()
    served.request("POST", "/message", {"message": "/open_risks"}, secret)
    key, next_key = ({"Idempotency-Key": f"a-key-of-the-client-{number}"} for number in (1, 2))
    first = served.request("POST", "/message", {"message": "1"}, secret, headers=key)
    again = served.request("POST", "/message", {"message": "1"}, secret, headers=key)
    assert again[2] == first[2]
    other = served.request("POST", "/message", {"message": "1"}, secret, headers=next_key)
    assert other[2]["turn"] == first[2]["turn"] + 1
    assert other[2]["left"] == first[2]["left"] - 1


def test_a_key_that_is_none_is_refused(served: Served) -> None:
    secret = served.open()
    for key in ("short", "x" * 65, "with space and more", "accenté-accenté-accenté"):
        header = {"Idempotency-Key": key.encode().decode("latin-1")}
        assert served.request("POST", "/message", {"message": "1"}, secret, headers=header)[0] == 400


def test_the_screen_tells_what_is_shown(served: Served) -> None:
    opened = served.request("POST", "/session", {})[2]
    secret = opened["session"]
    assert opened["screen"] == "talk"
    shown = []
    for said in ("/open_risks", "1", "/summary", "/emergency", "/resume", "/pause", "/erase", "/confirm_erase"):
        shown.append(served.request("POST", "/message", {"message": said}, secret)[2]["screen"])
    assert shown == ["question", "question", "document", "emergency", "question", "paused", "talk", "erased"]


def test_the_map_tells_what_is_done_and_opens_each_section(served: Served) -> None:
    secret = served.open()
    served.request("POST", "/message", {"message": "/open_risks"}, secret)
    served.request("POST", "/message", {"message": "1"}, secret)
    sections = served.request("POST", "/map", {}, secret)[2]["sections"]
    begun = [section for section in sections if section["answered"]]
    assert [section["value"] for section in begun] == ["/open_risks"]
    for section in sections:
        answer = served.request("POST", "/message", {"message": section["value"]}, secret)[2]
        assert answer["section"] == section["title"]


def test_answers_travel_compressed_where_the_client_reads_it(served: Served) -> None:
    status, headers, page = served.request("GET", "/", headers={"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert page == served.request("GET", "/")[2]


def test_two_secrets_never_share_a_conversation(served: Served) -> None:
    one = served.open()
    two = served.open()
    assert one != two
    served.request("POST", "/message", {"message": "/open_risks"}, one)
    _, _, answer = served.request("POST", "/message", {"message": "résumé"}, two)
    assert "Rien n’est encore noté" in answer["messages"][0]["text"]


@pytest.mark.parametrize("secret", [None, "", "default", "a" * 43 + "!", "x" * 400])
def test_a_message_without_a_true_secret_is_refused(served: Served, secret: str | None) -> None:
    status, _, answer = served.request("POST", "/message", {"message": "bonjour"}, secret)
    assert status == 401
    assert "n’existe" in answer["messages"][0]["text"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"message": 3}', b'{"text": "a"}', b"\xff\xfe"])
def test_a_body_that_is_no_message_is_told_in_french(served: Served, raw: bytes) -> None:
    secret = served.open()
    status, _, answer = served.request("POST", "/message", raw=raw, secret=secret)
    assert status == 400
    assert "envoyez-le de nouveau" in answer["messages"][0]["text"]


def test_a_body_too_large_is_refused(served: Served) -> None:
    secret = served.open()
    status, _, _ = served.request("POST", "/message", {"message": "a" * 20_000}, secret)
    assert status == 413


def test_erase_forgets_the_conversation(served: Served) -> None:
    secret = served.open()
    served.request("POST", "/message", {"message": "/open_risks"}, secret)
    served.request("POST", "/message", {"message": "1"}, secret)
    assert served.request("POST", "/erase", secret=secret)[0] in (200, 204)
    status, _, answer = served.request("POST", "/message", {"message": "résumé"}, secret)
    assert status == 401
    assert "Rien n’a été gardé" in answer["messages"][0]["text"]


def test_erasing_in_words_ends_the_conversation_at_once(served: Served) -> None:
    secret = served.open()
    for said in ("/open_risks", "1", "tout effacer"):
        served.request("POST", "/message", {"message": said}, secret)
    _, _, erased = served.request("POST", "/message", {"message": "oui"}, secret)
    assert "Tout est effacé ici" in erased["messages"][0]["text"]
    assert served.request("POST", "/message", {"message": "résumé"}, secret)[0] == 401


def test_a_secret_that_the_server_did_not_make_opens_nothing(served: Served) -> None:
    assert served.request("POST", "/message", {"message": "bonjour"}, new_secret())[0] == 401


def test_nothing_but_the_channel_answers(served: Served) -> None:
    for path in ("/conversations/x/tracker", "/model", "/domain", "/webhooks/rest/webhook"):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == 404


def test_ctrl_c_ends_cleanly(served: Served) -> None:
    assert served.stop() == 0
    assert "Traceback" not in served.told


def test_chat_json_greets_then_answers_each_line() -> None:
    train()
    lines = "/open_evacuation\n2\npar en arrière\npasser\n"
    done = subprocess.run(
        [sys.executable, "-m", "balise", "chat", "--json"], cwd=ROOT, input=lines, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(turns) == 5
    for turn in turns:
        assert set(turn) == {"messages", "removed"}
        for message in turn["messages"]:
            assert set(message) == {"text", "choices", "multiple"}
    assert turns[0]["messages"][-1]["choices"]
    assert "Porte arrière" in turns[3]["messages"][0]["text"]


def test_understand_json_reads_a_line_alone() -> None:
    train()
    done = subprocess.run(
        [sys.executable, "-m", "balise", "understand", "--json"],
        cwd=ROOT,
        input="stp efface toute\nhmm la chose de tantot\n",
        capture_output=True,
        text=True,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["intent"] == "erase"
    assert set(second) == {"intent", "confidence", "offered"}
    assert len(second["offered"]) <= 3
