"""Ways in, sections, reviews, back, skip: moving through the plan."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import Events, Reply, State
from balise.documents.parts import comparison_text, part_text
from balise.plan.answers import SKIPPED, UNKNOWN, Answer, has_choice
from balise.plan.catalogue import LINES_FORM, NEED
from balise.plan.meaning import NO_SUCH_NUMBER
from balise.plan.order import is_started, previous_question, relevant, remaining
from balise.plan.records import all_records, current, letter, open_again, open_new, position, remove, repeating
from balise.plan.referral import FORM as PROVIDERS
from balise.plan.referral import compare
from balise.plan.summary import section_parts
from balise.plan.ways import (
    CHOOSERS,
    REVIEW,
    REVIEWED,
    SECTIONS,
    WAYS,
    after,
    after_review,
    begin,
    chosen_sections,
    is_done,
    section_before,
    section_of,
)


class About:
    """The question that a command is about.

    A command offered beside a kept note names that note's question: the message was no answer to it, so the note is
    taken back, an earlier answer put in its place, and the question is asked again.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.reopened: list[str] = list(state.slots.get("reopened") or [])
        self.events: Events = []
        self.question: str | None = state.pending.name if state.pending else None
        self.form: str | None = state.form
        named = state.target
        if named is None or named not in state.catalogue.questions:
            return
        replaced = state.slots.get("replaced") or {}
        value = replaced.get("value") if replaced.get("question") == named else None
        if value is not None and named not in self.reopened:
            self.reopened.append(named)
        self.question = named
        self.form = state.form or state.catalogue.form_of(named, state.slots.get("reviewing"))
        state.slots.update({named: value, "reopened": self.reopened or None})
        self.events = [SlotSet(named, value), SlotSet("reopened", self.reopened or None), SlotSet("replaced", None)]

    def then_ask(self) -> Events:
        """The events of the retraction, and back to the question where its section was closed already."""
        if self.events and not self.state.form and self.form:
            return [*self.events, *self.state.enter(self.form, reopened=self.reopened or None)]
        return self.events


def wait(state: State, about: About) -> Events:
    """Close the open section; the question that was waiting, or that a note is taken back from, waits on."""
    waiting = about.form or state.slots.get("paused")
    return [*about.events, SlotSet("paused", waiting), *state.leave()]


def interrupted(state: State) -> list[str]:
    """What is under way, to come after what was just asked for; the question on lines stands aside of it."""
    aside = state.slots.get("aside") or {}
    here = state.form or state.slots.get("paused")
    if here == LINES_FORM:
        here = aside.get("form") or aside.get("paused")
    waiting = [here, *(state.slots.get("itinerary") or [])]
    return [stop for stop in dict.fromkeys(waiting) if stop]


def come_back(state: State) -> Events:
    """What the question on lines interrupted goes on where it was: a section, a pause, a review, or nothing."""
    aside = state.slots.get("aside") or {}
    over: dict[str, Any] = {"aside": None, NEED: None}
    form = str(aside.get("form") or "")
    if form not in state.catalogue.forms:
        over |= {name: aside.get(name) for name in ("paused", "reviewing")}
        state.slots.update(over)
        return [*state.leave(), *(SlotSet(name, value) for name, value in over.items())]
    state.slots.update(over)
    if not is_done(state.catalogue, form, state.slots):
        return state.enter(form, reopened=state.slots.get("reopened"), **over)
    over |= {"itinerary": [form, *(state.slots.get("itinerary") or [])]}
    over |= {"reviewing": form if form in REVIEWED else None}
    events = [*state.leave(), *(SlotSet(name, value) for name, value in over.items())]
    return [*events, FollowupAction("action_review" if form in REVIEWED else "action_continue")]


class Start(Reply):
    """One of the five ways in; what was under way comes after it."""

    def name(self) -> str:
        return "action_start"

    def reply(self, state: State) -> Events:
        about = About(state)
        way = WAYS[state.intent]
        if not any(state.catalogue.offers(form) for form in way):
            state.utter("utter_left_out")
            return about.then_ask()
        # What a meeting chooses and what changed are asked afresh; the earlier answers stay until then.
        again = [form for form in way if form in CHOOSERS]
        reopened = [name for form in again for name in state.catalogue.forms[form] if state.answer(name)]
        if not again and any(is_started(state.catalogue, form, state.slots) for form in way):
            state.utter("utter_kept_plan")
        itinerary = begin(state.catalogue, state.intent, state.slots, interrupted(state))
        reopened = list(dict.fromkeys([*reopened, *about.reopened]))
        events: Events = [SlotSet("itinerary", itinerary), SlotSet("reopened", reopened or None)]
        events += [SlotSet("reviewing", None), SlotSet("paused", None)]
        return [*about.events, *state.leave(), *events, FollowupAction("action_continue")]


