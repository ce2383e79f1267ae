"""Street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, PARTICLES, Found, long_name_end, name_end

_NUMBER = rf"(?:\d{{1,5}}(?: (?:bis|ter)\b| ?-?[a-d](?= |,))?(?: ?[-/] ?\d{{1,5}})?|(?:{IN_WORDS}))"
_TYPE = (
    r"(?:rues?|ru|reu|rrue|r\.|avenue|avenu|avnue|avenie|aven|av|ave"
    r"|boulevard|boulevar|boulevart|boulvard|boulvar|bouelvard|boul|boule|blvd|blv|bld|bvd"
    r"|bd|chemin|chemain|chmin|chemein|che(?= d)|ch|chem|route|routte|rte|rang|rg"
    r"|montee|cote|place|pl|croissant|croisant|crois|terrasse|impasse|ruelle|allee|carre|square"
    r"|promenade|prom|sentier|concession|ligne|quai|cours"
    r"|cercle|autoroute|domaine|parc)\b\.?"
)
_ENGLISH = (
    r"(?:street|st|road|rd|drive|dr|lane|ln|court|ct|crescent|cres|way|avenue|ave|boulevard"
    r"|blvd|place|terrace|trail|line|circle)\b\.?"
)
_UNIT = (
    r"(?:(?:(?:app?t?s?|apartment|appart(?:ement)?s?|logement|log|unite?|suite|bureau"
    r"|local|porte|ch|chambre|bloc|no)\b|#)[ .#]*(?:numero |no )?"
    rf"(?:(?:[a-z]?\d{{1,5}}[a-z]?|[a-h]|une?)\b|{IN_WORDS}|(?:du |d'en )(?:bas|haut|fond|milieu|sous[- ]sol)\b))"
)
_ORDINAL_WORD = (
    r"(?:premier|premiere|deuxieme|second|seconde|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme|neuvieme"
    r"|dixieme|onzieme|douzieme|treizieme|quatorzieme|quinzieme|seizieme|vingtieme)\b"
)
_RANKED = rf"(?:\d{{1,3}} ?(?:e|er|ere|eme|ieme|iem)\b|{_ORDINAL_WORD})"
_FLOOR = rf"(?:{_RANKED}(?: (?:etage|plancher)\b)?|sous[- ]sol\b|rdc\b|rez[- ]de[- ]chaussee\b)"
_SIDE = r"(?:\b(?:nord|sud|est|ouest|north|south|east|west|n|s|e|o|w)\b\.?)"
_NOT_COUNT = (
    r"(?!\w|[:,.]\d| ?[$%]| (?:h|heures?|e|er|ans|jours?|mois|fois|piasses?|minutes?|min|km|janvier|fevrier|mars"
    r"|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b)"
)
_TAIL = re.compile(
    rf"(?:[ ,]*{_SIDE})?(?:[ ,]*{_UNIT}|[ ,]+(?:au|no|numero|#) ?\d{{1,5}} ?[a-d]?{_NOT_COUNT}"
    rf"|[ ,]+(?:no|numero) {IN_WORDS}|[ ,]*#\d{{1,5}})?"
    rf"(?:[ ,]+(?:lot|rang) \d{{1,4}}\b)?(?:[ ,]*{_FLOOR})?"
)
_HEAD = re.compile(
    rf"(?<![\w$-])(?:{_UNIT}[ ,]*(?:du|au|sur|a|de)? ?"
    rf"|(?:{_RANKED} (?:etage|plancher)|sous[- ]sol|rdc|rez[- ]de[- ]chaussee)(?: du| au|,)? "
    r"|(?:lot|borne|terrain|emplacement|roulotte|concession)[ .#]*(?:no |numero )?"
    rf"(?:\d{{1,4}} ?|{IN_WORDS})[ ,]*(?:du |de |sur |au )?"
    r"|(?<!bus )(?<!ligne )(?<!circuit )(?<!chambre )\d{2,5}(?: ?[a-d])?[ ,]+(?:de |sur )?"
    r"|(?:la|le) |l'|(?:stationnement|parking|batisse|maison)(?: (?:du|d'en) (?:fond|arriere|haut|bas))?[ ,]+)$"
)
"""What stands before a street and belongs to it: a unit, a floor, a lot, a house number, an article."""
_REACH = 50
PUBLIC = frozenset(("911", "811", "211", "988", "311", "511", "411"))
_NUMBERED = re.compile(
    rf"(?<![\w$])(?P<number>{_NUMBER})[ ,]*(?:,|au|sur|de la|de l'|la|l'|le)?[ ]*(?P<type>{_TYPE})["
    rf" ]*(?P<name>{PARTICLES}*)"
)
_ORDINAL = re.compile(
    rf"(?<![\w$])(?:{_NUMBER}[ ,]*(?:sur )?(?:la |le )?)?\d{{1,3}} ?(?:e|ere|er|ieme|eme"
    rf"|th|st|nd|rd)[ ](?:{_TYPE}|{_ENGLISH})"
)
_RANKED_RANG = re.compile(
    rf"(?<![\w$])(?:{_RANKED} (?:rang|concession|avenue|av|ave)\b|{_RANKED} (?:rang|rue|chemin)(?= (?:de la|du|des) ))"
    rf"(?P<name>(?: {PARTICLES}+(?=\w))?)"
)
_NUMBER_AFTER = re.compile(
    r"(?<![\w$])(?:(?:le|du|au) )?(?:rang|rg|lot|concession|chemin|route|rte|autoroute)["
    r" ]*(?:no|numero|#)?[ ]*(?P<number>\d{1,4})(?P<more>(?:[ ,]+(?:rang|lot|km|chemin"
    r"|route|concession)[ ]*\d+)*)"
    rf"|(?<![\w$])(?:rang|rg|lot|borne|concession) (?:no |numero )?{IN_WORDS}"
    r"|(?<!\w)(?:range|township|county|concession|side) road \d{1,4}(?!\w)"
)
_LOT_OF = re.compile(
    rf"\b(?:lot|borne|km|kilometre|terrain|emplacement|roulotte|tente|site)[ .#]*(?:\d{{1,4}}|{IN_WORDS})[ ,]*"
    rf"(?:sur |du |de |dans |au )*(?:la |le |l')?(?:{_TYPE}|parc|camping|terrain) *"
    rf"(?:(?P<number>\d{{1,4}}(?!\w)|{IN_WORDS})|(?P<name>{PARTICLES}*)(?=[a-z]))"
)
_KILOMETRE = re.compile(
    r"\b(?:km|kilometre|borne|lot)[ .]*\d+(?:[ ,]*(?:de |sur |du |de la |d')*(?:la |l'"
    r"|le )?(?:route|rte|chemin|rang|autoroute|rue|concession|r)\.?[ ]*[\w-]+)?"
)
_ENGLISH_STREET = re.compile(
    rf"(?<![\w$])\d{{1,5}}[ ,]+(?:[a-z'-]+[ ]){{1,3}}{_ENGLISH}(?!\w)|(?<![\w$])\d{{1,5}} [a-z'-]+ {_ENGLISH}(?!\w)"
)
_UNIT_FIRST = re.compile(
    r"(?<!\w)(?:app?t?|appartement|appart|apt|unit|suite|logement)\b[ .#]*(?:[a-z]?\d{1,5}[a-z]?|[a-h](?!\w| \d+ ans))"
    rf"[ ,]+(?:au )?\d{{1,5}}[ ,]*(?:{_TYPE})?[ ]*(?P<name>{PARTICLES}*)"
)
_NO_ARTICLE = r"(?<!\bla )(?<!\ble )(?<!l')(?<!\bune )(?<!\bun )(?<!\bcette )(?<!\ben )(?<!\bsa )(?<!\bma )"
_STREET_OF = re.compile(
    r"\b(?:rue|avenue|ave|boulevard|boul|blvd|rang|montee|croissant|impasse|chemin|ruelle"
    rf"|{_NO_ARTICLE}(?:route|allee|promenade|sentier|terrasse)|(?<=\bla )cote"
    r"|(?<=habite )place|(?<=reste )place|(?<=vit )place|(?<=,)place)"
    r"[ ]+(?:de la |de l'|des |du |(?<!cote )d'(?!une? ))[ ]*"
    r"(?![ ]|(?:quartier|centre|coin|village|refuge|motel|travail|job|ecole|garderie|retour"
    r"|maison|bas|haut|bus|metro|depanneur|clsc|bloc|bar|resto|plan"
    r"|appart|logement|parc|hopital|gym|club|fond|bout|cote|arriere|a cote|en|ville|liberte|sortie|paix|guerison"
    r"|credit|nord|sud|est|ouest|soir|matin|jour|nuit|garage|stationnement|voisin|voisine|voisins|boss|client|clients"
    r"|filles|autres|autre|police|poste|campagne|gare|terminus|resto|magasin|epicerie|porte|mort|vie|fruits|legumes"
    r"|pharmacie|clinique|chalet|camp|ferme|usine|hotel|immeuble|batiment|deuxieme|troisieme|premier|meme|salle|classe|theatre)\b)"
)
_COTE_A = re.compile(r"(?:^|(?<=\bla )|(?<=\bdit ))cote a (?=[a-z])")
_STREET_CALLED = re.compile(
    rf"\bnom (?:de (?:la|sa|ma|leur)|d'la|de l') ?(?:rue|avenue|boulevard|rang|chemin)(?: (?:est|c'est|cest|c))?[ ,:]+"
    rf"(?P<name>{PARTICLES}+)(?=[a-z])"
)
_ENGLISH_NAMED = re.compile(
    r"(?<![\w'-])(?P<first>[a-z][a-z'-]+ )?(?P<name>[a-z][a-z'-]+)"
    r" (?:street|road|rd|crescent|cres|lane|blvd|drive|boulevard|avenue|ave)\b\.?"
    r"(?! (?:des?|du|test|trip|food|un|une|le|la|les|mon|ma|son|sa|leur|me|a|the|his|her|my|it)\b)"
)
_NOT_NAMED = frozenset(
    "cross off side back on rail high down the every long dirt country this that range township county concession"
    " food google hard flash usb test une un grande grand petite petit belle cette autre meme premiere deuxieme".split()
)
_SIDED = re.compile(
    r"(?<![\w$.,:-])(?P<number>\d{2,5}(?: ?[a-d]\b)?)[ ,]+(?P<name>[a-z][a-z'-]+(?: [a-z][a-z'-]+)?)[ -]"
    r"(?:(?P<sure>nord|sud|ouest|north|south|west|east)\b|est\b(?= *(?:$|[,.;!?(]| (?:app|apt|et|pis|avec|a|au"
    r"|y|pour)\b)))"
)
_BEFORE_UNIT = re.compile(
    r"(?<![\w$.,:-])\d{1,5}(?: ?[a-d]\b)?[ ,]+(?P<name>[a-z][a-z'-]+(?: [a-z][a-z'-]+)?)[ ,]+"
    r"(?=(?:app?t?|apartment|appart(?:ement)?|unite?|suite)\b[ .#]*(?:[a-z]?\d|[a-h]\b))"
)
_SAINT = re.compile(
    r"(?<![\w$.,:-])(?<!bus )(?<!autobus )(?<!ligne )\d{1,5}(?: ?[a-d]\b)?,? (?:st|ste|saint|sainte)[- ](?=[a-z]{3})"
)
_GRID = re.compile(
    r"(?<![\w$])\d{2,5} \d{1,3} ?(?:ave|avenue|st|street)\b\.?(?: (?:ne|nw|se|sw|n|s|e|w)\b)?"
    r"|\b(?:route|rte|autoroute|hwy|highway)\.? \d{1,3}[ ,]+(?:au )?(?:km|kilometre|borne|mille)\b\.? ?\d+"
)
_HILL = re.compile(r"\b(?:montee|cote)[ -](?:st|ste|saint|sainte)[- ](?=[a-z]{3})")
_BLOCK = re.compile(
    rf"(?<!\w){_UNIT}[ ,]+(?:dans |de )?(?:la |le |l')?(?:immeuble|tour|residences?|manoir|batisse"
    rf"|bloc)\b (?P<name>{PARTICLES}*)"
    r"(?=[a-z])"
)
_LIVES_ON = re.compile(
    r"\b(?:condo|airbnb|air bnb|appart\w*|app|apt|bloc|loft|studio|maison|logement|chambre|motel|hotel|salon"
    r"|resto|duplex"
    r"|sous[- ]sol|triplex|park\w+|stationn\w+|habit\w+|rest(?:e|ent|ait)|dor[ts]?|dorment|vi[st]|vivent"
    r"|log[e\w]+|squat\w*"
    r"|creche\w*|demenag\w+|debarqu\w+|travaille|marche|marchait|tourne|amene\w*|taxi|char|auto|van|adresse|rue)\b"
    rf"(?: [\w']+){{0,3}}? (?:sur|su)(?P<name> (?:de la |de l'|{PARTICLES})?)(?=[a-z])"
)
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HOME = re.compile(r"condo|appart|loft|squat|habit|rest|dor")
_BIG_TOWNS = frozenset(
    "montreal quebec laval gatineau longueuil toronto ottawa vancouver calgary edmonton winnipeg hamilton"
    " halifax moncton"
    " saguenay levis terrebonne brossard repentigny drummondville granby rimouski chicoutimi canada ontario".split()
)
_NETS = frozenset(
    "facebook fb insta instagram snap snapchat tiktok leolist onlyfans telegram whatsapp messenger kijiji"
    " internet google"
    " youtube tinder discord signal place terre".split()
)
_NOT_RARE = frozenset("pietonne passante deserte commercante pavee principaux lugubre glauque mal-famee".split())
_STAYS = re.compile(
    r"\b(?:habit\w+|rest(?:e|ent|ait)|dor[ts]?|vi[st]|vivent|log\w+|au \d+)(?: \w+){0,2} (?:sur |su )?(?:la )?$"
)
_UNIT_ON = re.compile(rf"(?<!\w){_UNIT}[ ,]+sur (?:la |le )?(?=[a-z])")
_AT_START = re.compile(
    rf"^ *(?:au )?(?:\d{{2,5}}(?: ?[a-d])?,? |(?=\w+[ -]\w+[ -]\w){IN_WORDS})(?:des|du|de la"
    rf"|de l')[ ]*(?!(?:mois|jour|soir|matin"
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
_CORNER = re.compile(r"(?P<before>\b[\w']+ )?\b(?P<cue>coin|l'? ?angle|angle|intersection|entre)\b ")
_CORNER_SIDE = re.compile(
    rf"(?:(?:de|des|du|la|le|les|rues?|boul|avenue|ave)\b ?|d'|l')*(?P<typed>(?:(?:{_TYPE}) +)?)(?P<name>{PARTICLES}*)"
)
_RANKED_SIDE = re.compile(
    rf"{_RANKED}(?: (?:rue|avenue|av|ave|rang|st|street)\b)?|(?:rang|route|concession) \d{{1,3}}\b"
)
_AND = re.compile(r" *(?:\b(?:et|pis|puis|and|avec)\b|[/&+-]) *")
_ROOMS = frozenset(
    "cuisine salon repas lit table mur porte fenetre chambre detente mort droit tranquille sombre noir lecture jeux"
    " cafe bureau lavage".split()
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


_ARTICLES = frozenset("un le au du ce son mon ton petit bon quel chaque meme dans tout".split())


def whole_address(message: Folded, start: int, end: int) -> tuple[int, int]:
    """The phrase around a street: its unit, floor, side and number, whichever side of it they stand on."""
    while (tail := _TAIL.match(message.text, end)) and tail.end() > end:
        end = tail.end()
    while head := _HEAD.search(message.text, max(0, start - _REACH), start):
        start = head.start()
    while end > start and message.text[end - 1] in " ,":
        end -= 1
    return start, end


class Address:
    """A number and a street, in either language, with its unit; rangs and lots; corners; a street by its name."""

    name = "address"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for found in self._all(message, lists):
            # "garde le 911 sur l'écran": a public number is no house.
            first = re.match(r"(?:le |au )?(\d+)", message.text[found.start : found.end])
            if not first or first[1] not in PUBLIC:
                yield found

    def _all(self, message: Folded, lists: Lists) -> Iterator[Found]:
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
        yield from self._lots(message)
        yield from self._unannounced(message, lists)
        yield from self._sided(message, lists)
        yield from self._streets(message, lists)
        yield from self._english(message, lists)
        yield from self._on(message, lists)
        yield from self._corners(message, lists)

    def _found(self, message: Folded, start: int, end: int) -> Found:
        return Found(*whole_address(message, start, end), Kind.ADDRESS)

    def _numbered(self, message: Folded) -> Iterator[Found]:
        for match in _NUMBERED.finditer(message.text):
            end = self._street(message, match.end())
            kind = match["type"].rstrip(".")
            # "à deux rues": a distance.
            if kind == "rues" or (kind == "cote" and self._beside(message, match.start("type"))):
                continue
            number = re.match(r"\d{1,4}\b", message.text[match.end() :])
            if (
                end == match.end()
                and number
                and kind in ("rang", "route", "rte", "chemin", "rg", "ch", "autoroute", "avenue", "rue")
            ):
                end += number.end()
            if end == match.end() and re.search(r"\b(?:dame|vieux|mont)[ -]*$", match["name"]):
                yield self._found(message, match.start(), end)
                continue
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

    def _lots(self, message: Folded) -> Iterator[Found]:
        """ "lot douze du parc des épinettes", "borne 4 sur la concession six", "troisième rang de la savane"."""
        for match in _LOT_OF.finditer(message.text):
            end = match.end() if match["number"] else long_name_end(message, match.end(), 2)
            if end > match.end() or match["number"]:
                yield self._found(message, match.start(), end)
        for match in _RANKED_RANG.finditer(message.text):
            end = name_end(message, match.end(), 2) if match["name"] else match.end()
            hall = re.match(r"(?:salle|classe|theatre|file|queue|foule|eglise)\b", message.text[match.end() :])
            if hall or (not match["name"] and match[0] in ("premier rang", "second rang")):
                continue
            yield self._found(message, match.start(), end)

    def _sided(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "9415 hastings est": a number, a name, a side; « 20 minutes ouest » is no address."""
        for match in _SIDED.finditer(message.text):
            words = match["name"].split()
            if not any(word in _NOT_STREETS or word in FUNCTION or word in ("direction", "bus") for word in words):
                yield self._found(message, match.start(), match.end())
        for match in _BEFORE_UNIT.finditer(message.text):
            if not any(word in _NOT_STREETS or word in FUNCTION for word in match["name"].split()):
                yield self._found(message, match.start(), match.end())
        for match in (*_SAINT.finditer(message.text), *_HILL.finditer(message.text)):
            yield self._found(message, match.start(), name_end(message, match.end(), 1))
        for match in _GRID.finditer(message.text):
            yield self._found(message, match.start(), match.end())
        for match in _BLOCK.finditer(message.text):
            yield self._found(message, match.start(), name_end(message, match.end(), 2))
        for match in _UNIT_ON.finditer(message.text):
            if self._proper(message, match.end(), lists) or self._place(message, match.end(), lists):
                yield self._found(message, match.start(), name_end(message, match.end(), 2))

    def _on(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "un condo sur granville", "dort su lajeunesse pis crémazie": a street by its bare name, where one stays."""
        for match in _LIVES_ON.finditer(message.text):
            start = match.start("name") + 1
            compound = _COMPOUND.match(message.text, match.end())
            end = compound.end() if compound else match.end()
            name = message.text[match.end() : end]
            if (
                not name
                or name in FUNCTION
                or name in _NETS
                or name in _BIG_TOWNS
                or (name in lists.own and "-" not in name)
            ):
                continue
            saint = bool(re.search(r"\b(?:st|ste|saint|sainte|notre|mont)[ -]*$", match["name"]))
            parts = re.sub(r"^(?:st|ste|saint|sainte|cure|notre)-", "", name).split("-")
            saint = saint or len(parts) < len(name.split("-"))
            halves = len(parts) > 1 and any(part in lists.surnames or not lists.is_ordinary(part) for part in parts)
            partitive = match["name"] in (" de la ", " de l'") and _HOME.match(match[0])
            if saint or halves or partitive or name in lists.places or self._proper(message, match.end(), lists):
                other = _AND.match(message.text, end)
                if other:
                    last, sure = self._side(message, other.end(), lists)
                    end = last if sure else end
                yield self._found(message, start, end)

    def _english(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "rangoon crescent", "old pit road": the words before that are no French."""
        for match in _ENGLISH_NAMED.finditer(message.text):
            name, first = match["name"], (match["first"] or "").strip()
            if (
                ("drive" in match[0] and len(name) < 4)
                or name in FUNCTION
                or name in _NOT_NAMED
                or "V" in lists.classes(name)
            ):
                continue
            foreign = bool(first) and first not in FUNCTION and first not in _NOT_NAMED and not lists.band(first)
            yield self._found(message, match.start() if foreign else match.start("name"), match.end())

    def _unannounced(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "app 14, 902 dunant", "reste au 4127 des erables"."""
        for match in _UNIT_FIRST.finditer(message.text):
            yield self._found(message, match.start(), max(name_end(message, match.end(), 2), match.end()))
        for match in _LIVES.finditer(message.text):
            end = name_end(message, match.end(), 2)
            word = message.text[match.end() : end].split(" ")[0]
            # "avant le 30, le bail finit": a day, then another thought.
            parted = "," in message.text[match.end("number") : match.start("name")]
            day = parted and match["name"].strip() in ("le", "la")
            if (
                end == match.end()
                or day
                or word in _NOT_STREETS
                or word in FUNCTION
                or _counted(word, lists, bool(match["name"]))
            ):
                continue
            yield self._found(message, match.start("number"), end)

    def _streets(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """A street without a number, where its name is no ordinary word ("la rue d'en arrière" is kept)."""
        for match in _STREET_CALLED.finditer(message.text):
            yield self._found(message, match.start("name"), long_name_end(message, match.end(), 2))
        for match in _COTE_A.finditer(message.text):
            if self._proper(message, match.end(), lists):
                yield self._found(message, match.start(), name_end(message, match.end(), 2))
        for match in _NAMED.finditer(message.text):
            end = long_name_end(message, match.end(), 2)
            word = message.text[match.end() : name_end(message, match.end(), 1)]
            main = word == "principale" and _STAYS.search(message.text, max(0, match.start() - _REACH), match.start())
            if (end > match.end() and self._proper(message, match.end(), lists)) or (
                not match["name"] and (main or self._rare(word, lists))
            ):
                end = end if self._proper(message, match.end(), lists) else match.end() + len(word)
                yield self._found(message, match.start(), end)
            elif re.search(r"\b(?:saint|sainte|st|ste|notre)[ -]*$", match["name"]) and end > match.end():
                yield self._found(message, match.start(), end)

    def _corners(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "coin X et Y", "angle X pis Y", "entre X et Y", where no side is a room or grammar."""
        for match in _CORNER.finditer(message.text):
            first, one = self._side(message, match.end(), lists)
            other = _AND.match(message.text, first)
            if first == match.end() or not other:
                continue
            last, two = self._side(message, other.end(), lists)
            before = (match["before"] or "").strip()
            if match["cue"] == "entre":
                towns = self._town(message, match.end(), first, lists) and self._town(message, other.end(), last, lists)
                sure = (one and two and not towns) or (before in ("ruelle", "rue", "avenue") and (one or two))
            elif match["cue"] == "coin" and before in _ARTICLES:
                sure = one or two
            else:
                sure = True
            if sure and last > other.end():
                yield self._found(message, match.start("cue"), last)

    def _side(self, message: Folded, start: int, lists: Lists) -> tuple[int, bool]:
        """Where one street of a corner ends (`start` where none stands there), and whether it is surely a street."""
        if ranked := _RANKED_SIDE.match(message.text, start):
            return ranked.end(), True
        lead = _CORNER_SIDE.match(message.text, start)
        begin = lead.end() if lead else start
        if ranked := _RANKED_SIDE.match(message.text, begin):
            return ranked.end(), True
        end = name_end(message, begin, 2)
        words = message.text[begin:end].split()
        if not words or words[0] in _ROOMS or words[0] in _NOT_STREETS:
            return start, False
        return end, bool(lead and lead["typed"]) or self._proper(message, begin, lists)

    def _town(self, message: Folded, start: int, end: int, lists: Lists) -> bool:
        name = message.text[start:end]
        return name in lists.places or name.replace("-", " ") in lists.places

    def _beside(self, message: Folded, start: int) -> bool:
        """Whether « cote » at `start` was typed « côté », a side and no hill."""
        return any(token.start == start and token.raw.lower().endswith("é") for token in message.tokens)

    def _rare(self, word: str, lists: Lists) -> bool:
        """Whether a listed word right after « rue » is its name: a town, a surname, a noun that is seldom said."""
        if not word or word in FUNCTION or word in _NOT_STREETS or word in _NOT_RARE:
            return False
        classes, band = lists.classes(word), lists.band(word)
        if set("VITGD") & set(classes):
            return False
        return word in lists.places or (band <= 3 and word in lists.surnames) or (band in (1, 2) and classes == "N")

    def _place(self, message: Folded, start: int, lists: Lists) -> bool:
        return message.text[start : name_end(message, start, 1)] in lists.places

    def _proper(self, message: Folded, start: int, lists: Lists) -> bool:
        """Whether the word at `start` is a name: capitalised, unknown, or after « saint »."""
        for token in message.tokens:
            if token.start >= start:
                known = lists.is_ordinary(token.text)
                capital = token.is_capitalised and not message.shouted
                return token.is_word and (not known or capital or token.text in ("saint", "sainte", "st", "ste"))
        return False


def _counted(word: str, lists: Lists, joined: bool) -> bool:
    """Whether a word after a bare number is what is counted ("30 textos") rather than a street."""
    if joined:
        return False
    return word in lists.spoken or word in lists.own or lists.band(word) >= 2
