"""Settings that would break a promise: the guide does not start with them (docs/promises.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from balise.yaml_files import read_yaml

DEFAULT_LIFETIME = 30 * 60
"""Seconds without a message after which a conversation is gone (research 4.2, promise 19)."""
LONGEST_LIFETIME = 24 * 60 * 60
"""Seconds: no setting keeps a conversation longer (design.md)."""

STORE = "balise.engine.store.SealedTrackerStore"
REDIS_STORE = "balise.engine.redis_store.SealedRedisStore"
_STORE_KEYS = {STORE: {"type", "lifetime", "most"}, REDIS_STORE: {"type", "lifetime", "most", "url"}}
_SCHEMES = ("redis", "rediss", "unix")
CHANNELS = "balise.channels."
DEFAULT_HOST = "127.0.0.1"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_loopback(host: str | None) -> bool:
    """Whether only this machine can reach `host`."""
    return host in _LOOPBACK


def lifetime_of(root: Path) -> int:
    """How many seconds an idle conversation lives, by endpoints.yml in `root`."""
    return int((_read(root / "endpoints.yml").get("tracker_store") or {}).get("lifetime") or DEFAULT_LIFETIME)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    content = read_yaml(path)
    return content if isinstance(content, dict) else {"": content}


def redis_url(root: Path) -> str | None:
    """The address of the Redis that endpoints.yml names, with `${NAME}` filled in from the environment as Rasa does it;
    None where conversations stay in memory. It may hold a password: never print it."""
    store = _read(root / "endpoints.yml").get("tracker_store") or {}
    return os.path.expandvars(str(store.get("url") or "")) if store.get("type") == REDIS_STORE else None


def _store_faults(store: dict[str, Any]) -> list[str]:
    kind = store.get("type")
    if kind not in _STORE_KEYS:
        return [f"endpoints.yml: tracker_store must be {STORE} or {REDIS_STORE}, not '{kind}'."]
    unknown = sorted(set(store) - _STORE_KEYS[kind])
    faults = [f"endpoints.yml: tracker_store has no setting '{name}'." for name in unknown]
    if kind == REDIS_STORE:
        # Nothing of the address is told: it may hold a password.
        scheme = urlsplit(os.path.expandvars(str(store.get("url") or ""))).scheme
        if scheme not in _SCHEMES:
            faults.append("endpoints.yml: tracker_store needs the url of a Redis: redis://, rediss:// or unix://.")
    return faults


def broken_promises(root: Path, environment: dict[str, str] | None = None) -> list[str]:
    """What in endpoints.yml, credentials.yml or the environment (os.environ) would let words or names out, a line each
    in English for the operator; empty where nothing does."""
    environment = dict(os.environ) if environment is None else environment
    endpoints, credentials = _read(root / "endpoints.yml"), _read(root / "credentials.yml")
    faults = []
    faults += _store_faults(endpoints.get("tracker_store") or {})
    faults += [
        f"endpoints.yml: remove {name}, it would hand conversations on."
        for name in ("event_broker", "nlg", "lock_store", "models", "model")
        if endpoints.get(name)
    ]
    actions = (endpoints.get("action_endpoint") or {}).get("url")
    if actions and not is_loopback(urlsplit(str(actions)).hostname):
        faults.append("endpoints.yml: action_endpoint must be on this machine, answers travel to it in clear.")
    faults += [
        f"credentials.yml: remove {name}, only the channels of {CHANNELS} redact before anything sees a message."
        for name in credentials
        if not str(name).startswith(CHANNELS)
    ]
    if not credentials:
        faults.append("credentials.yml names no channel.")
    for name in ("LOG_FILE", "RASA_LOG_FILE", "SANIC_ACCESS_LOG", "PYTHONTRACEMALLOC", "PYTHONFAULTHANDLER"):
        if environment.get(name):
            faults.append(f"{name} is set: it could write words to a file or a log; unset it.")
    return faults
