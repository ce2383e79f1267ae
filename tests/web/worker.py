"""A worker at her browser: what she does by the names that she reads, and what may never happen meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Frame, Locator, Page, Request, expect

from balise.channels.page_files import interface_texts

TEXTS = interface_texts()
WATCH = "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
PHONE = {"width": 360, "height": 740}


class Worker:
    """One page. `at` is the guide's frame, whether it is the whole page or stands within another."""

    def __init__(self, context: BrowserContext, guide: str, allowed: tuple[str, ...] = ()) -> None:
        self.context, self.guide = context, guide
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self._allowed = {_origin(guide), *allowed}
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._said)
        self.at: Page | Frame = self.page

    def _requested(self, request: Request) -> None:
        self.requests.append(request)
        if request.url.startswith("http") and _origin(request.url) not in self._allowed:
            self.faults.append(f"another origin: {request.url}")

    def _said(self, message: Any) -> None:
        if any(word in message.text for word in ("CSP", "Content Security", "Trusted", "Refused")):
            self.faults.append(message.text)

    # What she does.

    def opens(self, field: bool = False) -> Worker:
        """Open the guide: before the first question, or in the field straight to the ways in."""
        self.page.goto(self.guide + ("#terrain" if field else ""))
        if field:
            self.sees("Par quoi commencer")
        else:
            expect(self.heading(TEXTS["before_title"])).to_be_visible()
        return self

    def begins(self) -> Worker:
        """Open, read what the page does and does not do, begin."""
        self.opens()
        self.taps(TEXTS["before_go"])
        return self.sees("Par quoi commencer")

    def in_the_short_version(self) -> Worker:
        """At its first question with one choice, in the field."""
        self.opens(field=True).taps("Version courte, sur le terrain")
        self.sees("Avant de continuer").says_none()
        return self.sees("Pour quelle situation")

    def button(self, name: str) -> Locator:
        return self.at.get_by_role("button", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.at.get_by_role("heading", name=name)

    def taps(self, name: str) -> Worker:
        self.button(name).click()
        return self

    def checks(self, *labels: str) -> Worker:
        """Check choices and go on."""
        for label in labels:
            self.at.get_by_label(label, exact=True).check()
        return self.taps(TEXTS["go"])

    def says_none(self, label: str = "Rien de tout cela") -> Worker:
        """Answer with the choice that goes alone."""
        return self.taps(label) if self.button(label).count() else self.checks(label)

    def types(self, text: str) -> Worker:
        """Write in the free field, opened if need be."""
        field = self.field
        if not field.is_visible():
            self.taps(TEXTS["otherwise"])
        field.fill(text)
        return self

    def leaves(self) -> None:
        """Quick exit, by its link."""
        self.at.get_by_role("link", name=TEXTS["exit"]).click()

    def presses_shift_thrice(self) -> None:
        for _ in range(3):
            self.page.keyboard.press("Shift")

    # What she sees.

    @property
    def field(self) -> Locator:
        return self.at.get_by_label(TEXTS["own_words"])

    def sees(self, heading: str) -> Worker:
        """A question or the title of a screen, and that focus is not lost."""
        expect(self.heading(heading).locator("visible=true").first).to_be_visible()
        return self

    def reads(self, text: str) -> Worker:
        expect(self.at.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def checks_nothing_typed_is_kept(self) -> Worker:
        """Every field asks the browser, its speller and its extensions to leave its words alone."""
        fields = self.at.locator("textarea, input")
        assert fields.count()
        for field in fields.all():
            expect(field).to_have_attribute("autocomplete", "off")
            if field.get_attribute("type") != "checkbox":
                expect(field).to_have_attribute("spellcheck", "false")
        return self

    @property
    def text(self) -> str:
        """Every word in the document, seen or not."""
        return str(self.at.evaluate("document.documentElement.innerText + document.documentElement.textContent"))

    @property
    def focused(self) -> str:
        """The element that has focus, its name in the document."""
        return str(self.at.evaluate("document.activeElement.tagName"))

    def sent(self, path: str) -> list[dict[str, Any]]:
        """The bodies of the requests to a path of the channel."""
        asked = [one for one in self.requests if urlsplit(one.url).path == f"/guide/{path}"]
        return [json.loads(one.post_data or "{}") for one in asked]

    @property
    def secret(self) -> str:
        """The conversation's secret, read from the last request that carried it."""
        bearers = [one.headers.get("authorization", "") for one in self.requests]
        return [bearer for bearer in bearers if bearer][-1].removeprefix("Bearer ")

    def erased_on_the_server(self) -> bool:
        """Whether the server does not know the conversation any more."""
        answer = self.context.request.post(
            f"{self.guide}map", headers={"Authorization": f"Bearer {self.secret}"}, data={}, fail_on_status_code=False
        )
        return answer.status == 401

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for what no locator can wait for."""
        for _ in range(100):
            if true():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it never came")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