class OpenSection(Reply):
    """Straight to a section; where one was open, it comes next."""

    def name(self) -> str:
        return "action_open_section"

    def reply(self, state: State) -> Events:
        about = About(state)
        form = SECTIONS[state.intent]
        if not state.catalogue.offers(form):
            state.utter("utter_left_out")
            return about.then_ask()
        itinerary = [stop for stop in interrupted(state) if section_of(stop) != form]
        changes = [*about.events, SlotSet("itinerary", itinerary), SlotSet("paused", None)]
        if is_done(state.catalogue, form, state.slots):
            return [*state.leave(), *changes, SlotSet("reviewing", form), FollowupAction("action_review")]
        return [*changes, *state.enter(form)]


class Continue(Reply):
    """The hub: the next section of the way, or the end."""

    def name(self) -> str:
        return "action_continue"

    def reply(self, state: State) -> Events:
        planned = state.slots.get("itinerary") or []
        reopened = state.slots.get("reopened")
        left = after(state.catalogue, planned, state.slots)
        if left and left[0].startswith(REVIEW):
            read_again = SlotSet("reviewing", section_of(left[0]))
            return [SlotSet("itinerary", left), read_again, *state.leave(), FollowupAction("action_review")]
        if left:
            return [SlotSet("itinerary", left), *state.enter(left[0], reopened=reopened)]
        self._end(state, planned)
        return [SlotSet("itinerary", None), SlotSet("reviewing", None), SlotSet("paused", None), *state.leave()]

    @staticmethod
    def _end(state: State, planned: list[str]) -> None:
        """The end of the way: the summary, unless one section only was done and has just been read again."""
        catalogue, slots = state.catalogue, state.slots
        chooser = next((form for form in CHOOSERS if form in planned), None)
        nothing_new = has_choice(slots, "follow_up_changed", ("nothing_new",))
        if chooser and not nothing_new and not chosen_sections(catalogue, chooser, slots):
            state.utter("utter_nothing_chosen")
            state.utter("utter_menu_sections")
            return
        if "field_form" in planned or sum(is_started(catalogue, form, slots) for form in REVIEWED) > 1:
            state.say_summary()
        state.utter("utter_field_done" if "field_form" in planned else "utter_all_done")


class Review(Reply):
    """A finished section, read again: each answer with a way to change it."""

    def name(self) -> str:
        return "action_review"

    def reply(self, state: State) -> Events:
        asked = [state.last_action, state.target, state.slots.get("reviewing")]
        form = next((name for name in asked if name in REVIEWED), None)
        if form is None:
            return [FollowupAction("action_continue")]
        catalogue = state.catalogue
        # A section that just ended shows the record just filled; the others were shown at their own end.
        shown = position(catalogue, form, state.slots) if state.last_action == form else None
        for part in section_parts(catalogue, form, state.slots, only=shown):
            state.say.utter_message(text=part_text(part, catalogue.texts))
        comparison = _comparison(state) if form == PROVIDERS else None
        if comparison:
            state.say.utter_message(text=comparison)
        planned = state.slots.get("itinerary") or []
        if state.form and not is_done(catalogue, state.form, state.slots):
            planned = [state.form, *planned]
        left = after_review(catalogue, form if state.form != form else "", planned, state.slots)
        onward = state.text("utter_review_end")
        if left:
            onward = state.text("utter_review_next", title=catalogue.title(section_of(left[0])))
        buttons = [{"title": onward, "payload": "/next_section"}]
        if repeating(catalogue, form):
            buttons.append({"title": state.text(f"utter_review_add_{form}"), "payload": "/add_record"})
            here = position(catalogue, form, state.slots)
            for index in range(len(all_records(catalogue, form, state.slots))):
                if index != here:
                    edit = state.text(
                        "utter_review_edit", title=state.text(f"utter_record_{form}", letter=letter(index))
                    )
                    buttons.append({"title": edit, "payload": f"/edit_record:{index}"})
            if len(all_records(catalogue, form, state.slots)) > 1 and current(catalogue, form, state.slots):
                out = state.text("utter_review_remove", title=state.text(f"utter_record_{form}", letter=letter(here)))
                buttons.append({"title": out, "payload": "/remove_record"})
        buttons += change_buttons(state, form)
        state.utter("utter_review", buttons=buttons, title=catalogue.title(form))
        return [*state.leave(), SlotSet("reviewing", form), SlotSet("itinerary", left), SlotSet("paused", None)]


def _comparison(state: State) -> str | None:
    """The providers side by side, where there are two or more."""
    table = compare(state.catalogue, state.slots)
    return comparison_text(table, state.catalogue.texts) if table and len(table.providers) > 1 else None


