"""Without a pointer: a whole short interview from the first screen to the summary, and focus that is never lost."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.worker import TEXTS, Worker

MOST_TABS = 60


def _tab_to(worker: Worker, name: str) -> None:
    """Tab until the element of that name has focus."""
    for _ in range(MOST_TABS):
        worker.page.keyboard.press("Tab")
        said = worker.page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        if said == name:
            outline = worker.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{name}: focus is not seen"
            return
    raise AssertionError(f"{name} cannot be reached")


def _presses(worker: Worker, name: str, key: str = "Enter") -> None:
    _tab_to(worker, name)
    worker.page.keyboard.press(key)


def _is_asked(worker: Worker, heading: str) -> None:
    """The question is shown and focus is on it."""
    expect(worker.heading(heading)).to_be_focused()


def test_a_short_interview_from_hello_to_the_summary(worker: Worker) -> None:
    worker.opens()
    _presses(worker, TEXTS["before_go"])
    _is_asked(worker, "Par quoi commencer")
    _presses(worker, "Version courte, sur le terrain")
    _is_asked(worker, "Avant de continuer")
    if worker.button("Rien de tout cela").count():
        _presses(worker, "Rien de tout cela")
    else:
        _presses(worker, "Rien de tout cela", "Space")
        _presses(worker, TEXTS["go"])
    _is_asked(worker, "Pour quelle situation")
    _presses(worker, TEXTS["otherwise"], "Space")
    expect(worker.field).to_be_focused()
    worker.page.keyboard.type("Elle sort par la cuisine")
    worker.page.keyboard.press("Shift+Enter")
    worker.page.keyboard.type("si c'est possible")
    worker.page.keyboard.press("Enter")
    _is_asked(worker, "Par où la personne")
    _presses(worker, "Porte principale", "Space")
    _presses(worker, "Fenêtre ou balcon", "Space")
    _presses(worker, TEXTS["go"], "Space")
    expect(worker.heading("Par où la personne")).to_have_count(0)
    assert worker.focused == "H2"
    _presses(worker, TEXTS["back"])
    _is_asked(worker, "Par où la personne")
    _presses(worker, TEXTS["skip"])
    expect(worker.heading("Par où la personne")).to_have_count(0)
    _presses(worker, TEXTS["why"])
    expect(worker.page.get_by_role("log")).to_contain_text(TEXTS["why"])
    assert worker.focused == "H2"
    _presses(worker, TEXTS["urgent"])
    _is_asked(worker, TEXTS["emergency_title"])
    _presses(worker, TEXTS["return"])
    assert worker.focused == "H2"
    _presses(worker, TEXTS["menu"])
    _is_asked(worker, TEXTS["menu_title"])
    _presses(worker, TEXTS["menu_summary"])
    _is_asked(worker, "Résumé du plan")
    _tab_to(worker, TEXTS["summary_own"])
    worker.page.keyboard.type("À relire ensemble")
    _presses(worker, TEXTS["return"])
    assert worker.focused == "H2"


def test_the_exit_is_the_first_stop(worker: Worker) -> None:
    worker.opens()
    worker.page.keyboard.press("Tab")
    expect(worker.page.get_by_role("link", name=TEXTS["exit"])).to_be_focused()


def test_what_has_focus_is_never_under_the_head_or_the_foot(worker: Worker) -> None:
    worker.in_the_short_version()
    for _ in range(40):
        worker.page.keyboard.press("Tab")
        hidden = worker.page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              if (one.closest('header, footer') || one === document.body) return null;
              const head = document.querySelector('header').getBoundingClientRect().bottom;
              const foot = document.querySelector('footer').getBoundingClientRect().top;
              return box.bottom <= head || box.top >= foot ? one.textContent : null;
            }"""
        )
        assert hidden is None
