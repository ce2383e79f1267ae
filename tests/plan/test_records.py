"""Repeated sections keep every record, in its place, half-filled ones too."""

from __future__ import annotations

import pytest

from balise.plan.answers import Answer
from balise.plan.catalogue import Catalogue
from balise.plan.records import all_records, letter, open_again, open_new, position, remove

FORM = "provider_form"
YES, NO = Answer(("yes",)).to_slot(), Answer(("no",)).to_slot()


def test_a_new_record_keeps_the_one_before(catalogue: Catalogue) -> None:
    slots: dict[str, object] = {"referral_consent": YES, "provider_willing": YES}
    slots.update(open_new(catalogue, FORM, slots))
    assert slots["provider_willing"] is None
    assert slots["referral_consent"] == YES
    slots["provider_willing"] = NO
    assert all_records(catalogue, FORM, slots) == [{"provider_willing": YES}, {"provider_willing": NO}]
    assert position(catalogue, FORM, slots) == 1


def test_an_earlier_record_comes_back_to_its_own_place(catalogue: Catalogue) -> None:
    slots: dict[str, object] = {"provider_willing": YES}
    slots.update(open_new(catalogue, FORM, slots))
    slots["provider_willing"] = NO
    slots.update(open_again(catalogue, FORM, slots, 0))
    assert slots["provider_willing"] == YES
    assert position(catalogue, FORM, slots) == 0
    assert all_records(catalogue, FORM, slots) == [{"provider_willing": YES}, {"provider_willing": NO}]


def test_a_record_begun_while_an_older_one_is_open_comes_last(catalogue: Catalogue) -> None:
    slots: dict[str, object] = {"provider_willing": YES}
    slots.update(open_new(catalogue, FORM, slots))
    slots["provider_willing"] = NO
    slots.update(open_again(catalogue, FORM, slots, 0))
    slots.update(open_new(catalogue, FORM, slots))
    assert all_records(catalogue, FORM, slots) == [{"provider_willing": YES}, {"provider_willing": NO}]
    assert position(catalogue, FORM, slots) == 2


def test_a_record_that_does_not_exist_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(IndexError):
        open_again(catalogue, FORM, {}, 0)


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB")])
def test_letters(index: int, name: str) -> None:
    assert letter(index) == name


def test_a_record_taken_out_leaves_the_others_in_order(catalogue: Catalogue) -> None:
    slots: dict[str, object] = {}
    for value in ("yes", "no", "full"):
        slots["provider_willing"] = Answer((value,)).to_slot()
        if value != "full":
            slots.update(open_new(catalogue, FORM, slots))
    slots.update(open_again(catalogue, FORM, slots, 1))
    slots.update(remove(catalogue, FORM, slots))
    assert all_records(catalogue, FORM, slots) == [
        {"provider_willing": YES},
        {"provider_willing": Answer(("full",)).to_slot()},
    ]
    slots.update(remove(catalogue, FORM, slots))
    assert all_records(catalogue, FORM, slots) == [{"provider_willing": YES}]
    slots.update(remove(catalogue, FORM, slots))
    assert all_records(catalogue, FORM, slots) == []