def change_buttons(state: State, form: str) -> list[dict[str, str]]:
    """One button for each answered question of `form`; it says which record, where there are several."""
    several = len(all_records(state.catalogue, form, state.slots)) > 1
    here = letter(position(state.catalogue, form, state.slots))
    buttons = []
    for question in relevant(state.catalogue, form, state.slots):
        if state.answer(question.name) is not None:
            label = question.label
            if several and question.repeats:
                label = f"{label} ({state.text(f'utter_record_{form}', letter=here)})"
            title = state.text("utter_review_change", label=label)
            buttons.append({"title": title, "payload": f"/change:{question.name}"})
    return buttons


def say_what_to_change(state: State) -> Events:
    """The sections that hold an answer, each opened at its review; the only one is opened at once."""
    begun = [form for form in REVIEWED if is_started(state.catalogue, form, state.slots)]
    if len(begun) == 1:
        return [SlotSet("reviewing", begun[0]), FollowupAction("action_review")]
    buttons = [{"title": state.catalogue.title(form), "payload": f"/review:{form}"} for form in begun]
    state.utter("utter_change_which" if buttons else "utter_nothing_to_change", buttons=buttons)
    return []


class NextSection(Reply):
    """The review is over."""

    def name(self) -> str:
        return "action_next_section"

    def reply(self, state: State) -> Events:
        return [SlotSet("reviewing", None), FollowupAction("action_continue")]


class Change(Reply):
    """Ask one question again; its answer stays until another is given, and no later answer is lost."""

    def name(self) -> str:
        return "action_change"

    def reply(self, state: State) -> Events:
        question = state.target or ""
        if question not in state.catalogue.questions:
            return say_what_to_change(state)
        form = state.catalogue.form_of(question, state.slots.get("reviewing") or state.form)
        return state.enter(form, reopened=[question])


class AddRecord(Reply):
    """One more situation, place, contact or provider."""

    def name(self) -> str:
        return "action_add_record"

    def reply(self, state: State) -> Events:
        form = state.slots.get("reviewing") or state.form or ""
        if form not in state.catalogue.forms or not repeating(state.catalogue, form):
            return [FollowupAction("action_review")]
        changes = open_new(state.catalogue, form, state.slots)
        return state.enter(form, **changes)


class EditRecord(Reply):
    """Take up an earlier record again, in its place; the one being filled is put aside as it is."""

    def name(self) -> str:
        return "action_edit_record"

    def reply(self, state: State) -> Events:
        form = state.slots.get("reviewing") or state.form or ""
        target = state.target or ""
        if form not in state.catalogue.forms or not target.isdigit():
            return [FollowupAction("action_review")]
        changes = open_again(state.catalogue, form, state.slots, int(target))
        state.slots.update(changes)
        label = SlotSet("provider_label", letter(int(target)))
        events: Events = [*(SlotSet(name, value) for name, value in changes.items()), label]
        if is_done(state.catalogue, form, state.slots):
            return [*events, *state.leave(), SlotSet("reviewing", form), FollowupAction("action_review")]
        return [*events, *state.enter(form)]


class RemoveRecord(Reply):
    """Take out the record read last; the others stay."""

    def name(self) -> str:
        return "action_remove_record"

    def reply(self, state: State) -> Events:
        form = state.slots.get("reviewing") or state.form or ""
        if form in state.catalogue.forms and len(all_records(state.catalogue, form, state.slots)) > 1:
            if (state.target or "").isdigit():
                state.slots.update(open_again(state.catalogue, form, state.slots, int(state.target or 0)))
            here = letter(position(state.catalogue, form, state.slots))
            changes = remove(state.catalogue, form, state.slots)
            state.slots.update(changes)
            state.utter("utter_removed", title=state.text(f"utter_record_{form}", letter=here))
            events: Events = [SlotSet(name, value) for name, value in changes.items()]
            return [*events, *state.leave(), SlotSet("reviewing", form), FollowupAction("action_review")]
        return [FollowupAction("action_review")]


