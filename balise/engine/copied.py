"""What Rasa copies for nothing at each turn is copied cheaply, or not at all.

Written against Rasa 3.6.21, in which a tracker holds a copy of each slot of the domain and is copied some thirteen
times a turn: 1,200 copies by way of pickle's protocol, a third of a tap. A slot is a plain object without slots of
Python's or a `__copy__` of its own; here its attributes are copied, which is what that protocol ends in.

`tests/engine/test_copied.py` fails where another version of Rasa does it otherwise.
"""

from __future__ import annotations

from rasa.shared.core.slots import Slot

_new = object.__new__


def _copied(self: Slot) -> Slot:
    """In place of what `copy.copy` does without a `__copy__`."""
    made = _new(type(self))
    made.__dict__ = self.__dict__.copy()
    return made


def copy_cheaply() -> None:
    """From now on slots are copied so in this process. A second call changes nothing."""
    Slot.__copy__ = _copied
