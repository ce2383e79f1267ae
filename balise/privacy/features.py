"""What the sequence model sees of each word: lists, shape, neighbours. Never more than the message itself."""

from __future__ import annotations

from collections.abc import Sequence

from balise.privacy.folding import Folded, Token
from balise.privacy.lists import Lists
from balise.privacy.vocabulary import Standing, is_short, rescue, standings

_DETERMINERS = frozenset(
    "un une des le la les l du ce cet cette ces mon ma mes ton ta tes son sa ses notre"
    " votre nos vos leur leurs au aux".split()
)


class Features:
    """The features of one message, token by token; `patterns[i]` names the recogniser that took token i."""

    def __init__(self, message: Folded, lists: Lists, patterns: Sequence[str | None] = ()) -> None:
        self.message = message
        self.lists = lists
        self.standings = standings(message, lists)
        self.short = is_short(message)
        self.patterns = patterns or [None] * len(message.tokens)

    def rows(self) -> list[list[str]]:
        """One list of features a token."""
        tokens = self.message.tokens
        views = [self._view(token, index) for index, token in enumerate(tokens)]
        words = [self._word(token) for token in tokens]
        length = sum(token.is_word for token in tokens)
        size = "1" if length <= 1 else "3" if length <= 3 else "6" if length <= 6 else "+"
        rows: list[list[str]] = []
        for index, token in enumerate(tokens):
            row = ["b", *views[index], *self._letters(token), "w=" + words[index], "n=" + size]
            before = words[index - 1] if index else "^"
            after = words[index + 1] if index + 1 < len(tokens) else "$"
            row += ["p=" + before, "x=" + after, f"px={before}|{after}"]
            core, core_before, core_after = views[index][0], "^", "$"
            if index:
                core_before = views[index - 1][0]
                row += ["p" + view for view in views[index - 1]]
                row.append(f"pc={before}|{core}")
            if index + 1 < len(tokens):
                core_after = views[index + 1][0]
                row += ["x" + view for view in views[index + 1]]
                row.append(f"xc={after}|{core}")
            row.append(f"t={core_before}|{core}|{core_after}")
            if index > 1:
                row += [
                    "pp=" + words[index - 2],
                    f"ppp={words[index - 2]}|{before}",
                    f"ppc={words[index - 2]}|{before}|{core}",
                ]
            else:
                row.append("pp=^")
            if index + 2 < len(tokens):
                row += ["xx=" + words[index + 2], f"xxx={after}|{words[index + 2]}"]
            else:
                row.append("xx=$")
            if length <= 3:
                row.append(f"nc={size}|{core}")
            rows.append(row)
        return rows

    def _word(self, token: Token) -> str:
        if token.is_masked:
            return "[]"
        if token.is_number:
            return f"#{min(len(token.text), 8)}"
        return token.text

    def _view(self, token: Token, index: int) -> list[str]:
        """What the lists and the shape tell; the first entry sums it up."""
        lists, word = self.lists, token.text
        if not token.is_word or token.is_masked:
            kind = "mask" if token.is_masked else "num" if token.is_number else "sign"
            return [f"c={kind}", *([f"pat={self.patterns[index]}"] if self.patterns[index] else [])]
        standing = self.standings[index]
        first, last, band = lists.first_names.get(word, 0), lists.surnames.get(word, 0), lists.band(word)
        classes = lists.classes(word)
        case = (
            "a"
            if self.message.shouted
            else "U"
            if token.raw.isupper() and len(word) > 1
            else "C"
            if token.is_capitalised
            else "l"
        )
        if case == "C" and index == 0:
            case = "S"
        status = standing.value[0] if standing else "-"
        view = [
            f"c={status}{first}{last}{min(band, 4) if first or last else band}",
            f"st={status}",
            f"f={first}",
            f"s={last}",
            f"cl={classes}",
            f"case={case}",
            f"cs={case}{status}",
            f"cf={case}{first}{classes}",
        ]
        if word in lists.own:
            view.append("own" if lists.own[word] < 10 else "own+")
        if standing is Standing.RESCUED:
            view.append(f"way={rescue(word, lists, self.short)}{min(len(word), 7)}")
        if word in lists.spoken:
            view.append("spoken")
        if self.patterns[index]:
            view.append(f"pat={self.patterns[index]}")
        if index and self.message.tokens[index - 1].text in _DETERMINERS:
            view.append(f"det={status}{first}{classes}")
        return view

    def _letters(self, token: Token) -> list[str]:
        word = token.text
        if not token.is_word or token.is_masked:
            return []
        return [
            f"a2={word[:2]}",
            f"a3={word[:3]}",
            f"z1={word[-1:]}",
            f"z2={word[-2:]}",
            f"z3={word[-3:]}",
            f"l={min(len(word), 10)}",
        ]


__all__ = ["Features", "Standing"]
