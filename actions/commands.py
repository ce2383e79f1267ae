"""Summary, pause, erase, emergency, quick questions: what may be asked in any state."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, AllSlotsReset, FollowupAction, SlotSet

from actions.base import Events, Reply, State, waiting
from actions.lines import DUTY, say_duty
from actions.navigation import About, come_back, wait
from balise.plan.answers import Answer, preset
from balise.plan.catalogue import LINES_FORM, PROVINCE
from balise.plan.meaning import TOPICS
from balise.plan.order import is_started, remaining
from balise.plan.reading import joined
from balise.plan.ways import REVIEWED, after, is_done


class Greet(Reply):
    """The welcome before anything is said, a short good day afterwards."""

    def name(self) -> str:
        return "action_greet"

    def reply(self, state: State) -> Events:
        begun = state.form or any(state.slots.get(name) for name in ("itinerary", "paused", "reviewing"))
        if state.meaning.get("opening") or not state.slots.get("turn"):
            state.utter("utter_welcome")
        else:
            state.utter("utter_greet")
        if not begun:
            state.utter("utter_ways")
        province = state.meaning.get("province") if state.meaning.get("opening") else None
        return [SlotSet(PROVINCE, preset(province))] if province else []


class Summary(Reply):
    """The plan so far."""

    def name(self) -> str:
        return "action_summary"

    def reply(self, state: State) -> Events:
        about = About(state)
        plan = state.say_summary()
        if about.form:
            return about.then_ask()
        state.utter("utter_menu" if plan.is_empty else "utter_summary_next")
        return []


class Pause(Reply):
    """Nothing is asked until someone comes back."""

    def name(self) -> str:
        return "action_pause"

    def reply(self, state: State) -> Events:
        about = About(state)
        state.utter("utter_paused")
        return wait(state, about)


class Emergency(Reply):
    """9-1-1 and what to do; no question until the worker comes back."""

    def name(self) -> str:
        return "action_emergency"

    def reply(self, state: State) -> Events:
        about = About(state)
        state.utter("utter_emergency")
        return wait(state, about)


class Resume(Reply):
    """Back to the pending question, the open review, or the next section."""

    def name(self) -> str:
        return "action_resume"

    def reply(self, state: State) -> Events:
        about = About(state)
        if state.form == LINES_FORM and not about.events:
            return come_back(state)
        if state.form or about.events:
            return about.then_ask()
        paused = state.slots.get("paused")
        if paused and paused in state.catalogue.forms:
            state.utter("utter_resumed")
            return state.enter(paused, reopened=state.slots.get("reopened"))
        if state.slots.get("reviewing"):
            return [FollowupAction("action_review")]
        if after(state.catalogue, state.slots.get("itinerary") or [], state.slots):
            return [FollowupAction("action_continue")]
        begun = [form for form in REVIEWED if is_started(state.catalogue, form, state.slots)]
        still_open = [form for form in begun if remaining(state.catalogue, form, state.slots)]
        if still_open:
            return [SlotSet("itinerary", still_open), FollowupAction("action_continue")]
        if begun:
            state.utter("utter_all_done")
            return []
        state.utter("utter_nothing_to_resume")
        state.utter("utter_menu")
        return []


class Erase(Reply):
    """Ask once before everything goes."""

    def name(self) -> str:
        return "action_erase"

    def reply(self, state: State) -> Events:
        about = About(state)
        state.utter("utter_erase_ask")
        return [*wait(state, about), SlotSet("confirming", "erase")]


class ConfirmErase(Reply):
    """Everything goes."""

    def name(self) -> str:
        return "action_confirm_erase"

    def reply(self, state: State) -> Events:
        state.utter("utter_erased")
        state.utter("utter_after_erase")
        return [AllSlotsReset(), ActiveLoop(None)]


class Affirm(Reply):
    """Yes, outside a question."""

    def name(self) -> str:
        return "action_affirm"

    def reply(self, state: State) -> Events:
        if state.waits:
            # "ok" is not a wish to be questioned again: the way back is one tap.
            return waiting(state)
        state.utter("utter_menu")
        return []


class Deny(Reply):
    """No, outside a question: an erasure is called off, anything else leads to the menu."""

    def name(self) -> str:
        return "action_deny"

    def reply(self, state: State) -> Events:
        if state.slots.get("confirming") == "erase":
            state.utter("utter_not_erased")
            return [FollowupAction("action_resume")]
        if state.slots.get("confirming") == "paper":
            state.utter("utter_paper_no")
            state.utter("utter_document_next")
            return []
        if state.waits:
            return waiting(state)
        state.utter("utter_menu")
        return []


class Help(Reply):
    """What can be said or chosen."""

    def name(self) -> str:
        return "action_help"

    def reply(self, state: State) -> Events:
        about = About(state)
        state.utter(f"utter_menu_{state.target}" if state.target in ("sections", "questions") else "utter_menu")
        return about.then_ask()


class AnswerCard(Reply):
    """A quick question, answered at once; the pending question follows by itself."""

    def name(self) -> str:
        return "action_answer_card"

    def reply(self, state: State) -> Events:
        about = About(state)
        if state.intent == "goodbye":
            # Nobody who takes leave is asked the next question.
            events = wait(state, about)
            state.utter("utter_goodbye", buttons=state.way_back())
            return events
        if state.intent == "guidance":
            about.events += self._card(state)
        else:
            state.say_card(f"utter_{state.intent}")
        return about.then_ask()

    @staticmethod
    def _card(state: State) -> Events:
        """The card of the subject asked for, the menu of cards where there is none."""
        told = state.meaning.get("told") or {}
        topic = state.target if state.target not in state.catalogue.questions else None
        topic = topic or next(iter(told.get(TOPICS) or ()), "")
        if f"utter_card_{topic}" not in state.catalogue.texts:
            state.utter("utter_menu_questions")
            return []
        state.say_card(f"utter_card_{topic}")
        events: Events = []
        if told.get(PROVINCE):
            state.slots[PROVINCE] = Answer(tuple(told[PROVINCE])).to_slot()
            events = [SlotSet(PROVINCE, state.slots[PROVINCE])]
        if topic == DUTY:
            say_duty(state)
        return events


class KeepAnswer(Reply):
    """What was obeyed as a command was an answer: it is put in its place, and the plan goes on."""

    def name(self) -> str:
        return "action_keep_answer"

    def reply(self, state: State) -> Events:
        kept = state.slots.get("replaced") or {}
        question = state.target or ""
        if not question or kept.get("question") != question:
            return waiting(state) if state.waits and not state.form else []
        state.utter("utter_note_kept")
        reopened = [name for name in state.slots.get("reopened") or [] if name != question] or None
        state.slots.update({question: kept["value"], "reopened": reopened})
        events: Events = [SlotSet(question, kept["value"]), SlotSet("reopened", reopened), SlotSet("replaced", None)]
        events.append(SlotSet("last_answered", state.mark_answered(question)))
        if state.form == LINES_FORM:
            # It was no wish for lines: what they interrupted goes on.
            return [*events, *come_back(state)]
        if state.form:
            return events
        paused = state.slots.get("paused")
        if not paused:
            return [*events, FollowupAction("action_resume")]
        if is_done(state.catalogue, paused, state.slots):
            itinerary = [paused, *(state.slots.get("itinerary") or [])]
            state.slots["itinerary"] = itinerary
            state.utter("utter_resumed")
            end = "action_review" if paused in REVIEWED else "action_continue"
            events += [SlotSet("paused", None), SlotSet("reviewing", paused if paused in REVIEWED else None)]
            return [*events, FollowupAction(end)]
        return [*events, *state.enter(paused, reopened=reopened)]


class AddToAnswer(Reply):
    """A second message in a row, sent before the end of its section was seen: it is added to its answer."""

    def name(self) -> str:
        return "action_add_to_answer"

    def reply(self, state: State) -> Events:
        question = state.catalogue.questions.get(state.target or "")
        later = Answer.from_slot(state.meaning.get("answer"))
        if question is None or later is None:
            return [FollowupAction("action_offer")]
        answer = joined(question, state.answer(question.name) or Answer(), later)
        state.utter("utter_added_to_last", label=question.label)
        events: Events = [SlotSet(question.name, answer.to_slot())]
        if state.slots.get("reviewing"):
            return [*events, FollowupAction("action_review")]
        return events


class Offer(Reply):
    """Not sure what was meant: at most three buttons."""

    def name(self) -> str:
        return "action_offer"

    def reply(self, state: State) -> Events:
        if state.meaning.get("danger"):
            state.utter("utter_danger")
        paused = any(state.slots.get(name) for name in ("paused", "reviewing"))
        offered = [name for name in state.meaning.get("offered") or [] if name != "resume"]
        if paused:
            state.utter("utter_waiting", buttons=state.offer(["resume", *offered[:2]]))
        else:
            state.utter("utter_unsure", buttons=state.offer(offered[:3] or ["help"]))
        return []
