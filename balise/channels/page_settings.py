"""What an organisation sets for its page: its name, its protocol, where the exit leads, who may embed it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from balise.errors import OperatorError
from balise.plan.catalogue import ROOT
from balise.settings import DEFAULT_LIFETIME, lifetime_of
from balise.yaml_files import read_yaml

DEFAULT_EXIT = "https://meteo.gc.ca/"
"""Where « Quitter rapidement » leads: a public page that is the same for everyone."""
THEMES = ROOT / "data" / "interface" / "themes"
DEFAULT_THEME = "neutre"


@dataclass(frozen=True)
class PageSettings:
    """`embedded` lists the origins (`https://intranet.example.org`) whose pages may hold the guide in a frame; `theme`
    is pairs of a colour's name and its value; `lifetime` is how many seconds an idle conversation lives."""

    organisation: str = ""
    protocol: str = ""
    exit: str = DEFAULT_EXIT
    embedded: tuple[str, ...] = ()
    theme: tuple[tuple[str, str], ...] = ()
    lifetime: int = DEFAULT_LIFETIME

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> PageSettings:
        """The settings BALISE_ORGANISATION, BALISE_PROTOCOL, BALISE_EXIT, BALISE_EMBEDDED_IN and BALISE_THEME (a file
        of data/interface/themes/), and the lifetime of endpoints.yml.

        Raises ValueError, in one line for the operator, on an address or a theme that is none.
        """
        environment = os.environ if environment is None else environment
        for name in ("BALISE_PROTOCOL", "BALISE_EXIT"):
            address = environment.get(name)
            if address and not _is_address(address):
                raise OperatorError(f"{name} must be an address that begins with https://, not '{address}'.")
        origins = (environment.get("BALISE_EMBEDDED_IN") or "").split()
        for origin in origins:
            if not _is_origin(origin):
                raise OperatorError(
                    f"BALISE_EMBEDDED_IN: '{origin}' is no origin such as https://intranet.example.org."
                )
        return cls(
            organisation=environment.get("BALISE_ORGANISATION") or "",
            protocol=environment.get("BALISE_PROTOCOL") or "",
            exit=environment.get("BALISE_EXIT") or DEFAULT_EXIT,
            embedded=tuple(origins),
            theme=_theme(environment.get("BALISE_THEME") or DEFAULT_THEME),
            lifetime=lifetime_of(ROOT),
        )

    def as_json(self) -> dict[str, Any]:
        """What the page reads."""
        return {**asdict(self), "theme": dict(self.theme)}


def _theme(name: str) -> tuple[tuple[str, str], ...]:
    path = THEMES / f"{name}.yml"
    known = sorted(one.stem for one in THEMES.glob("*.yml"))
    if name not in known:
        raise OperatorError(f"BALISE_THEME: '{name}' is none of {', '.join(known)} (data/interface/themes/).")
    colours = read_yaml(path)
    return tuple((str(key), str(value)) for key, value in colours.items())


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    # Loopback in clear is for trying out.
    local = parts.hostname in ("localhost", "127.0.0.1")
    safe = parts.scheme == "https" or (parts.scheme == "http" and local)
    return safe and bool(parts.hostname) and not any(char.isspace() or char in "'\";<>" for char in text)


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return _is_address(text) and not parts.path and not parts.query and not parts.fragment and "*" not in text
