"""The command line: run, chat, understand, redact, train, check, content, directory, resume."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dotenv import load_dotenv

from balise.content.commands import add_commands as content_commands
from balise.content.commands import add_organisation
from balise.directory.commands import add_commands as directory_commands
from balise.errors import OperatorError
from balise.plan.catalogue import PROJECT, ROOT, load
from balise.resume.commands import add_commands as resume_commands


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the process's exit code. What the operator can mend is told in one line on standard
    error; of any other failure, its class and place only, whatever it holds."""
    load_dotenv(PROJECT / ".env")
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        from balise.environment import quiet

        # For every command: a failure must not print the words that it met.
        quiet()
        folder: Path | None = getattr(options, "organisation", None)
        if folder and command is not _check and "BALISE_CONTENT" not in os.environ:
            _restart_with(folder)
        return command(options)
    except KeyboardInterrupt:
        return 130
    except OperatorError as error:
        print(f"balise: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="balise", description="A guide in French for front-line workers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=told, description=told)
        command.set_defaults(command=run)
        return command

    run = add("run", _run, "serve the guide on loopback (BALISE_HOST, BALISE_PORT)")
    chat = add("chat", _chat, "talk with the guide in the terminal")
    chat.add_argument("--json", action="store_true", help="a message a line in, a line of JSON out")
    alone = add("understand", _understand, "how a line is understood outside any question")
    alone.add_argument("--json", action="store_true", help="a line of JSON for each line")
    redacted = add("redact", _redact, "what is left of a line once what identifies is taken out")
    redacted.add_argument("--json", action="store_true", help="a line of JSON for each line, with the kinds removed")
    redacted.add_argument("--strict", action="store_true", help="as on questions about contacts, places and services")
    train = add("train", _train, "train the model if its inputs changed")
    train.add_argument("--force", action="store_true", help="train even if nothing changed")
    checked = add("check", _check, "check every text that a worker reads")
    told = add("disclosure", _disclosure, "what could be handed over if a court asked, as the settings stand")
    for command in (run, chat, train, checked, told):
        add_organisation(command)
    content_commands(commands)
    directory_commands(commands)
    resume_commands(commands)
    return parser


def _restart_with(folder: Path) -> None:
    """Lay an organisation's content over the project's, and begin this process again with the whole. A setting of
    .env or of the environment wins over the organisation's. Raises OperatorError with every fault of the folder."""
    from balise.organisation import assemble, settings

    content = assemble(folder)
    wanted = {name: value for name, value in settings(folder).items() if not os.environ.get(name)}
    environment = {**os.environ, **wanted, "BALISE_CONTENT": str(content)}
    os.execve(sys.executable, [sys.executable, "-m", "balise", *sys.argv[1:]], environment)


def _run(options: argparse.Namespace) -> int:
    from balise.engine.server import serve
    from balise.engine.training import train

    serve(train())
    return 0


def _train(options: argparse.Namespace) -> int:
    from balise.engine.training import train

    print(f"models/{train(force=options.force).name}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from balise.content.check import check
    from balise.organisation import faults as faults_of

    faults = faults_of(options.organisation) if options.organisation else check(ROOT)
    for fault in faults:
        print(fault)
    print("Les textes sont en ordre." if not faults else f"{len(faults)} défaut(s) à corriger.")
    return 1 if faults else 0


def _disclosure(options: argparse.Namespace) -> int:
    from balise.disclosure import Facts, disclosure
    from balise.documents import text

    print(text(disclosure(Facts.from_settings())), end="")
    return 0


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _chat(options: argparse.Namespace) -> int:
    from balise.channels.terminal import talk
    from balise.engine.guide import Guide
    from balise.engine.training import train
    from balise.privacy.sealing import new_secret

    if not options.json:
        print(load().texts["utter_terminal_loading"], flush=True)
    guide = Guide.load(train())
    session = new_secret()
    if not options.json:
        return asyncio.run(talk(guide, session))

    async def converse() -> int:
        _print_json((await guide.open(session)).as_json())
        for line in _lines():
            _print_json((await guide.turn(session, line)).as_json())
        return 0

    return asyncio.run(converse())


def _redact(options: argparse.Namespace) -> int:
    from balise.engine.training import train_redaction
    from balise.privacy import redact

    train_redaction()
    for line in _lines():
        redaction = redact(line, strict=options.strict)
        if options.json:
            _print_json({"text": redaction.text, "removed": dict(redaction.removed)})
        else:
            print(redaction.text, flush=True)
    return 0


def _understand(options: argparse.Namespace) -> int:
    from balise.engine.guide import Guide
    from balise.engine.training import train

    guide = Guide.load(train())

    async def read() -> int:
        for line in _lines():
            meaning = await guide.understand_alone(line)
            told = {
                "intent": meaning.intent,
                "confidence": round(meaning.confidence, 4),
                "offered": list(meaning.offered),
            }
            if options.json:
                _print_json(told)
            else:
                print(f"{meaning.intent}  {meaning.confidence:.2f}  {' '.join(meaning.offered)}", flush=True)
        return 0

    return asyncio.run(read())


if __name__ == "__main__":
    sys.exit(main())
