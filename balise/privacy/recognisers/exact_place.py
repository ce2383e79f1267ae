"""Workplaces, schools, shelters, shops by their own names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import Found, name_end

_TYPES = (
    "motels?|hotels?|hostel|auberge|bars?|pub|club|resto|restos|restaurant|restaurants"
    "|cafe|cantine|casse-croute|creperie|pizzeria"
    "|salon|spa|ongles|coiffure|ecole|polyvalente|cegep|college|lycee|universite|garderie"
    "|cpe|centre|clinique|pharmacie|eglise"
    "|paroisse|mosquee|temple|synagogue|gurdwara|chapelle|ferme|fermes|serres?|verger"
    "|vignoble|usine|abattoir|entrepot|epicerie"
    "|depanneur|boucherie|boulangerie|patisserie|garage|lave-auto|buanderie|nettoyeur"
    "|agence|compagnie|cie|maison|refuge|foyer|villa"
    "|residence|residences|manoir|chsld|cabaret|discotheque|bistro|taverne|brasserie|traiteur"
    "|cabane|chalet|camping|gym|dojo|halte"
    "|auberges|institut|academie|construction|constructions|transport|toitures?|entretien"
    "|menage|plomberie|paysagement|pepiniere"
    "|pouponniere|laiterie|fromagerie|erabliere|poissonnerie|magasin|boutique|friperie"
    "|studio|tour|immeuble|tours|condos"
)
PLACE_TYPE = re.compile(rf"\b(?:{_TYPES})\b(?! d'(?:une?|accueil)\b)")
"""A word that announces an exact place's own name."""
_NAMED = re.compile(
    rf"\b(?:{_TYPES})\b[ ]*[:\"«(]*[ ]*(?P<name>(?:(?:(?:le|la|les|chez|au|aux|du|de la"
    r"|des|de|st|ste|saint|sainte|notre[- ]dame)\b|l'|d')[ -]*)*)(?=\w)"
)
_QUOTED = re.compile(rf"\b(?:{_TYPES})\b[ ]*[\"«“(][ ]*(?P<name>[^\"»”)]{{2,40}}?)[ ]*[\"»”)]")


class ExactPlace:
    """The name after a kind of place, where it is capitalised or no ordinary word; a quoted name always."""

    name = "exact_place"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _QUOTED.finditer(message.text):
            yield Found(*match.span("name"), Kind.PLACE)
        for match in _NAMED.finditer(message.text):
            if self._proper(message, match.end(), match["name"], lists):
                end = name_end(message, match.end(), 3)
                if end > match.end():
                    yield Found(match.start("name"), end, Kind.PLACE)

    def _proper(self, message: Folded, start: int, joined: str, lists: Lists) -> bool:
        for token in message.tokens:
            if token.start >= start:
                if not token.is_word or token.text in lists.places or (token.text in lists.place_starts and not joined):
                    return False
                saint = bool(re.search(r"\b(?:saint|sainte|st|ste|notre[- ]dame)[ -]*$", joined))
                capital = token.is_capitalised and not message.shouted
                known = lists.is_ordinary(token.text)
                return saint or (capital and token.text not in lists.spoken) or not known
        return False
