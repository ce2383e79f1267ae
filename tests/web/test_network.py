"""A poor network and a server that fails: nothing is lost, nothing is said twice."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from tests.channels.served import Served
from tests.web.screens import forget
from tests.web.worker import PHONE, TEXTS, Worker


def _keys(worker: Worker) -> list[str]:
    asked = [one for one in worker.requests if one.url.endswith("/message")]
    return [one.headers["idempotency-key"] for one in asked]


def test_an_answer_lost_on_its_way_back_is_asked_for_again_and_counted_once(worker: Worker) -> None:
    worker.in_the_short_version()
    before = len(_keys(worker))
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    worker.page.route("**/message", lose_the_first)
    worker.taps("Une crise à la maison").reads(TEXTS["lost"])
    worker.taps(TEXTS["retry"]).sees("Par où la personne")
    assert lost == [200]
    again = _keys(worker)[before:]
    assert len(again) == 2
    assert len(set(again)) == 1
    expect(worker.page.locator(".you", has_text="Une crise à la maison")).to_have_count(1)
    # The server counted one turn: the next answer goes to the question that is shown.
    worker.checks("Porte principale").sees("Par quel moyen")
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan").reads("Porte principale")


def test_a_failing_server_is_tried_again_by_itself(worker: Worker) -> None:
    worker.in_the_short_version()
    failures = iter([502, 503])

    def fail_twice(route: Route) -> None:
        status = next(failures, None)
        if status:
            route.fulfill(status=status, headers={"Retry-After": "1"})
        else:
            route.continue_()

    worker.page.route("**/message", fail_twice)
    worker.taps("Une crise à la maison").sees("Par où la personne")
    assert len(set(_keys(worker)[-3:])) == 1


def test_a_double_tap_is_one_answer(worker: Worker) -> None:
    worker.in_the_short_version()
    before = len(_keys(worker))
    worker.button("Une crise à la maison").dblclick()
    worker.sees("Par où la personne")
    worker.page.wait_for_load_state("networkidle")
    assert len(_keys(worker)) == before + 1
    worker.sees("Par où la personne")


def test_words_typed_without_a_network_are_kept_and_go_when_it_is_back(worker: Worker) -> None:
    worker.in_the_short_version().types("chez elle, le soir")
    worker.context.set_offline(True)
    worker.taps(TEXTS["send"]).reads(TEXTS["lost"])
    expect(worker.field).to_have_value("chez elle, le soir")
    worker.context.set_offline(False)
    worker.sees("Par où la personne")
    expect(worker.field).to_have_value("")


def test_a_retry_can_be_given_up_without_losing_what_was_typed(worker: Worker) -> None:
    worker.in_the_short_version().types("chez elle, le soir")
    worker.context.set_offline(True)
    worker.taps(TEXTS["send"]).reads(TEXTS["lost"])
    worker.taps(TEXTS["give_up"])
    expect(worker.page.get_by_text(TEXTS["lost"])).to_have_count(0)
    expect(worker.field).to_have_value("chez elle, le soir")
    worker.context.set_offline(False)
    worker.taps("Une crise à la maison").sees("Par où la personne")


def test_the_emergency_card_needs_no_network_and_is_not_taken_away(worker: Worker) -> None:
    worker.in_the_short_version()
    worker.context.set_offline(True)
    worker.taps("Une crise à la maison").reads(TEXTS["lost"])
    worker.taps(TEXTS["urgent"]).sees(TEXTS["emergency_title"]).reads("9-1-1 maintenant")
    worker.context.set_offline(False)
    worker.page.wait_for_load_state("networkidle")
    worker.until(lambda: not worker.button(TEXTS["retry"]).is_visible())
    worker.sees(TEXTS["emergency_title"])
    worker.taps(TEXTS["return"]).sees("Par où la personne")


def test_a_server_that_restarted_is_told_and_the_answers_are_given_again(worker: Worker) -> None:
    worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
    forget(worker)
    worker.checks("Porte principale").sees(TEXTS["gone_title"]).reads(TEXTS["gone"])
    worker.taps(TEXTS["gone_resume"]).sees("Par où la personne")
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan").reads("Une crise à la maison")


def test_a_server_that_was_killed_and_started_again_gets_the_answers_back(browser: Browser) -> None:
    served = Served()
    context = browser.new_context(viewport=PHONE, locale="fr-CA")
    try:
        worker = Worker(context, f"http://127.0.0.1:{served.port}/guide/")
        worker.in_the_short_version().taps("Une crise à la maison").sees("Par où la personne")
        served.kill()
        worker.checks("Porte principale").reads(TEXTS["lost"])
        served = Served(port=served.port)
        # The page sends again by itself, and may have done so before a hand would.
        expect(worker.page.get_by_role("heading", name=TEXTS["gone_title"])).to_be_visible(timeout=60_000)
        worker.sees(TEXTS["gone_title"])
        worker.taps(TEXTS["gone_resume"]).sees("Par où la personne")
        worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).sees("Résumé du plan").reads("Une crise à la maison")
    finally:
        context.close()
        served.stop()


def test_after_a_restart_one_may_begin_anew(worker: Worker) -> None:
    worker.in_the_short_version()
    forget(worker)
    worker.taps("Une crise à la maison").sees(TEXTS["gone_title"])
    worker.taps(TEXTS["gone_again"]).sees("Par quoi commencer")
    worker.taps(TEXTS["menu"]).taps(TEXTS["menu_summary"]).reads("Rien n’est encore noté")


def test_a_limit_reached_is_waited_for(worker: Worker) -> None:
    worker.in_the_short_version()
    first = iter([True])

    def too_fast(route: Route) -> None:
        if next(first, False):
            route.fulfill(status=429, headers={"Retry-After": "1"}, json={"messages": [{"text": ""}], "removed": []})
        else:
            route.continue_()

    worker.page.route("**/message", too_fast)
    worker.taps("Une crise à la maison").sees("Par où la personne")
