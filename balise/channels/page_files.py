"""The files of the page as they are served: texts and settings put in once, compressed once, from memory."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from balise.channels.page_settings import PageSettings
from balise.directory.filling import filled
from balise.directory.reading import load_directory
from balise.plan.catalogue import ROOT, load
from balise.plan.typography import french
from balise.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "page"
PAGE = "index.html"
KINDS = {
    PAGE: "text/html; charset=utf-8",
    "guide.js": "text/javascript; charset=utf-8",
    "guide.css": "text/css; charset=utf-8",
    "chargeur.js": "text/javascript; charset=utf-8",
    "protection.js": "text/javascript; charset=utf-8",
    "pdf-protection.js": "text/javascript; charset=utf-8",
}
LANGUAGE = "fr"
SMALLEST_COMPRESSED = 600
"""Bytes: below it compression does not pay."""


@dataclass(frozen=True)
class File:
    """A file's bytes, and the same compressed."""

    body: bytes
    compressed: bytes
    kind: str


def interface_texts(root: Path = ROOT) -> dict[str, str]:
    """Every word of the page itself (data/interface/), the emergency lines, which must be readable offline, and what
    is said of a code that can't be read, which this page finds out by itself."""
    path = root / "data" / "interface" / f"{LANGUAGE}.yml"
    texts: dict[str, str] = filled(read_yaml(path), load_directory(root), {})
    said = load(root).texts
    texts["emergency"] = said["utter_emergency"]
    texts |= {name: text for name, text in said.items() if name.startswith("utter_resume_")}
    return {key: french(text) for key, text in texts.items()}


@lru_cache(maxsize=8)
def page_file(name: str, settings: PageSettings) -> File:
    """A file of the page; index.html holds the texts and the settings as data, which no browser runs."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    if name == PAGE:
        text = text.replace("{{texts}}", _data(interface_texts())).replace("{{settings}}", _data(settings.as_json()))
    body = text.encode()
    return File(body, compressed(body), KINDS[name])


def compressed(body: bytes) -> bytes:
    """gzip without a time or a name in it."""
    return gzip.compress(body, compresslevel=9, mtime=0)


def _data(value: Any) -> str:
    # « < » can't close the element that holds it.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
