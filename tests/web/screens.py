"""Every screen of the page, one after the other, as a worker comes to it."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.web.worker import TEXTS, Worker

SAID = "On en parle avec Julie Tremblay, au 514 555 0199, jeudi."


def every_screen(worker: Worker) -> Iterator[str]:
    """Goes from screen to screen and gives the name of each while it is shown."""
    worker.page.clock.install()
    worker.opens()
    yield "before"
    worker.taps(TEXTS["before_go"]).sees("Par quoi commencer")
    yield "ways"
    worker.taps(TEXTS["menu"]).sees(TEXTS["map_title"])
    yield "menu"
    worker.taps(TEXTS["before_again"]).sees(TEXTS["before_title"])
    yield "before-again"
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("Rien n’est encore noté")
    yield "summary-empty"
    worker.taps(TEXTS["return"])
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_ways"]).sees("Ou choisir")
    worker.taps("Version courte").sees("Avant de continuer")
    yield "several"
    worker.taps(TEXTS["go"]).reads(TEXTS["none_chosen"])
    yield "several-none"
    worker.says_none().sees("Pour quelle situation")
    yield "question"
    worker.taps(TEXTS["why"])
    worker.until(lambda: worker.text.count("Pourquoi") > 4)
    yield "why"
    worker.taps(TEXTS["otherwise"]).taps(TEXTS["send"]).reads(TEXTS["nothing_typed"])
    yield "own-words"
    worker.types(SAID).taps(TEXTS["send"]).sees(TEXTS["draft_title"])
    yield "draft"
    worker.taps(TEXTS["draft_more"])
    yield "draft-marking"
    worker.taps(TEXTS["draft_send"]).sees("Par où la personne")
    worker.taps(TEXTS["urgent"]).sees(TEXTS["emergency_title"])
    yield "emergency"
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")
    yield "summary"
    worker.taps(TEXTS["document_pdf"]).sees(TEXTS["pdf_title"])
    worker.taps(TEXTS["secret_without"]).reads(TEXTS["secret_none_told"])
    yield "pdf"
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_export"]).taps("Code pour reprendre plus tard").sees(
        TEXTS["code_title"]
    )
    worker.taps(TEXTS["secret_without"]).reads(TEXTS["secret_none_told"])
    expect(worker.at.get_by_alt_text(TEXTS["code_picture"])).to_be_visible()
    yield "code"
    worker.taps(TEXTS["menu"]).taps(TEXTS["take_up_title"]).taps(TEXTS["take_up_go"])
    worker.reads(TEXTS["utter_resume_no_words"])
    yield "take-up"
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_export"]).taps("Feuille d’appels aux fournisseurs").sees(
        "Fournisseur A"
    )
    yield "calls"
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_export"]).taps("Aide-mémoire pour la personne")
    worker.sees("Est-ce sécuritaire que la personne garde un papier").taps("Oui, un papier est sécuritaire")
    worker.sees("À ne pas oublier")
    yield "reminder"
    worker.taps("Reprendre").sees("Par où la personne").taps(TEXTS["pause"]).sees("En pause")
    yield "paused"
    worker.context.set_offline(True)
    worker.taps("Reprendre").reads(TEXTS["lost"])
    yield "lost"
    worker.context.set_offline(False)
    worker.sees("Par où la personne")
    worker.page.clock.fast_forward(6 * 60 * 1000)
    worker.sees(TEXTS["cover_title"])
    yield "cover"
    worker.taps(TEXTS["cover_go"]).sees("Par où la personne")
    worker.page.clock.fast_forward(23 * 60 * 1000)
    worker.sees(TEXTS["soon_title"])
    yield "soon"
    worker.page.clock.fast_forward(3 * 60 * 1000)
    worker.sees(TEXTS["expired_title"])
    yield "expired"
    worker.taps(TEXTS["again"]).sees("Par quoi commencer")
    worker.taps(TEXTS["menu"]).taps(TEXTS["erase"]).sees(TEXTS["erase_title"])
    yield "erase"
    worker.taps(TEXTS["erase_yes"]).sees(TEXTS["erased_title"])
    yield "erased"
    worker.taps(TEXTS["again"]).sees("Par quoi commencer")
    forget(worker)
    worker.taps("Le plan complet").sees(TEXTS["gone_title"])
    yield "gone"


def forget(worker: Worker) -> None:
    """The server loses the conversation, as a restart does."""
    worker.taps(TEXTS["menu"]).sees(TEXTS["map_title"])
    worker.context.request.post(f"{worker.guide}erase", headers={"Authorization": f"Bearer {worker.secret}"})
    worker.taps(TEXTS["return"])
