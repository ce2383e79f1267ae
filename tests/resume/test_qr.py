"""The symbol of a code: small enough to scan from paper, self-contained."""

from __future__ import annotations

import re

import pytest

from balise.plan.catalogue import Catalogue
from balise.resume.code import MOST_WORDS, to_words
from balise.resume.envelope import Form, protect
from balise.resume.packing import pack_plan
from balise.resume.qr import qr_svg, qr_version
from balise.resume.words import passphrase, word_list
from benchmarks.resume import LARGEST_QR, full_plan


@pytest.mark.parametrize("said", [None, passphrase()], ids=["plain", "protected"])
def test_a_full_plan_fits_a_symbol_that_a_telephone_reads(catalogue: Catalogue, said: str | None) -> None:
    words = to_words(protect(pack_plan(catalogue, full_plan(catalogue)).payload, said, Form.CODE))
    assert qr_version(words) <= LARGEST_QR


def test_the_longest_code_has_a_symbol() -> None:
    assert qr_version([max(word_list(), key=len)] * MOST_WORDS) <= 40


def test_the_drawing_stands_alone(catalogue: Catalogue) -> None:
    svg = qr_svg(to_words(protect(pack_plan(catalogue, {}).payload, None, Form.CODE)))
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    assert "viewBox" in svg
    # Nothing is fetched: the only address is the namespace.
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"href|url\(|<script|<style|<image|<title|<desc", svg)
