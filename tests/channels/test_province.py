"""An organisation's province: the guide does not ask for it, and nothing of the plan seems begun."""

from __future__ import annotations

import asyncio

import pytest

from balise.engine.guide import Guide
from balise.errors import OperatorError
from balise.privacy.sealing import new_secret


def talk(guide: Guide, loop: asyncio.AbstractEventLoop, *said: str) -> list[str]:
    """What the guide answers to each message, as text."""
    secret, told = new_secret(), []
    loop.run_until_complete(guide.open(secret))
    for text in said:
        turn = loop.run_until_complete(guide.turn(secret, text))
        told.append("\n".join(message.text for message in turn.messages))
    return told


def test_the_province_of_the_settings_is_not_asked_and_can_be_changed(
    guide: Guide, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALISE_PROVINCE", "qc")
    here = Guide.from_agent(guide._agent)
    assert "Dans quelle province" in talk(guide, loop, "/helplines")[0]
    need, lines, again = talk(here, loop, "/helplines", "1", "/helplines:province")
    assert "Dans quelle province" not in need + lines
    assert "Dans quelle province" in again


def test_the_province_of_the_settings_begins_no_plan(
    guide: Guide, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALISE_PROVINCE", "qc")
    here = Guide.from_agent(guide._agent)
    assert talk(here, loop, "/start_plan") == talk(guide, loop, "/start_plan")
    assert talk(here, loop, "/summary") == talk(guide, loop, "/summary")


def test_a_province_that_is_none_stops_the_start(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALISE_PROVINCE", "ontario")
    with pytest.raises(OperatorError, match=r"BALISE_PROVINCE.*on"):
        Guide.from_agent(guide._agent)
