"""A learning rate is a value: what it remembers of the costs makes a new one, and the old one stays."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from nnplayground.engine.schedules import SCHEDULES, UNSEEN, Plateau, Rate, ScheduleSettings

SETTINGS = ScheduleSettings(factor=0.5, patience=1)
ON_PLATEAU = Rate("reduce_on_plateau", SETTINGS, 0.08)


def watched(rate: Rate, *costs: float) -> Rate:
    for cost in costs:
        rate = rate.watched(cost)
    return rate


def test_a_plateau_is_waited_for_and_then_cut() -> None:
    assert [watched(ON_PLATEAU, *[1.0] * count).at(0) for count in range(6)] == [0.08, 0.08, 0.08, 0.04, 0.04, 0.02]


def test_a_lower_cost_waits_anew_and_a_hardly_lower_one_does_not() -> None:
    assert watched(ON_PLATEAU, 1.0, 1.0, 0.5, 0.5).plateau == Plateau(0.5, 1, 1.0)
    assert watched(ON_PLATEAU, 1.0, 0.99999).plateau == Plateau(1.0, 1, 1.0)


def test_a_cut_too_small_to_matter_is_not_made() -> None:
    tiny = replace(ON_PLATEAU, base=1e-8)
    assert watched(tiny, 1.0, 1.0, 1.0).plateau == Plateau(1.0, 0, 1.0)


def test_watching_leaves_the_old_rate_as_it_is() -> None:
    later = watched(ON_PLATEAU, 1.0, 1.0, 1.0)
    assert ON_PLATEAU.plateau == UNSEEN and later.plateau.cut == 0.5
    unlocked: Any = later
    with pytest.raises(FrozenInstanceError):
        unlocked.base = 1.0


@pytest.mark.parametrize("name", [name for name, entry in SCHEDULES.items() if not entry.plateau])
def test_all_other_schedules_remember_nothing(name: str) -> None:
    rate = Rate(name, SETTINGS, 0.08)
    assert rate.watched(1.0) is rate
    assert rate.remembering(Plateau(1.0, 3, 0.5)) is rate
