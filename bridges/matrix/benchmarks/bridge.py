"""What the bridge costs a worker and its machine: `make bench`. A real homeserver, guide and bridge, on this machine.

Round trip: from the moment that her messenger sends a message until it has decrypted the answer, the guide's turn
included. One line of JSON for each figure; the exit code is 1 where one passes its bar.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import House

ROUND_TRIPS = 50
MEDIAN_BAR, MEMORY_BAR, RESTART_BAR = 200, 100, 1000
"""Milliseconds, megabytes, milliseconds."""


async def round_trips(house: House) -> list[float]:
    """Milliseconds of each."""
    taken = []
    async with house.talking() as (worker, room):
        for number in range(ROUND_TRIPS):
            begun = time.perf_counter()
            await worker.ask(room, "1, 2" if number % 2 else "/open_risks")
            taken.append(1000 * (time.perf_counter() - begun))
    return taken


def memory(house: House) -> float:
    """Megabytes of the bridge that are in the machine's memory."""
    assert house.bridge.process
    status = Path(f"/proc/{house.bridge.process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1000


def restart(house: House) -> float:
    """Milliseconds from the start of the process until it has read what waited: the median of five."""
    taken = []
    for _ in range(5):
        house.bridge.kill()
        begun = time.perf_counter()
        house.bridge.start()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "house", Path(folder))
        try:
            taken = sorted(asyncio.run(round_trips(house)))
            figures = [
                ("bridge.round_trip_p50", statistics.median(taken), "milliseconds", MEDIAN_BAR),
                ("bridge.round_trip_p95", taken[int(0.95 * len(taken))], "milliseconds", None),
                ("bridge.memory", memory(house), "MB resident", MEMORY_BAR),
                ("bridge.restart", restart(house), "milliseconds", RESTART_BAR),
            ]
        finally:
            house.close()
    held = True
    for name, figure, unit, bar in figures:
        line = {"measure": name, "value": round(figure), "unit": unit}
        if bar is not None:
            line |= {"bar": bar, "held": figure <= bar}
            held &= figure <= bar
        print(json.dumps(line), flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
