"""« Ce que nous pourrions remettre » says what the settings in force say, and nothing that they do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from balise.disclosure import Facts, disclosure
from balise.documents import text
from balise.documents.html import html
from balise.documents.model import Document, Heading, Item
from balise.plan.catalogue import PROJECT, ROOT


def _said(root: Path = ROOT, **environment: str) -> str:
    return text(disclosure(Facts.from_settings(root, environment)))


def test_it_tells_the_lifetime_that_is_set(tmp_path: Path) -> None:
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    assert "30 minutes après le dernier message" in _said(tmp_path)
    set_otherwise = (tmp_path / "endpoints.yml").read_text(encoding="utf-8").replace("1800", "600")
    (tmp_path / "endpoints.yml").write_text(set_otherwise, encoding="utf-8")
    assert "10 minutes après le dernier message" in _said(tmp_path)


def test_an_action_server_is_told_only_where_there_is_one(tmp_path: Path) -> None:
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    assert "tourne à part" not in _said(tmp_path)
    with (tmp_path / "endpoints.yml").open("a", encoding="utf-8") as endpoints:
        endpoints.write("\naction_endpoint:\n  url: http://127.0.0.1:5055/webhook\n")
    assert "http://127.0.0.1:5055/webhook" in _said(tmp_path)


def test_it_tells_of_programs_that_hold_keys_and_of_redis_only_where_there_are_any(tmp_path: Path) -> None:
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    assert "passerelle" not in _said(tmp_path)
    assert "Redis" not in _said(tmp_path)
    assert "passerelle" in _said(tmp_path, BALISE_CLIENT_KEYS="0" * 64)
    shutil.copy(PROJECT / "deploy/guide/endpoints.redis.yml", tmp_path / "endpoints.yml")
    assert "Redis" in _said(tmp_path)


def test_it_tells_who_can_reach_it_and_who_shows_it() -> None:
    assert "répond seulement sur sa propre machine" in _said()
    assert "répond seulement sur sa propre machine" not in _said(BALISE_HOST="0.0.0.0")
    assert "https://intranet.example.org" in _said(BALISE_EMBEDDED_IN="https://intranet.example.org")
    assert "Maison Exemple" in _said(BALISE_ORGANISATION="Maison Exemple")


def test_the_level_of_the_log_is_the_one_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALISE_LOG_LEVEL", "debug")
    assert "debug" in _said()


def test_the_page_quotes_and_runs_nothing() -> None:
    page = html(disclosure(Facts.from_settings(ROOT, {"BALISE_ORGANISATION": "<script>1</script>"})))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert '<html lang="fr-CA">' in page


def test_a_block_that_the_page_cannot_show_is_an_error_not_a_hole() -> None:
    with pytest.raises(TypeError):
        html(Document("disclosure", (Heading("a", 1), Item("b"))))
