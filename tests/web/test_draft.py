"""Rereading before sending: what is masked is shown, a guess may be put back, a word more may be masked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.worker import TEXTS, Worker

SURE = "Rejoindre 514 555 0199"
GUESSED = "🌙 par en bas pis brulizette, pis zbroufette"


def test_words_without_anything_to_mask_go_at_once(worker: Worker) -> None:
    worker.in_the_short_version().types("le soir, par la cuisine").taps(TEXTS["send"]).sees("Par où la personne")
    assert [one["message"] for one in worker.sent("draft")] == ["le soir, par la cuisine"]
    assert worker.sent("message")[-1]["message"] == "le soir, par la cuisine"


def test_what_is_masked_is_shown_before_it_is_sent(worker: Worker) -> None:
    worker.in_the_short_version().types(SURE)
    before = len(worker.sent("message"))
    worker.taps(TEXTS["send"]).sees(TEXTS["draft_title"]).reads(TEXTS["draft_warning"])
    assert len(worker.sent("message")) == before
    shown = worker.at.get_by_role("group", name=TEXTS["draft_text"])
    expect(shown).not_to_contain_text("0199")
    expect(shown.get_by_role("button").first).to_have_attribute("aria-disabled", "true")
    worker.taps(TEXTS["draft_edit"])
    expect(worker.field).to_have_value(SURE)
    expect(worker.field).to_be_focused()
    worker.taps(TEXTS["send"]).taps(TEXTS["draft_send"]).sees("Par où la personne")
    assert "0199" not in worker.text


def test_a_guess_can_be_put_back(worker: Worker) -> None:
    worker.in_the_short_version().types(GUESSED).taps(TEXTS["send"]).sees(TEXTS["draft_title"])
    loose = worker.at.locator(".draft .loose").first
    hidden = loose.inner_text()
    loose.click()
    back = loose.inner_text()
    assert back != hidden
    assert back in GUESSED
    worker.taps(TEXTS["draft_send"]).sees("Par où la personne")
    start, end = worker.sent("message")[-1]["restore"][0]
    # Characters as the server counts them: the first one is a single character.
    assert GUESSED[start:end] == back
    assert back in worker.page.locator(".you").last.inner_text()


def test_one_word_more_can_be_masked(worker: Worker) -> None:
    worker.in_the_short_version().types(f"🌙 {SURE} derrière la cuisine").taps(TEXTS["send"])
    worker.sees(TEXTS["draft_title"]).taps(TEXTS["draft_more"])
    worker.at.get_by_role("button", name=TEXTS["draft_mask"].format(word="cuisine"), exact=True).click()
    expect(worker.at.get_by_role("group", name=TEXTS["draft_text"])).not_to_contain_text("cuisine")
    worker.taps(TEXTS["draft_send"]).sees("Par où la personne")
    body = worker.sent("message")[-1]
    assert [body["message"][start:end] for start, end in body["mask"]] == ["cuisine"]
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")
    assert "cuisine" not in worker.text
