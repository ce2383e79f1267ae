"""Which lines are given: for every province and need, at most five, fit, and in the same order each time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balise.directory.choosing import MOST_LINES, lines_for
from balise.directory.model import ANY_NEED, NEEDS, PROVINCES, Standing
from balise.directory.reading import load_directory
from balise.plan.catalogue import ROOT

DIRECTORY = load_directory(ROOT)
TODAY = max(line.seen_on for line in DIRECTORY.lines)
EVERY_PLACE = pytest.mark.parametrize("province", [*PROVINCES, None])
EVERY_NEED = pytest.mark.parametrize("need", [*NEEDS, None])


def ids(province: str | None, need: str | None) -> list[str]:
    return [line.id for line in lines_for(DIRECTORY, province, need, TODAY)]


@EVERY_PLACE
@EVERY_NEED
def test_every_province_and_need_has_lines_that_fit(province: str | None, need: str | None) -> None:
    lines = lines_for(DIRECTORY, province, need, TODAY)
    assert 1 <= len(lines) <= MOST_LINES
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert line.can_be_shown(TODAY)
        assert line.standing(TODAY) is not Standing.HIDDEN
        assert "canada" in line.scope or province in line.scope
        assert need is None or {need, ANY_NEED} & set(line.needs)
    assert lines == lines_for(DIRECTORY, province, need, TODAY)


@EVERY_PLACE
@EVERY_NEED
def test_the_list_of_services_comes_last_and_never_in_danger(province: str | None, need: str | None) -> None:
    lines = lines_for(DIRECTORY, province, need, TODAY)
    if need == "now":
        assert all(ANY_NEED not in line.needs for line in lines)
    else:
        assert lines[-1].number == "2-1-1"


@EVERY_PLACE
def test_danger_begins_with_911_and_suicide_with_988(province: str | None) -> None:
    assert ids(province, "now")[0] == "emergency"
    assert ids(province, "suicide")[0] == "suicide_988"


@EVERY_PLACE
@EVERY_NEED
def test_help_stands_before_the_police_and_tips(province: str | None, need: str | None) -> None:
    lines = [line for line in lines_for(DIRECTORY, province, need, TODAY) if ANY_NEED not in line.needs]
    not_help = [line.nature in ("enforcement", "tip") for line in lines]
    assert not_help == sorted(not_help)


@EVERY_PLACE
@EVERY_NEED
def test_what_is_sure_stands_before_what_is_doubtful(province: str | None, need: str | None) -> None:
    lines = [line for line in lines_for(DIRECTORY, province, need, TODAY) if ANY_NEED not in line.needs]
    help_only = [line for line in lines if line.nature not in ("enforcement", "tip")]
    doubtful = [line.standing(TODAY) is Standing.DOUBTFUL for line in help_only]
    assert need is None or doubtful == sorted(doubtful)


def test_the_most_specific_comes_first_among_equals() -> None:
    assert ids("bc", "trafficking")[:2] == ["victimlinkbc", "trafficking_hotline"]
    assert ids("qc", "violence")[:2] == ["sos_violence_conjugale", "info_aide_violence_sexuelle"]
    assert ids("yt", "violence")[0] == "victimlinkbc"
    # The whole province before one town of it.
    on = ids("on", "violence")
    assert on.index("talk4healing") < on.index("pas_bien_chez_soi")


def test_a_province_has_its_own_list_of_services_instead_of_canadas() -> None:
    assert ids("bc", "services") == ["services_211_bc"]
    assert ids("ab", "services") == ["services_211"]


def test_a_line_of_another_province_is_never_given() -> None:
    assert "sos_violence_conjugale" not in ids("on", "violence")
    assert "victimlinkbc" not in ids(None, "violence")


def test_what_was_never_verified_stays_when_it_gets_old_but_behind() -> None:
    later = TODAY + timedelta(days=200)
    lines = lines_for(DIRECTORY, "bc", "suicide", later)
    assert lines
    assert all(line.standing(later) is Standing.DOUBTFUL for line in lines)
