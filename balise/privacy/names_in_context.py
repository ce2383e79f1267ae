"""Names that words around them announce: « s'appelle », « Mme », a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

_INTRODUCED = re.compile(
    r"\b(?:(?:[mst]'? ?appel+\w*|se nomm\w+|surnom\w*|rebaptis\w+|se fait appeler|se faire"
    r" appeler|alias|aka|prenom\w*|(?:vrai|faux) nom|nom de famille"
    r"|nom complet|nomme|nommee|prenommee?|dite?|my name is|name is|named|called)\b(?:"
    r" (?:c'est|cest|c|est|etait|:|en fait|vraiment|au complet))*)[ :=\"«]+(?=\w)"
)
_TITLED = re.compile(
    r"\b(?:mme|mlle|mrs|ms|miss|mr|m\.|monsieur|madame|mademoiselle|dr|dre|docteur|docteure"
    r"|maitre|me\.|soeur|pere|abbe|imam|pasteur"
    r"|sergent|sgt|agent|agente|constable|caporal|det|detective|matante|mononcle|tante"
    r"|oncle|don|dona|tita|tito|ate|kuya|sheikh|tonton|tatie|maman|papi|papa|mamie|mama"
    r"|kokom|nimama|ti|big|lil|dj)\b\.?[ ]+(?=\w)"
)
# After a title, what is rather told of the person.
_TOLD = frozenset(
    "directrice directeur police juge agent docteur medecin maire avocate avocat president presidente chose".split()
)


class NameInContext:
    """The words after an introduction, and after a title when they are a known name, unknown or capitalised."""

    name = "name_in_context"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _INTRODUCED.finditer(message.text):
            yield from self._name(message, lists, match.end())
        for match in _TITLED.finditer(message.text):
            yield from self._name(message, lists, match.end())

    def _name(self, message: Folded, lists: Lists, start: int) -> Iterator[Found]:
        end = start
        for token in message.tokens:
            if token.start < start or token.text in "-'":
                continue
            apart = message.text[end : token.start].strip(" -'")
            if apart or not token.is_word or not self._nominal(message, lists, token.text, token.is_capitalised):
                break
            end = token.end
        if end > start:
            yield Found(start, end, Kind.PERSON)

    def _nominal(self, message: Folded, lists: Lists, word: str, capital: bool) -> bool:
        if word in FUNCTION or word in _TOLD:
            return False
        if capital and not message.shouted:
            return True
        # "la madame trouve": a verb tells what she does, not who she is.
        verb = bool(set("VTI") & set(lists.classes(word)))
        if lists.first_names.get(word, 0) >= 2 and lists.band(word) <= 4 and not verb:
            return True
        ordinary = lists.is_ordinary(word)
        return not ordinary or (lists.surnames.get(word, 0) == 2 and lists.band(word) <= 3 and not verb)
