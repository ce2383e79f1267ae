"""What the operator sets, from the environment (deploy/balise-matrix.env)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from balise_matrix.errors import OperatorError

DEFAULT_GUIDE = "http://127.0.0.1:5005/guide"
DEFAULT_LIFETIME = 30 * 60
"""Seconds without a message after which a room is emptied and left: the guide's own (endpoints.yml)."""
DEFAULT_PURGE_AFTER = 60 * 60
"""Seconds between leaving a room and having the homeserver remove it: a phone that is offline must hear of the erased
messages first, or it would keep them."""
_DAY = 24 * 60 * 60
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_USER = re.compile(r"@[a-z0-9._=/+-]+:[A-Za-z0-9.:\[\]-]+")


@dataclass(frozen=True)
class Settings:
    """`homeserver` and `guide` are addresses without a last slash, `user` the bot's Matrix id, `state` the folder of
    the sealed store, `lifetime` and `purge_after` in seconds, `log_level` a word of logging."""

    homeserver: str
    user: str
    state: Path
    guide: str = DEFAULT_GUIDE
    lifetime: int = DEFAULT_LIFETIME
    purge_after: int = DEFAULT_PURGE_AFTER
    log_level: str = "warning"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings BALISE_MATRIX_*. Raises OperatorError, in one line, on what is missing or wrong."""
        environment = os.environ if environment is None else environment

        def of(name: str, default: str | None = None) -> str:
            value = environment.get(f"BALISE_MATRIX_{name}") or default
            if value is None:
                raise OperatorError(f"BALISE_MATRIX_{name} is not set.")
            return value

        def seconds(name: str, default: int) -> int:
            value = of(name, str(default))
            if not value.isdecimal() or int(value) > _DAY:
                raise OperatorError(f"BALISE_MATRIX_{name} must be a number of seconds, {_DAY} at most.")
            return int(value)

        homeserver, guide = of("HOMESERVER").rstrip("/"), of("GUIDE", DEFAULT_GUIDE).rstrip("/")
        server = urlsplit(homeserver)
        if server.scheme != "https" and not (server.scheme == "http" and server.hostname in _LOOPBACK):
            raise OperatorError("BALISE_MATRIX_HOMESERVER must begin with https://, or be on this machine.")
        if urlsplit(guide).hostname not in _LOOPBACK:
            raise OperatorError("BALISE_MATRIX_GUIDE must be on this machine: words travel to it in clear.")
        user = of("USER")
        if not _USER.fullmatch(user):
            raise OperatorError("BALISE_MATRIX_USER must be a Matrix id such as @carnet:example.org.")
        level = of("LOG_LEVEL", "warning").lower()
        if level not in ("debug", "info", "warning", "error"):
            raise OperatorError("BALISE_MATRIX_LOG_LEVEL must be debug, info, warning or error.")
        lifetime = seconds("LIFETIME", DEFAULT_LIFETIME)
        if not lifetime:
            raise OperatorError("BALISE_MATRIX_LIFETIME must be more than nought.")
        purge_after = seconds("PURGE_AFTER", DEFAULT_PURGE_AFTER)
        return cls(homeserver, user, Path(of("STATE")), guide, lifetime, purge_after, level)
