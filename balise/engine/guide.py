"""The one path of a message: redact, understand in context, let Rasa lead the dialogue, gather what is said."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.trackers import DialogueStateTracker

from balise.documents import REMINDER, Document, ResumeCode, build
from balise.engine.copied import copy_cheaply
from balise.engine.inprocess import InProcessActions
from balise.engine.lexicon import load_lexicon
from balise.engine.output import GuideOutput, Message
from balise.engine.pace import Entry, Pace
from balise.engine.snapshot import keeping
from balise.engine.store import ConversationStore, SealedTrackerStore
from balise.engine.unavailable import Busy, Full, Unavailable
from balise.engine.validated import validate_once
from balise.errors import OperatorError
from balise.plan.answers import UNKNOWN
from balise.plan.catalogue import PROVINCE, ROOT, Catalogue, load
from balise.plan.meaning import Context, Lexicon, Meaning, Ranking, Records, certain, is_own_words, understand
from balise.plan.order import remaining
from balise.plan.records import all_records, letter, position
from balise.plan.typography import french
from balise.plan.ways import Section, sections
from balise.plan.words import tokens
from balise.privacy import Redaction, redact
from balise.privacy.kinds import PLACEHOLDER, Kind
from balise.privacy.sealing import Seal, new_secret, opened, seal_of
from balise.resume import (
    Form,
    Packed,
    Restored,
    ResumeError,
    from_words,
    is_protected,
    looks_like_code,
    open_envelope,
    pack_file,
    pack_plan,
    qr_svg,
    restore,
    restore_file,
    to_words,
)
from balise.settings import broken_promises

logger = logging.getLogger(__name__)


class NotSafe(Exception):
    """The person's own document was asked for, and nobody said that a paper is safe."""


Spans = Collection[tuple[int, int]]
"""Parts of a message, each from a character to the one after its last."""
LONGEST_MESSAGE = 2_000
"""Characters; a longer message is refused with a clear sentence and nothing of it is used."""
_WARMING = "par où commencer"
MOST_TURNS = 64
"""Turns under way at once in one process, those that wait for their turn with them: about a second of work."""


