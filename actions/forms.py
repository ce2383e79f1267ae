"""One class a form. Rasa keeps the loop; which question comes next is the plan's business (balise/plan/order.py)."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import Events, State, log_failure
from balise.plan.answers import Answer
from balise.plan.order import is_relevant, next_question
from balise.plan.reading import joined


class PlanForm(FormValidationAction):
    """Takes the answer that the engine read, says what it adds, and asks for the plan's next question."""

    @abstractmethod
    def name(self) -> str:
        """validate_<form>, as in domain.yml."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Rasa's entry. Never raises: a failure is told, and the pending question stays."""
        try:
            events: Events = await super().run(dispatcher, tracker, domain)
            return events
        except Exception as error:
            log_failure(error)
            dispatcher.utter_message(response="utter_failed")
            same = {name: tracker.slots.get(name) for name in ("last_answered", "requested_slot")}
            return [SlotSet(name, value) for name, value in same.items()]

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        """Nothing: the engine has read the message already (balise/plan/meaning.py)."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        """The answer of this turn, if the message was one to the pending question; otherwise nothing, and the rule
        of the command runs."""
        state = State(dispatcher, tracker)
        pending = tracker.slots.get("requested_slot")
        value = state.meaning.get("answer")
        if state.intent != "answer" or value is None or not pending or state.meaning.get("question") != pending:
            return []
        name = state.target or pending
        answer = Answer.from_slot(value) or Answer()
        earlier = state.answer(name)
        if state.target and earlier:
            answer = joined(state.catalogue.questions[name], earlier, answer)
        self._acknowledge(state, name, answer, added=bool(state.target))
        reopened = [other for other in state.slots.get("reopened") or [] if other != name]
        replaced = {"question": name, "value": earlier.to_slot()} if earlier and state.meaning.get("offered") else None
        return [
            SlotSet(name, answer.to_slot()),
            SlotSet("reopened", reopened or None),
            SlotSet("last_answered", state.mark_answered(name)),
            SlotSet("replaced", replaced),
        ]

    async def next_requested_slot(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Any:
        """The plan's next question; None closes the form."""
        state = State(dispatcher, tracker)
        return SlotSet("requested_slot", next_question(state.catalogue, self.form_name(), tracker.slots))

    @staticmethod
    def _acknowledge(state: State, name: str, answer: Answer, added: bool) -> None:
        question = state.catalogue.questions[name]
        if added:
            state.utter("utter_added_to_last", label=question.label)
        elif answer.note or state.meaning.get("in_words"):
            found = [choice.title for value in answer.choices if (choice := question.choice(value))]
            heard = ", ".join(found)
            if heard and answer.note:
                state.utter("utter_heard_and_note", heard=heard)
            elif heard:
                state.utter("utter_heard", heard=heard)
            else:
                state.utter("utter_note_kept")
        if state.meaning.get("danger"):
            state.utter("utter_danger")
        for value in answer.choices:
            choice = question.choice(value)
            if choice and choice.adds and is_relevant(question, {**state.slots, name: answer.to_slot()}):
                state.utter(choice.adds)
        PlanForm._say_what_was_waiting(state, name, answer)
        offered = state.meaning.get("offered") or []
        if offered:
            buttons = state.offer(offered)
            # A tap says that the message was no answer: the command takes its question along.
            state.utter("utter_maybe_command", buttons=[{**b, "payload": f"{b['payload']}:{name}"} for b in buttons])

    @staticmethod
    def _say_what_was_waiting(state: State, name: str, answer: Answer) -> None:
        """A question that this answer calls for may be answered already, asked for its own sake: what its choice adds
        was kept back until now (the province, given for lines; the rule on reporting, once a minor is spoken of)."""
        slots = {**state.slots, name: answer.to_slot()}
        for other in state.catalogue.questions.values():
            if other.only_if and other.only_if[0] == name and is_relevant(other, slots):
                given = state.answer(other.name)
                for value in given.choices if given and not is_relevant(other, state.slots) else ():
                    choice = other.choice(value)
                    if choice and choice.adds:
                        state.utter(choice.adds)


class ValidateGatesForm(PlanForm):
    def name(self) -> str:
        return "validate_gates_form"


class ValidateFieldForm(PlanForm):
    def name(self) -> str:
        return "validate_field_form"


class ValidateMeetingForm(PlanForm):
    def name(self) -> str:
        return "validate_meeting_form"


class ValidateFollowUpForm(PlanForm):
    def name(self) -> str:
        return "validate_follow_up_form"


class ValidateEvacuationForm(PlanForm):
    def name(self) -> str:
        return "validate_evacuation_form"


class ValidateRisksForm(PlanForm):
    def name(self) -> str:
        return "validate_risks_form"


class ValidatePlacesForm(PlanForm):
    def name(self) -> str:
        return "validate_places_form"


class ValidateCommunicationsForm(PlanForm):
    def name(self) -> str:
        return "validate_communications_form"


class ValidateContactsForm(PlanForm):
    def name(self) -> str:
        return "validate_contacts_form"


class ValidateCareForm(PlanForm):
    def name(self) -> str:
        return "validate_care_form"


class ValidateProviderForm(PlanForm):
    def name(self) -> str:
        return "validate_provider_form"


class ValidateHandoverForm(PlanForm):
    def name(self) -> str:
        return "validate_handover_form"


class ValidateLinesForm(PlanForm):
    def name(self) -> str:
        return "validate_lines_form"
