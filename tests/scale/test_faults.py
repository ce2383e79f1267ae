"""Two guides on one Redis, and what happens to machines: kills, pauses, restarts, floods, slow lines, wrong clocks,
full disks. No turn is lost, none is done twice, and every refusal says when to try again."""

from __future__ import annotations

import re
import resource
import secrets
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from balise.engine.training import train
from balise.privacy.sealing import seal_of
from tests.channels.served import ask, free_port
from tests.scale.client import SCRIPT, RoundRobin, converse
from tests.scale.processes import Guide, Guides, ready
from tests.scale.redis_server import RedisServer, content_with

TURNS, BETWEEN_KILLS, AT_ONCE = 1_080, 100, 8
MOST = 300
"""Conversations that the store of these tests takes."""


class Service:
    """Redis, two guides, and what starts more of them."""

    def __init__(self, folder: Path) -> None:
        train()
        (folder / "redis").mkdir()
        self.redis = RedisServer(folder / "redis")
        self.guides = Guides(content_with(folder, self.redis.url, [("most", MOST)]), folder)
        self.metrics = free_port()
        self.two: list[Guide] = []

    def start(self) -> None:
        first = self.guides.begin({"BALISE_METRICS": f"127.0.0.1:{self.metrics}"})
        # Two hours ahead: only Redis's clock counts.
        self.two = [first, self.guides.begin({"CLOCK_SHIFT": "7200"})]
        for guide in self.two:
            ready(guide)

    def ports(self) -> list[int]:
        return [guide.port for guide in self.two if guide.is_ready()]

    def close(self) -> None:
        self.guides.close()
        self.redis.stop()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("scale"))
    try:
        running.start()
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def undisturbed(service: Service) -> list[Any]:
    """What a conversation is told when nothing happens."""
    told = converse(RoundRobin(service.ports))
    assert [answer["turn"] for answer in told] == list(range(2, len(SCRIPT) + 2))
    return told


def test_the_numbers_tell_of_requests_and_of_nobody(service: Service, undisturbed: list[Any]) -> None:
    secret, port = RoundRobin(service.ports).open(), service.two[0].port
    assert ask(port, "POST", "/message", {"message": "canari"}, secret)[0] == 200
    assert ask(port, "POST", "/message", {"message": "canari"}, secret[::-1])[0] == 401
    assert ask(port, "GET", f"/{secret}")[0] == 404
    with urlopen(f"http://127.0.0.1:{service.metrics}/metrics", timeout=30) as answer:
        numbers = answer.read().decode()
    assert 'balise_requests_total{route="message",status="401",why=""} 1.0' in numbers
    assert 'balise_request_seconds_count{route="message"}' in numbers
    assert "balise_conversations" in numbers
    assert set(re.findall(r"(\w+)=\"", numbers)) == {"route", "status", "why", "le"}
    for told in (secret, seal_of(secret).id, "canari", "created"):
        assert told not in numbers


