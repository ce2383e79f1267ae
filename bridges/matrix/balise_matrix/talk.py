"""One conversation of the guide in any messenger: text in, texts out. No messenger's code stands here.

An adapter (matrix/) brings messages in order, one at a time for each place, sends what comes back, and saves
`Reply.place` together with the fact that the message was answered. Doing it again after a crash gives the same texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from balise_matrix.guide import Answer, BusyError, Guide, GuideDownError, LostError
from balise_matrix.keys import RootKey
from balise_matrix.rendering import rendered, split
from balise_matrix.texts import asks_to, text

_PAUSE = 0.5
"""Seconds before a message that was too fast for the guide is said again."""
Given = TypeVar("Given")


@dataclass(frozen=True)
class Place:
    """Where a conversation goes on: the name of the place (a room), how many times it began there, and the number of
    the turn that is shown."""

    id: str
    epoch: int = 0
    turn: int = 0


@dataclass(frozen=True)
class Message:
    """What was written; a name of the message, the same each time it is handled; and the turn shown when it came."""

    text: str
    name: str
    reply_to: int


@dataclass(frozen=True)
class Reply:
    """`texts` to be sent in order, then `file` (a PDF); `over`: everything in the place is to be erased."""

    place: Place
    texts: tuple[str, ...] = ()
    file: bytes | None = None
    over: bool = False


async def _patiently(ask: Callable[[], Awaitable[Given]]) -> Given:
    """What the guide gives, as soon as it takes the request."""
    while True:
        try:
            return await ask()
        except BusyError:
            await asyncio.sleep(_PAUSE)


class Talk:
    """Conversations with `guide`, each under a secret that comes from the root key, its place and its epoch."""

    def __init__(self, guide: Guide, root: RootKey) -> None:
        self._guide, self._root = guide, root
        self._emergency: tuple[str, ...] = ()

    def secret(self, place: Place) -> str:
        return self._root.secret(place.id, place.epoch)

    async def learn_emergency(self) -> None:
        """Fetch the guide's emergency card, to have it where the guide does not answer. Raises GuideDownError."""
        place = Place("emergency card")
        await self._open(place)
        answer = await self._guide.say(self.secret(place), "/emergency", self._root.name("emergency card"), None)
        await self._guide.forget(self.secret(place))
        self._emergency = tuple(message["text"] for message in answer.messages)

    def down(self) -> tuple[str, ...]:
        """What is said where the guide does not answer: that the message waits, and the emergency card."""
        return (text("down"), *self._emergency)

    async def begin(self, place: Place) -> Reply:
        """Open a conversation; what cannot be promised is said first. Raises GuideDownError."""
        place = replace(place, epoch=place.epoch + 1)
        answer = await self._open(place)
        return self._reply(place, answer, text("limits"), text("how"))

    async def answer(self, place: Place, message: Message) -> Reply:
        """Answer one message. Raises GuideDownError: nothing is changed then, and the message can be handled again."""
        if asks_to("quit_words", message.text):
            return Reply(place, over=True)
        try:
            return await self._said(place, message)
        except LostError:
            return await self._begun_anew(place, message)

    async def forget(self, place: Place) -> None:
        """Erase the conversation in the guide. Raises GuideDownError."""
        await self._guide.forget(self.secret(place))

    async def _said(self, place: Place, message: Message, *before: str) -> Reply:
        secret = self.secret(place)
        answer = await _patiently(lambda: self._guide.say(secret, message.text, message.name, message.reply_to))
        reply = self._reply(place, answer, *before)
        if name := answer.document:
            file = await _patiently(lambda: self._guide.document(secret, name))
            told = () if file else (text("no_file"),)
            reply = replace(reply, texts=(*reply.texts, *told), file=file)
        return replace(reply, over=answer.screen == "erased")

    async def _begun_anew(self, place: Place, message: Message) -> Reply:
        """The guide lost the conversation: it is opened again, and the message handled there. Only a number is not: it
        counted the choices of a question that is gone."""
        place = replace(place, epoch=place.epoch + 1)
        opened = await self._open(place)
        if message.text.replace(",", "").replace(" ", "").isdecimal():
            return self._reply(place, opened, text("lost"), text("lost_number"))
        try:
            return await self._said(
                replace(place, turn=opened.turn), replace(message, reply_to=opened.turn), text("lost")
            )
        except LostError:
            raise GuideDownError from None

    async def _open(self, place: Place) -> Answer:
        return await _patiently(lambda: self._guide.open(self.secret(place)))

    def _reply(self, place: Place, answer: Answer, *before: str) -> Reply:
        texts = split("\n\n".join((*before, rendered(answer.messages))))
        return Reply(replace(place, turn=answer.turn if answer.turn >= 0 else place.turn), tuple(texts))
