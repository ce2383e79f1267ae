"""The whole of redaction on whole messages, with the trained model."""

from __future__ import annotations

import pytest

from balise.plan.catalogue import ROOT, responses_of
from balise.privacy import redact
from balise.privacy.kinds import Kind
from balise.privacy.lists import load_lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("appelle nadia au 438-555-0143", "appelle [personne] au [téléphone]"),
        ("Mme Tremblay l'a vue hier", "Mme [personne] l'a vue hier"),
        ("elle s'appelle thi lan nguyen", "elle s'appelle [personne]"),
        ("c'est maria qui écrit pis elle reste au 4127 rue des érables app 3", None),
        ("Jean-Philippe Ouellet", "[personne]"),
    ],
)
def test_masks(text: str, expected: str | None) -> None:
    redaction = redact(text)
    if expected is not None:
        assert redaction.text == expected
    assert redaction.removed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "montre le résumé",
        "on passe",
        "efface tout stp",
        "chez sa soeur à Montréal mercredi soir",
        "une rose dans un vase",
        "une pierre devant la porte",
        "elle vient de Paris",
        "le 911 ou le 811, sinon le 9-8-8",
        "VictimLinkBC 1-800-563-0808",
        "entre 18 et 25 ans",
        "l'autobus 55, chambre 12",
        "la travailleuse sociale du CLSC",
        "jsp pcq chu pas sûre",
        "kestion suivente",
    ],
)
def test_leaves(text: str) -> None:
    assert redact(text).text == text


def test_every_helpline_of_our_texts_is_kept() -> None:
    assert load_lists().numbers
    for number in load_lists().numbers:
        assert redact(f"appeler le {number}").removed == {}


def test_every_button_is_kept() -> None:
    responses = responses_of(ROOT)
    titles = {button["title"] for body in responses.values() for button in body.get("buttons", ())}
    assert titles
    assert {title: redact(title).text for title in titles} == {title: title for title in titles}


@pytest.mark.parametrize(
    "text",
    [
        "na\u200bdia au 438\u200b-555-0143",
        "ｎａｄｉａ 438-555-0143",
        "nаdia 438-555-0143",  # the first a is Cyrillic
        "NADIA 4385550143",
        "nadía 438 555 O143",
    ],
)
def test_disguises(text: str) -> None:
    assert set(redact(text).removed) >= {"person", "phone"}


def test_spans_tell_where() -> None:
    text = "appelle nadia au 438-555-0143"
    redaction = redact(text)
    for span in redaction.spans:
        assert redaction.text[span.start : span.end] == Kind(span.kind).placeholder
    assert [text[span.source_start : span.source_end] for span in redaction.spans] == ["nadia", "438-555-0143"]


def test_the_words_stand_nowhere() -> None:
    assert "nadia" not in repr(redact("appelle nadia au 438-555-0143"))


def test_default_deny_can_be_restored() -> None:
    text = "par en bas pis zbroufette"
    first = redact(text)
    restorable = [span for span in first.spans if span.restorable]
    assert restorable
    wanted = {(span.source_start, span.source_end) for span in restorable}
    assert redact(text, restore=wanted).text == text


def test_a_pattern_is_never_restored() -> None:
    text = "438-555-0143"
    first = redact(text)
    assert not any(span.restorable for span in first.spans)
    wanted = {(span.source_start, span.source_end) for span in first.spans}
    assert redact(text, restore=wanted) == first


def test_strict_masks_no_less() -> None:
    text = "appelle rose ou sa voisine claire"
    assert sum(redact(text, question="contacts_role").removed.values()) >= sum(redact(text).removed.values())


def test_what_cannot_be_read_is_masked_whole(caplog: pytest.LogCaptureFixture) -> None:
    redaction = redact(438_555_0143)  # type: ignore[arg-type]
    assert redaction.text == "[message masqué]"
    assert "0143" not in caplog.text


def test_what_buttons_send_is_kept() -> None:
    responses = responses_of(ROOT)
    sent = {str(button["payload"]) for body in responses.values() for button in body.get("buttons", ())}
    sent |= {"/next_section", "/add_record", "/edit_record:2", "/review:care_form", "/change:evacuation_exit"}
    assert {value: redact(value).text for value in sent} == {value: value for value in sent}
