"""Street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, PARTICLES, Found, long_name_end, name_end

_NUMBER = rf"(?:\d{{1,5}}(?: ?[a-d](?= |,))?(?: ?[-/] ?\d{{1,5}})?|(?:{IN_WORDS}))"
_TYPE = (
    r"(?:rues?|ru|reu|r\.|avenue|avenu|av|ave|boulevard|boulvard|bouelvard|boul|blvd|bld"
    r"|bd|chemin|chemain|ch|chem|route|rte|rang|rg"
    r"|montee|cote|place|pl|croissant|crois|terrasse|impasse|ruelle|allee|carre|square"
    r"|promenade|prom|sentier|concession|ligne|quai|cours"
    r"|cercle|autoroute|domaine|parc)\b\.?"
)
_ENGLISH = (
    r"(?:street|st|road|rd|drive|dr|lane|ln|court|ct|crescent|cres|way|avenue|ave|boulevard"
    r"|blvd|place|terrace|trail|line|circle)\b\.?"
)
_UNIT = (
    r"(?:[ ,]*(?:(?:app?t?s?|apartment|appart(?:ement)?s?|logement|log|unite?|suite|bureau"
    r"|local|porte|ch|chambre|bloc|no)\b|#)[ .#]*(?:numero )?(?:[a-z]?\d{1,5}[a-z]?|[a-h]\b))"
)
_SIDE = r"(?:[ ,]+\b(?:nord|sud|est|ouest|north|south|east|west|n|s|e|o|w)\b\.?)"
_TAIL = re.compile(
    rf"{_SIDE}?{_UNIT}?(?:[ ,]*(?:\d+e|\d+ieme|premier|deuxieme|troisieme|sous-sol|rdc|rez-de-chaussee)(?: etage)?)?"
)
_NUMBERED = re.compile(
    rf"(?<![\w$])(?P<number>{_NUMBER})[ ,]*(?:,|au|sur|de la|de l'|la|l'|le)?[ ]*(?P<type>{_TYPE})["
    rf" ]*(?P<name>{PARTICLES}*)"
)
_ORDINAL = re.compile(
    rf"(?<![\w$])(?:{_NUMBER}[ ,]*(?:sur )?(?:la |le )?)?\d{{1,3}} ?(?:e|ere|er|ieme|eme"
    rf"|th|st|nd|rd)[ ](?:{_TYPE}|{_ENGLISH})"
)
_NUMBER_AFTER = re.compile(
    r"(?<![\w$])(?:(?:le|du|au) )?(?:rang|rg|lot|concession|chemin|route|rte|autoroute)["
    r" ]*(?:no|numero|#)?[ ]*(?P<number>\d{1,4})(?P<more>(?:[ ,]+(?:rang|lot|km|chemin"
    r"|route|concession)[ ]*\d+)*)"
)
_KILOMETRE = re.compile(
    r"\b(?:km|kilometre|borne|lot)[ .]*\d+(?:[ ,]*(?:de |sur |du |de la |d')*(?:la |l'"
    r"|le )?(?:route|rte|chemin|rang|autoroute|rue|concession|r)\.?[ ]*[\w-]+)?"
)
_ENGLISH_STREET = re.compile(
    rf"(?<![\w$])\d{{1,5}}[ ,]+(?:[a-z'-]+[ ]){{1,3}}{_ENGLISH}(?!\w)|(?<![\w$])\d{{1,5}} [a-z'-]+ {_ENGLISH}(?!\w)"
)
_UNIT_FIRST = re.compile(
    rf"(?<!\w)(?:app?t?|appartement|appart|apt|unit|suite|logement)\b[ .#]*\w{{1,5}}[ ,]+(?:au"
    rf" )?\d{{1,5}}[ ,]*(?:{_TYPE})?[ ]*(?P<name>{PARTICLES}*)"
)
_STREET_OF = re.compile(
    r"\b(?:rue|avenue|ave|boulevard|boul|blvd|rang|montee|croissant|impasse|chemin)[ ]+(?:de la|de l'|des|du|d')[ ]*"
    r"(?!(?:quartier|centre|coin|village|refuge|motel|travail|job|ecole|garderie|retour"
    r"|maison|bas|haut|bus|metro|depanneur|clsc|bloc|bar|resto|plan"
    r"|appart|logement|parc|hopital|gym|club|fond|bout|cote|arriere|a cote|en|ville|liberte|sortie|paix|guerison)\b)"
)
_AT_START = re.compile(
    r"^ *(?:au )?\d{2,5}(?: ?[a-d])?,? (?:des|du|de la|de l')[ ]*(?!(?:mois|jour|soir|matin"
    r"|temps|filles|gars|clients|gens|femmes|fois)\b)(?=[a-z])"
)
_BOX = re.compile(
    r"\b(?:rr|r\.r\.|c\.? ?p\.?|case postale|boite postale|po box|p\.o\. box|succ|boite)["
    r" .#]*\d+(?:[ ,]*(?:boite|case|succ|station)[ .#]*\d+)?"
)
_LOT = re.compile(
    r"\b(?:terrain|tour|roulotte|lot|bloc|batiment|quai|emplacement)[ ]*\d+[ ,]+(?=(?:\d+["
    r" ,]+)*(?:allee|rue|rang|chemin|boul|avenue|\d+e))(?:\d+[ ,]+)*"
)
_LIVES = re.compile(
    r"\b(?:habit\w*|rest(?:e|ent|ait|aient|er)|demeur\w*|vi[stv]\w*|log\w+|herberge\w*"
    r"|cach\w*|amen\w*|adresse|livre\w*|au|chez|le|du|a)\b"
    rf"(?: (?:est|c'est|cest|c|lui|eux|au|a|le|du|dans|toujours|encore|l'|:))*[ :]*(?P<number>\d{{2,5}}(?:-\d{{1"
    rf",5}})?(?: ?[a-d]\b)?)[ ,]+(?P<name>{PARTICLES}*)"
)
_NAMED = re.compile(
    r"\b(?P<type>rues?|ru|avenue|ave|av|boulevard|boul|blvd|bd|chemin|ch|montee|croissant"
    rf"|rang|terrasse|impasse|ruelle|allee|promenade)\b\.?[ ]+(?P<name>{PARTICLES}*)"
)
_CORNER = re.compile(
    r"\b(?:coin|l'angle|angle|intersection)\b(?: (?:de|des|du|d'|la|le|les|l'|rues?|boul|avenue|ave))*[ ]+(?P<name>)"
)
_AND = re.compile(
    rf"[ ]*(?:et|/|pis|puis|&|-|avec)[ ]*(?:de |la |le |l'|du )*(?:(?:{_TYPE})[ ]*)?(?P<name>{PARTICLES}*)"
)
_NOT_STREETS = frozenset(
    "jours jour ans mois heures heure minutes semaines semaine fois personnes filles clients"
    " hommes femmes enfants dollars piasses"
    " janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
    " ou degres pieds points etage pourcent"
    " lundi mardi mercredi jeudi vendredi samedi dimanche km h premier premiere matin"
    " soir nuit places autres gars textos appels"
    " messages photos shifts chambres lits sacs langues pages noms signes choses plans"
    " questions contacts numeros avec sur mais".split()
)


class Address:
    """A number and a street, in either language, with its unit; rangs and lots; corners; a street by its name."""

    name = "address"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        yield from self._numbered(message)
        for pattern in (_ORDINAL, _ENGLISH_STREET, _KILOMETRE):
            for match in pattern.finditer(message.text):
                yield self._found(message, match.start(), match.end())
        for match in _NUMBER_AFTER.finditer(message.text):
            if not re.match(r"(?:route|rte|autoroute)", match[0].removeprefix("la ")):
                yield self._found(message, match.start(), match.end())
        for pattern in (_STREET_OF, _AT_START):
            for match in pattern.finditer(message.text):
                end = long_name_end(message, match.end(), 2)
                if end > match.end():
                    yield self._found(message, match.start(), end)
        for pattern in (_BOX, _LOT):
            for match in pattern.finditer(message.text):
                yield Found(*match.span(), Kind.ADDRESS)
        yield from self._unannounced(message, lists)
        yield from self._streets(message, lists)
        yield from self._corners(message, lists)

    def _found(self, message: Folded, start: int, end: int) -> Found:
        tail = _TAIL.match(message.text, end)
        return Found(start, tail.end() if tail else end, Kind.ADDRESS)

    def _numbered(self, message: Folded) -> Iterator[Found]:
        for match in _NUMBERED.finditer(message.text):
            end = self._street(message, match.end())
            kind = match["type"].rstrip(".")
            number = re.match(r"\d{1,4}\b", message.text[match.end() :])
            if (
                end == match.end()
                and number
                and kind in ("rang", "route", "rte", "chemin", "rg", "ch", "autoroute", "avenue", "rue")
            ):
                end += number.end()
            if end == match.end() or (
                kind in ("place", "cote", "parc", "cours", "domaine", "quai") and end - match.end() < 4
            ):
                if kind not in ("rue", "avenue", "boulevard", "boul", "chemin", "rang"):
                    continue
                end = match.end("type")
            yield self._found(message, match.start(), end)

    def _street(self, message: Folded, start: int) -> int:
        """The end of a street's name: the first word whatever it is, more while they don't begin another thought."""
        return long_name_end(message, start, 3)

    def _unannounced(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "app 14, 902 dunant", "reste au 4127 des erables"."""
        for match in _UNIT_FIRST.finditer(message.text):
            yield self._found(message, match.start(), max(name_end(message, match.end(), 2), match.end()))
        for match in _LIVES.finditer(message.text):
            end = name_end(message, match.end(), 2)
            word = message.text[match.end() : end].split(" ")[0]
            if (
                end == match.end()
                or word in _NOT_STREETS
                or word in FUNCTION
                or _counted(word, lists, bool(match["name"]))
            ):
                continue
            yield self._found(message, match.start("number"), end)

    def _streets(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """A street without a number, where its name is no ordinary word ("la rue d'en arrière" is kept)."""
        for match in _NAMED.finditer(message.text):
            end = long_name_end(message, match.end(), 2)
            if (end > match.end() and self._proper(message, match.end(), lists)) or (
                re.search(r"\b(?:saint|sainte|st|ste|notre)[ -]*$", match["name"]) and end > match.end()
            ):
                yield self._found(message, match.start(), end)

    def _corners(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _CORNER.finditer(message.text):
            first = name_end(message, match.end(), 2)
            other = _AND.match(message.text, first)
            if first == match.end() or not other:
                continue
            last = name_end(message, other.end(), 2)
            if last > other.end() and (
                self._proper(message, match.end(), lists) and self._proper(message, other.end(), lists)
            ):
                yield self._found(message, match.start(), last)

    def _proper(self, message: Folded, start: int, lists: Lists) -> bool:
        """Whether the word at `start` is a name: capitalised, unknown, or after « saint »."""
        for token in message.tokens:
            if token.start >= start:
                known = token.text in lists.lexique or token.text in lists.own or token.text in lists.spoken
                capital = token.is_capitalised and not message.shouted
                return token.is_word and (not known or capital or token.text in ("saint", "sainte", "st", "ste"))
        return False


def _counted(word: str, lists: Lists, joined: bool) -> bool:
    """Whether a word after a bare number is what is counted ("30 textos") rather than a street."""
    if joined:
        return False
    return word in lists.spoken or word in lists.own or lists.band(word) >= 2
