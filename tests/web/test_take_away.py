"""Documents, passphrase and code, made on the device; a plan taken up again from a code, a file, or after a fault."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Download, expect

from balise.resume import ResumeError, from_words, is_protected, open_envelope
from tests.web.worker import TEXTS, Worker


def _with_a_plan(worker: Worker) -> Worker:
    worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
    return worker.checks("Porte principale", "Fenêtre ou balcon").sees("Par quel moyen")


def _at_the_note(worker: Worker) -> Worker:
    _with_a_plan(worker).taps(TEXTS["menu"]).taps(TEXTS["menu_export"])
    return worker.taps("Note pour votre dossier").reads("Porte principale, Fenêtre ou balcon")


def _at_the_code(worker: Worker) -> Worker:
    _with_a_plan(worker).taps(TEXTS["menu"]).taps(TEXTS["menu_export"])
    worker.taps("Code pour reprendre plus tard").sees(TEXTS["code_title"])
    expect(worker.at.get_by_alt_text(TEXTS["code_picture"])).to_be_visible()
    return worker


def _secret(worker: Worker) -> str:
    """The passphrase that the page shows."""
    shown = worker.at.locator(".secret .large").inner_text()
    assert len(shown.split()) == 5
    return shown


def _words(worker: Worker) -> str:
    return " ".join(worker.at.locator(".words li").all_inner_texts())


def _saves(worker: Worker, button: str) -> Download:
    with worker.page.expect_download() as download:
        worker.taps(button)
    return download.value


def _bytes(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_the_pdf_is_encrypted_on_the_device_and_the_passphrase_stays_there(worker: Worker) -> None:
    _at_the_note(worker).taps(TEXTS["document_pdf"]).sees(TEXTS["pdf_title"])
    secret = _secret(worker)
    saved = _saves(worker, TEXTS["pdf_save"])
    assert saved.suggested_filename == "document.pdf"
    held = _bytes(saved)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(held))
    # Titles, language and alternative texts are strings: none stays in clear beside the encrypted streams.
    for words in ("Suivi", "Plan d’évacuation", "évacuation", "Porte principale", "Document", "fr-CA"):
        for coded in (words.encode(), words.encode("latin-1", "replace"), words.encode("utf-16-be")):
            assert coded not in held
            assert coded.hex().encode() not in held.lower()
    with pikepdf.open(io.BytesIO(held), password=secret) as opened:
        with opened.open_outline() as outline:
            titles = [item.title for top in outline.root for item in (top, *top.children)]
        assert any("évacuation" in title for title in titles)
        assert opened.docinfo["/Title"] == "Document"
        assert opened.encryption.R == 6
        assert opened.allow.accessibility
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "fr-CA"
        assert "/CreationDate" not in opened.docinfo
        assert "/ModDate" not in opened.docinfo
        assert "/Producer" not in opened.docinfo
    assert secret not in repr([one.post_data for one in worker.requests])
    assert all(word not in one.url for one in worker.requests for word in secret.split())


def test_where_the_protection_cannot_be_loaded_the_server_does_it(worker: Worker) -> None:
    worker.page.route("**/pdf-protection.js", lambda route: route.abort())
    _at_the_note(worker).taps(TEXTS["document_pdf"]).sees(TEXTS["pdf_title"])
    worker.taps(TEXTS["pdf_save"]).reads(TEXTS["pdf_not_here"])
    secret = _secret(worker)
    held = _bytes(_saves(worker, TEXTS["pdf_by_server"]))
    with pikepdf.open(io.BytesIO(held), password=secret) as opened:
        assert opened.encryption.R == 6
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(held))


def test_without_a_passphrase_only_where_she_says_so(worker: Worker) -> None:
    _at_the_note(worker).taps(TEXTS["document_pdf"]).sees(TEXTS["pdf_title"])
    worker.taps(TEXTS["secret_without"]).reads(TEXTS["secret_none_told"])
    with pikepdf.open(io.BytesIO(_bytes(_saves(worker, TEXTS["pdf_save"])))) as opened:
        assert not opened.is_encrypted


def test_a_code_made_here_takes_the_plan_up_in_another_conversation(workers: Callable[..., Worker]) -> None:
    worker = _at_the_code(workers())
    secret, code = _secret(worker), _words(worker)
    assert is_protected(from_words(code))
    assert open_envelope(from_words(code), secret)
    later = workers().begins()
    later.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"]).sees(TEXTS["take_up_title"])
    later.at.get_by_label(TEXTS["take_up_words"]).fill(code)
    later.at.get_by_label(TEXTS["take_up_passphrase"]).fill(secret)
    later.taps(TEXTS["take_up_go"]).sees("Avant de continuer").reads("Le plan est repris")
    later.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("Porte principale, Fenêtre ou balcon")
    for one in (worker, later):
        sent = repr([request.post_data for request in one.requests])
        assert secret not in sent
    # The plan went to the server opened; the code itself did not.
    assert code not in repr([request.post_data for request in later.requests])


def test_a_wrong_passphrase_and_a_typo_are_told_and_nothing_typed_is_lost(workers: Callable[..., Worker]) -> None:
    worker = _at_the_code(workers())
    secret, words = _secret(worker), _words(worker).split()
    later = workers().begins()
    later.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"])
    code, passphrase = (later.at.get_by_label(TEXTS[f"take_up_{name}"]) for name in ("words", "passphrase"))
    wrong = [*words[:2], words[2] + "z", *words[3:]]
    code.fill(" ".join(wrong))
    passphrase.fill(secret)
    with pytest.raises(ResumeError):
        from_words(" ".join(wrong))
    error = later.at.get_by_role("alert")
    later.taps(TEXTS["take_up_go"])
    expect(error).to_contain_text("3")
    expect(code).to_have_value(" ".join(wrong))
    code.fill(" ".join(words))
    passphrase.fill(" ".join(reversed(secret.split())))
    later.taps(TEXTS["take_up_go"])
    expect(error).to_contain_text("phrase de passe")
    passphrase.fill(secret)
    later.taps(TEXTS["take_up_go"]).sees("Avant de continuer")


def test_a_file_brings_the_plan_and_its_notes_back(workers: Callable[..., Worker], tmp_path: Path) -> None:
    worker = workers()
    _with_a_plan(worker).types("un vélo caché chez une amie").taps(TEXTS["send"])
    worker.sees("premier endroit sûr").taps(TEXTS["menu"]).taps(TEXTS["menu_export"])
    worker.taps("Code pour reprendre plus tard").sees(TEXTS["code_title"])
    secret = _secret(worker)
    saved = _saves(worker, TEXTS["code_file"])
    assert saved.suggested_filename == "document.dat"
    file = tmp_path / "document.dat"
    file.write_bytes(_bytes(saved))
    assert "vélo".encode() not in file.read_bytes()
    later = workers().begins()
    later.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"])
    later.at.get_by_label(TEXTS["take_up_file"]).set_input_files(file)
    later.at.get_by_label(TEXTS["take_up_passphrase"]).fill(secret)
    later.taps(TEXTS["take_up_go"]).sees("Avant de continuer")
    later.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("un vélo caché chez une amie")


def test_a_file_cut_short_is_told(workers: Callable[..., Worker], tmp_path: Path) -> None:
    file = tmp_path / "document.dat"
    worker = _at_the_code(workers())
    file.write_bytes(_bytes(_saves(worker, TEXTS["code_file"]))[:-3])
    worker.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"])
    worker.at.get_by_label(TEXTS["take_up_file"]).set_input_files(file)
    worker.taps(TEXTS["take_up_go"])
    expect(worker.at.get_by_role("alert")).to_have_text(TEXTS["utter_resume_file_damaged"])


def test_the_person_s_paper_opens_after_the_question_only(worker: Worker) -> None:
    _with_a_plan(worker).taps(TEXTS["menu"]).taps(TEXTS["menu_export"])
    worker.taps("Aide-mémoire pour la personne").sees("Est-ce sécuritaire que la personne garde un papier")
    assert not worker.sent("document")
    worker.taps("Oui, un papier est sécuritaire").sees("À ne pas oublier")
    worker.page.emulate_media(media="print")
    seen = worker.page.evaluate("document.body.innerText").lower()
    for word in ("traite", "danger", "sécurité", "police", "évacuation", "guide", "balise"):
        assert word not in seen


def test_nothing_of_a_plan_taken_up_is_lost_when_the_server_restarts(workers: Callable[..., Worker]) -> None:
    worker = _at_the_code(workers())
    secret, code = _secret(worker), _words(worker)
    later = workers().begins()
    later.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"])
    later.at.get_by_label(TEXTS["take_up_words"]).fill(code)
    later.at.get_by_label(TEXTS["take_up_passphrase"]).fill(secret)
    later.taps(TEXTS["take_up_go"]).sees("Avant de continuer")
    later.context.request.post(f"{later.guide}erase", headers={"Authorization": f"Bearer {later.secret}"})
    later.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees(TEXTS["gone_title"])
    later.taps(TEXTS["gone_resume"]).sees("Avant de continuer")
    later.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("Porte principale, Fenêtre ou balcon")


def test_a_typed_field_of_these_screens_is_kept_by_no_browser(worker: Worker) -> None:
    worker.begins().taps(TEXTS["menu"]).taps(TEXTS["take_up_title"]).sees(TEXTS["take_up_title"])
    expect(worker.at.get_by_label(TEXTS["take_up_passphrase"])).to_have_attribute("autocomplete", "off")
    expect(worker.at.get_by_label(TEXTS["take_up_words"])).to_have_attribute("autocomplete", "off")
