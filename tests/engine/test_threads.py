"""One thread a process: two that share an embedding wait for each other in a busy loop (docs/performance.md)."""

from __future__ import annotations

import os
import subprocess
import sys

from balise.plan.catalogue import PROJECT

SCRIPT = """
import sys
from threadpoolctl import threadpool_info
from balise.cli import main
main(["redact"])
import balise.engine.nlu.e5_featurizer
pools = [pool["num_threads"] for pool in threadpool_info()]
sys.exit(0 if pools and set(pools) == {1} else f"threads: {pools}")
"""


def test_no_library_shares_its_work_between_threads() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT]
    found = subprocess.run(command, cwd=PROJECT, env=environment, input="porte", capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
