"""What holds for every message: redaction never raises, repeats itself, and lets no sure pattern through."""

from __future__ import annotations

import os
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balise.privacy import redact
from balise.privacy.kinds import Kind

_WORDS = st.sampled_from(
    "elle reste chez sa soeur nadia rose au coin de la rue code 911 mme lafleur pis 12 c'est [personne] [adresse] à"
    " 14h30 arobase point gmail st-pierre né le plaque quatre cinq 438 555 @ . , ; - ' /".split()
)
_TEXT = st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=14).map(" ".join))
_DIGIT = st.sampled_from(string.digits)
_BEFORE = st.sampled_from(["", "appelle au ", "son numéro: ", "jo: ", "c'est le ", "text "])
_AFTER = st.sampled_from(["", " stp", ", demain", " (soir)", "."])
_settings = settings(
    max_examples=int(os.environ.get("HX", "150")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@_settings
@given(_TEXT)
def test_never_raises_and_spans_fit(text: str) -> None:
    redaction = redact(text)
    assert sum(redaction.removed.values()) == len(redaction.spans)
    kept, last = "", 0
    for span in redaction.spans:
        assert redaction.text[span.start : span.end] == Kind(span.kind).placeholder
        kept += text[last : span.source_start] + Kind(span.kind).placeholder
        last = span.source_end
    assert kept + text[last:] == redaction.text


@_settings
@given(_TEXT)
def test_idempotent(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@_settings
@given(
    _BEFORE,
    st.sampled_from(["438", "514", "450", "581", "819"]),
    st.lists(_DIGIT, min_size=2, max_size=2).map("".join),
    st.sampled_from(["", " ", "-", ".", " - "]),
    _AFTER,
)
def test_no_phone_survives(before: str, area: str, last: str, sign: str, after: str) -> None:
    redaction = redact(f"{before}{sign.join((area, '555', '01' + last))}{after}")
    assert "01" + last not in redaction.text
    assert "555" not in redaction.text


@_settings
@given(
    st.text(string.ascii_lowercase, min_size=3, max_size=10), st.sampled_from(["gmail.com", "example.ca", "mail.test"])
)
def test_no_email_survives(name: str, host: str) -> None:
    assert "@" not in redact(f"écris à {name}@{host} demain").text


@_settings
@given(st.sampled_from("ABCEGHJKLMNPRSTVXY"), st.lists(_DIGIT, min_size=3, max_size=3), st.sampled_from(["", " ", "-"]))
def test_no_postal_code_survives(letter: str, digits: list[str], sign: str) -> None:
    code = f"{letter}{digits[0]}X{sign}{digits[1]}Y{digits[2]}"
    assert code not in redact(f"elle reste dans le {code}").text
