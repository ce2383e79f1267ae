"""« Ce que nous pourrions remettre si un juge le demandait »: a page made from the running configuration."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from balise.documents.model import Block, Document, Heading, Paragraph
from balise.documents.words import words
from balise.environment import log_level
from balise.plan.catalogue import ROOT
from balise.settings import DEFAULT_HOST, is_loopback, lifetime_of, redis_url
from balise.yaml_files import read_yaml

KIND = "disclosure"


@dataclass(frozen=True)
class Facts:
    """What the settings in force say. `lifetime` in seconds; `actions` is the address of an action server, if any;
    `clients`: programs make secrets of their own (balise/channels/clients.py); `redis`: conversations lie in one."""

    organisation: str
    lifetime: int
    level: str
    loopback: bool
    actions: str | None
    embedded: tuple[str, ...]
    clients: bool
    redis: bool

    @classmethod
    def from_settings(cls, root: Path = ROOT, environment: Mapping[str, str] | None = None) -> Facts:
        """The facts of the project in `root` and of the environment. Raises OperatorError on a setting that is none."""
        environment = os.environ if environment is None else environment
        endpoints = read_yaml(root / "endpoints.yml")
        return cls(
            organisation=environment.get("BALISE_ORGANISATION") or "",
            lifetime=lifetime_of(root),
            level=logging.getLevelName(log_level()).lower(),
            loopback=is_loopback(environment.get("BALISE_HOST") or DEFAULT_HOST),
            actions=(endpoints.get("action_endpoint") or {}).get("url"),
            embedded=tuple((environment.get("BALISE_EMBEDDED_IN") or "").split()),
            clients=bool((environment.get("BALISE_CLIENT_KEYS") or "").split()),
            redis=redis_url(root) is not None,
        )


def disclosure(facts: Facts, root: Path = ROOT) -> Document:
    """The page: what exists here, what does not, and what may exist elsewhere."""
    say = words(KIND, root)
    elsewhere = [say["device"], say["network"], say["loopback" if facts.loopback else "proxy"]]
    if facts.embedded:
        elsewhere.append(say["embedded"].format(origins=", ".join(facts.embedded)))
    if facts.actions:
        elsewhere.append(say["actions"].format(actions=facts.actions))
    kept = [say["conversations"].format(minutes=facts.lifetime // 60)]
    kept += [say[name] for name, holds in (("clients", facts.clients), ("redis", facts.redis)) if holds]
    parts = {
        "have_title": [
            *kept,
            say["content"],
            say["logs"].format(level=facts.level),
            say["logs_at"],
            say["settings"],
        ],
        "have_not_title": [say[f"no_{name}"] for name in ("identity", "history", "document", "statistics", "third")],
        "elsewhere_title": [*elsewhere, say["seized"]],
    }
    blocks: list[Block] = [Heading(say["title"], 1), Paragraph(say["about"])]
    if facts.organisation:
        blocks.append(Paragraph(say["offered_by"].format(organisation=facts.organisation)))
    for title, lines in parts.items():
        blocks += [Heading(say[title]), *(Paragraph(line) for line in lines)]
    return Document(KIND, tuple(blocks))
