"""The French language model, loaded once a process where something is redacted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "fr_core_news_md"
_UNUSED = ["strings", "tokenizer", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


@lru_cache(maxsize=1)
def load_language() -> Language:
    """`fr_core_news_md` without the parts that nothing uses. `tok2vec` is there, to be called by those who need it;
    they bring their own words.

    Loaded as of no language ("xx"): spaCy's French is a tokenizer whose patterns take three seconds to compile. The
    vectors are the same to the last bit (tests/privacy/test_language.py).
    """
    # Here, not above: importing spaCy takes two seconds, and most commands redact nothing.
    import spacy

    return spacy.load(NAME, exclude=_UNUSED, disable=["tok2vec"], config={"nlp": {"lang": "xx"}})
