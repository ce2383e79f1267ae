"""« Quelles lignes puis-je donner ? »: the province, the need, at most five lines, and back to what was under way."""

from __future__ import annotations

from datetime import date

from rasa_sdk.events import SlotSet

from actions.base import Events, Reply, State
from actions.navigation import About, come_back
from balise.directory.choosing import lines_for
from balise.directory.telling import line_text
from balise.plan.answers import UNKNOWN, Answer
from balise.plan.catalogue import LINES_FORM, NEED, PROVINCE

DUTY = "duty"
"""The card on reporting for a minor, whose rule depends on the province."""
MINORS = "minors"


def chosen(state: State, question: str) -> str | None:
    """The one choice given to a question; None where there is none, or it is not known."""
    answer = state.answer(question)
    choices = [choice for choice in answer.choices if choice != UNKNOWN] if answer else []
    return choices[0] if choices else None


def say_duty(state: State) -> None:
    """The rule on reporting for a minor in the worker's province, where it is known."""
    choice = state.catalogue.questions[PROVINCE].choice(chosen(state, PROVINCE) or "")
    if choice and choice.adds:
        state.utter(choice.adds)


class Lines(Reply):
    """Asks what is missing, says the lines, and goes back to what was under way."""

    def name(self) -> str:
        return "action_lines"

    def reply(self, state: State) -> Events:
        if state.last_action == LINES_FORM:
            # The form has just ended: both are answered, skipped or not known.
            self._say(state)
            return come_back(state)
        about = About(state)
        told = {name: Answer(tuple(said)).to_slot() for name, said in (state.meaning.get("told") or {}).items()}
        if state.target and state.catalogue.questions[NEED].choice(state.target):
            told[NEED] = Answer((state.target,)).to_slot()
        kept = state.slots.get(NEED) if state.target == "province" else None
        changes = {NEED: kept, **told}
        reopened = [name for name in about.reopened if name != PROVINCE]
        if state.target == "province" or (chosen(state, PROVINCE) is None and PROVINCE not in told):
            # Asked again where it was passed over: without it, only Canada's lines can be given.
            changes[PROVINCE] = None
        state.slots.update(changes)
        if changes.get(NEED) and chosen(state, PROVINCE):
            self._say(state)
            events = [*about.events, *(SlotSet(name, value) for name, value in changes.items()), SlotSet(NEED, None)]
            if state.form == LINES_FORM:
                return [*events, *come_back(state)]
            return [*events, *about.then_ask()[len(about.events) :]]
        if state.form != LINES_FORM:
            changes["aside"] = {
                "form": about.form,
                "paused": state.slots.get("paused"),
                "reviewing": state.slots.get("reviewing"),
            }
        if not changes.get(PROVINCE) and not chosen(state, PROVINCE):
            # Any moment may be the last: Canada's own lines come before the question.
            state.utter("utter_lines_everywhere")
        return [*about.events, *state.enter(LINES_FORM, reopened=reopened or None, **changes)]

    @staticmethod
    def _say(state: State) -> None:
        """The lines, each as one bubble, and what a call leaves behind."""
        province, need, today = chosen(state, PROVINCE), chosen(state, NEED), date.today()
        names = {choice.value: choice.title for choice in state.catalogue.questions[PROVINCE].choices}
        if need == MINORS:
            say_duty(state)
        for line in lines_for(state.catalogue.directory, province, need, today):
            state.say.utter_message(text=line_text(line, state.catalogue.texts, names, today))
        state.utter("utter_lines_note")
