"""« Which line, for this, here » is answered in at most two turns, for every province and need, in the real guide."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from balise.directory.choosing import lines_for
from balise.directory.model import NEEDS, PROVINCES
from balise.directory.numbers import in_text
from balise.directory.reading import load_directory
from balise.engine.guide import Guide
from balise.plan.catalogue import ROOT, load
from balise.plan.typography import french
from tests.dialogues.driver import Played

DIRECTORY = load_directory(ROOT)


@pytest.mark.parametrize("province", PROVINCES)
def test_every_need_is_answered_in_two_turns(guide: Guide, loop: asyncio.AbstractEventLoop, province: str) -> None:
    async def ask(need: str) -> None:
        played = Played(guide)
        await played.send("/helplines")
        await played.send(province)
        turn = await played.send(need)
        said = "\n".join(message.text for message in turn.messages)
        lines = lines_for(DIRECTORY, province, need, date.today())
        for line in lines:
            assert french(line.name) in said
            assert (line.number or line.web or "") in said
        for other in DIRECTORY.lines:
            if other not in lines and other.number and other.number not in [line.number for line in lines]:
                texts = [text for text in in_text(said) if text == other.number]
                # Only the rule on reporting, for a minor, names a line of its own.
                assert not texts or need == "minors"
        assert french("peut paraître au relevé") in said
        assert all(len(message.text) <= 280 for message in turn.messages)
        assert (await played.slots()).get("form") is None

    async def every() -> None:
        for need in NEEDS:
            await ask(need)

    loop.run_until_complete(every())


@pytest.mark.parametrize("topic", [choice.value for choice in load().topics])
def test_every_card_is_one_tap_away_and_short(guide: Guide, loop: asyncio.AbstractEventLoop, topic: str) -> None:
    played = Played(guide)
    turn = loop.run_until_complete(played.send("/guidance"))
    labels = {choice.value: choice.label for message in turn.messages for choice in message.choices}
    if f"/guidance:{topic}" not in labels:
        opener = "/worker_safety" if topic == "colleague" else "/guidance:technology"
        turn = loop.run_until_complete(played.send(opener))
        labels = {choice.value: choice.label for message in turn.messages for choice in message.choices}
    turn = loop.run_until_complete(played.send(f"/guidance:{topic}"))
    texts = [message.text for message in turn.messages]
    card = load().cards[f"utter_card_{topic}"]
    assert any(french("Source : ") in text and card.date in text for text in texts)
    body = texts[: next(i for i, text in enumerate(texts) if text.startswith("Source")) + 1]
    assert len("\n".join(body)) <= 600
    assert all(len(text) <= 280 for text in texts)
    if card.legal:
        assert any(french("Ceci n'est pas un avis juridique.") in text for text in texts)