@dataclass(frozen=True)
class Turn:
    """The guide's answer to one message. `removed` lists the kinds of data that redaction took out;
    `number` is sent back with the next message, to recognise two messages in a row; `section` is the open section's
    title and `left` how many questions it still holds, None outside a section. `screen` is what a page shows:
    question, document (which one is in `document`), code, take_up, emergency, paused, erased, or talk."""

    messages: tuple[Message, ...]
    removed: tuple[str, ...] = ()
    number: int = 0
    section: str | None = None
    left: int | None = None
    screen: str = "talk"
    document: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The public form: the messages and the kinds removed."""
        return {"messages": [message.as_json() for message in self.messages], "removed": list(self.removed)}

    def as_answer(self) -> dict[str, Any]:
        """The form for a page, with the place in the plan."""
        place = {"turn": self.number, "section": self.section, "left": self.left, "screen": self.screen}
        if self.document:
            place["document"] = self.document
        return {"messages": [message.as_answer() for message in self.messages], "removed": list(self.removed), **place}

    @classmethod
    def from_answer(cls, kept: Mapping[str, Any]) -> Turn:
        """The turn of which `as_answer` gave `kept`."""
        messages = tuple(Message.from_answer(message) for message in kept["messages"])
        place = (kept["turn"], kept["section"], kept["left"], kept["screen"], kept.get("document"))
        return cls(messages, tuple(kept["removed"]), *place)


class Guide:
    """The conversation engine that every channel calls. One object a process."""

    def __init__(
        self,
        agent: Agent,
        store: ConversationStore,
        catalogue: Catalogue,
        lexicon: Lexicon,
        province: str | None = None,
    ) -> None:
        """`province` is the choice of the question on provinces that the organisation's settings answer for all."""
        self._province = province
        self._agent = agent
        self._store = store
        self._catalogue = catalogue
        self._lexicon = lexicon
        self._under_way = 0

    @classmethod
    def from_agent(cls, agent: Agent, root: Path = ROOT) -> Guide:
        """The guide over a loaded agent. Raises OperatorError where its store or its actions are not ours."""
        if agent.processor is None:
            raise OperatorError("No trained model: run 'make train'.")
        inner = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
        if not isinstance(inner, ConversationStore):
            raise OperatorError(f"endpoints.yml: the tracker store is {type(inner).__name__}, none of ours.")
        # Rasa's own wrapper would go on in a store of its own, unsealed, where ours fails (research/rasa.md 3, row 9).
        agent.tracker_store = agent.processor.tracker_store = inner
        catalogue = load(root)
        return cls(agent, inner, catalogue, load_lexicon(root), _province(catalogue))

    @classmethod
    def load(cls, model: Path, root: Path = ROOT) -> Guide:
        """Load a trained model (a .tar.gz) and its endpoints. Takes seconds. Raises OperatorError.

        Conversations stay in the memory of this process, whatever store the endpoints name: it serves nobody else.
        """
        endpoints = endpoints_in_process(root / "endpoints.yml")
        agent = Agent.load(str(model), action_endpoint=endpoints.action)
        store = endpoints.tracker_store
        if store is None or store.type is None:
            raise OperatorError("endpoints.yml names no tracker_store.")
        agent.tracker_store = SealedTrackerStore(agent.domain, **store.kwargs)
        agent.processor.tracker_store = agent.tracker_store
        return cls.from_agent(agent, root)

    async def open(self, secret: str) -> Turn:
        """The greeting, before any message. `secret` comes from `new_secret`; raises ValueError for any other, Full
        where there are too many conversations, and Unavailable as `turn` does."""
        seal = seal_of(secret)
        if await self._store.held() >= self._store.most:
            raise Full
        return await self._greet(seal)

    async def _greet(self, seal: Seal) -> Turn:
        with self._counted():
            async with self._store.locks.hold(seal.id):
                with opened(seal):
                    return await self._say(seal.id, Meaning("greet"), {"opening": True, "province": self._province})

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Within it, a turn is under way. Raises Busy where there are as many as may be."""
        if self._under_way >= MOST_TURNS:
            raise Busy
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def warm_up(self) -> None:
        """Load all that a first worker would otherwise wait for: one short conversation, forgotten at once."""
        # What takes seconds to load, before a turn holds a lease on its conversation.
        await self.understand_alone(_WARMING)
        secret = new_secret()
        # A machine so slow that a first turn outlasts its lease is warm all the same.
        with suppress(Unavailable):
            # Where the store is full too: this conversation makes room again at once.
            await self._greet(seal_of(secret))
            await self.turn(secret, _WARMING)
            await self.forget(secret)
        # A collection walks every object that it may free, for a fifth of a second in the middle of a turn. What was
        # loaded for good is left out of it from now on.
        gc.collect()
        gc.freeze()

    async def let_in(self, secret: str, pace: Pace, cost: int = 1) -> Entry:
        """Whether a request of the conversation of `secret`, that weighs `cost`, goes on; unknown for what is no
        secret. Raises Unavailable."""
        try:
            session = seal_of(secret).id
        except ValueError:
            return Entry.UNKNOWN
        return await self._store.let_in(session, pace, cost)

    async def take(self, name: str, pace: Pace) -> bool:
        """Whether one more request is let in under this name, over all processes. Raises Unavailable."""
        return await self._store.take(name, pace)

    async def held(self) -> int:
        """How many conversations are under way, over all processes. Raises Unavailable."""
        return await self._store.held()

    def words(self, name: str, **values: str) -> str:
        """A text of data/responses/ as it is shown, its {words} filled in."""
        return french(self._catalogue.texts[name].format(**values))

    async def document(self, secret: str, name: str, code: str | None = None) -> Document:
        """A document of the plan so far (a name of balise/documents/), with `code` drawn to be scanned where given.

        Raises ValueError for no secret, ResumeError for what is no code, NotSafe where the person's own was not said to
        be safe on paper.
        """
        slots = _state(await self._kept(secret))[0]
        if name == REMINDER and not slots.get("paper_safe"):
            raise NotSafe
        words = to_words(from_words(code)) if code else ()
        return build(name, self._catalogue, slots, ResumeCode(" ".join(words), qr_svg(words)) if words else None)

    async def packed(self, secret: str, form: Form) -> Packed:
        """The plan so far as a code holds it, or as a file does, its notes with it. Raises ValueError for no secret."""
        slots = _state(await self._kept(secret))[0]
        if form is Form.FILE:
            return Packed(pack_file(self._catalogue, slots), (), ())
        return pack_plan(self._catalogue, slots)

    def read_plan(self, payload: bytes, form: Form) -> Restored:
        """What a code or a file holds, once opened; notes are redacted once more. Raises ResumeError."""
        if form is Form.FILE:
            return restore_file(self._catalogue, payload, lambda note: redact(note).text)
        return restore(self._catalogue, payload)

    async def take_up(self, secret: str, plan: Restored, key: str | None = None) -> Turn:
        """Take `plan` up in the conversation of `secret`; `key` as in `turn`. Raises ValueError for no secret."""
        return await self._once(secret, key, lambda session: self._restored(session, plan, key))

    async def _restored(self, session: str, restored: Restored, key: str | None) -> Turn:
        told = {"slots": restored.slots, "is_older": restored.is_older, "added": restored.added, "gone": restored.gone}
        return await self._say(session, Meaning("restored"), {"restored": told}, key=key)

    async def sections(self, secret: str) -> list[Section]:
        """Every section that can be opened, with what it holds and lacks. Raises ValueError for no secret."""
        found = sections(self._catalogue, _state(await self._kept(secret))[0])
        return [replace(section, title=french(section.title)) for section in found]

    async def _kept(self, secret: str) -> DialogueStateTracker | None:
        """The conversation as it was left, to be looked at between two turns."""
        seal = seal_of(secret)
        with opened(seal):
            return await self._store.retrieve(seal.id)

    async def draft(self, secret: str, text: str) -> Redaction:
        """The message as it would go on, to be reread before it is sent; nothing is kept. Raises ValueError for no
        secret."""
        tracker = await self._kept(secret)
        if is_own_words(text, self._context(tracker, None)):
            return Redaction(text)
        return redact(text[: LONGEST_MESSAGE + 1], _pending(tracker))

    async def turn(
        self,
        secret: str,
        text: str,
        reply_to: int | None = None,
        restore: Spans = (),
        mask: Spans = (),
        key: str | None = None,
    ) -> Turn:
        """Answer one message of the conversation of `secret`. Raises ValueError where it is no secret.

        `restore` are spans of `text` that the worker wants back after rereading a draft (granted where default-deny
        alone took them), `mask` are spans that she wants masked too.
        `reply_to` is the number of the turn that the worker was looking at; where a newer turn exists, the message
        is the second in a row to the same question and is added to that answer.
        `key` names the message: the same key as the last one is a message sent again, and gets the same answer.
        Raises Unavailable where the message can't be taken now; it may be sent again.
        """
        return await self._once(secret, key, lambda session: self._take(session, text, reply_to, restore, mask, key))

    async def _once(self, secret: str, key: str | None, take: Callable[[str], Awaitable[Turn]]) -> Turn:
        """The turn that `take` gives, one at a time for each conversation and once for each key."""
        seal = seal_of(secret)
        with self._counted():
            async with self._store.locks.hold(seal.id):
                with opened(seal):
                    kept = await self._store.last_turn(seal.id) if key else None
                    if kept and kept["key"] == key:
                        return Turn.from_answer(kept)
                    return await take(seal.id)

    async def _take(
        self, session: str, text: str, reply_to: int | None, restore: Spans, mask: Spans, key: str | None
    ) -> Turn:
        """The turn itself, within the conversation's lock and seal."""
        tracker = await self._store.retrieve(session)
        if len(text) > LONGEST_MESSAGE:
            return self._notice("utter_too_long", tracker)
        if looks_like_code(text):
            return await self._read_code(session, text, tracker, key)
        context = self._context(tracker, reply_to)
        own = is_own_words(text, context)
        redaction = Redaction(text) if own else redact(text, _pending(tracker), restore=restore, mask=mask)
        if not tokens(redaction.text) and not redaction.text.strip().startswith("/"):
            return self._notice("utter_empty_message", tracker)
        # Buttons, numbers and known commands need no classifier.
        alone = Context(question=context.last_answered) if context.last_answered else context
        known = certain(redaction.text, alone, self._lexicon)
        ranking = () if known else await self.rank(redaction.text)
        meaning = understand(redaction.text, context, ranking, self._lexicon)
        question = context.question.name if context.question else None
        return await self._say(session, meaning, {"question": question}, tuple(redaction.removed), key)

    async def _read_code(self, session: str, text: str, tracker: DialogueStateTracker | None, key: str | None) -> Turn:
        """A code typed as a message: it holds choices only, so nothing of it is redacted, and no word is kept."""
        try:
            envelope = from_words(text)
            if is_protected(envelope):
                return replace(self._notice("utter_take_up_protected", tracker), screen="take_up")
            restored = self.read_plan(open_envelope(envelope, None), Form.CODE)
        except ResumeError as fault:
            return self._notice(fault.text, tracker, **fault.values)
        return await self._restored(session, restored, key)

    def _told_what_was_removed(self, turn: Turn) -> Turn:
        """The turn with one sentence on what was masked, by kind; after the emergency card, which comes first."""
        if not turn.removed:
            return turn
        kinds = ", ".join(Kind(kind).french for kind in turn.removed)
        notice = Message(self.words("utter_removed_from_message", kinds=kinds))
        messages = (*turn.messages, notice) if turn.screen == "emergency" else (notice, *turn.messages)
        return replace(turn, messages=messages)

    async def rank(self, text: str) -> Ranking:
        """Every intent with its probability for a message, the likeliest first, without any context."""
        # A placeholder is no word of the worker's: the classifier sees « quelqu'un » instead.
        parsed = await self._agent.parse_message(PLACEHOLDER.sub("quelqu'un", text).lstrip("/"))
        return [(intent["name"], float(intent["confidence"])) for intent in parsed.get("intent_ranking", ())]

    async def understand_alone(self, text: str) -> Meaning:
        """The meaning of a message outside any question (`balise understand`), redacted first as any other."""
        said = redact(text).text
        return understand(said, Context(), await self.rank(said), self._lexicon)

    async def forget(self, secret: str) -> None:
        """Erase the conversation of `secret`, once the turn under way is over; nothing happens where there is none.
        Raises ValueError for no secret, and Unavailable."""
        session = seal_of(secret).id
        if await self._store.holds(session):
            async with self._store.locks.hold(session):
                await self._store.delete(session)

    def _context(self, tracker: DialogueStateTracker | None, reply_to: int | None) -> Context:
        if tracker is None:
            return Context()
        slots = tracker.current_slot_values()
        questions = self._catalogue.questions
        pending = slots.get("requested_slot") if tracker.active_loop_name else None
        turn, last = int(slots.get("turn") or 0), slots.get("last_answered") or {}
        # Second in a row: written before the newest turn was seen, and that turn took an answer.
        second = reply_to is not None and reply_to < turn == last.get("turn")
        return Context(
            question=questions.get(pending) if pending else None,
            offered=tuple((value, label) for value, label in slots.get("offered") or ()),
            reviewing=slots.get("reviewing"),
            confirming=slots.get("confirming"),
            paused=slots.get("paused"),
            last_answered=questions.get(last["question"]) if second else None,
            section=tracker.active_loop_name,
            records=self._records(tracker.active_loop_name or slots.get("reviewing"), slots),
        )

    def _records(self, form: str | None, slots: dict[str, Any]) -> Records | None:
        """The records of the open section, as they can be named in words."""
        texts = self._catalogue.texts
        if form is None or f"utter_review_add_{form}" not in texts:
            return None
        count = len(all_records(self._catalogue, form, slots))
        labels = tuple(texts[f"utter_record_{form}"].format(letter=letter(index)) for index in range(count))
        return Records(labels, position(self._catalogue, form, slots), texts[f"utter_review_add_{form}"])

    async def _say(
        self,
        session: str,
        meaning: Meaning,
        extra: dict[str, Any],
        removed: tuple[str, ...] = (),
        key: str | None = None,
    ) -> Turn:
        """Hand the meaning, without a word of the message, to Rasa's dialogue."""
        output = GuideOutput()
        parsed = {"intent": {"name": meaning.intent, "confidence": meaning.confidence}, "entities": []}
        metadata = {
            **extra,
            "target": meaning.target,
            "answer": meaning.answer.to_slot() if meaning.answer else None,
            "in_words": meaning.in_words,
            "offered": list(meaning.offered),
            "danger": meaning.danger,
            "told": {name: list(choices) for name, choices in meaning.told.items()},
        }

        def said(slots: Mapping[str, Any], form: str | None) -> Turn:
            turn = Turn(output.messages, removed, *self._place(slots, form))
            screen = output.screen or turn.screen
            return self._told_what_was_removed(replace(turn, screen=screen, document=output.document))

        turns: list[Turn] = []

        def ended(slots: Mapping[str, Any], form: str | None) -> dict[str, Any] | None:
            turns.append(said(slots, form))
            return {"key": key, **turns[-1].as_answer()} if key else None

        message = UserMessage(f"/{meaning.intent}", output, session, parse_data=parsed, metadata=metadata)
        with keeping(ended):
            await self._agent.processor.handle_message(message)
        if meaning.intent == "confirm_erase":
            await self._store.delete(session)
        if not output.messages:
            return self._notice("utter_failed", await self._store.retrieve(session))
        return said({}, None) if meaning.intent == "confirm_erase" else turns[-1]

    def _place(self, slots: Mapping[str, Any], form: str | None) -> tuple[int, str | None, int | None, str]:
        """The number of the turn, the open section's title, how many questions it still holds, and the screen."""
        number = int(slots.get("turn") or 0)
        if form is None:
            return number, None, None, "talk"
        return number, french(self._catalogue.title(form)), remaining(self._catalogue, form, slots), "question"

    def _notice(self, response: str, tracker: DialogueStateTracker | None, **values: str) -> Turn:
        """A message of the engine itself; the conversation stays as it is."""
        return Turn((Message(self.words(response, **values)),), (), *self._place(*_state(tracker)))


