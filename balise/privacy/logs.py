"""Logs that cannot tell: an allow-list at the source of every record.

What a line holds: time, level, logger, the file and line that logged, the name of an event (`EVENTS`), the class of an
exception and the file and line where it was raised. What it never holds, at any level: a message, arguments, locals, a
body, an id, an address. A message that is not one of `EVENTS` is left out whole; its place in the source is told.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

EVENTS = frozenset(
    "action.failed turn.failed redaction.failed store.unreachable server.ready warning uncaught uncaught.in_thread"
    " uncaught.in_loop uncaught.unraisable".split()
)
"""Everything that a line of a log may say in words."""
_TRAINING = "rasa.engine.training.hooks"
_PROGRESS = re.compile(r"(?:Starting to train|Finished training|Restored) component '\w+'(?: from cache)?\.")
"""Rasa's progress while it trains, where no conversation exists yet."""
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(filename)s:%(lineno)d %(message)s"
_EXTRA = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime"}
"""What a record has by itself; anything else was added by a caller, and goes."""
Exc = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def place_of(error: BaseException | None) -> str:
    """Class and place of a failure, without a word of it: `ValueError at forms.py:52`."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def _told(logger: str, message: object, error: BaseException | None) -> str:
    known = isinstance(message, str) and (
        message in EVENTS or (logger == _TRAINING and _PROGRESS.fullmatch(message) is not None)
    )
    event = message if known else "-"
    return f"{event} {place_of(error)}".strip()


class _Record(logging.LogRecord):
    """A record made without its message and arguments: no handler or formatter can bring them back."""

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
        error = (
            exc_info[1] if isinstance(exc_info, tuple) else exc_info if isinstance(exc_info, BaseException) else None
        )
        super().__init__(name, level, pathname, lineno, _told(name, msg, error), (), None, func, None)

    def __setattr__(self, name: str, value: Any) -> None:
        # `extra=` is written after the record is made: only what every record has is let in, and no words.
        if name in _EXTRA and name not in ("exc_text", "stack_info"):
            super().__setattr__(name, value)
        elif name in ("exc_text", "stack_info"):
            super().__setattr__(name, None)


def _structlog_event(_: Any, __: str, event: MutableMapping[str, Any]) -> tuple[Any, ...]:
    """structlog's last processor: its record is made by `_Record` like any other."""
    error = event.get("exc_info")
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    return (str(event.get("event")),), {"exc_info": error if isinstance(error, BaseException) else None}


def _warning(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
    logging.getLogger("balise").info("warning", exc_info=category("") if issubclass(category, Warning) else None)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("balise").critical("uncaught", exc_info=(kind, error, trace))


def _in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        logging.getLogger("balise").error("uncaught.in_thread", exc_info=args.exc_value)


def _unraisable(args: Any) -> None:
    logging.getLogger("balise").error("uncaught.unraisable", exc_info=args.exc_value)


def in_loop(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's exception handler."""
    logging.getLogger("balise").error("uncaught.in_loop", exc_info=context.get("exception"))


def quiet_logs(level: int = logging.WARNING) -> None:
    """Make every log of this process an allow-list. Call it before anything logs, and again after a library has
    configured logging by itself; a second call changes nothing."""
    logging.setLogRecordFactory(_Record)
    logging.raiseExceptions = False
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stderr))
    for name in (None, *list(logging.root.manager.loggerDict)):
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(logging.Formatter(_FORMAT))
    root.setLevel(level)
    structlog.configure(
        processors=[_structlog_event],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # One logger for all: structlog's own factory looks for the caller's name at each call, logged or not.
        logger_factory=lambda *_: logging.getLogger("rasa"),
        cache_logger_on_first_use=False,
    )
    warnings.showwarning = _warning
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_thread
