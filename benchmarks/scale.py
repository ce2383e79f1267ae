"""Speed, memory and growth, side by side with stock Rasa 3.6.21 in one run: one line of JSON for each figure.

Both are real servers on loopback, spoken to by the same client with the same lines: sections are opened, questions are
answered with the number of a choice or with words, and « /why » comes in between so that a conversation grows long.
Stock Rasa is two processes (`rasa run` and `rasa run actions`) and its figures are their sum. CPU is what the kernel
counts for a process (utime and stime); on a machine that others use too, CPU and ratios stay meaningful where seconds
do not.
The exit code is 1 where a bar does not hold.
"""

from __future__ import annotations

import http.client
import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from pathlib import Path

from balise.engine.training import train
from balise.plan.catalogue import PROJECT
from balise.privacy import redact
from balise.privacy.sealing import new_secret, seal_of
from benchmarks.stock.make import ASIDE, make
from tests.channels.served import ask, free_port
from tests.scale.redis_server import RedisServer, content_with

OWN_WORDS = "un détail à préciser plus tard"
"""They are no choice of any question: each time, they are redacted and understood."""
WINDOWS = {5: (0, 11), 40: (33, 44), 240: (231, 242)}
"""The turns of which a CPU figure is the mean: from the first to the one before the last. Each is one round of `lines`
over one section, so that the same is said in all of them."""
CONVERSATIONS = {"balise": 10, "stock": 1}
"""That long, a line of each in turn: the mean is over all of them. Ten stay under the guide's own limit of one
conversation's pace, so none waits; one of stock takes minutes."""
ROUNDS = 3
"""Of these conversations, ours and stock's in turn; the least of each figure counts. A machine that others use too
takes half as much processor again for the same work from one minute to the next."""
AT_ONCE = (1, 8, 32)
TURNS_EACH = 12
_TICK = os.sysconf("SC_CLK_TCK")
Say = Callable[[str], None]


def lines() -> Iterator[str]:
    """What is said, without end: few answers, so that questions are left at turn 240."""
    names = ("evacuation", "risks", "places", "communications", "contacts", "self_care")
    for name in cycle(names):
        yield f"/open_{name}"
        for answer in ("1", OWN_WORDS):
            yield answer
            yield from [f"/{ASIDE}"] * 4


class Served:
    """Processes that together are one server."""

    def __init__(self, name: str, processes: Sequence[subprocess.Popen[bytes]], ports: Sequence[int]) -> None:
        self.name, self.processes, self.ports = name, processes, ports

    def cpu(self) -> float:
        """Seconds used so far."""
        return sum(_cpu(process.pid) for process in self.processes)

    def memory(self) -> int:
        """Resident bytes now."""
        told = (Path(f"/proc/{process.pid}/status").read_text() for process in self.processes)
        return sum(int(line.split()[1]) * 1024 for text in told for line in text.splitlines() if "VmRSS" in line)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
            process.wait(timeout=60)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


class Balise(Served):
    """`balise run`, once or more often."""

    def open(self, place: int = 0) -> Say:
        """A conversation; what it gives says one line and waits for the answer."""
        status, _, answer = self._ask(place, "/session", {})
        while status == 429:
            time.sleep(0.2)
            status, _, answer = self._ask(place, "/session", {})
        secret, turn, count = answer["session"], answer["turn"], place

        def say(text: str) -> None:
            nonlocal turn, count
            count += 1
            body = {"message": text, "reply_to": turn}
            key = {"Idempotency-Key": secrets.token_hex(16)}
            status, _, answer = self._ask(count, "/message", body, secret, key)
            while status == 429:
                # Faster than any person: the guide's own limit on one conversation.
                time.sleep(1)
                status, _, answer = self._ask(count, "/message", body, secret, key)
            assert status == 200, status
            turn = answer["turn"]

        return say

    def _ask(self, place: int, path: str, body: object, secret: str | None = None, key: dict[str, str] | None = None):
        return ask(self.ports[place % len(self.ports)], "POST", path, body, secret, headers=key)


