"""A setting that would break a promise stops the start, in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.plan.catalogue import ROOT
from balise.settings import broken_promises, redis_url

STORE = "tracker_store: {type: balise.engine.store.SealedTrackerStore}"
REDIS = "balise.engine.redis_store.SealedRedisStore"
CHANNEL = "balise.channels.web.WebChannel:"


def faults(folder: Path, endpoints: str, credentials: str, **environment: str) -> list[str]:
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    (folder / "credentials.yml").write_text(credentials, encoding="utf-8")
    return broken_promises(folder, environment)


def test_the_settings_of_the_project_keep_every_promise() -> None:
    assert broken_promises(ROOT, {}) == []


def test_a_redis_may_be_named_with_its_password_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THE_PASSWORD", "secret")
    endpoints = f"tracker_store: {{type: {REDIS}, url: 'redis://:${{THE_PASSWORD}}@redis:6379/0', lifetime: 60}}"
    assert faults(tmp_path, endpoints, CHANNEL) == []
    assert redis_url(tmp_path) == "redis://:secret@redis:6379/0"


@pytest.mark.parametrize(
    ("endpoints", "credentials", "environment", "named"),
    [
        ("tracker_store: {type: InMemoryTrackerStore}", CHANNEL, {}, "tracker_store"),
        ("tracker_store: {type: balise.engine.store.SealedTrackerStor}", CHANNEL, {}, "tracker_store"),
        ("", CHANNEL, {}, "tracker_store"),
        (f"tracker_store: {{type: {REDIS}}}", CHANNEL, {}, "url"),
        (f"tracker_store: {{type: {REDIS}, url: 'http://127.0.0.1'}}", CHANNEL, {}, "url"),
        (f"tracker_store: {{type: {REDIS}, url: 'redis://redis', password: 'a'}}", CHANNEL, {}, "password"),
        ("tracker_store: {type: redis, url: '127.0.0.1'}", CHANNEL, {}, "tracker_store"),
        (STORE.replace("}", ", lifetme: 60}"), CHANNEL, {}, "lifetme"),
        (STORE + "\nevent_broker: {type: file, path: events.log}", CHANNEL, {}, "event_broker"),
        (STORE + "\nnlg: {url: 'http://127.0.0.1:5056/nlg'}", CHANNEL, {}, "nlg"),
        (STORE + "\nlock_store: {type: redis}", CHANNEL, {}, "lock_store"),
        (STORE + "\naction_endpoint: {url: 'http://actions.example/webhook'}", CHANNEL, {}, "action_endpoint"),
        (STORE, CHANNEL + "\nrest:", {}, "rest"),
        (STORE, "rasa.core.channels.rest.RestInput:", {}, "RestInput"),
        (STORE, "", {}, "channel"),
        (STORE, CHANNEL, {"LOG_FILE": "balise.log"}, "LOG_FILE"),
    ],
)
def test_a_setting_that_breaks_a_promise_is_named(
    tmp_path: Path, endpoints: str, credentials: str, environment: dict[str, str], named: str
) -> None:
    found = faults(tmp_path, endpoints, credentials, **environment)
    assert len(found) == 1
    assert named in found[0]
