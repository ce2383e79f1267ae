"""What every action shares: the conversation as the plan sees it, and one catch-all where an action fails."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from balise.documents import NOTE, build, messages
from balise.documents.parts import summary_texts
from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue, Question, load
from balise.plan.order import is_started
from balise.plan.records import letter, position
from balise.plan.referral import FORM as PROVIDER_FORM
from balise.plan.summary import Summary, summarise

logger = logging.getLogger(__name__)
Events = list[dict[str, Any]]


class State:
    """The conversation at the time of an action. `say` is the dispatcher; `meaning` the engine's reading."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.say = dispatcher
        self.catalogue: Catalogue = load()
        self.slots: dict[str, Any] = tracker.slots
        self.form: str | None = (tracker.active_loop or {}).get("name")
        self.last_action: str | None = tracker.latest_action_name
        self.intent: str = (tracker.latest_message.get("intent") or {}).get("name") or ""
        self.meaning: dict[str, Any] = tracker.latest_message.get("metadata") or {}

    @property
    def pending(self) -> Question | None:
        """The question that waits for an answer."""
        name = self.slots.get("requested_slot") if self.form else None
        return self.catalogue.questions.get(name) if name else None

    @property
    def target(self) -> str | None:
        """What the button pressed names: a question or a record's place."""
        return self.meaning.get("target")

    def text(self, name: str, **values: Any) -> str:
        """A text of data/responses/ with its {words} filled in."""
        return self.catalogue.texts[name].format(**values)

    def utter(self, name: str, buttons: list[dict[str, str]] | None = None, **values: Any) -> None:
        """Say a response of data/responses/."""
        self.say.utter_message(response=name, buttons=buttons or [], **values)

    def offer(self, intents: list[str]) -> list[dict[str, str]]:
        """Commands as buttons."""
        return [{"title": self.text(f"utter_command_{intent}"), "payload": f"/{intent}"} for intent in intents]

    def way_back(self) -> list[dict[str, str]]:
        """The button that goes on with what is under way; none where nothing is."""
        return self.offer(["resume"]) if self.form or self.waits else []

    def say_card(self, name: str) -> None:
        """Say a text and, where it is a card, its source, its date and that it is no legal advice."""
        self.utter(name)
        card = self.catalogue.cards.get(name)
        if card:
            told = [self.text("utter_card_source", source=card.source, date=card.date)]
            if card.legal:
                told.append(self.text("utter_card_legal"))
            self.say.utter_message(text=" ".join(told))

    def say_document(self, name: str) -> None:
        """Say a document (a name of balise/documents/) as plain text; a page shows it as a screen of its own."""
        for text in messages(build(name, self.catalogue, self.slots).blocks):
            self.say.utter_message(text=text, metadata={"screen": "document", "document": name})

    def say_summary(self) -> Summary:
        """Say the plan so far and give it back."""
        plan = summarise(self.catalogue, self.slots)
        for text in summary_texts(plan, self.catalogue.texts):
            self.say.utter_message(text=text, metadata={"screen": "document", "document": NOTE})
        return plan

    @property
    def waits(self) -> bool:
        """Whether a question, a review or a section waits for the worker to come back."""
        return any(self.slots.get(name) for name in ("paused", "reviewing", "itinerary"))

    @property
    def has_buttons(self) -> bool:
        """Whether anything said in this action can be tapped."""
        return any(
            message.get("buttons") or message.get("response") in self.catalogue.with_buttons
            for message in self.say.messages
        )

    def leave(self) -> Events:
        """Close the open section without losing anything; nothing is asked again until someone comes back."""
        return [ActiveLoop(None), SlotSet("requested_slot", None)] if self.form else []

    def enter(self, form: str, **changes: Any) -> Events:
        """Open `form` at its first open question, after its introduction where nothing is answered yet."""
        slots = {**self.slots, **changes}
        if not is_started(self.catalogue, form, slots) and f"utter_intro_{form}" in self.catalogue.texts:
            self.utter(f"utter_intro_{form}")
        if form == PROVIDER_FORM:
            changes["provider_label"] = letter(position(self.catalogue, form, slots))
        changes.update(paused=None, reviewing=None)
        events = [SlotSet(name, value) for name, value in changes.items()]
        if self.form == form:
            # The loop is already open: Rasa goes on with it by itself.
            return events
        return [*self.leave(), *events, FollowupAction(form)]

    def mark_answered(self, question: str) -> dict[str, Any]:
        """The value of `last_answered`: the question, and the number that this turn will have."""
        return {"question": question, "turn": int(self.slots.get("turn") or 0) + 1}

    def answer(self, question: str) -> Answer | None:
        """The answer given to a question so far."""
        return Answer.from_slot(self.slots.get(question))


def log_failure(error: Exception) -> None:
    """Log the class and the place of a failure; its text may hold what was said (balise/privacy/logs.py)."""
    logger.error("action.failed", exc_info=error)


class Reply(Action, ABC):
    """A reply to a command. Subclasses give `name` and `reply`; a failure ends in one neutral sentence.

    `needs_question` marks the commands that are about the pending question: while the plan is paused they lead back.
    """

    needs_question = False

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    @abstractmethod
    def reply(self, state: State) -> Events:
        """Say what is to be said and return the events."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Rasa's entry. Never raises."""
        try:
            state = State(dispatcher, tracker)
            confirming = state.slots.get("confirming")
            if self.needs_question and state.slots.get("paused") and not state.form and not state.target:
                events = waiting(state)
            else:
                events = self.reply(state)
            events = [*self._keep_what_was_said(state), *events]
            self._offer_more(state, events)
            return [SlotSet("confirming", None), *events] if confirming else events
        except Exception as error:
            log_failure(error)
            dispatcher.utter_message(response="utter_failed")
            return []

    @staticmethod
    def _keep_what_was_said(state: State) -> Events:
        """A message obeyed on the classifier's word alone may have been an answer: one tap puts it in its place."""
        value, question = state.meaning.get("answer"), state.meaning.get("question")
        if value is None or state.intent == "answer" or not question:
            return []
        # No sentence: the button stands at the end of the choices that follow.
        button = {"title": state.text("utter_command_keep_answer"), "payload": f"/keep_answer:{question}"}
        state.say.utter_message(buttons=[button])
        return [SlotSet("replaced", {"question": question, "value": value})]

    @staticmethod
    def _offer_more(state: State, events: Events) -> None:
        """Danger words add the lines; a likely command brings the next likely ones; no turn ends without a way on."""
        if state.intent in ("answer", "unsure"):
            return
        if state.meaning.get("danger") and state.intent != "emergency":
            state.utter("utter_danger")
        others = state.meaning.get("offered") or []
        if others and not state.form:
            # No sentence: they stand at the end of the choices.
            state.say.utter_message(buttons=state.offer(others))
        asks_next = state.form or any(event.get("event") in ("followup", "active_loop") for event in events)
        if not asks_next and not state.has_buttons:
            state.utter("utter_next", buttons=state.offer((["resume"] if state.waits else []) + ["help"]))


def waiting(state: State) -> Events:
    """The plan waits: say so, with the way back."""
    state.utter("utter_waiting", buttons=state.offer(["resume", "help"]))
    return []