class Killer:
    """Lets so many turns begin, kills a guide in the middle of them, and lets more begin once another has started."""

    def __init__(self, service: Service) -> None:
        self.service, self.kills = service, 0
        self._begun, self._allowed, self._more = 0, BETWEEN_KILLS, threading.Condition()

    def before_a_turn(self) -> None:
        with self._more:
            self._begun += 1
            self._more.notify_all()
            assert self._more.wait_for(lambda: self._begun <= self._allowed, timeout=300)

    def kill_every_hundred(self) -> None:
        for number in range(TURNS // BETWEEN_KILLS):
            with self._more:
                # Some turns of the hundred are still under way.
                assert self._more.wait_for(lambda: self._begun >= self._allowed, timeout=300)
            place = number % 2
            self.service.two[place].end(signal.SIGKILL)
            self.kills += 1
            with self._more:
                self._allowed += BETWEEN_KILLS // 2
                self._more.notify_all()
            self.service.two[place] = self.service.guides.start()
            with self._more:
                self._allowed += BETWEEN_KILLS // 2
                self._more.notify_all()


def test_a_kill_every_hundred_turns_loses_none_and_doubles_none(service: Service, undisturbed: list[Any]) -> None:
    killer, client = Killer(service), RoundRobin(service.ports)
    with ThreadPoolExecutor(AT_ONCE + 1) as threads:
        killing = threads.submit(killer.kill_every_hundred)
        talks = [threads.submit(converse, client, killer.before_a_turn) for _ in range(TURNS // len(SCRIPT))]
        told = [talk.result() for talk in talks]
        killing.result()
    assert killer.kills >= 10
    assert client.retries
    # Every answer of every conversation, its number with it, is the one of an undisturbed conversation.
    assert all(one == undisturbed for one in told)


def _answered(guide: Guide, secret: str, text: str, key: str) -> tuple[int, dict[str, str], Any]:
    return ask(guide.port, "POST", "/message", {"message": text}, secret, headers={"Idempotency-Key": key})


def test_a_stopped_redis_is_told_with_a_time_to_wait_and_the_same_message_is_then_answered_once(
    service: Service,
) -> None:
    secret, key = RoundRobin(service.ports).open(), secrets.token_hex(16)
    _answered(service.two[0], secret, "/open_risks", secrets.token_hex(16))
    service.redis.pause()
    try:
        status, headers, answer = _answered(service.two[0], secret, "1", key)
        opened = ask(service.two[0].port, "POST", "/session", {})
        lines = ask(service.two[0].port, "GET", "/urgence")
    finally:
        service.redis.resume()
    assert (status, opened[0]) == (503, 503)
    assert int(headers["retry-after"]) > 0
    assert "n’a pas accès à vos réponses" in answer["messages"][0]["text"]
    assert lines[0] == 200
    assert 'href="tel:911"' in lines[2]
    client = RoundRobin(service.ports)
    _, once = client.ask("/message", {"message": "1"}, secret, key)
    _, again = client.ask("/message", {"message": "1"}, secret, key)
    assert once == again
    assert once["turn"] == 3


def test_a_restarted_redis_has_forgotten_and_says_so(service: Service) -> None:
    client = RoundRobin(service.ports)
    secret = client.open()
    service.redis.stop()
    status, headers, _ = _answered(service.two[1], secret, "bonjour", secrets.token_hex(16))
    assert status == 503
    assert "retry-after" in headers
    service.redis.start()
    status, answer = client.say(secret, "/open_risks", 1)
    assert status == 401
    assert "n’existe plus" in answer["messages"][0]["text"]
    # What the page does then: a new conversation, in which everything is said again.
    assert client.say(client.open(), "/open_risks", 1)[0] == 200
    # Nothing of the store's address or of a message is told to the operator.
    for guide in service.two:
        assert "store.unreachable" in guide.told or guide is service.two[0]
        assert str(service.redis.port) not in guide.told


def test_a_message_waits_for_the_turn_before_it_in_another_process(service: Service) -> None:
    secret = RoundRobin(service.ports).open()
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(
                lambda number: _answered(service.two[number % 2], secret, "/open_risks", secrets.token_hex(16))[2],
                range(4),
            )
        )
    assert sorted(answer["turn"] for answer in answers) == [2, 3, 4, 5]


def test_slow_lines_and_a_flood_leave_others_unharmed(service: Service) -> None:
    client = RoundRobin(service.ports)
    secret, port = client.open(), service.two[0].port
    slow = []
    for _ in range(100):
        line = socket.create_connection(("127.0.0.1", port), timeout=60)
        line.sendall(b"POST /guide/message HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n")
        slow.append(line)
    flooded = RoundRobin(service.ports).open()
    with ThreadPoolExecutor(8) as threads:
        flood = threads.map(lambda _: ask(port, "POST", "/message", raw=b"{", secret=flooded), range(600))
        assert client.say(secret, "/open_risks", 1)[0] == 200
        answers = list(flood)
    assert {status for status, _, _ in answers} == {400, 429}
    assert all(int(headers["retry-after"]) > 0 for status, headers, _ in answers if status == 429)
    # A request that does not come in is ended.
    assert slow[0].recv(4096).startswith((b"HTTP/1.1 408", b"HTTP/1.1 4"))
    for line in slow:
        line.close()


def test_a_full_disk_stops_nothing_since_nothing_is_written(service: Service) -> None:
    none = (0, 0)
    for pid in [service.redis.process.pid, *(guide.pid for guide in service.two)]:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, none)
    assert [answer["turn"] for answer in converse(RoundRobin(service.ports))][-1] == len(SCRIPT) + 1


def test_a_full_store_refuses_new_conversations_and_keeps_those_under_way(service: Service) -> None:
    client = RoundRobin(service.ports)
    secret = client.open()
    redis = service.redis.client()
    soon = time.time() + 600
    redis.zadd("balise:held", {f"other-{number}": soon * 1000 for number in range(MOST)})
    status, headers, answer = ask(service.two[1].port, "POST", "/session", {})
    assert status == 503
    assert int(headers["retry-after"]) >= 30
    assert "9-1-1" in answer["messages"][0]["text"]
    assert client.say(secret, "/open_risks", 1)[0] == 200
    assert ask(service.two[1].port, "GET", "/urgence")[0] == 200
    redis.zrem("balise:held", *(f"other-{number}" for number in range(MOST)))
    assert client.open()


@pytest.mark.parametrize(("place", "sent"), [(0, signal.SIGTERM), (1, signal.SIGINT)])
def test_a_stop_ends_the_turns_under_way(service: Service, place: int, sent: signal.Signals) -> None:
    """These are the last tests of this file: each takes one of the two guides away."""
    leaving = service.two[place]
    secret = RoundRobin(lambda: [leaving.port]).open()
    lock, redis = f"balise:turn:{seal_of(secret).id}", service.redis.client()
    with ThreadPoolExecutor(1) as threads:
        # Another process's turn is under way, so this one waits for certain.
        redis.set(lock, "another")
        answer = threads.submit(_answered, leaving, secret, "/open_risks", secrets.token_hex(16))
        while not redis.exists(f"balise:pace:{seal_of(secret).id}"):
            time.sleep(0.02)
        leaving.send(sent)
        while _accepts(leaving.port):
            time.sleep(0.02)
        redis.delete(lock)
        assert answer.result()[0] == 200
    deadline = time.monotonic() + 60
    while leaving.is_alive():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "Traceback" not in leaving.told


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
