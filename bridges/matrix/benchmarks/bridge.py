"""What the bridge costs a worker and its machine: `make bench`. A real homeserver, guide and bridge, on this machine.

Round trip: from the moment that her messenger sends a message until it has decrypted the answer, the guide's turn
included. Prints the figures, and ends with 1 where one passes its bar.
"""

from __future__ import annotations

import asyncio
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
                ("round trip, median (ms)", statistics.median(taken), MEDIAN_BAR),
                ("round trip, 95th of 100 (ms)", taken[int(0.95 * len(taken))], None),
                ("memory of the bridge (MB)", memory(house), MEMORY_BAR),
                ("restart (ms)", restart(house), RESTART_BAR),
            ]
        finally:
            house.close()
    print("Matrix bridge")
    for name, figure, bar in figures:
        print(f"  {name:32} {figure:8.0f}" + (f"   bar {bar}" if bar else ""))
    return int(any(bar is not None and figure > bar for _, figure, bar in figures))


if __name__ == "__main__":
    sys.exit(main())
