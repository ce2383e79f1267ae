"""Settings that must stand before Rasa and TensorFlow are imported."""

from __future__ import annotations

import os
import warnings


def quiet() -> None:
    """No telemetry, no chatter of libraries on standard error, warnings of theirs left out."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "CRITICAL")
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    warnings.filterwarnings("ignore")
    from rasa.utils.log_utils import configure_structlog

    # Without this a Rasa used as a library prints every message at DEBUG (research/rasa.md 3, row 12).
    configure_structlog(30)
