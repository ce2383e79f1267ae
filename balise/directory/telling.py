"""An entry in the words of data/responses/lines.yml, as a worker reads it. Numbers are text: nothing is dialled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from balise.directory.filling import DATE_WORDS
from balise.directory.model import CANADA, OWN, Line, Standing

LONGEST_BUBBLE = 280
"""Characters (research/content-and-peers.md section 3.4)."""
_WAYS = {
    "number": "utter_line_number",
    "text": "utter_line_text",
    "chat": "utter_line_chat",
    "web": "utter_line_web",
}
_NOT_HELP = {
    "enforcement": "utter_line_enforcement",
    "tip": "utter_line_tip",
    "protection": "utter_line_protection",
}


def line_text(line: Line, texts: Mapping[str, str], provinces: Mapping[str, str], today: date) -> str:
    """One entry as one bubble, two where it is long (an empty line between).

    Name, place and whom it serves; ways to reach it; hours and languages; what it does with what it hears; how far it
    was verified.

    `texts` are the responses by name; `provinces` the names of the provinces by code. What is not known is left out,
    and what stands on memory only is never shown.
    """
    out = [f"{_title(line, provinces)} : {line.serves}"]
    ways = []
    for channel, name in _WAYS.items():
        value = line.shown(channel, today)
        if value:
            ways.append(texts[name].format(value=value) + _mark(line, channel, texts, today))
    out.append(" ; ".join(ways))
    facts = []
    for name in ("hours", "languages"):
        value = line.shown(name, today)
        if value:
            facts.append(value + _mark(line, name, texts, today))
    if line.shown("relay", today) == "yes":
        facts.append(texts["utter_line_relay"] + _mark(line, "relay", texts, today))
    if facts:
        out.append(" ; ".join(facts) + ".")
    told = [texts[_NOT_HELP[line.nature]]] if line.nature in _NOT_HELP else []
    hears = line.shown("hears", today)
    if hears:
        told.append(hears)
    if told:
        out.append(" ".join(told))
    out.append(_standing(line, texts, today))
    whole = "\n".join(out)
    if len(whole) <= LONGEST_BUBBLE:
        return whole
    # What it does with what it hears, and how far it was verified, make a bubble of their own.
    return "\n".join(out[:-2]) + "\n\n" + "\n".join(out[-2:])


def _title(line: Line, provinces: Mapping[str, str]) -> str:
    if line.town:
        return f"{line.name} ({line.town})"
    if CANADA in line.scope or OWN in line.scope:
        return line.name
    return f"{line.name} ({', '.join(provinces[code] for code in line.scope)})"


def _mark(line: Line, name: str, texts: Mapping[str, str], today: date) -> str:
    """« to be verified », beside one fact that is less sure than the rest."""
    doubtful = line.doubt(name) is not None and line.standing_of(name, today) is Standing.DOUBTFUL
    return " " + texts["utter_line_to_verify"] if doubtful else ""


def _standing(line: Line, texts: Mapping[str, str], today: date) -> str:
    standing = line.standing(today)
    day = line.looked_at().isoformat()
    if standing is Standing.VERIFIED:
        words = texts[DATE_WORDS[line.verify_by]].format(date=day)
        return f"{words[0].upper()}{words[1:]}."
    return texts["utter_line_read" if standing is Standing.READ else "utter_line_doubtful"].format(date=day)
