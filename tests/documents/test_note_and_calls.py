"""The worker's note holds the whole plan; the call sheet what to ask, what may be said, and who calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from balise.documents.calls import FEWEST_PROVIDERS, calls
from balise.documents.model import Answer as Told
from balise.documents.model import Blank, Choices, Document, Heading, Paragraph, Picture, Remark, Table
from balise.documents.note import ResumeCode, note
from balise.documents.parts import summary_texts
from balise.documents.text import text
from balise.documents.words import words
from balise.plan.answers import UNKNOWN, Answer
from balise.plan.catalogue import Catalogue
from balise.plan.referral import FORM, compare
from balise.plan.summary import summarise
from balise.plan.typography import french
from tests.documents.plans import full


def answer(*choices: str, note: str | None = None) -> dict[str, Any]:
    return Answer(choices, note).to_slot()


def told(document: Document) -> list[Told]:
    return [block for block in document.blocks if isinstance(block, Told)]


def remarks(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Remark)]


def provider(document: Document, letter: str) -> list[Any]:
    """The blocks of one provider: from its heading to the next."""
    start = document.blocks.index(Heading(f"Fournisseur {letter}"))
    rest = document.blocks[start + 1 :]
    ends = [index for index, block in enumerate(rest) if isinstance(block, Heading)]
    return list(rest[: ends[0]])


def test_the_note_holds_every_line_of_the_summary_in_its_order(catalogue: Catalogue) -> None:
    slots = full(catalogue)
    plan = summarise(catalogue, slots)
    lines = [Told(line.label, line.text, line.blank) for part in plan.parts for line in part.lines]
    document = note(catalogue, slots)
    assert told(document) == lines
    assert [table.columns for table in document.blocks if isinstance(table, Table)] == [("A", "B")]


def test_the_note_says_what_was_skipped_and_what_is_still_open(catalogue: Catalogue) -> None:
    slots = {"risks_control": Answer(skipped=True).to_slot(), "risks_recent": answer("found")}
    document = note(catalogue, slots)
    assert "Passé : Contrôle" in remarks(document)
    assert Paragraph("Encore ouvert : Risques.") in document.blocks


def test_the_note_of_an_empty_plan_says_so_and_keeps_its_reminders(catalogue: Catalogue) -> None:
    document = note(catalogue, {})
    assert Paragraph(catalogue.texts["utter_summary_empty"]) in document.blocks
    assert Paragraph(catalogue.texts["utter_summary_reminders"]) in document.blocks
    assert Blank(words("note")["review"]) in document.blocks
    assert document.footer == words("common")["footer"]


def test_the_opening_gates_never_stand_in_a_document(catalogue: Catalogue) -> None:
    slots = {name: answer(question.choices[0].value) for name, question in catalogue.questions.items()}
    gates = {catalogue.questions[name].label for name in catalogue.forms["gates_form"]}
    for build in (note, calls):
        assert gates & {line.label for line in told(build(catalogue, slots))} == set()


def test_the_note_holds_a_resume_code_only_where_it_is_given(catalogue: Catalogue) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    with_code = note(catalogue, {}, ResumeCode("pomme lune tasse", svg))
    assert Told("Code", "pomme lune tasse") in with_code.blocks
    assert Picture(svg, words("note")["code_picture"]) in with_code.blocks
    assert Heading(words("note")["code"]) not in note(catalogue, {}).blocks


def test_the_chat_says_the_same_parts_as_the_note(catalogue: Catalogue) -> None:
    slots = full(catalogue)
    said = text(note(catalogue, slots))
    messages = summary_texts(summarise(catalogue, slots), catalogue.texts)
    assert messages[0] == catalogue.texts["utter_summary_title"]
    assert messages[-1] == catalogue.texts["utter_summary_reminders"]
    places = [said.find(french(message)) for message in messages[1:]]
    assert -1 not in places
    assert places == sorted(places)


def test_an_empty_call_sheet_has_room_for_three_providers_and_every_question(catalogue: Catalogue) -> None:
    document = calls(catalogue, {})
    letters = "ABC"
    assert len(letters) == FEWEST_PROVIDERS
    asked = [question for question in catalogue.questions_of(FORM) if question.repeats]
    for letter in letters:
        name, *questions = provider(document, letter)[: 1 + len(asked)]
        assert name == Blank(asked[0].blank)
        for block, question in zip(questions, asked, strict=True):
            assert isinstance(block, Choices)
            # Asked aloud as in the chat, without the words that the heading says.
            assert block.question.lower() == question.text.removeprefix("Fournisseur {provider_label} : ").lower()
            known = [choice.title for choice in question.choices if choice.value != UNKNOWN]
            assert list(block.choices) == known


def test_what_was_answered_is_filled_in_and_brings_what_it_calls_for(catalogue: Catalogue) -> None:
    asked = answer("report_required", note="deux jours")
    document = calls(catalogue, {"provider_willing": asked, "provider_dynamics": answer(UNKNOWN)})
    blocks = provider(document, "A")
    assert Told("Veut et peut aider", "Oui, si une plainte est faite à la police « deux jours »") in blocks
    assert Remark(catalogue.texts["utter_add_report_required"]) in blocks
    # « Not known yet » is still to be asked.
    dynamics = catalogue.questions["provider_dynamics"]
    assert any(isinstance(block, Choices) and block.choices[0] == dynamics.choices[0].title for block in blocks)
    assert any(isinstance(block, Choices) for block in provider(document, "B"))


def test_every_provider_of_the_plan_has_a_block_and_a_column(catalogue: Catalogue) -> None:
    slots = {"records_provider_form": [{"provider_willing": answer("no")}] * 5}
    document = calls(catalogue, slots)
    assert all(provider(document, letter) for letter in "ABCDE")
    table = compare(catalogue, slots)
    assert table is not None
    assert Table(table.providers, table.rows) in document.blocks


def test_a_refusal_is_told_before_any_call(catalogue: Catalogue) -> None:
    document = calls(catalogue, {"referral_consent": answer("no")})
    refusal = document.blocks.index(Remark(catalogue.texts["utter_add_referral_no"]))
    assert refusal < document.blocks.index(Heading("Fournisseur A"))


def test_consent_is_ticked_without_room_for_details(catalogue: Catalogue) -> None:
    document = calls(catalogue, {})
    labels = [catalogue.questions[name].label for name in ("referral_consent", "handover_share", "handover_until")]
    consents = {block.question: block for block in document.blocks if isinstance(block, Choices) and not block.room}
    assert set(labels) <= set(consents)
    assert all(consents[label].blank is None for label in labels)


def test_the_sheet_says_how_to_verify_who_calls_in_the_words_of_the_card(catalogue: Catalogue) -> None:
    blocks = calls(catalogue, {}).blocks
    start = blocks.index(Heading(words("calls")["caller"]))
    bubbles = catalogue.texts["utter_card_caller"].split("\n\n")
    assert list(blocks[start + 1 : start + 1 + len(bubbles)]) == [Paragraph(bubble) for bubble in bubbles]


def test_a_referral_left_out_by_an_organisation_leaves_no_provider(catalogue: Catalogue) -> None:
    forms = {
        form: () if form in ("provider_form", "handover_form") else asked for form, asked in catalogue.forms.items()
    }
    document = calls(replace(catalogue, forms=forms), {})
    assert not any(isinstance(block, Choices) for block in document.blocks)
