"""Dates and years of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import IN_WORDS
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import Found

_MONTHS = (
    r"(?:janvier|janv?|fevrier|fevr?|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept?|octobre|oct|novembre|nov"
    r"|decembre|dec|january|february|march|april|may|june|july|august|september|october|november|december)\b\.?"
)
_DAY = rf"(?:1 ?er|0?[1-9]|[12]\d|3[01]|premier|{IN_WORDS})"
_YEAR = (
    r"(?:(?:19|20)\d\d|'?\d\d|(?:mille neuf cent|mil neuf cent|dix[- ]neuf cent|deux mille"
    rf"|nineteen|two thousand)[ -]*(?:{IN_WORDS})?"
    r"|oh (?:one|two|three|four|five|six|seven|eight|nine)|(?:soixante|quatre[- ]vingts?)[ -]*(?:dix)?[ -]*(?:et )?"
    r"(?:onze|un|deux|trois|quatre|cinq|six|sept|huit|neuf|douze|treize|quatorze|quinze|seize)?)"
)
_BORN_YEAR = r"(?:19[2-9]\d|20(?:0\d|1[0-5]))"
_MONTH_WORD = r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)\b"
_NUMERIC = (
    r"(?:(?:19|20)?\d\d ?[-/., ] ?[01]?\d ?[-/., ] ?[0-3]?\d|[0-3]?\d ?[-/., ] ?[01]?\d ?[-/.,"
    r" ] ?(?:(?:19|20)\d\d|\d\d))(?!\d)"
)
_DATE = (
    rf"(?:{_NUMERIC}|(?:le )?{_DAY} ?(?:du|de) (?:0?[1-9]\b|1[0-2]\b|{_MONTH_WORD})(?:[ ,-]*(?:de )?{_YEAR}\b)?"
    rf"|(?:le )?{_DAY} ?-? ?(?:de |du mois de |du mois d')?{_MONTHS}(?:[ ,-]*(?:de )?(?:l'an )?{_YEAR}\b)?"
    rf"|{_DAY}(?:st|nd|rd|th)? (?:of )?{_MONTHS},? ?(?:{_YEAR}\b)?|{_MONTHS} {_DAY}(?:st|nd|rd"
    rf"|th)?,? ?(?:{_YEAR}\b)?|{_MONTHS} ?{_YEAR}\b)"
)
_CUE = (
    r"(?:\bne+s?(?:\(e\)|e)?\b|\bnaissance\b|\bnaiss\b|\bnaissait\b|\bnaitre\b|\bnaquit\b|\bddn\b|\bdob\b|\bd\.o"
    r"\.b|\bborn\b|\bbirth\w*|\bdn\b"
    r"|\bfete\b|\bfetes\b|\bannif\b|\banniversaire\b|\bbday\b)"
)
_LINK = (
    r"(?:\W+(?:le|en|est|c'est|c|cest|la|son|sa|:|vers|autour|de|du|d'|on|is|in|date|ses"
    r"|jour|sur|etait|tombe|sera|au|reelle|vraie|dit|etre|serait|lui|ma|mon|a|[a-z]+)){0,3}?\W*"
)
_CUED = re.compile(rf"{_CUE}{_LINK}(?P<date>{_DATE})")
_CUED_YEAR = re.compile(
    r"(?:\bne+s?(?:\(e\)|e)?\b|naissance|\bdob\b|\bddn\b|\bborn\b)(?:\W+(?:en|le|est|:"
    rf"|is|in|c'est|vers|annee|l'annee|de|son|sa|reelle|a [a-z]+)){{0,3}}?\W*(?P<date>(?:en )?{_YEAR}\b|{IN_WORDS})"
)
_OLD = re.compile(
    rf"(?<![\d/-])(?:[0-3]?\d ?[-/. ] ?[01]?\d ?[-/. ] ?{_BORN_YEAR}|{_BORN_YEAR} ?[-/.]"
    rf" ?[01]?\d ?[-/.] ?[0-3]?\d|{_DAY} {_MONTHS} (?:{_BORN_YEAR}|(?:deux mille|mille neuf"
    rf" cent|mil neuf cent|dix[- ]neuf cent)[ -]*{IN_WORDS})"
    rf"|{_DAY} {_MONTHS} '?[4-9]\d(?! ?(?:[$%]|ans\b|piasses|jours|h\b))"
    r"|[0-3]\d[-/.][01]\d[-/.][4-9]\d)(?![\d/-])"
)
_AFTER = re.compile(
    rf"(?P<date>{_DATE})(?= ?[,(:)-]* ?(?:c'est |est |etait |pour )?(?:sa |son |la |ma |mon )?(?:date de"
    r" naissance|naissance|ddn|dob|bday|fete\b|annif|anniversaire))"
)
_AFTER_YEAR = re.compile(
    rf"(?<!\w)(?P<date>{_YEAR}|{_BORN_YEAR})(?= ?[,(:)-]* ?(?:(?:c'est|est|etait|c) )?(?:(?:son|l'|mon) ?)?annee"
    r"(?: de naissance\b| ?(?:$|[.,!)])))"
)
# "elle est de 98", "un bébé de mars 2023": a year said of somebody.
_OF = re.compile(
    rf"\b(?:(?:elle|il|lui|elles|ils|y|moi|je|a) (?:est|etait|sont|suis|s'rait|serait) (?:de|d')"
    r"(?: ?(?:l'annee|l'an|annee))? ?"
    rf"(?P<date>{_BORN_YEAR}|'?(?:[6-9]\d|0\d|1[0-5])|{_MONTHS} {_YEAR}|(?:deux mille|mille neuf cent"
    rf"|quatre[- ]vingts?)"
    rf"[ -]*(?:{IN_WORDS})?)(?![\w$%:,]|\.\d| ?(?:[$%]|piasses?\b|ans\b|jours?\b|heures?\b|h\b|kg\b|kilos?\b"
    rf"|lbs?\b|pieds?\b|pouces?\b|degres?\b|cm\b|livres?\b|fois\b|mois\b|km\b))"
    r"|\b(?:bb|bebe|bebes|enfant|petite?|fille|gars|garcon|fils|flo|jumeaux|jumelles|cadette?|ainee?) (?:de|est de|du)"
    rf" (?P<child>(?:{_DAY} )?{_MONTHS} (?:(?:19|20)\d\d|{_YEAR})(?!\w))"
    r")"
)


class BirthDate:
    """A date or a year after a word of birth, and any full date of 1920 to 2015: nothing else is that old here."""

    name = "birth_date"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for pattern in (_CUED, _CUED_YEAR, _AFTER, _AFTER_YEAR):
            for match in pattern.finditer(message.text):
                yield Found(*match.span("date"), Kind.BIRTH_DATE)
        for match in _OF.finditer(message.text):
            yield Found(*match.span("date" if match["date"] else "child"), Kind.BIRTH_DATE)
        for match in _OLD.finditer(message.text):
            yield Found(*match.span(), Kind.BIRTH_DATE)
