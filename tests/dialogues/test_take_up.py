"""A plan leaves with a code and comes back in another conversation, whose summary tells what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from balise.engine.guide import Guide, Turn
from balise.plan.typography import french
from balise.resume import Form, passphrase, protect, to_words
from tests.dialogues.driver import Played

Talk = Callable[[Callable[[], Awaitable[Any]]], Any]


@pytest.fixture
def talk(loop: asyncio.AbstractEventLoop) -> Talk:
    return lambda conversation: loop.run_until_complete(conversation())


def said(turn: Turn) -> str:
    return "\n".join(message.text for message in turn.messages)


async def planned(guide: Guide) -> Played:
    """A conversation with a short plan in it."""
    played = Played(guide)
    for message in (
        "open",
        "/open_evacuation",
        "crisis_home",
        "main_door",
        "evening",
        "/open_self_care",
        "gut_feeling",
    ):
        await played.send(message)
    await played.send("le bruit des clés")
    return played


async def words_of(played: Played) -> str:
    await played.send("code de reprise")
    turn = await played.send("Code sans phrase de passe")
    return max((message.text for message in turn.messages), key=lambda text: len(text.split()))


async def protected_words(guide: Guide, played: Played, secret: str) -> str:
    packed = await guide.packed(played.secret, Form.CODE)
    return " ".join(to_words(protect(packed.payload, secret, Form.CODE)))


def test_the_words_of_a_code_bring_the_choices_back_and_open_the_follow_up(guide: Guide, talk: Talk) -> None:
    async def conversation() -> None:
        code = await words_of(await planned(guide))
        later = Played(guide)
        await later.send("open")
        turn = await later.send(code)
        slots = await later.slots()
        assert french("Le plan est repris") in said(turn)
        assert slots["evacuation_exit"]["choices"] == ["main_door"]
        assert slots["care_watch"]["choices"] == ["gut_feeling"]
        # A note is in the file only.
        assert "clés" not in repr(slots)
        assert slots["form"] == "follow_up_form"
        assert slots["requested_slot"] == "gate_field"

    talk(conversation)


def test_what_changed_since_stands_in_the_new_summary(guide: Guide, talk: Talk) -> None:
    async def conversation() -> None:
        code = await words_of(await planned(guide))
        later = Played(guide)
        for message in ("open", code, "/open_self_care"):
            await later.send(message)
        slots = await later.slots()
        assert slots["before"]["evacuation_exit"]["choices"] == ["main_door"]
        answered = guide._catalogue.questions[slots["requested_slot"]]
        turn = await later.send("résumé")
        assert "nouveau : " not in said(turn)
        await later.send(answered.choices[0].value)
        turn = await later.send("résumé")
        assert french(f"{answered.label} : nouveau : {answered.choices[0].title}") in said(turn)

    talk(conversation)


def test_a_protected_code_is_not_opened_in_the_conversation(guide: Guide, talk: Talk) -> None:
    async def conversation() -> None:
        secret = passphrase()
        code = await protected_words(guide, await planned(guide), secret)
        later = Played(guide)
        await later.send("open")
        turn = await later.send(code)
        assert french("Ce code a une phrase de passe") in said(turn)
        assert turn.screen == "take_up"
        assert "evacuation_exit" not in {name for name, value in (await later.slots()).items() if value}

    talk(conversation)


def test_a_word_mistyped_is_pointed_at_and_the_question_waits(guide: Guide, talk: Talk) -> None:
    async def conversation() -> None:
        words = (await words_of(await planned(guide))).split()
        words[3] = words[3][:-1] + ("b" if words[3][-1] != "b" else "d")
        later = Played(guide)
        for message in ("open", "/open_contacts", "friend"):
            await later.send(message)
        before = await later.slots()
        turn = await later.send(" ".join(words))
        assert "4" in said(turn)
        assert (await later.slots())["requested_slot"] == before["requested_slot"]
        assert turn.section == french(guide._catalogue.title("contacts_form"))

    talk(conversation)


def test_what_was_begun_here_is_not_lost_to_the_code(guide: Guide, talk: Talk) -> None:
    async def conversation() -> None:
        code = await words_of(await planned(guide))
        later = Played(guide)
        for message in ("open", "/open_self_care", "body_tension"):
            await later.send(message)
        turn = await later.send(code)
        slots = await later.slots()
        assert slots["care_watch"]["choices"] == ["body_tension"]
        assert slots["evacuation_exit"]["choices"] == ["main_door"]
        assert french("gardées telles quelles") in said(turn)

    talk(conversation)
