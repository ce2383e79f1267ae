"""The library under Element Web, told to exclude insecure devices, reads every message and shows no warning."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from tests.conftest import House
from tests.worker import PASSWORD

STRICT = Path(__file__).parent / "strict" / "strict.mjs"
MESSAGES = 50
NO_SHIELD = 0
"""EventShieldColour.NONE of matrix-js-sdk."""


def test_fifty_of_fifty_are_read_without_a_warning(house: House) -> None:
    user = house.synapse.register("stricte", PASSWORD)
    command = [os.environ.get("NODE", "node"), str(STRICT), house.synapse.address, user, PASSWORD, house.bot]
    with subprocess.Popen(
        [*command, str(MESSAGES)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as client:
        assert client.stdin
        assert client.stdout
        assert json.loads(client.stdout.readline())["ready"]
        house.bridge.do("allow", user)
        client.stdin.write("\n")
        client.stdin.flush()
        told = json.loads(client.stdout.readline())
    assert told["undecryptable"] == 0
    # The welcome, and an answer to each.
    assert len(told["read"]) == MESSAGES + 1
    assert all(one == {"encrypted": True, "shield": NO_SHIELD, "text": True} for one in told["read"])
