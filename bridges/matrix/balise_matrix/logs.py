"""Logs that cannot tell: a line holds the time, the level, an event of our own list, the class of a failure and its
place in the code. Of any other logger (nio names rooms and people) only that it spoke. The same rule as the guide's
(balise/privacy/logs.py)."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

LOGGER = logging.getLogger("balise_matrix")
EVENTS = frozenset(
    "ready sync.failed room.failed ending.failed guide.down identity.changed device.foreign to_device.failed"
    " refused.invite refused.stranger refused.third refused.alone refused.unencrypted refused.no_power"
    " refused.identity refused.no_device refused.plain refused.sender refused.key refused.unverified refused.forwarded"
    " refused.replayed refused.elsewhere uncaught".split()
)
"""Everything that a line may say in words."""


def place_of(error: BaseException | None) -> str:
    """Class and place of a failure, without a word of it: `KeyError at gate.py:52`."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


class _Record(logging.LogRecord):
    """A record made without its message and arguments: no handler can bring them back."""

    def __init__(
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: Any,
        func: str | None = None,
        sinfo: str | None = None,
        **kwargs: Any,
    ) -> None:
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        event = msg if isinstance(msg, str) and msg in EVENTS else "-"
        super().__init__(name, level, pathname, lineno, f"{event} {place_of(error)}".strip(), (), None, func, None)


def _uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    LOGGER.critical("uncaught", exc_info=(kind, error, trace))


def quiet_logs(level: str) -> None:
    """Make every log of this process an allow-list, at `level` (a word of logging). Call it before anything logs."""
    logging.setLogRecordFactory(_Record)
    logging.raiseExceptions = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(filename)s:%(lineno)d %(message)s"))
    logging.basicConfig(level=logging.CRITICAL, handlers=[handler], force=True)
    LOGGER.setLevel(level.upper())
    sys.excepthook = _uncaught
