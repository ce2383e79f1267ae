"""What is validated once is validated as Rasa would, and a version of Rasa that does it otherwise is told of here."""

from __future__ import annotations

import asyncio
import inspect
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError, validate
from rasa.core.actions.action import RemoteAction
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain

from balise.engine.guide import Guide
from balise.engine.training import train
from balise.engine.validated import answer_validator
from balise.privacy.sealing import new_secret

SLOT = {"event": "slot", "name": "paused", "value": ["care_form"]}
ANSWERS: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {"events": [SLOT, {"event": "followup", "name": "care_form"}], "responses": [{"text": "Bonjour"}]},
    {"events": [{"event": "active_loop", "name": None}]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "no_such_event"}]},
    {"events": {}},
    {"responses": "Bonjour"},
    {"responses": ["Bonjour"]},
]


def _refused(check: Any, *arguments: Any) -> bool:
    try:
        check(*arguments)
    except ValidationError:
        return True
    return False


def test_an_answer_is_refused_where_rasa_refuses_it(guide: Guide) -> None:
    schema = RemoteAction.action_response_format_spec()
    action = RemoteAction("action_x", None)
    verdicts = [_refused(action._validate_action_result, answer) for answer in ANSWERS]
    assert verdicts == [_refused(validate, answer, schema) for answer in ANSWERS]
    assert set(verdicts) == {True, False}


def test_a_turn_checks_no_schema(
    guide: Guide, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a schema is checked in a turn")

    answer_validator()
    monkeypatch.setattr(Draft202012Validator, "check_schema", refuse)
    secret = new_secret()
    loop.run_until_complete(guide.open(secret))
    turn = loop.run_until_complete(guide.turn(secret, "/start_field"))
    assert turn.screen == "question"
    loop.run_until_complete(guide.forget(secret))


def test_the_domain_of_the_model_is_the_one_that_rasa_reads(guide: Guide, tmp_path: Path) -> None:
    with tarfile.open(train()) as archive:
        names = [name for name in archive.getnames() if name.endswith("domain_provider/domain.yml")]
        held = archive.extractfile(names[0])
        assert held is not None
        (tmp_path / "domain.yml").write_bytes(held.read())
    read = Domain.from_path(tmp_path)
    assert guide._agent.domain.as_dict() == read.as_dict()
    assert guide._agent.domain.fingerprint() == read.fingerprint()


def test_rasa_still_does_what_is_replaced() -> None:
    stock = inspect.getsource(sys.modules[RemoteAction.__module__])
    assert "validate(result, self.action_response_format_spec())" in stock
    stock = inspect.getsource(sys.modules[DomainProvider.__module__])
    assert "domain = Domain.from_path(resource_directory)" in stock
    assert 'domain.persist(resource_directory / "domain.yml")' in stock
