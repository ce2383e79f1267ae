"""How a text is written: its reading level and its typography. Each fault is one French sentence without its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 25
"""Words."""
LEVELS = {"question": 55, "reason": 50, "card": 46, "answer": 50}
"""The highest reading level of each kind of text, from what the texts of 2026 reached; see `level`."""
FEWEST_WORDS = 15
"""Below, the share of long words says nothing: one word more or less moves it by several points."""
_KINDS = {"question": "une question", "reason": "une raison", "card": "une fiche", "answer": "une réponse"}
_LONG = 7
"""Letters of a long word, at least."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.?!…:;]+(?=[\s»)]|$)|\n")
_FILLED_IN = re.compile(r"\{[^}]*\}")


def sentences(text: str) -> list[str]:
    """The sentences of a text. A colon, a semicolon and a new line end one too: they part the items of our lists."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def level(text: str) -> float:
    """The reading level of a text by LIX: words a sentence, plus the percentage of words of more than six letters.

    From 20, very easy, to 60, very difficult; newspapers in French reach 55 (C. H. Björnsson, « Readability of
    Newspapers in 11 Languages », Reading Research Quarterly 18(4), 1983, pages 480 to 497, doi:10.2307/747382). It
    needs no syllables, and was tried on French. 0 where there is no word.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    return len(words) / len(sentences(text)) + 100 * sum(len(word) >= _LONG for word in words) / len(words)


def level_faults(text: str, kind: str) -> Iterator[str]:
    """A sentence that is too long, or a text of `kind` (a key of `LEVELS`) that is too hard to read."""
    text = _FILLED_IN.sub("", text)
    for sentence in sentences(text):
        # What stands between spaces, as a reader counts: « l'aide » is one.
        count = sum(1 for word in sentence.split() if re.search(r"\w", word))
        if count > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:6])
            yield f"phrase de {count} mots ({LONGEST_SENTENCE} au plus) : « {start}… »."
    reached = round(level(text))
    if len(_WORD.findall(text)) >= FEWEST_WORDS and reached > LEVELS[kind]:
        yield (
            f"niveau de lecture {reached} ({LEVELS[kind]} au plus pour {_KINDS[kind]}) : "
            "des mots plus courts, des phrases plus courtes."
        )


_TYPOGRAPHY = (
    (re.compile(r'"'), "citer avec « … », jamais avec des guillemets droits"),
    (re.compile(r"«(?! )|(?<! )»"), "une espace après « et avant »"),
    (re.compile(r"\.\.\."), "écrire … en un seul signe, pas trois points"),
    (re.compile(r"[^\n]? {2,}"), "une seule espace entre deux mots"),
    (re.compile(r"(?:^|\n) | (?:\n|$)"), "pas d'espace au début ni à la fin"),
    (re.compile(r"\w? [,.](?!\w)"), "pas d'espace avant une virgule ou un point"),
    (re.compile(r"[^\s:;?][:;?]"), "une espace avant : ; et ?"),
    (re.compile(r"[,;:?](?=[^\W\d])"), "une espace après , ; : et ?"),
    (re.compile(r"(?:^|\s)-(?:\s|$)"), "pas de trait d'union en guise de tiret : deux-points, virgule ou parenthèses"),
    (re.compile("[’‘ʼ´`]"), "taper l'apostrophe simple ('), le guide met la bonne"),
    (re.compile("[\u00a0\u202f\u2009\t]"), "taper l'espace ordinaire, le guide met la bonne"),
)
"""What an author types (docs/for-practitioners.md); `balise.plan.typography` makes the rest."""


def typography_faults(text: str) -> Iterator[str]:
    """Each rule of French typography that a text as written breaks, once, with the place where it does."""
    # What stands in braces is filled in; a word is put there so that what is around keeps its spaces.
    text = _FILLED_IN.sub("x", text)
    for pattern, reason in _TYPOGRAPHY:
        found = pattern.search(text)
        if found:
            around = text[max(0, found.start() - 10) : found.end() + 10].replace("\n", " ").strip()
            yield f"« {around} » : {reason}."
    if text.count("«") != text.count("»"):
        yield "un guillemet « ou » n'a pas son pareil."
