"""`GET urgence`: the emergency lines as a plain page, without a script, a conversation or the store, made once.

It answers when every other request is refused, and a proxy can hold a copy of it for when no process answers
(deploy/guide/README.md).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from balise.channels.page_files import FOLDER, KINDS, PAGE, File, compressed, interface_texts
from balise.channels.page_settings import PageSettings

TEMPLATE = "urgence.html"
POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_SENTENCE_END = re.compile(r"(?<=\.)\s+")


@lru_cache(maxsize=8)
def emergency_page(settings: PageSettings) -> File:
    """The page, with the words of the page's own emergency card and where this organisation's exit leads."""
    texts = interface_texts()
    words = {name: escape(text) for name, text in texts.items()}
    # One sentence a line: read at a glance.
    sentences = (f'<p class="large">{escape(sentence)}</p>' for sentence in _SENTENCE_END.split(texts["emergency"]))
    # The number stands in the words, which the directory filled in.
    digits = {f"{name}_digits": re.sub(r"\D", "", texts[f"emergency_{name}"]) for name in ("call", "line")}
    filled = {**words, **digits, "sentences": "\n".join(sentences), "exit_address": escape(settings.exit)}
    template = (FOLDER / TEMPLATE).read_text(encoding="utf-8")
    body = _PLACE.sub(lambda place: filled[place.group(1)], template).encode()
    return File(body, compressed(body), KINDS[PAGE])
