"""Ways in, sections, reviews, back, skip: moving through the plan."""

from __future__ import annotations

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import Events, Reply, State
from balise.plan.answers import SKIPPED, UNKNOWN, Answer
from balise.plan.order import is_started, previous_question, relevant, remaining
from balise.plan.records import all_records, letter, open_again, open_new, position, repeating
from balise.plan.referral import FORM as PROVIDERS
from balise.plan.referral import compare
from balise.plan.summary import section_parts
from balise.plan.text import comparison_text, part_text
from balise.plan.ways import REVIEWED, SECTIONS, WAYS, after, is_done

_MOST_BUTTONS = 16


def retract(state: State) -> tuple[str | None, list[str], Events]:
    """The question that a command is about. A command offered beside a kept answer names that answer's question:
    the message was no answer to it, so it is asked again."""
    named = state.target
    if named is None or named not in state.catalogue.questions:
        return (state.pending.name if state.pending else None), list(state.slots.get("reopened") or []), []
    events: Events = [SlotSet(named, None)]
    state.slots[named] = None
    return named, list(state.slots.get("reopened") or []), events


class Start(Reply):
    """One of the five ways in."""

    def name(self) -> str:
        return "action_start"

    def reply(self, state: State) -> Events:
        way = WAYS[state.intent]
        left = after(state.catalogue, way, state.slots)
        events: Events = []
        reopened: list[str] = []
        if state.intent == "start_follow_up":
            # What changed is asked afresh; the earlier answers stay until then.
            reopened = [name for name in state.catalogue.forms["follow_up_form"] if state.answer(name)]
            left = [form for form in way if form == "follow_up_form" or form in left]
        elif state.intent == "start_field" and "field_form" not in left:
            return [*state.leave(), SlotSet("itinerary", []), FollowupAction("action_continue")]
        elif any(is_started(state.catalogue, form, state.slots) for form in way):
            state.utter("utter_kept_plan")
        events += [SlotSet("itinerary", left), SlotSet("reopened", reopened or None)]
        events += [SlotSet("reviewing", None), SlotSet("paused", None)]
        return [*state.leave(), *events, FollowupAction("action_continue")]


class OpenSection(Reply):
    """Straight to a section; where one was open, it comes next."""

    def name(self) -> str:
        return "action_open_section"

    def reply(self, state: State) -> Events:
        form = SECTIONS[state.intent]
        waiting = [state.form or state.slots.get("paused"), *(state.slots.get("itinerary") or [])]
        itinerary = [other for other in dict.fromkeys(waiting) if other and other != form]
        changes = [SlotSet("itinerary", itinerary), SlotSet("paused", None)]
        if is_done(state.catalogue, form, state.slots):
            return [*state.leave(), *changes, SlotSet("reviewing", form), FollowupAction("action_review")]
        return [*changes, *state.enter(form)]


class Continue(Reply):
    """The hub: the next section of the way, or the end."""

    def name(self) -> str:
        return "action_continue"

    def reply(self, state: State) -> Events:
        planned = state.slots.get("itinerary") or []
        left = after(state.catalogue, planned, state.slots)
        if left:
            return [SlotSet("itinerary", left), *state.enter(left[0])]
        done = [SlotSet("itinerary", None), SlotSet("reviewing", None), SlotSet("paused", None), *state.leave()]
        if "field_form" in planned or state.intent == "start_field":
            return [*done, SlotSet("confirming", "field"), FollowupAction("action_summary")]
        state.utter("utter_all_done")
        return done


class Review(Reply):
    """A finished section, read again: each answer with a way to change it."""

    def name(self) -> str:
        return "action_review"

    def reply(self, state: State) -> Events:
        form = state.last_action if state.last_action in REVIEWED else state.slots.get("reviewing")
        if form not in REVIEWED:
            return [FollowupAction("action_continue")]
        catalogue = state.catalogue
        for part in section_parts(catalogue, form, state.slots):
            state.say.utter_message(text=part_text(part, catalogue.texts))
        comparison = _comparison(state) if form == PROVIDERS else None
        if comparison:
            state.say.utter_message(text=comparison)
        planned = [other for other in state.slots.get("itinerary") or [] if other != form]
        left = after(catalogue, planned, state.slots)
        onward = (
            state.text("utter_review_next", title=catalogue.title(left[0])) if left else state.text("utter_review_end")
        )
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
        buttons += change_buttons(state, form)
        state.utter("utter_review", buttons=buttons, title=catalogue.title(form))
        return [SlotSet("reviewing", form), SlotSet("itinerary", left)]


def _comparison(state: State) -> str | None:
    """The providers side by side, where there are two or more."""
    table = compare(state.catalogue, state.slots)
    return comparison_text(table, state.catalogue.texts) if table and len(table.providers) > 1 else None


