"""The call sheet: what to ask each provider, what may be said, and who calls. To be filled in with a pen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from balise.documents.model import Answer as Told
from balise.documents.model import Blank, Block, Choices, Document, Heading, Paragraph, Remark
from balise.documents.parts import comparison_blocks
from balise.documents.words import words
from balise.plan.answers import UNKNOWN, Answer
from balise.plan.catalogue import REFERRAL_FORMS, ROOT, Catalogue, Question
from balise.plan.order import is_relevant
from balise.plan.records import all_records, letter, repeating
from balise.plan.referral import FORM as PROVIDERS
from balise.plan.referral import compare, words_of

KIND = "calls"
FEWEST_PROVIDERS = 3
"""Blocks on the sheet, at least: those not called yet are empty."""
_ACCOMPANYING = REFERRAL_FORMS[1]
_SHARING = ("handover_share", "handover_with", "handover_until")
"""What may be said once the person agrees: what, to whom, until when."""
_OPENING = "{provider_label} : "
"""Ends the words that open a question to a provider (data/responses/provider.yml); the sheet has them as a heading."""


def calls(catalogue: Catalogue, slots: Mapping[str, Any], root: Path = ROOT) -> Document:
    """The call sheet of the plan in `slots`: what was answered is filled in, the rest waits for a pen."""
    own, common = words(KIND, root), words("common", root)
    blocks: list[Block] = [Heading(own["title"], 1), Paragraph(own["about"])]
    blocks += _consent(catalogue, slots, own)
    blocks += _sayable(catalogue, slots, own)
    blocks += _providers(catalogue, slots)
    table = compare(catalogue, slots)
    if table and len(table.providers) > 1:
        blocks += comparison_blocks(table, catalogue.texts)
    blocks += _caller(catalogue, own)
    return Document(KIND, tuple(blocks), common["footer"], common["pages"])


def _consent(catalogue: Catalogue, slots: Mapping[str, Any], own: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(own["consent"])
    yield from _card(catalogue, "utter_card_consent")
    once = [name for name in catalogue.forms[PROVIDERS] if name not in repeating(catalogue, PROVIDERS)]
    for name in once:
        yield from _asked(catalogue, catalogue.questions[name], slots, catalogue.questions[name].blank)


def _sayable(catalogue: Catalogue, slots: Mapping[str, Any], own: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(own["say"])
    yield from (Paragraph(text) for text in (own["say_first"], own["say_never"], own["say_then"]))
    for name in _SHARING:
        if name in catalogue.forms[_ACCOMPANYING]:
            yield from _asked(catalogue, catalogue.questions[name], slots, catalogue.questions[name].blank)


def _providers(catalogue: Catalogue, slots: Mapping[str, Any]) -> Iterator[Block]:
    asked = [catalogue.questions[name] for name in repeating(catalogue, PROVIDERS)]
    if not asked:
        return
    records = all_records(catalogue, PROVIDERS, slots)
    records += [{}] * (FEWEST_PROVIDERS - len(records))
    for index, record in enumerate(records):
        yield Heading(catalogue.texts[f"utter_record_{PROVIDERS}"].format(letter=letter(index)))
        # What the first question leaves to the pen says who is called: it opens the block.
        if asked[0].blank:
            yield Blank(asked[0].blank)
        for question in asked:
            if is_relevant(question, record):
                yield from _asked(catalogue, question, record, None if question is asked[0] else question.blank)


def _caller(catalogue: Catalogue, own: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(own["caller"])
    yield from _card(catalogue, "utter_card_caller")
    yield Blank(own["caller_name"])
    yield Blank(own["caller_number"])


def _asked(catalogue: Catalogue, question: Question, slots: Mapping[str, Any], blank: str | None) -> Iterator[Block]:
    """One question: its answer and what that answer calls for, or its choices to tick."""
    answer = Answer.from_slot(slots.get(question.name))
    if answer and (set(answer.choices) - {UNKNOWN} or answer.note):
        yield Told(question.label, words_of(question, answer, catalogue.texts), blank)
        adds = (choice.adds for value in answer.choices if (choice := question.choice(value)) and choice.adds)
        yield from (Remark(catalogue.texts[name]) for name in dict.fromkeys(adds))
        return
    titles = tuple(choice.title for choice in question.choices if choice.value != UNKNOWN)
    # A question to a provider is read aloud, and the reply noted. What is about the person is ticked, and no more.
    aloud = question.text.partition(_OPENING)[2]
    if aloud:
        yield Choices(aloud[0].upper() + aloud[1:], titles, blank)
    else:
        yield Choices(question.label, titles, blank, room=False)


def _card(catalogue: Catalogue, name: str) -> Iterator[Block]:
    yield from (Paragraph(bubble) for bubble in catalogue.texts[name].split("\n\n"))
    card = catalogue.cards[name]
    yield Remark(catalogue.texts["utter_card_source"].format(source=card.source, date=card.date))
