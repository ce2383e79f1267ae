"""The examples of deploy/guide/ keep what the guide promises: nothing on disk, no access log, no way out."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from balise.channels.takeaway import MOST_FILE_BYTES
from balise.settings import broken_promises
from tests.scale.proxy import Proxy
from tests.scale.redis_server import FOLDER


@pytest.mark.parametrize("name", ["balise@.service", "balise-redis.service"])
def test_a_service_writes_nothing_keeps_no_dump_and_reaches_nobody(name: str) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((FOLDER / name).read_text("utf-8"))
    wanted = {
        "LimitCORE": "0",
        "MemorySwapMax": "0",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "DynamicUser": "yes",
        "NoNewPrivileges": "yes",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }
    assert {key: unit["Service"][key] for key in wanted} == wanted
    assert not any(key.startswith(("ReadWritePaths", "StateDirectory", "LogsDirectory")) for key in unit["Service"])


def _compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yml").read_text("utf-8"))
    return content


def test_no_container_has_a_disk_and_only_the_proxy_is_reached() -> None:
    services = _compose()["services"]
    for name, service in services.items():
        assert service["read_only"]
        assert service["ulimits"] == {"core": 0}
        assert all(volume.endswith(":ro") for volume in service.get("volumes", ()))
        assert ("ports" in service) == (name == "proxy")
        assert service["networks"] == (["inside", "outside"] if name == "proxy" else ["inside"])
    assert _compose()["networks"]["inside"] == {"internal": True}
    assert "volumes" not in services["redis"]


def test_the_redis_of_the_containers_is_one_that_the_guide_accepts() -> None:
    command = _compose()["services"]["redis"]["command"]
    settings = dict(zip(command[1::2], command[2::2], strict=True))
    assert (settings["--save"], settings["--appendonly"], settings["--maxmemory-policy"]) == ("", "no", "noeviction")


def test_the_files_that_the_containers_are_given_are_there() -> None:
    services = _compose()["services"]
    for service in services.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            # The certificate and the copy of the emergency page are the operator's.
            assert source in ("./tls", "./page") or (FOLDER / source).is_file(), source


def test_the_example_of_endpoints_keeps_every_promise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALISE_REDIS_PASSWORD", "long")
    (tmp_path / "endpoints.yml").write_text((FOLDER / "endpoints.redis.yml").read_text("utf-8"), "utf-8")
    (tmp_path / "credentials.yml").write_text("balise.channels.web.WebChannel:", "utf-8")
    assert broken_promises(tmp_path, {}) == []


def test_the_proxies_keep_no_access_log_and_hand_on_no_address() -> None:
    nginx = (FOLDER / "nginx.conf").read_text("utf-8")
    assert re.findall(r"access_log (\S+);", nginx) == ["off"]
    assert "proxy_set_header X-" not in nginx
    caddy = re.sub(r"#.*", "", (FOLDER / "Caddyfile").read_text("utf-8"))
    assert "header_up -X-Forwarded-For" in caddy
    # Caddy writes an access log where a site has a `log` of its own; the only one here is that of its own faults.
    assert len(re.findall(r"^\s*log\b", caddy, re.MULTILINE)) == 1


def test_the_emergency_lines_are_given_where_no_process_answers(tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, [1, 2])
    try:
        assert proxy.ask("GET", "/guide/urgence") == (200, "la copie")
        assert proxy.ask("POST", "/guide/session", b"{}")[0] == 502
        assert proxy.ask("GET", "/model")[0] == 404
        assert proxy.ask("POST", "/guide/message", b"x" * 20_000)[0] == 413
        assert proxy.ask("POST", "/guide/take-up", b"x" * MOST_FILE_BYTES)[0] == 502
        assert proxy.ask("POST", "/guide/take-up", b"x" * 2 * MOST_FILE_BYTES)[0] == 413
    finally:
        proxy.stop()
    assert (tmp_path / "said").read_bytes() == b""
    assert sorted(path.name for path in (tmp_path / "run").rglob("*") if path.is_file()) == []
