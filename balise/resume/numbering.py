"""A sequence of choices as one integer, as small as their likelihoods allow, and back.

Each step is one choice among weighted ones: a choice of weight f among a total of t costs log2(t / f) bits. It is the
« range » variant of asymmetric numeral systems (J. Duda, arXiv:1311.2540) over an integer of any length, which needs no
renormalisation; with equal weights it is a mixed radix.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import comb


class Writer:
    """Choices in the order in which a Reader will take them."""

    def __init__(self) -> None:
        self._steps: list[tuple[int, int, int]] = []

    def put(self, weights: Sequence[int], index: int) -> None:
        """One choice among those that `weights` lists."""
        self._steps.append((weights[index], sum(weights[:index]), sum(weights)))

    def put_count(self, value: int, base: int) -> None:
        """A number from 0 up, cheapest below `base` - 1."""
        while value >= base - 1:
            self._steps.append((1, base - 1, base))
            value -= base - 1
        self._steps.append((1, value, base))

    def put_subset(self, size: int, members: Sequence[int]) -> None:
        """Which of `size` things, `members` in rising order; how many they are must have been told."""
        rank = sum(comb(member, place) for place, member in enumerate(members, 1))
        self._steps.append((1, rank, comb(size, len(members))))

    def number(self) -> int:
        """Everything that was put, as one integer."""
        number = 0
        for weight, start, total in reversed(self._steps):
            number = number // weight * total + start + number % weight
        return number


class Reader:
    """Takes choices back, in the order in which they were put; `left` is 0 once all are taken."""

    def __init__(self, number: int) -> None:
        self.left = number

    def take(self, weights: Sequence[int]) -> int:
        """The place of one choice among those that `weights` lists."""
        rest = self.left % sum(weights)
        index = next(place for place, end in enumerate(accumulate(weights)) if rest < end)
        self.left = weights[index] * (self.left // sum(weights)) + rest - sum(weights[:index])
        return index

    def take_count(self, base: int, most: int) -> int:
        """A number put with the same `base`; it stops once it is above `most`."""
        value = 0
        while value <= most:
            self.left, digit = divmod(self.left, base)
            value += digit
            if digit < base - 1:
                break
        return value

    def take_subset(self, size: int, count: int) -> list[int]:
        """Which `count` of `size` things, in rising order."""
        self.left, rank = divmod(self.left, comb(size, count))
        members = []
        for place in range(count, 0, -1):
            member = next(candidate for candidate in range(size - 1, -1, -1) if comb(candidate, place) <= rank)
            members.append(member)
            rank -= comb(member, place)
        return members[::-1]