class Back(Reply):
    """The question before; its answer stays until another is given."""

    needs_question = True

    def name(self) -> str:
        return "action_back"

    def reply(self, state: State) -> Events:
        about = About(state)
        form = about.form or state.slots.get("reviewing")
        if not form:
            return [*about.events, *say_what_to_change(state)]
        before = previous_question(state.catalogue, form, state.slots, about.question)
        records = state.slots.get(f"records_{form}")
        if records and not current(state.catalogue, form, state.slots):
            # A record was added by mistake: its section is read again.
            return [*about.events, *state.leave(), SlotSet("reviewing", form), FollowupAction("action_review")]
        if before is None:
            return [*about.events, *self._across(state, form)]
        state.utter("utter_back")
        kept = [name for name in about.reopened if name != about.question]
        return [*about.events, *state.enter(form, reopened=[*kept, before])]

    @staticmethod
    def _across(state: State, form: str) -> Events:
        """From a section's first question to the section before it, or to what lines interrupted."""
        if form == LINES_FORM:
            return come_back(state)
        before = section_before(state.catalogue, form, state.slots)
        if before is None:
            state.utter("utter_back_start")
            return []
        left = [stop for stop in state.slots.get("itinerary") or [] if stop != form]
        waits = [SlotSet("itinerary", [form, *left])]
        if before in REVIEWED:
            return [*waits, *state.leave(), SlotSet("reviewing", before), FollowupAction("action_review")]
        state.utter("utter_back")
        last = previous_question(state.catalogue, before, state.slots, None)
        if before in CHOOSERS:
            # What it chose is chosen anew.
            waits = [SlotSet("itinerary", [before])]
        return [*waits, *state.enter(before, reopened=[last])]


class Skip(Reply):
    """Pass the question without a reason; an answer given before stays."""

    needs_question = True

    def name(self) -> str:
        return "action_skip"

    def reply(self, state: State) -> Events:
        about = About(state)
        question = about.question
        if question is None and state.slots.get("reviewing"):
            return [SlotSet("reviewing", None), FollowupAction("action_continue")]
        if question is None:
            state.utter("utter_nothing_to_skip")
            return []
        kept = [name for name in about.reopened if name != question] or None
        if question in about.reopened:
            state.utter("utter_skipped_kept")
        else:
            state.utter("utter_skipped")
            state.slots[question] = SKIPPED.to_slot()
        state.slots["reopened"] = kept
        events = [*about.events, SlotSet(question, state.slots[question]), SlotSet("reopened", kept)]
        return events if state.form else [*events, FollowupAction("action_review")]


class DontKnow(Reply):
    """Not known is an answer."""

    needs_question = True

    def name(self) -> str:
        return "action_dont_know"

    def reply(self, state: State) -> Events:
        about = About(state)
        question = about.question
        if question is None:
            state.utter("utter_nothing_to_skip")
            return []
        state.utter("utter_dont_know")
        choice = state.catalogue.questions[question].choice(UNKNOWN)
        if choice and choice.adds:
            state.utter(choice.adds)
        kept = [name for name in about.reopened if name != question] or None
        events = [*about.events, SlotSet(question, Answer((UNKNOWN,)).to_slot()), SlotSet("reopened", kept)]
        events.append(SlotSet("last_answered", state.mark_answered(question)))
        return events if state.form else [*events, FollowupAction("action_review")]


class Why(Reply):
    """Why the pending question is asked."""

    needs_question = True

    def name(self) -> str:
        return "action_why"

    def reply(self, state: State) -> Events:
        about = About(state)
        if about.question is None:
            state.utter("utter_why_outside")
        else:
            state.utter("utter_why", why=state.catalogue.questions[about.question].why)
        return about.then_ask()


class Repeat(Reply):
    """The question again, in other words."""

    needs_question = True

    def name(self) -> str:
        return "action_repeat"

    def reply(self, state: State) -> Events:
        about = About(state)
        if state.target == NO_SUCH_NUMBER:
            state.utter("utter_no_such_number")
            return about.then_ask()
        if about.question is not None:
            asked = state.catalogue.questions[about.question]
            state.utter("utter_repeat", label=asked.label, why=asked.why)
        elif state.slots.get("reviewing"):
            return [FollowupAction("action_review")]
        else:
            state.utter("utter_repeat_outside")
            state.utter("utter_menu")
        return about.then_ask()


class Progress(Reply):
    """What is left, computed from the answers."""

    def name(self) -> str:
        return "action_progress"

    def reply(self, state: State) -> Events:
        about = About(state)
        catalogue, slots = state.catalogue, state.slots
        form = state.form or slots.get("paused")
        planned = [section_of(stop) for stop in after(catalogue, slots.get("itinerary") or [], slots) if stop != form]
        begun = [other for other in REVIEWED if other != form and other not in planned]
        begun = [other for other in begun if is_started(catalogue, other, slots) and remaining(catalogue, other, slots)]
        names = [f"{catalogue.title(other)} ({remaining(catalogue, other, slots)})" for other in [*planned, *begun]]
        if form:
            title, here = catalogue.title(form), remaining(catalogue, form, slots)
            count = state.text("utter_count_one" if here == 1 else "utter_count", here=here)
            if names:
                state.utter("utter_progress", title=title, here=count, next=", ".join(names))
            else:
                state.utter("utter_progress_last", title=title, here=count)
        elif names:
            state.utter("utter_progress_outside", next=", ".join(names), buttons=state.offer(["resume"]))
        else:
            state.utter("utter_progress_nothing")
            state.utter("utter_menu")
        return about.then_ask()
