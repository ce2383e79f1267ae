"""A slot copied cheaply is the copy that Rasa would make; a version of Rasa that does it otherwise is told of here."""

from __future__ import annotations

import copy
import inspect

from rasa.shared.core.slots import AnySlot, Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from balise.engine.copied import copy_cheaply
from balise.engine.guide import Guide


def _by_protocol(slot: Slot) -> Slot:
    """What `copy.copy` does with a class that says nothing of copies."""
    made: Slot = copy._reconstruct(slot, None, *slot.__reduce_ex__(4))
    return made


def test_a_copy_is_the_one_that_rasa_makes(guide: Guide) -> None:
    copy_cheaply()
    for slot in guide._agent.domain.slots:
        slot = _by_protocol(slot)
        slot.value = {"choices": ["door"]}
        ours, theirs = copy.copy(slot), _by_protocol(slot)
        assert type(ours) is type(theirs)
        assert vars(ours) == vars(theirs)


def test_a_copy_goes_its_own_way() -> None:
    copy_cheaply()
    slot = AnySlot("paused", [])
    other = copy.copy(slot)
    other.value = ["care_form"]
    assert slot.value is None
    assert not slot.has_been_set


def test_rasa_still_copies_slots_that_say_nothing_of_copies() -> None:
    assert "copy.copy(slot)" in inspect.getsource(DialogueStateTracker.__init__)
    for kind in (Slot, *all_subclasses(Slot)):
        told = [name for name in ("__slots__", "__getstate__", "__reduce__", "__setstate__") if name in vars(kind)]
        assert not told, kind
