"""The operator's numbers stay on this machine, or are not served at all."""

from __future__ import annotations

import pytest

from balise.channels.metrics import metrics_address
from balise.errors import OperatorError


def test_there_are_none_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALISE_METRICS", raising=False)
    assert metrics_address() is None
    monkeypatch.setenv("BALISE_METRICS", "127.0.0.1:9464")
    assert metrics_address() == ("127.0.0.1", 9464)


@pytest.mark.parametrize("told", ["9464", "0.0.0.0:9464", "example.org:9464", "127.0.0.1:", "127.0.0.1:99999", "oui"])
def test_no_other_machine_can_reach_them(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("BALISE_METRICS", told)
    with pytest.raises(OperatorError, match="BALISE_METRICS"):
        metrics_address()
