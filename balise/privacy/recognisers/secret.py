"""Door codes, passwords, PINs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, Found

_CODE = re.compile(
    r"\b(?:codes?|nip|pin|cadenas|combinaison|digicode|keypad|serrure|interphone|intercom|sonnette|casier|coffre)\b"
    r"(?:\W+(?:de|du|d'|la|le|l'|porte|entree|garage|bloc|alarme|systeme|immeuble|est|c'est"
    r"|cest|c|cellulaire|tel|telephone"
    r"|cell|carte|guichet|en|avant|arriere|pour|entrer|a|son|sa|secret|d|l|au|sous-sol"
    r"|lobby|chambre|numero|is|buzzer|acces|cloture|"
    r"wifi|cadenas|boite|maison|fait|garde|chalet|gym|motel|appart|deverrouiller|barrer"
    r"|debarrer|dit)\b)*[\s:=#*\"'«]*(?P<code>[*#]?\d[\d .\-#*]*\d[#*]?[a-z]?(?!\w| ?[$%h])"
    rf"|{IN_WORDS})"
)
_PASSWORD = re.compile(
    r"\b(?:mot de passe|mots de passe|mdp|password|passwd|pass ?word|pwd|code wifi|cle wifi|wi-?fi|mot passe|passe)\b"
    r"(?: (?:du|de|wifi|wi-fi|c'est|cest|c|est|pour|la|le|son|sa|telephone|cell|compte"
    r"|gmail|facebook|fb|insta|maison|is|reseau|ordi))*"
    r"[\s:=\"'«]*(?P<code>[^\s,;\"»]+)"
)
_STRONG = re.compile(r"(?=.*[a-z])(?=.*[\d_!@#$%&*?-]).{4,}|\d{4,}|.*[!@#$%&*]\w.*")


_NEAR = re.compile(
    r"\b(?:codes?|clavier|cadenas|digicode|alarme|interphone|barriere|nip|serrure)\b[^\d.!?;$]{0,30}?"
    rf"(?<![\w$])(?P<code>(?:etoile |star |diese )?[*#]?\d[\d#*-]{{2,10}}(?: ?(?:diese|carre"
    rf"|etoile))?(?![\w]| ?[$%h:]|[.,]\d)|{IN_WORDS}(?=$|[,.!?]))"
)
_STAR = re.compile(r"(?:etoile|diese|star|[*#]) ?\d{3,8}[#*]?|(?<!\w)\d{3,8} ?[#*](?!\w)")


class Secret:
    """The digits after « code », « NIP », « cadenas »; the word after « mot de passe » when it looks like one."""

    name = "secret"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for match in _CODE.finditer(message.text):
            yield Found(*match.span("code"), Kind.SECRET)
        for match in _NEAR.finditer(message.text):
            yield Found(*match.span("code"), Kind.SECRET)
        for match in _STAR.finditer(message.text):
            yield Found(*match.span(), Kind.SECRET)
        for match in _PASSWORD.finditer(message.text):
            word = match["code"].rstrip(".!?)")
            known = word in lists.lexique or word in lists.own or word in lists.spoken or word in FUNCTION
            hyphened = all(part in lists.lexique or part in lists.own for part in re.split(r"['-]", word))
            if _STRONG.fullmatch(word) and not known and not hyphened:
                yield Found(match.start("code"), match.start("code") + len(word), Kind.SECRET)
