"""`balise resume`: the numbers that codes give to questions and choices."""

from __future__ import annotations

import argparse
from typing import Any

from balise.plan.catalogue import PROJECT
from balise.resume.registry import FILE, register

_REGISTER = """Give a number in resume codes to each new question and choice of the project's content, and close those
that are gone. Nothing is renumbered. Run it after changing questions or choices, before publishing. Exit code: 0."""


def add_commands(commands: Any) -> None:
    """Add `resume register` to the parser's commands."""
    parser = commands.add_parser("resume", help="the numbers of questions and choices in resume codes")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    registered = actions.add_parser("register", help="number what is new in the content", description=_REGISTER)
    registered.set_defaults(command=_register)


def _register(options: argparse.Namespace) -> int:
    registry, changed = register(PROJECT)
    told = f"{FILE} : version {registry.version}"
    print(f"{told}, à publier avec le contenu." if changed else f"{told}, rien de nouveau.")
    return 0