def _province(catalogue: Catalogue) -> str | None:
    """BALISE_PROVINCE. Raises OperatorError where it is no choice of the question on provinces."""
    named = os.environ.get("BALISE_PROVINCE") or None
    known = [choice.value for choice in catalogue.questions[PROVINCE].choices if choice.value != UNKNOWN]
    if named is not None and named not in known:
        raise OperatorError(f"BALISE_PROVINCE: '{named}' is none of {', '.join(known)}.")
    return named


def _state(tracker: DialogueStateTracker | None) -> tuple[Mapping[str, Any], str | None]:
    """The slots and the open form; nothing where the conversation is over."""
    return ({}, None) if tracker is None else (tracker.current_slot_values(), tracker.active_loop_name)


def _pending(tracker: DialogueStateTracker | None) -> str | None:
    """The question that waits for an answer: some are redacted more strictly."""
    if tracker is None or not tracker.active_loop_name:
        return None
    return tracker.get_slot("requested_slot")


def endpoints_in_process(path: Path) -> AvailableEndpoints:
    """The operator's endpoints.yml, with the actions in this process unless it names an action server."""
    if not path.is_file():
        raise OperatorError(f"{path.name} is missing.")
    if faults := broken_promises(path.parent):
        raise OperatorError(" ".join(faults))
    validate_once()
    copy_cheaply()
    endpoints = AvailableEndpoints.read_endpoints(str(path))
    if endpoints.action is None:
        endpoints.action = InProcessActions()
    return endpoints
