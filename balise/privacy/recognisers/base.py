"""What a recogniser is: it reads a folded message and tells which spans of it are data of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from balise.privacy.folding import Folded
from balise.privacy.kinds import Kind
from balise.privacy.lists import Lists


@dataclass(frozen=True)
class Found:
    """A span of the folded text. `unsure` where default-deny alone took it: a worker may restore it."""

    start: int
    end: int
    kind: Kind
    unsure: bool = False


class Recogniser(Protocol):
    """One kind of pattern."""

    name: str

    def find(self, message: Folded, lists: Lists) -> Iterator[Found]:
        """Every span of this kind."""
        ...


# Words that end a name, a street or a place: grammar, never a part of one.
FUNCTION = frozenset(
    "a ai ait alors apres as aussi autour aux avait avant avec avez avoir car ce cela celle celui ces cet cette chaque"
    " chez comme comment contre dans demain depuis derriere des devant doit donc dont durant elle elles en encore entre"
    " es est et etait ete eux fait faque faut hier ici il ils j je jamais jusqu juste"
    " la l le les leur leurs lui ma mais"
    " me meme mes mets moi mon n ne ni non nos notre nous on ont ou oui par parce parfois"
    " pas peut pendant pis plus pour"
    " pourquoi puis qu quand que quel quelle qui quoi s sa sans se sera ses si sinon soit"
    " son sont sous sur t ta tantot te"
    " tes toi ton toujours tout toute tu un une va vers veut voit voici voila vos votre"
    " vous vont y ya yo c d m and the to"
    " with for is was at in on my her his she he they pcq mtn genre apparemment maintenant aujourd hui ca sont".split()
)
PARTICLES = (
    r"(?:(?:de la|des|du|de|la|le|les|aux|au(?!-de)|a la|en|sur|st|ste|saint|sainte|mont|notre|dame|vieux"
    r"|vieille)\b[ -]*"
    r"|(?:de l'|d'|l')[ ]*)"
)
"""What may stand between a street's type and its name."""
SIGN = r"[ ]*(?:[:=#]|no|n°|num|numero|est|c'est|cest|c|ce|is|etait|de|du|d')*[ ]*"


def spans(pattern: re.Pattern[str], text: str, group: int | str = 0) -> Iterator[tuple[int, int]]:
    """The spans of one group of a pattern, where that group took part."""
    for match in pattern.finditer(text):
        if match.start(group) >= 0:
            yield match.span(group)


_INSIDE = re.compile(r"[ -]*(?:(?:a|de|du|des|au|aux|en|sur)\b[ ]*(?:(?:la|les)\b[ ]*|l')?|d')")
"""Grammar words inside a street's or a shop's name: « lac à la truite », « motel de la rive »."""


_UNITS = frozenset(
    "app apt apts apps appart appartement apartment suite bureau chambre porte unit unite logement local".split()
)
"""Words that begin the rest of an address, after the street's name."""


def name_end(message: Folded, start: int, most: int = 3) -> int:
    """Where a name that begins at `start` ends: its words, joined by spaces or hyphens, `most` at most.

    Stops before grammar words, numbers and punctuation. Returns `start` where no word stands there.
    """
    end, count = start, 0
    for token in message.tokens:
        if token.end <= start:
            continue
        gap = message.text[end : token.start]
        if gap.strip() or count >= most:
            break
        if token.text in "-'." and count and message.text[token.end : token.end + 1].isalpha():
            if token.text == "." and end - start > 2:
                break
            end = token.end
            continue
        if not token.is_word or (count and token.text in _UNITS):
            break
        joined = message.text[end - 1 : end] in ("-", "'")
        if token.text in FUNCTION and not joined:
            break
        end, count = token.end, count + 1
    return end


def long_name_end(message: Folded, start: int, most: int = 3) -> int:
    """As `name_end`, with one « à la … », « de … », « du … » inside where a word that is no grammar follows."""
    end = name_end(message, start, most)
    if end == start:
        return end
    inside = _INSIDE.match(message.text, end)
    if inside is None:
        return end
    more = name_end(message, inside.end(), 1)
    return more if more > inside.end() else end
