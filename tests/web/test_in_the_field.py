"""In the field: straight to the ways in, one thumb, a usable plan in eight taps."""

from __future__ import annotations

from tests.web.worker import TEXTS, Worker

THUMB = 8


def test_the_five_ways_in_are_seen_at_once_without_scrolling(worker: Worker) -> None:
    worker.opens(field=True)
    seen = [
        choice
        for choice in worker.page.locator(".now .choice").all()
        if (box := choice.bounding_box()) and box["y"] + box["height"] <= 740
    ]
    assert len(seen) >= 5
    assert worker.page.url.endswith("/guide/#terrain")


def test_eight_taps_make_a_plan_that_can_be_used(worker: Worker) -> None:
    worker.opens(field=True)
    taps = 0

    def tap(name: str) -> None:
        nonlocal taps
        taps += 1
        choice = worker.at.get_by_label(name, exact=True)
        (choice if choice.count() else worker.button(name)).first.click()

    tap("Version courte, sur le terrain")
    worker.sees("Avant de continuer")
    tap("Rien de tout cela")
    if worker.at.get_by_label("Rien de tout cela", exact=True).count():
        tap(TEXTS["go"])
    worker.sees("Pour quelle situation")
    tap("En déplacement, à l’hôtel, en voiture")
    worker.sees("Par où la personne")
    tap("Porte principale")
    tap(TEXTS["go"])
    worker.sees("Par quel moyen")
    tap(TEXTS["menu"])
    tap(TEXTS["menu_summary"])
    assert taps <= THUMB
    worker.sees("Résumé du plan").reads("En déplacement").reads("Porte principale")


def test_what_the_thumb_needs_is_always_at_the_same_place(worker: Worker) -> None:
    worker.opens(field=True)

    def places() -> list[tuple[int, int]]:
        boxes = [worker.button(TEXTS[name]).bounding_box() for name in ("back", "skip", "why", "pause")]
        return [(int(box["x"]), int(box["y"])) for box in boxes if box]

    before = places()
    worker.taps("Version courte, sur le terrain").sees("Avant de continuer")
    worker.says_none().sees("Pour quelle situation")
    assert places() == before
    assert len(before) == 4
    assert all(top > 370 for _, top in before)