class Stock(Served):
    """`rasa run` and `rasa run actions`."""

    def open(self, place: int = 0) -> Say:
        """See Balise."""
        sender = secrets.token_hex(8)

        def say(text: str) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=120)
            body = json.dumps({"sender": sender, "message": text})
            connection.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            held = answer.read()
            connection.close()
            assert answer.status == 200, answer.status
            # Outside a section it may have nothing to say; while it starts, it says nothing at all.
            assert json.loads(held) or text != "/open_risks"

        return say


def _start(
    kind: type[Balise] | type[Stock],
    name: str,
    commands: Sequence[tuple[list[str], int]],
    folder: Path,
    **settings: str,
) -> tuple[Balise | Stock, float, float]:
    """Start processes and wait for a first answer: the server, seconds of a clock and of CPU until then."""
    begun = time.monotonic()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", **settings}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**environment, "BALISE_PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command, port in commands
    ]
    served = kind(name, processes, [port for _, port in commands])
    while True:
        assert all(process.poll() is None for process in processes), name
        try:
            served.open()("/open_risks")
            break
        except (OSError, http.client.HTTPException, AssertionError):
            time.sleep(0.2)
    return served, time.monotonic() - begun, served.cpu()


def _balise(folder: Path, name: str, count: int = 1, **settings: str) -> tuple[Balise, float, float]:
    commands = [(["balise", "run"], free_port()) for _ in range(count)]
    started = _start(Balise, name, commands, PROJECT, BALISE_HOST="127.0.0.1", **settings)
    assert isinstance(started[0], Balise)
    return started[0], started[1], started[2]


def _stock(folder: Path) -> tuple[Stock, float, float]:
    port, actions = free_port(), free_port()
    commands = [
        (["rasa", "run", "-i", "127.0.0.1", "-p", str(port), "--model", "models"], port),
        (["rasa_sdk", "--actions", "actions", "-p", str(actions)], actions),
    ]
    started = _start(Stock, "stock", commands, folder, STOCK_ACTIONS=str(actions), SANIC_HOST="127.0.0.1")
    assert isinstance(started[0], Stock)
    return started[0], started[1], started[2]


def _said(name: str, value: float, unit: str, bar: float | None = None, at_least: bool = False) -> bool:
    held = bar is None or (value >= bar if at_least else value <= bar)
    line = {"measure": name, "value": round(value, 4), "unit": unit}
    print(json.dumps({**line, "bar": bar, "held": held} if bar is not None else line), flush=True)
    return held


def _cpu_by_turn(served: Balise | Stock) -> dict[int, float]:
    """Mean CPU seconds of a turn in each window."""
    talks = [served.open(place) for place in range(CONVERSATIONS["stock" if isinstance(served, Stock) else "balise"])]
    found, number, told = {}, 0, lines()

    def all_say(count: int) -> None:
        for text in islice(told, count):
            for say in talks:
                say(text)

    for turn, (first, last) in WINDOWS.items():
        all_say(first - number)
        before = served.cpu()
        all_say(last - first)
        found[turn] = (served.cpu() - before) / (last - first) / len(talks)
        number = last
    return found


