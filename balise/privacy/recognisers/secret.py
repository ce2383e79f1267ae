"""Door codes, passwords, PINs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import COUNTED_AFTER, IN_WORDS, NUMBER_WORDS, runs
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
    rf"|{IN_WORDS}(?! ?(?:chiffres?|lettres?|caracteres?|reprises?|semaines?|jours?|fois|mois)\b))"
)
_PASSWORD = re.compile(
    r"\b(?:mot de passe|mots de passe|mdp|password|passwd|pass ?word|pwd|code wifi|cle wifi|wi-?fi|mot passe"
    r"|passe)\b(?!-)"
    r"(?: (?:du|de|wifi|wi-fi|c'est|cest|c|est|pour|la|le|son|sa|telephone|cell|compte"
    r"|gmail|facebook|fb|insta|maison|is|reseau|ordi))*"
    r"[\s:=\"'«]*(?P<code>[^\s,;\"»-][^\s,;\"»]*)"
)
_STRONG = re.compile(r"(?=.*[a-z])(?=.*[\d_!@#$%&*?-]).{4,}|\d{4,}|.*[!@#$%&*]\w.*")


_NEAR = re.compile(
    r"\b(?:codes?|clavier|cadenas|digicode|alarme|interphone|barriere|nip|serrure)\b[^\d.!?;$]{0,30}?"
    rf"(?<![\w$])(?P<code>(?:etoile |star |diese )?[*#]?\d[\d#*-]{{2,10}}(?: ?(?:diese|carre"
    rf"|etoile))?(?![\w]| ?[$%h:]|[.,]\d)|{IN_WORDS}(?=$|[,.!?]))"
)
_STAR = re.compile(r"(?:etoile|diese|star|[*#]) ?\d{3,8}[#*]?|(?<!\w)\d{3,8} ?[#*](?!\w)")


_WORDS_AND_DIGITS = re.compile(
    r"\b(?:mots? de passe|mdp|password|passwd|pass ?word|pwd|code wifi|cle wifi|wi-?fi|mot passe)\b"
    r"(?: (?:du|de|des|d'|wifi|wi-fi|c'est|cest|c|est|pour|la|le|son|sa|telephone|cell|compte|gmail|facebook|fb|insta"
    r"|snap|maison|is|reseau|ordi|chez|bloc|motel|appart|bar|salon|hotel|refuge)\b)*[ :=\"«]*(?=\w)"
)
_IS = re.compile(
    r"\b(?:mots? de passe|mdp|password|pwd|wi-?fi|codes?)\b[^.!?;\d]{0,40}?(?:\bc'?est|\best|:|=)[ \"«]*"
    r"(?P<code>(?=\w*[a-z])(?=\w*\d)[a-z0-9_!@#$%&*-]{5,})(?![\w])"
)
_CODED = re.compile(
    r"\b(?:codes?|cadenas|digicode|clavier|alarme|interphone|barriere|nip|pin|serrure|combinaison|coffre|casier|porte"
    r"|guichet)\b(?P<between>[^.!?;$\d]{0,40})$"
)
_ORDINARY = re.compile(r"\d+(?:h\d*|e|ans?|jours?|mois|piasses|km|min|heures?)|covid\d+|[a-z]+-?(?:19|20)\d\d")
_SIGN_BEFORE = re.compile(r"(?:\b(?:etoile|diese|carre|star) |[#*] ?)$")
_SIGN_AFTER = re.compile(r" ?(?:(?:etoile|diese|carre|star)\b|[#*])")
_DIAL = re.compile(
    r"(?<!\w)\d{1,2}(?: (?:a )?(?:gauche|droite),?(?: (?:pis|puis|et))? \d{1,2}(?!\w))+(?: (?:a )?(?:gauche|droite)\b)?"
)
_OF_LAW = re.compile(
    r"criminel|civil|penal|du travail|de la route|postal|regional|vestimentaire|promo|de couleur|bus\b"
)


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
        for match in _IS.finditer(message.text):
            if not _ORDINARY.fullmatch(match["code"]):
                yield Found(*match.span("code"), Kind.SECRET)
        for run in runs(message):
            coded = _CODED.search(message.text[max(0, run.start - 60) : run.start])
            door = coded and coded[0].startswith("porte")
            if (
                coded
                and run.pieces > 1
                and len(run.digits) >= 3
                and not _OF_LAW.search(coded["between"])
                and (not door or re.fullmatch(r"(?: (?:c'est|cest|c|:|est)|:)* ?", coded["between"]))
                and run.digits not in lists.numbers
                and run.digits != "247"
            ):
                before = _SIGN_BEFORE.search(message.text[max(0, run.start - 10) : run.start])
                after = _SIGN_AFTER.match(message.text, run.end)
                start = run.start - len(before[0]) if before else run.start
                yield Found(start, after.end() if after else run.end, Kind.SECRET)
        for match in _DIAL.finditer(message.text):
            yield Found(*match.span(), Kind.SECRET)
        for match in _WORDS_AND_DIGITS.finditer(message.text):
            end = self._phrase(message, match.end())
            if end > match.end():
                yield Found(match.end(), end, Kind.SECRET)
        for match in _PASSWORD.finditer(message.text):
            word = match["code"].rstrip(".!?)")
            known = lists.is_ordinary(word) or word in FUNCTION
            hyphened = all(part in lists.lexique or part in lists.own for part in re.split(r"['-]", word))
            if _STRONG.fullmatch(word) and not known and not hyphened:
                yield Found(match.start("code"), match.start("code") + len(word), Kind.SECRET)

    def _phrase(self, message: Folded, start: int) -> int:
        """ "homard rouge cinquante 6", "tortue 4 4 tortue": at most six words, a number among them, no grammar."""
        end, count, numbers = start, 0, 0
        for token in message.tokens:
            if token.start < start:
                continue
            number = token.is_number or token.text in NUMBER_WORDS - {"un", "une"}
            gap = message.text[end : token.start]
            # "fraise2023" is one word, which other patterns take without its neighbours.
            if not gap and count:
                return start
            apart = gap not in ("", " ", "-")
            if apart or count == 6 or not (token.is_word or number) or (token.text in FUNCTION and not number):
                break
            if number and COUNTED_AFTER.match(message.text, token.end):
                return start
            end, count, numbers = token.end, count + 1, numbers + number
        return end if numbers and count > 1 else start
