"""Settings that must stand before Rasa is imported."""

from __future__ import annotations

import os
import warnings

from balise.errors import OperatorError


def quiet() -> None:
    """No telemetry, no chatter of libraries on standard error, warnings of theirs left out; one thread a process."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # Threads that share one embedding wait for each other in a busy loop: on a machine with other work, a message
    # of a few words then takes a second of processor instead of a fortieth.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Not before: this imports numpy, which reads the number of threads once.
    from balise.privacy.logs import quiet_logs

    os.environ.setdefault("LOG_LEVEL", "ERROR")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "CRITICAL")
    warnings.filterwarnings("ignore")
    quiet_logs(log_level())


def log_level() -> int:
    """The level of BALISE_LOG_LEVEL (debug, info, warning, error), warning where it is not set.

    Raises ValueError on another word. At any level a line holds the same few things (balise/privacy/logs.py).
    """
    word = os.environ.get("BALISE_LOG_LEVEL") or "warning"
    levels = {"debug": 10, "info": 20, "warning": 30, "error": 40}
    if word.lower() not in levels:
        raise OperatorError(f"BALISE_LOG_LEVEL must be debug, info, warning or error, not '{word}'.")
    return levels[word.lower()]
