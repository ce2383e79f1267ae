"""The emergency lines as a plain page: readable by anything, and the same words as the card in the guide's own page."""

from __future__ import annotations

import re

from balise.channels.emergency_page import emergency_page
from balise.channels.page_files import interface_texts
from balise.channels.page_settings import PageSettings


def test_it_gives_the_lines_of_the_directory_without_any_script() -> None:
    page = emergency_page(PageSettings(exit="https://example.org/?a=1&b=2")).body.decode()
    assert re.findall(r'href="tel:(\d+)"', page) == ["911", "988"]
    assert 'href="https://example.org/?a=1&amp;b=2"' in page
    assert "<script" not in page
    assert "{{" not in page
    told = " ".join(re.findall(r'<p class="large">([^<]+)</p>', page))
    assert told == interface_texts()["emergency"]
