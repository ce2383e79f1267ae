"""Every word of the page stands in data/interface/: none is missing, none is left over, none is in the programme."""

from __future__ import annotations

import re

import yaml

from balise.channels.page_files import interface_texts
from balise.plan.catalogue import ROOT

SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "web" / "src").glob("*.ts"))}
TEXTS: dict[str, str] = yaml.safe_load((ROOT / "data" / "interface" / "fr.yml").read_text(encoding="utf-8"))
FROM_RESPONSES = {"emergency"}
"""Keys that the server fills from data/responses/."""
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_STRING = re.compile(r'"([^"\n]*)"|`([^`]*)`')


def _strings(source: str) -> list[str]:
    return ["".join(found) for found in _STRING.findall(_COMMENT.sub("", source))]


def test_every_key_that_the_page_asks_for_is_there() -> None:
    asked = {key for source in SOURCES.values() for key in re.findall(r'\bt\("(\w+)"', source)}
    assert asked
    assert asked - TEXTS.keys() - FROM_RESPONSES == set()


def test_every_fault_of_a_code_that_the_page_tells_has_its_sentence() -> None:
    told = {string for source in SOURCES.values() for string in _strings(source) if string.startswith("utter_")}
    assert told
    assert told - interface_texts().keys() == set()


def test_no_text_is_left_over() -> None:
    said = {string for source in SOURCES.values() for string in _strings(source)}
    assert TEXTS.keys() - said == set()


def test_no_french_stands_in_the_programme() -> None:
    """A sentence, an accent or a word of the dictionary in a string: it belongs to the dictionary."""
    words = {text.casefold() for text in TEXTS.values()}
    french = {
        f"{name}: {string}"
        for name, source in SOURCES.items()
        for string in _strings(source)
        if re.search(r"[à-ÿœ«»’]|[a-z] [a-z]+ [a-z]+\.$", string, re.I)
        or string.casefold() in words - TEXTS.keys() - {"conversation", "document"}
    }
    assert french == set()


def test_the_page_says_before_its_script_what_the_dictionary_says() -> None:
    page = (ROOT / "balise" / "channels" / "page" / "index.html").read_text(encoding="utf-8")
    assert f">{TEXTS['exit']}</a>" in page