def _load(served: Balise | Stock, at_once: int) -> tuple[float, float, float]:
    """p50 and p95 of a turn in seconds, and turns a second, with so many conversations at once."""
    talks = [served.open(place) for place in range(at_once)]

    def talk(say: Say) -> list[float]:
        took = []
        for text in islice(lines(), TURNS_EACH):
            begun = time.monotonic()
            say(text)
            took.append(time.monotonic() - begun)
        return took

    begun = time.monotonic()
    with ThreadPoolExecutor(at_once) as threads:
        took = sorted(one for many in threads.map(talk, talks) for one in many)
    return took[len(took) // 2], took[int(len(took) * 0.95)], len(took) / (time.monotonic() - begun)


@contextmanager
def _redis(folder: Path) -> Iterator[RedisServer]:
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.stop()


def _privacy() -> float:
    """CPU seconds of a turn that go to redaction (of own words), sealing and opening: the mean over `lines`."""
    redact(OWN_WORDS)
    seal, plain, many = seal_of(new_secret()), secrets.token_bytes(1_500), 200
    said = [text for text in islice(lines(), 11) if not text.startswith("/") and not text.isdigit()]
    begun = time.process_time()
    for _ in range(many):
        for text in said:
            redact(text)
    redacting = (time.process_time() - begun) / many / 11
    begun = time.process_time()
    for _ in range(many):
        seal.open(seal.close(plain))
    return redacting + (time.process_time() - begun) / many


def _compared(ours: Balise, stock: Stock) -> bool:
    """CPU by turn, load and memory of both; whether every bar holds."""
    held, load = True, {}
    rounds = [(_cpu_by_turn(ours), _cpu_by_turn(stock)) for _ in range(ROUNDS)]
    mine, theirs = ({turn: min(one[side][turn] for one in rounds) for turn in WINDOWS} for side in (0, 1))
    for served, cpu in ((ours, mine), (stock, theirs)):
        for turn, value in cpu.items():
            _said(f"{served.name}.cpu_turn_{turn}", value * 1000, "milliseconds of CPU")
        for at_once in AT_ONCE:
            p50, p95, rate = load[served.name, at_once] = _load(served, at_once)
            _said(f"{served.name}.p50_{at_once}", p50 * 1000, "milliseconds")
            _said(f"{served.name}.p95_{at_once}", p95 * 1000, "milliseconds")
            _said(f"{served.name}.rate_{at_once}", rate, "turns a second")
        _said(f"{served.name}.memory", served.memory() / 1e6, "MB resident")
    held &= _said("cpu_turn_40.ratio", mine[40] / theirs[40], "of stock", 0.20)
    held &= _said("cpu_turn_240.ratio", mine[240] / theirs[240], "of stock", 0.05)
    held &= _said("flat", mine[240] / mine[5], "turn 240 of turn 5", 1.15)
    held &= _said("rate.ratio", load[ours.name, 8][2] / load[stock.name, 8][2], "of stock", 5, at_least=True)
    held &= _said("privacy.share", _privacy() / mine[40], "of a turn", 0.25)
    return held & _said("memory.ratio", ours.memory() / stock.memory(), "of stock", 0.6)


def main() -> int:
    train()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in ("stock", "redis"):
            (folder / name).mkdir()
        make(folder / "stock")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "STOCK_ACTIONS": "0"}
        command = [sys.executable, "-m", "rasa", "train", "--data", "nlu.yml", "rules.yml"]
        subprocess.run(command, cwd=folder / "stock", env=environment, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        _said("stock.training", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "seconds of CPU")

        ours, our_start, our_cpu = _balise(folder, "balise")
        stack.callback(ours.stop)
        stock, stock_start, stock_cpu = _stock(folder / "stock")
        stack.callback(stock.stop)
        for name, value in (("balise", our_start), ("stock", stock_start)):
            _said(f"{name}.start", value, "seconds to the first answer")
        _said("balise.start_cpu", our_cpu, "seconds of CPU")
        _said("stock.start_cpu", stock_cpu, "seconds of CPU")
        held = _said("start.ratio", our_cpu / stock_cpu, "CPU of stock", 0.7)
        held &= _compared(ours, stock)
    return 0 if held & _on_redis() else 1


def _on_redis() -> bool:
    """One process on Redis, then two, with the load of 32 conversations; bytes held for each."""
    rates = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "redis").mkdir()
        redis = stack.enter_context(_redis(folder / "redis"))
        content = content_with(folder, redis.url)
        for count in (1, 2):
            served, _, _ = _balise(folder, f"redis_{count}", count, BALISE_CONTENT=str(content))
            try:
                p50, p95, rates[count] = _load(served, AT_ONCE[-1])
                cpu = _cpu_by_turn(served) if count == 1 else {}
            finally:
                served.stop()
            _said(f"redis_{count}.p50_32", p50 * 1000, "milliseconds")
            _said(f"redis_{count}.p95_32", p95 * 1000, "milliseconds")
            _said(f"redis_{count}.rate_32", rates[count], "turns a second")
            for turn, value in cpu.items():
                _said(f"redis_{count}.cpu_turn_{turn}", value * 1000, "milliseconds of CPU")
        client = redis.client()
        sizes = [client.memory_usage(name) for name in client.scan_iter("balise:plan:*")]
    held = _said("store.bytes", max(sizes), "bytes a conversation, the largest", 4096)
    return _said("two_on_redis.ratio", rates[2] / rates[1], "of one process", 1.6, at_least=True) and held


if __name__ == "__main__":
    sys.exit(main())
