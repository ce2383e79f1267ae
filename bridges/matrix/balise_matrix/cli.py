"""The command line: init, run, allow, revoke, list, identity, guide-key."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import getpass
import resource
import signal
import sys
from collections.abc import Awaitable, Callable

from balise_matrix.errors import OperatorError
from balise_matrix.guide import Guide
from balise_matrix.keys import RootKey, credential
from balise_matrix.logs import quiet_logs
from balise_matrix.matrix.account import make_device
from balise_matrix.matrix.bridge import Bridge
from balise_matrix.matrix.crosssigning import Identity, master_of
from balise_matrix.matrix.homeserver import Homeserver, HomeserverError, UnreachableError
from balise_matrix.matrix.session import Session, new_client
from balise_matrix.matrix.store import State
from balise_matrix.settings import Settings
from balise_matrix.talk import Talk

Command = Callable[[argparse.Namespace, Settings, RootKey, State], Awaitable[None]]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the process's exit code. What the operator can mend is told in one line on standard error."""
    # No core file: keys stand in memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_environment()
        quiet_logs(settings.log_level)
        root = RootKey.from_environment()
        state = State(settings.state, root)
        with contextlib.closing(state):
            command: Command = options.command
            asyncio.run(_until_stopped(command(options, settings, root, state)))
    except OperatorError as error:
        print(f"balise-matrix: {error}", file=sys.stderr)
        return 1
    except (UnreachableError, HomeserverError) as error:
        status = f" ({error.status} {error.code})" if isinstance(error, HomeserverError) else ""
        print(f"balise-matrix: the homeserver refuses or does not answer{status}.", file=sys.stderr)
        return 1
    return 0


async def _until_stopped(work: Awaitable[None]) -> None:
    """`work`, ended in order by Ctrl-C or by the service manager."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="balise-matrix", description="The Matrix bridge of Balise.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, told: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=told, description=told)
        command.set_defaults(command=run)
        return command

    init = add("init", _init, "make the account's one device and sign it (the password on standard input)")
    init.add_argument("--new-identity", action="store_true", help="replace an identity that is not this bridge's")
    add("run", _run, "serve the rooms")
    allow = add("allow", _allow, "let a worker in, under the identity that the homeserver shows now")
    allow.add_argument("user", help="a Matrix id: @name:server")
    allow.add_argument("--fingerprint", help="refuse any other identity than this one")
    allow.add_argument("--changed", action="store_true", help="approve another identity than before")
    revoke = add("revoke", _revoke, "let a worker in no more; her conversations are erased")
    revoke.add_argument("user")
    add("list", _list, "who is let in, with the fingerprint of each identity")
    add("identity", _identity, "the fingerprint of the bridge's own identity")
    add("guide-key", _guide_key, "what to write in BALISE_CLIENT_KEYS, for the guide to know this bridge")
    return parser


async def _init(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    await make_device(settings, root, state, typed, options.new_identity)


async def _run(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    token = credential("purge-token")
    client = new_client(settings.homeserver, settings.user, state)
    try:
        async with contextlib.AsyncExitStack() as stack:
            homeserver = await stack.enter_async_context(Homeserver(settings.homeserver, state.setting("token")))
            guide = await stack.enter_async_context(Guide(settings.guide, root.guide_key))
            admin = Homeserver(settings.homeserver, token.decode().strip()) if token else None
            if admin:
                await stack.enter_async_context(admin)
            session = Session(client, homeserver, state, Identity(settings.user, root, state.generation))
            await session.check_own()
            await Bridge(settings, root, state, session, homeserver, Talk(guide, root), admin).run()
    finally:
        await client.close()


async def _allow(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    async with Homeserver(settings.homeserver, state.setting("token")) as homeserver:
        shown = master_of(await homeserver.keys(options.user), options.user)
    if shown is None:
        raise OperatorError("This account shows no cross-signing identity: its owner sets one up in her messenger.")
    if options.fingerprint and options.fingerprint.replace(" ", "") != shown:
        raise OperatorError("The homeserver shows another fingerprint for this account.")
    known = state.worker(options.user)
    if known and known.master != shown and not options.changed:
        raise OperatorError("The identity of this account changed. Ask its owner; if it was her, add --changed.")
    state.allow(options.user, shown)
    print(f"{options.user}\t{_spaced(shown)}")


async def _revoke(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    if not state.revoke(options.user):
        raise OperatorError("This account is not on the list.")


async def _list(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    for worker in state.workers():
        print(f"{worker.user}\t{_spaced(worker.master)}" + ("\tidentity changed, refused" if worker.changed else ""))


async def _identity(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    print(_spaced(Identity(settings.user, root, state.generation).public()))


async def _guide_key(options: argparse.Namespace, settings: Settings, root: RootKey, state: State) -> None:
    print(root.guide_key_digest)


def _spaced(key: str) -> str:
    """A key in groups of four, to be read aloud."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
