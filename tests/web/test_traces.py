"""Nothing stays in the browser: its stores are empty, and its profile on disk holds no word of the conversation."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Playwright

from tests.web.conftest import ARGUMENTS
from tests.web.worker import PHONE, TEXTS, Worker

STORES = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length, address: location.pathname + location.search,
})"""


def test_nothing_is_stored_by_the_page(worker: Worker) -> None:
    worker.in_the_short_version().types("le soir, par la cuisine").taps(TEXTS["send"]).sees("Par où la personne")
    assert worker.context.cookies() == []
    assert worker.page.evaluate(STORES) == {
        "cookies": "",
        "local": 0,
        "session": 0,
        "databases": 0,
        "caches": 0,
        "workers": 0,
        "address": "/guide/",
    }


def test_the_secret_is_in_no_address(worker: Worker) -> None:
    worker.in_the_short_version()
    assert not [one.url for one in worker.requests if worker.secret in one.url]


def test_every_field_asks_the_browser_to_keep_nothing(worker: Worker) -> None:
    worker.in_the_short_version().checks_nothing_typed_is_kept()
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("Rien n’est encore noté")
    worker.taps(TEXTS["return"]).taps("Une crise à la maison").sees("Par où la personne")
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan").checks_nothing_typed_is_kept()


def test_a_closed_profile_holds_no_word_of_the_conversation(
    playwright: Playwright, chromium: str, guide_address: str, tmp_path: Path
) -> None:
    typed, drafted, noted = (f"zibeline{secrets.token_hex(5)}" for _ in range(3))
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=chromium, args=ARGUMENTS, viewport=PHONE, locale="fr-CA"
    )
    worker = Worker(context, guide_address)
    worker.in_the_short_version().types(typed).taps(TEXTS["send"])
    received = "Par où la personne pourrait-elle sortir"
    send, question = worker.button(TEXTS["draft_send"]), worker.heading(received)
    worker.until(lambda: send.is_visible() or question.first.is_visible())
    if send.is_visible():
        send.click()
    worker.sees(received)
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan")
    worker.at.get_by_label(TEXTS["summary_own"]).fill(noted)
    worker.taps(TEXTS["return"]).types(drafted)
    # Long enough for the browser to write down what it keeps of a tab.
    worker.page.wait_for_timeout(3_000)
    context.close()
    assert worker.faults == []
    found = {
        word: [str(path.relative_to(tmp_path)) for path in _holding(tmp_path, word)]
        for word in (typed, drafted, noted, received, worker.secret)
    }
    assert found == {word: [] for word in found}
    # The search finds what is there: the address, which is neutral, and the title.
    assert list(_holding(tmp_path, "/guide/"))


def _holding(folder: Path, word: str) -> Iterator[Path]:
    """The files that hold a word, in the encodings that a browser writes."""
    forms = (word.encode(), word.encode("utf-16-le"), word.encode("latin-1", "ignore"))
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes()
            if any(form in held for form in forms):
                yield path


def test_a_page_out_of_memory_is_never_shown_again(workers: Callable[..., Worker]) -> None:
    worker = workers()
    worker.in_the_short_version().types("un mot")
    worker.page.goto("about:blank")
    worker.page.go_back()
    worker.sees("Par quoi commencer")
    assert "Pour quelle situation" not in worker.text
