"""The summary: blanks and own words stay in the browser, go on paper and into a copy; nothing else is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.web.worker import TEXTS, Worker

OWN = "Relire avec Zoé Archambault mardi"
BLANK = "Porte de la ruelle, 418 555 0134"


def _summary(worker: Worker) -> Worker:
    worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
    worker.checks("Porte principale", "Fenêtre ou balcon").sees("Par quel moyen")
    # A section with a blank to fill in by hand.
    worker.taps(TEXTS["menu"]).at.get_by_role("button", name="Contacts").click()
    worker.sees("Quel contact ajouter").taps("Proche fiable").sees("est-ce sûr d’appeler")
    return worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")


def _write(worker: Worker) -> None:
    worker.at.locator(".part input").first.fill(BLANK)
    worker.at.get_by_label(TEXTS["summary_own"]).fill(OWN)


def test_blanks_and_own_words_never_leave_the_browser(workers: Callable[..., Worker]) -> None:
    worker = workers(around=True)
    _summary(worker)
    _write(worker)
    worker.taps(TEXTS["return"]).taps(TEXTS["skip"])
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")
    expect(worker.at.get_by_label(TEXTS["summary_own"])).to_have_value(OWN)
    worker.taps(TEXTS["summary_copy"]).leaves()
    sent = " ".join((one.post_data or "") + one.url for one in worker.requests)
    assert "Archambault" not in sent
    assert "ruelle" not in sent


def test_a_copy_holds_the_plan_her_words_and_no_address(worker: Worker) -> None:
    worker.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _summary(worker)
    _write(worker)
    worker.taps(TEXTS["summary_copy"]).reads(TEXTS["summary_copied"])
    copied = worker.page.evaluate("navigator.clipboard.readText()")
    for part in ("Résumé du plan", "Porte principale, Fenêtre ou balcon", OWN, BLANK):
        assert part in copied
    assert "http" not in copied


def test_a_copy_works_without_the_clipboard_permission(worker: Worker) -> None:
    _summary(worker).taps(TEXTS["summary_copy"]).reads(TEXTS["summary_copied"])
    expect(worker.button(TEXTS["summary_copy"])).to_be_focused()


def test_on_paper_there_is_the_summary_and_nothing_else(worker: Worker) -> None:
    _summary(worker)
    _write(worker)
    worker.page.emulate_media(media="print")
    seen = worker.page.evaluate("document.body.innerText")
    for part in ("Résumé du plan", "Porte principale, Fenêtre ou balcon", OWN, BLANK):
        assert part in seen
    for part in ("exit", "urgent", "return", "summary_print", "summary_private"):
        assert TEXTS[part] not in seen
    assert "Par où la personne" not in seen
    # What a browser adds by itself is the title and the address: the first tells nothing, there is no room for both.
    worker.page.evaluate("addEventListener('beforeprint', () => setTimeout(() => (window.told = document.title)))")
    worker.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert worker.page.title() == TEXTS["print_title"]
    worker.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert worker.page.title() == "Guide"


def test_a_conversation_prints_nothing(worker: Worker) -> None:
    worker.in_the_short_version()
    worker.page.emulate_media(media="print")
    assert worker.page.evaluate("document.body.innerText").strip() == ""


def test_a_printed_file_is_a_readable_pdf(worker: Worker, tmp_path: Path) -> None:
    _summary(worker)
    printed = worker.page.pdf(path=str(tmp_path / "summary.pdf"))
    assert printed.startswith(b"%PDF")
    assert b"127.0.0.1" not in printed


def test_erasing_takes_one_confirmation_and_her_words_too(worker: Worker) -> None:
    _summary(worker)
    _write(worker)
    secret = worker.secret
    worker.taps(TEXTS["menu"]).taps(TEXTS["erase"]).sees(TEXTS["erase_title"])
    worker.taps(TEXTS["erase_no"])
    worker.taps(TEXTS["menu"]).taps(TEXTS["erase"]).taps(TEXTS["erase_yes"]).sees(TEXTS["erased_title"])
    worker.until(worker.erased_on_the_server)
    for word in ("Porte principale", "ruelle", "Archambault"):
        assert word not in worker.text
    worker.taps(TEXTS["again"]).sees("Par quoi commencer")
    assert worker.sent("session")
    worker.taps("Version courte, sur le terrain").sees("Avant de continuer")
    assert worker.secret != secret
