"""A log holds time, level, logger, place, event and class of exception; never a word, at any level."""

from __future__ import annotations

import subprocess
import sys

import pytest

from balise.plan.catalogue import ROOT

CANARY = "canari julie.tremblay 438-555-0143"
PROGRAM = f"""
import asyncio, logging, sys, threading, warnings
import structlog
from balise.privacy.logs import in_loop, quiet_logs
C = {CANARY!r}
quiet_logs(logging.DEBUG)
log = logging.getLogger("rasa.core")
log.error("said %s", C, extra={{"said": C}})
log.debug(C)
log.warning(f"text={{C}}", stack_info=True)
structlog.get_logger("rasa").debug("processor.message.parse", text=C)
structlog.get_logger("rasa").error(C, exc_info=ValueError(C))
own = logging.StreamHandler(sys.stdout)
own.setFormatter(logging.Formatter("%(message)s %(args)s %(exc_text)s"))
logging.getLogger("sanic").addHandler(own)
def fails(said):
    raise ValueError(said)
try:
    fails(C)
except ValueError:
    log.exception("while answering %s", C)
    logging.getLogger("sanic").exception(C)
    logging.getLogger("actions.base").exception("action.failed")
warnings.warn(C)
thread = threading.Thread(target=fails, args=(C,)); thread.start(); thread.join()
async def work():
    asyncio.get_running_loop().set_exception_handler(in_loop)
    asyncio.get_running_loop().create_task(asyncio.sleep(0)).add_done_callback(lambda _: fails(C))
    await asyncio.sleep(0.05)
asyncio.run(work())
fails(C)
"""


def test_no_word_reaches_a_log_and_a_failure_can_still_be_found() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)
    told = done.stdout + done.stderr
    for word in ("canari", "julie", "tremblay", "438", "0143"):
        assert word not in told
    assert "actions.base <string>:" in told
    assert "action.failed ValueError at <string>:" in told
    assert told.count("uncaught") >= 3


@pytest.mark.parametrize("command", ["redact", "understand", "chat"])
def test_a_command_that_fails_on_a_word_does_not_tell_it(command: str) -> None:
    program = f"""
import sys
import balise.cli, balise.engine.training
def fails(*_): raise ValueError(sys.stdin.read())
balise.engine.training.train = balise.engine.training.train_redaction = fails
sys.exit(balise.cli.main([{command!r}]))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input=CANARY, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ValueError at <string>:" in done.stderr
    for word in ("canari", "julie", "tremblay", "438", "0143"):
        assert word not in done.stdout + done.stderr
