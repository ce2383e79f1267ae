"""How a worker's words are brought to one form before they are compared with ours."""

from __future__ import annotations

import re
import unicodedata

# Text-message and spoken spellings that stand for ordinary words, each a whole token after folding.
# Own list, from common French (Canada) texting; it only ever widens what is recognised.
_SPELLINGS = {
    "stp": "s'il te plait",
    "svp": "s'il vous plait",
    "pk": "pourquoi",
    "pkoi": "pourquoi",
    "pq": "pourquoi",
    "koi": "quoi",
    "kwa": "quoi",
    "ke": "que",
    "ki": "qui",
    "kan": "quand",
    "qd": "quand",
    "kel": "quel",
    "kelle": "quelle",
    "kestion": "question",
    "keskon": "qu'est-ce qu'on",
    "kesse": "qu'est-ce",
    "kess": "qu'est-ce",
    "keski": "qu'est-ce qui",
    "cest": "c'est",
    "c": "c'est",
    "ca": "ca",
    "sa": "sa",
    "jsp": "je sais pas",
    "jsuis": "je suis",
    "chu": "je suis",
    "chui": "je suis",
    "chus": "je suis",
    "jvx": "je veux",
    "jveux": "je veux",
    "jpeux": "je peux",
    "jme": "je me",
    "jdois": "je dois",
    "jai": "j'ai",
    "g": "j'ai",
    "tt": "tout",
    "tte": "toute",
    "ts": "tous",
    "bcp": "beaucoup",
    "bc": "beaucoup",
    "cb": "combien",
    "cmb": "combien",
    "cmbn": "combien",
    "cbn": "combien",
    "cmt": "comment",
    "cmnt": "comment",
    "koment": "comment",
    "ds": "dans",
    "ac": "avec",
    "avc": "avec",
    "av": "avec",
    "pr": "pour",
    "pcq": "parce que",
    "pck": "parce que",
    "psk": "parce que",
    "mtn": "maintenant",
    "mnt": "maintenant",
    "ajd": "aujourd'hui",
    "qqn": "quelqu'un",
    "kkun": "quelqu'un",
    "qqch": "quelque chose",
    "qqc": "quelque chose",
    "rdv": "rendez-vous",
    "msg": "message",
    "tel": "telephone",
    "num": "numero",
    "nums": "numeros",
    "slt": "salut",
    "bjr": "bonjour",
    "bsr": "bonsoir",
    "mrc": "merci",
    "mci": "merci",
    "dsl": "desole",
    "pb": "probleme",
    "tjrs": "toujours",
    "tjs": "toujours",
    "vmt": "vraiment",
    "vrm": "vraiment",
    "nrv": "enerve",
    "pis": "puis",
    "pi": "puis",
    "asteure": "maintenant",
    "astheure": "maintenant",
    "moe": "moi",
    "toe": "toi",
    "icitte": "ici",
    "faque": "alors",
    "fak": "alors",
    "ya": "il y a",
    "yen": "il y en",
    "pu": "plus",
    "pus": "plus",
    "dla": "de la",
    "dl": "de la",
    "ns": "nous",
    "vs": "vous",
    "ss": "suis",
    "sui": "suis",
    "fo": "faut",
    "fodrait": "faudrait",
    "sof": "sauf",
    "aff": "affaire",
    "info": "information",
    "infos": "informations",
    "conf": "confidentialite",
    "ref": "reference",
}
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae"})
_TOKEN = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_ELISION = re.compile(r"^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu)'(?=.)")


def fold(text: str) -> str:
    """Lower case, without accents, one kind of apostrophe, letters repeated three times or more reduced to one."""
    text = unicodedata.normalize("NFKD", text.lower().translate(_APOSTROPHES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"([a-z])\1{2,}", r"\1", text)


def tokens(text: str) -> list[str]:
    """The folded words of a text, text-message spellings written out; punctuation is left out."""
    out: list[str] = []
    for token in _TOKEN.findall(fold(text)):
        out.extend(_SPELLINGS.get(token, token).split())
    return out


def plain(text: str) -> str:
    """One comparable line: the words of `tokens`, joined by a space."""
    return " ".join(tokens(text))


def stems(text: str) -> list[str]:
    """The words of `tokens` without an elided article and without a plural s or x, to compare spoken forms."""
    out: list[str] = []
    for token in tokens(text):
        token = _ELISION.sub("", token)
        out.extend(part[:-1] if len(part) > 3 and part[-1] in "sx" else part for part in re.split(r"[-']", token))
    return [part for part in out if part]