def change_buttons(state: State, form: str) -> list[dict[str, str]]:
    """One button for each answered question of `form`."""
    return [
        {"title": state.text("utter_review_change", label=question.label), "payload": f"/change:{question.name}"}
        for question in relevant(state.catalogue, form, state.slots)
        if state.answer(question.name) is not None
    ][:_MOST_BUTTONS]


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
            return [FollowupAction("action_review")]
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
    """Take up an earlier record again, in its place."""

    def name(self) -> str:
        return "action_edit_record"

    def reply(self, state: State) -> Events:
        form = state.slots.get("reviewing") or ""
        target = state.target or ""
        if form not in state.catalogue.forms or not target.isdigit():
            return [FollowupAction("action_review")]
        changes = open_again(state.catalogue, form, state.slots, int(target))
        state.slots.update(changes)
        events: Events = [SlotSet(name, value) for name, value in changes.items()]
        label = SlotSet("provider_label", letter(int(target)))
        if is_done(state.catalogue, form, state.slots):
            return [*events, label, FollowupAction("action_review")]
        return [*events, label, *state.enter(form)]


class Back(Reply):
    """The question before; its answer stays until another is given."""

    def name(self) -> str:
        return "action_back"

    def reply(self, state: State) -> Events:
        question, reopened, events = retract(state)
        form = state.form or state.slots.get("reviewing")
        if not form:
            answered = [button for other in REVIEWED for button in change_buttons(state, other)]
            state.utter(
                "utter_change_which" if answered else "utter_nothing_to_change", buttons=answered[-_MOST_BUTTONS:]
            )
            return events
        before = previous_question(state.catalogue, form, state.slots, question)
        if before is None:
            state.utter("utter_back_start")
            return events
        state.utter("utter_back")
        kept = [name for name in reopened if name != question]
        return [*events, *state.enter(form, reopened=[*kept, before])]


class Skip(Reply):
    """Pass the question without a reason; an answer given before stays."""

    def name(self) -> str:
        return "action_skip"

    def reply(self, state: State) -> Events:
        if state.slots.get("reviewing") and not state.form:
            return [SlotSet("reviewing", None), FollowupAction("action_continue")]
        question, reopened, events = retract(state)
        if question is None:
            state.utter("utter_nothing_to_skip")
            return events
        if question in reopened:
            state.utter("utter_skipped_kept")
            return [*events, SlotSet("reopened", [name for name in reopened if name != question] or None)]
        state.utter("utter_skipped")
        return [*events, SlotSet(question, SKIPPED.to_slot())]


class DontKnow(Reply):
    """Not known is an answer."""

    def name(self) -> str:
        return "action_dont_know"

    def reply(self, state: State) -> Events:
        question, reopened, events = retract(state)
        if question is None:
            state.utter("utter_nothing_to_skip")
            return events
        state.utter("utter_dont_know")
        kept = [name for name in reopened if name != question] or None
        return [*events, SlotSet(question, Answer((UNKNOWN,)).to_slot()), SlotSet("reopened", kept)]


class Why(Reply):
    """Why the pending question is asked."""

    def name(self) -> str:
        return "action_why"

    def reply(self, state: State) -> Events:
        question, _, events = retract(state)
        if question is None:
            state.utter("utter_why_outside")
        else:
            state.utter("utter_why", why=state.catalogue.questions[question].why)
        return events


class Repeat(Reply):
    """The question again, in other words."""

    def name(self) -> str:
        return "action_repeat"

    def reply(self, state: State) -> Events:
        question, _, events = retract(state)
        if question is not None:
            state.utter("utter_repeat", label=state.catalogue.questions[question].label.lower())
        elif state.slots.get("reviewing"):
            return [FollowupAction("action_review")]
        else:
            state.utter("utter_repeat_outside")
            state.utter("utter_menu")
        return events


class Progress(Reply):
    """What is left, computed from the answers."""

    def name(self) -> str:
        return "action_progress"

    def reply(self, state: State) -> Events:
        _, _, events = retract(state)
        catalogue, slots = state.catalogue, state.slots
        form = state.form or slots.get("paused")
        planned = after(catalogue, [other for other in slots.get("itinerary") or [] if other != form], slots)
        begun = [other for other in REVIEWED if other != form and other not in planned]
        begun = [other for other in begun if is_started(catalogue, other, slots) and remaining(catalogue, other, slots)]
        names = [f"{catalogue.title(other)} ({remaining(catalogue, other, slots)})" for other in [*planned, *begun]]
        if form:
            title, here = catalogue.title(form), remaining(catalogue, form, slots)
            if names:
                state.utter("utter_progress", title=title, here=here, next=", ".join(names))
            else:
                state.utter("utter_progress_last", title=title, here=here)
        elif names:
            state.utter("utter_progress_outside", next=", ".join(names), buttons=state.offer(["resume"]))
        else:
            state.utter("utter_progress_nothing")
            state.utter("utter_menu")
        return events
