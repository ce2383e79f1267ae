"""Numbers given by a state or a body: social insurance, health, passport, immigration, permits, files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balise.privacy.digits import runs
from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists
from balise.privacy.recognisers.base import FUNCTION, SIGN, Found

_CUE = (
    r"\b(?:nas|n\.a\.s|sin|assurance[- ]sociale|ramq|nam|carte[- ]soleil|carte (?:d'assurance"
    r" )?maladie|assurance[- ]maladie"
    r"|ohip|phn|health card|passeport|passport|uci|iuc|ci client|permis(?: de (?:travail"
    r"|conduire|sejour|residence))?|licence"
    r"|dossier|dossiers|matricule|file|numero client|no client|imm|ircc|demande|visa|crp|residence permanente|carte rp"
    r"|constat|evenement|rapport|employe|etudiant|badge|carte d'identite|identite|cin|curp"
    r"|cpf|dni|tps|neq|certificat|caq|eimt"
    r"|statut indien|carte de statut|bande|cause|plainte|reclamation|ivac)\b"
)
_CODE = (
    r"(?:[a-z]{0,6}[ -]?\d(?:[\d .\-/]*\d)?[a-z]{0,3}|[a-z]{1,4}[- ]?\d[a-z0-9 -]*\d|[a-z0-9]*\d[a-z0-9]*(?:[-"
    r" ][a-z]{0,4}\d[a-z0-9]*)*)"
)
_CUED = re.compile(
    rf"{_CUE}{SIGN}(?:(?:est|a|le|la|son|sa|numero|finit par|commence par|expire|cest|c'est"
    rf"|dit|avec|:|#|no)\W+){{0,4}}#?(?P<code>{_CODE})(?!\w)"
)
_HEALTH = re.compile(r"(?<!\w)[a-z]{4}[ .-]*\d{4}[ .-]*\d{4}(?!\d)|(?<!\w)[a-z]{4}(?:[ .-]*\d{2}){4}(?!\d)")
_PASSPORT = re.compile(r"(?<!\w)[a-z]{1,3}[ -]?\d{6,9}[a-z]{0,2}(?!\w)")
_NAS = re.compile(r"(?<![\d.-])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\d.-]*\d)")
_PERMIT = re.compile(r"(?<!\w)[a-z]{1,2}[ -]{0,2}\d{3}[ -]?\d{3}[ -]?\d{3}(?!\w)")
_CLIENT = re.compile(r"(?<!\d)\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)\d{4}[ -]\d{4}(?!\d)")
_COURT = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{6}-\d{3}(?!\d)|(?<!\w)[a-z]{1,4}-\d{2,4}-\d{3,8}(?!\w)")


_LEADS = re.compile(
    rf"{_CUE}(?: (?:de la|du|a la|au|de) \w+)?(?:(?:\W+\w+){{0,4}}?\W+(?:par|est|c'est|cest|c|numero|no|finit"
    rf"|commence|avec|dit))?[ :,#]*"
    r"(?P<letters>(?:(?:[a-z] ){2,4}|[a-z]{2,4} )?)$"
)
_STRONG = re.compile(r"\b(?:nas|n\.a\.s|assurance sociale|ramq|nam|passeport|passport|uci|iuc|ohip)\b")
_GOES_ON = re.compile(
    r"[ ,;.]*(?:(?:et |pis |puis )?(?:(?:la|le) (?:suite|reste|fin)|apres|ensuite|suivi de|suivi par|puis|pis"
    r"|et|fini\w*"
    r"(?: par| avec)?)[ ,:]*(?:c'est|cest|c|est|par|avec|de)?[ ,:]*)"
)


class IdentityNumber:
    """Social insurance (9 digits), health insurance (4 letters, 8 digits), passport, client and file numbers."""

    name = "identity_number"

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        for pattern in (_HEALTH, _PASSPORT, _PERMIT, _NAS, _COURT):
            for match in pattern.finditer(message.text):
                digits = re.sub(r"\D", "", match[0])
                if digits not in lists.numbers:
                    yield Found(*match.span(), Kind.NUMBER)
        for match in _CUED.finditer(message.text):
            code = match["code"]
            digits = sum(char.isdigit() for char in code)
            if (
                digits >= 4
                and not re.fullmatch(r"(?:(?:en|depuis|avant|apres) )?(?:19|20)\d\d", code)
                and re.sub(r"\D", "", code) not in lists.numbers
            ):
                yield Found(*match.span("code"), Kind.NUMBER)
        yield from self._said(message, lists)
        for run in runs(message):
            if run.digits in lists.numbers:
                continue
            if (run.in_words and len(run.digits) in (8, 9)) or re.fullmatch(_CLIENT, message.text[run.start : run.end]):
                yield Found(run.start, run.end, Kind.NUMBER)

    def _said(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """ "son NAS commence par zéro quatre deux, la suite cinq cinq un": said in pieces, after its name."""
        last: int | None = None
        for run in runs(message):
            follows = last is not None and _GOES_ON.fullmatch(message.text[last : run.start])
            led = _LEADS.search(message.text[max(0, run.start - 60) : run.start])
            letters = led["letters"] if led else ""
            raw = message.original[slice(*message.back(run.start - len(letters), run.start))]
            if letters.strip() in FUNCTION or (letters.strip() in lists.lexique and not raw.isupper()):
                letters = ""
            year = re.fullmatch(r"(?:19|20)\d\d", run.digits)
            if led and run.pieces < 3 and (not _STRONG.search(led[0]) or len(run.digits) < 3 or year):
                led = None
            if (follows or led) and len(run.digits) >= 2 and run.digits not in lists.numbers:
                yield Found(run.start - len(letters), run.end, Kind.NUMBER)
                last = run.end
            else:
                last = None
