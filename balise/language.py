"""The French language model, loaded once a process: redaction and understanding share it."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

NAME = "fr_core_news_md"
_UNUSED = ["morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


@lru_cache(maxsize=1)
def load_language() -> Language:
    """`fr_core_news_md` without the pipes that nothing uses. `tok2vec` is there, to be called by those who need it."""
    return spacy.load(NAME, exclude=_UNUSED, disable=["tok2vec"])
