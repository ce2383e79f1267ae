"""What a worker takes away, and the way back: the three documents, the code, a plan taken up again."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import Events, Reply, State
from actions.navigation import About, interrupted, wait
from balise.documents import NAMES, REMINDER
from balise.plan.changes import choices_only
from balise.plan.summary import summarise
from balise.plan.taking_up import laid_beside
from balise.plan.ways import begin
from balise.resume import Form, ResumeError, pack_plan, protect, to_words

FOLLOW_UP = "start_follow_up"


class Export(Reply):
    """What can be taken away; no question until the worker comes back."""

    def name(self) -> str:
        return "action_export"

    def reply(self, state: State) -> Events:
        about = About(state)
        events = wait(state, about)
        empty = summarise(state.catalogue, state.slots).is_empty
        state.utter("utter_export_empty" if empty else "utter_export", buttons=state.way_back())
        return events


class Document(Reply):
    """One document. The person's own is shown only where the worker said that a paper is safe."""

    def name(self) -> str:
        return "action_document"

    def reply(self, state: State) -> Events:
        about = About(state)
        events = wait(state, about)
        asked = state.target or ""
        if asked == f"{REMINDER}_yes":
            state.slots["paper_safe"] = True
            events.append(SlotSet("paper_safe", True))
        elif asked == f"{REMINDER}_no":
            state.utter("utter_paper_no")
            state.utter("utter_document_next")
            return [*events, SlotSet("paper_safe", None)]
        elif asked == REMINDER and not state.slots.get("paper_safe"):
            state.utter("utter_paper_ask")
            return [*events, SlotSet("confirming", "paper")]
        name = REMINDER if asked.startswith(REMINDER) else asked
        if name not in NAMES:
            return [*events, FollowupAction("action_export")]
        state.say_document(name)
        state.utter("utter_document_next")
        return events


class MakeCode(Reply):
    """A code that holds the choices of the plan: the device makes it; in plain words only where she asks for that."""

    def name(self) -> str:
        return "action_make_code"

    def reply(self, state: State) -> Events:
        about = About(state)
        events = wait(state, about)
        if summarise(state.catalogue, state.slots).is_empty:
            state.utter("utter_make_code_empty", buttons=state.offer(["take_up", "resume"]))
            return events
        if state.target != "plain":
            state.utter("utter_make_code")
            return events
        try:
            packed = pack_plan(state.catalogue, state.slots)
            words = to_words(protect(packed.payload, None, Form.CODE))
        except ResumeError as fault:
            state.utter(fault.text)
            state.utter("utter_document_next")
            return events
        state.utter("utter_make_code_plain")
        state.say.utter_message(text=" ".join(words))
        if packed.left_out:
            state.utter("utter_make_code_left_out", labels=", ".join(packed.left_out))
        state.utter("utter_document_next")
        return events


class TakeUp(Reply):
    """How to take a plan up again; the code itself is read before the dialogue (balise/engine/guide.py)."""

    def name(self) -> str:
        return "action_take_up"

    def reply(self, state: State) -> Events:
        about = About(state)
        events = wait(state, about)
        state.utter("utter_take_up", buttons=state.way_back() or state.offer(["start_follow_up", "help"]))
        return events


class Restored(Reply):
    """A plan that was read from a code or a file: its answers, then the follow-up. What stands here stays."""

    def name(self) -> str:
        return "action_restored"

    def reply(self, state: State) -> Events:
        brought: dict[str, Any] = state.meaning.get("restored") or {}
        catalogue = state.catalogue
        state.utter("utter_restored")
        plan: dict[str, Any] = brought.get("slots") or {}
        taken, kept = laid_beside(catalogue, state.slots, plan)
        if kept:
            state.utter("utter_restored_kept", titles=", ".join(catalogue.title(form) for form in kept))
        if brought.get("is_older"):
            state.utter("utter_restored_older")
        for name, text in (("added", "utter_restored_added"), ("gone", "utter_restored_gone")):
            if brought.get(name):
                state.utter(text, labels=", ".join(brought[name]))
        waiting = [form for form in interrupted(state) if form in kept]
        state.slots.update(taken)
        again = [name for name in catalogue.forms["follow_up_form"] if state.answer(name)]
        itinerary = begin(catalogue, FOLLOW_UP, state.slots, waiting)
        events: Events = [SlotSet(name, value) for name, value in {**taken, "before": choices_only(plan)}.items()]
        events += [SlotSet("itinerary", itinerary), SlotSet("reopened", again or None)]
        events += [SlotSet("reviewing", None), SlotSet("paused", None)]
        return [*events, *state.leave(), FollowupAction("action_continue")]
