"""Redaction comes first in every channel: what identifies is nowhere in the answer, the plan, or what is kept of it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

import pytest
import yaml

from balise.engine.guide import Guide
from balise.plan.catalogue import ROOT
from balise.privacy.sealing import new_secret, opened, seal_of
from tests.channels.served import Served

NAME, NUMBER = "nadège", "438-555-0143"
SAID = f"chez sa soeur {NAME} Tremblay, {NUMBER}"


def channels() -> list[str]:
    """The channels that credentials.yml opens, with the two of the command line."""
    named = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    return [*named, "balise chat", "balise chat --json"]


def over_http() -> str:
    served = Served()
    try:
        secret = served.open()
        for said in ("/open_evacuation", "1"):
            served.request("POST", "/message", {"message": said}, secret)
        answers = [served.request("POST", "/message", {"message": said}, secret)[2] for said in (SAID, "résumé")]
    finally:
        served.stop()
    return json.dumps(answers, ensure_ascii=False)


def in_the_terminal(*options: str) -> str:
    # In the terminal the message is reread first: 1 sends it as masked.
    reread = [] if options else ["1"]
    lines = "\n".join(["/open_evacuation", "1", SAID, *reread, "résumé"]) + "\n"
    command = [sys.executable, "-m", "balise", "chat", *options]
    return subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True).stdout


CHANNELS = {
    "balise.channels.web.WebChannel": over_http,
    "balise chat": in_the_terminal,
    "balise chat --json": lambda: in_the_terminal("--json"),
}


@pytest.mark.parametrize("channel", channels())
def test_every_channel_redacts_before_anything_else(channel: str) -> None:
    told = CHANNELS[channel]()
    assert "[personne]" in told
    assert "[téléphone]" in told
    assert "Masqué dans votre message" in told
    for part in ("nad", "Tremblay", "0143"):
        assert part not in told


def play(guide: Guide, loop: asyncio.AbstractEventLoop, *said: str, **options: Any) -> tuple[Any, dict[str, Any]]:
    """The answer to the last of several messages, and the slots then."""
    secret = new_secret()

    async def work() -> tuple[Any, dict[str, Any]]:
        for text in said[:-1]:
            await guide.turn(secret, text)
        turn = await guide.turn(secret, said[-1], **options)
        with opened(seal_of(secret)):
            tracker = await guide._store.retrieve(seal_of(secret).id)
        return turn, tracker.current_slot_values() if tracker else {}

    return loop.run_until_complete(work())


def test_the_note_of_an_answer_holds_placeholders_only(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    turn, slots = play(guide, loop, "/open_evacuation", "1", SAID)
    note = slots["evacuation_exit"]["note"]
    assert "[personne]" in note
    assert "[téléphone]" in note
    assert NUMBER not in note
    assert set(turn.removed) == {"person", "phone"}
    assert "une amie" in turn.messages[0].text


def test_an_emergency_comes_before_the_notice(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    turn, _ = play(guide, loop, "/open_evacuation", "urgence, il est là, c'est Tremblay au 438-555-0143, il cogne là")
    assert set(turn.removed) == {"person", "phone"}
    assert turn.messages[0].text.startswith("9-1-1")
    assert any("Masqué" in message.text for message in turn.messages[1:])


def test_a_draft_shows_what_would_go_and_keeps_nothing(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    secret = new_secret()
    loop.run_until_complete(guide.open(secret))
    draft = loop.run_until_complete(guide.draft(secret, SAID))
    assert NUMBER not in draft.text
    phone = next(span for span in draft.spans if span.kind == "phone")
    assert not phone.restorable
    with opened(seal_of(secret)):
        tracker = loop.run_until_complete(guide._store.retrieve(seal_of(secret).id))
    assert tracker is not None
    assert "personne" not in str(
        {name: slot.value for name, slot in tracker.slots.items() if slot.value and name != "offered"}
    )


def test_what_default_deny_took_comes_back_on_request_and_a_pattern_never_does(
    guide: Guide, loop: asyncio.AbstractEventLoop
) -> None:
    said = f"{NUMBER} par en bas pis zbroufette"
    draft = loop.run_until_complete(guide.draft(new_secret(), said))
    spans = [(span.source_start, span.source_end) for span in draft.spans]
    assert any(span.restorable for span in draft.spans)
    _, slots = play(guide, loop, "/open_evacuation", "1", said, restore=spans)
    note = slots["evacuation_exit"]["note"]
    assert "zbroufette" in note
    assert NUMBER not in note


def test_a_word_more_can_be_masked(guide: Guide, loop: asyncio.AbstractEventLoop) -> None:
    said = "par la ruelle du dépanneur"
    _, slots = play(guide, loop, "/open_evacuation", "1", said, mask=[(said.index("dépanneur"), len(said))])
    assert slots["evacuation_exit"]["note"].endswith("[masqué à la main]")
