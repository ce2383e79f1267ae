"""`balise content`: the whole content as one document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from balise.content.export import export
from balise.errors import OperatorError
from balise.plan.catalogue import ROOT

_EXPORT = """Print everything that the guide can say as one French document (Markdown), to be read, printed and
annotated. Exit code: 0 written, 1 the content can't be read or the file can't be written."""


def add_commands(commands: Any) -> None:
    """Add `content export` to the parser's commands."""
    parser = commands.add_parser("content", help="the whole content as one document to read and annotate")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    exported = actions.add_parser("export", help="print or write the document", description=_EXPORT)
    exported.add_argument("--to", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    add_organisation(exported)
    exported.set_defaults(command=_export)


def add_organisation(command: argparse.ArgumentParser) -> None:
    """Let a command take an organisation's content; `balise.cli` begins it again with the whole."""
    told = "a folder with an organisation's own content (docs/for-organisations.md)"
    command.add_argument("--organisation", type=Path, metavar="FOLDER", help=told)


def _export(options: argparse.Namespace) -> int:
    document = export(ROOT)
    if options.to is None:
        sys.stdout.write(document)
        return 0
    try:
        options.to.write_text(document, encoding="utf-8")
    except OSError as error:
        raise OperatorError(f"{options.to} : ce fichier ne peut pas être écrit ({error.strerror}).") from None
    print(options.to)
    return 0
