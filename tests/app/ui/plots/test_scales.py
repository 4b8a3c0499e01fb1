"""The axes of the cost plot: honest, and still."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.ui.plots.envelope import Span
from nnplayground.app.ui.plots.scales import epoch_range, linear_range, log_range, score_range


def span(lowest: float, highest: float) -> Span:
    return Span(lowest, highest, lowest if lowest > 0.0 else 0.01)


def test_a_linear_axis_begins_at_zero_and_holds_the_highest_cost() -> None:
    assert linear_range([span(0.01, 0.69)]) == (0.0, 0.8)
    assert linear_range([span(0.3, 0.69), span(0.2, 1.3)]) == (0.0, 1.5)
    assert linear_range([span(0.0, 0.0)]) == (0.0, 1.0)
    assert linear_range([]) == (0.0, 1.0)


def test_a_cost_below_zero_is_shown_too() -> None:
    low, high = linear_range([span(-0.4, 0.5)])
    assert low <= -0.4
    assert high >= 0.5


@pytest.mark.parametrize(
    ("last", "end"), [(1, 5.0), (5, 5.0), (6, 6.0), (99, 100.0), (101, 125.0), (100_000, 100_000.0)]
)
def test_the_epoch_axis_ends_at_a_round_number(last: int, end: float) -> None:
    assert epoch_range(last) == (0.0, end)


def test_a_growing_curve_moves_the_epoch_axis_rarely() -> None:
    ends = [epoch_range(last)[1] for last in range(1, 10_001)]
    assert len(set(ends)) < 40
    assert all(end >= last for last, end in enumerate(ends, start=1))


@given(lowest=st.floats(1e-9, 1.0), factor=st.floats(1.0, 1e6))
def test_a_log_axis_holds_all_costs_between_half_powers(lowest: float, factor: float) -> None:
    low, high = log_range([span(lowest, lowest * factor)])
    assert low <= np.log10(lowest)
    assert high >= np.log10(lowest * factor)
    assert low * 2.0 == round(low * 2.0)
    assert high * 2.0 == round(high * 2.0)


def test_a_zero_gets_room_at_the_foot_of_a_log_axis() -> None:
    assert log_range([Span(0.0, 0.7, 0.02)])[0] < log_range([Span(0.02, 0.7, 0.02)])[0]
    assert log_range([Span(0.0, 0.0, nan)]) == (-1.0, 0.0)
    assert log_range([]) == (-1.0, 0.0)


def test_scores_have_all_from_zero_to_one_and_a_part_of_the_run_is_shown_large() -> None:
    assert score_range([span(0.93, 0.99)], whole=True) == (0.0, 1.0)
    low, high = score_range([span(0.93, 0.99)], whole=False)
    assert 0.8 < low <= 0.93
    assert high == 1.0
    assert score_range([], whole=False) == (0.0, 1.0)
    assert score_range([span(1.0, 1.0)], whole=False) == (0.0, 1.0)


def test_an_r2_below_zero_is_shown_as_far_as_minus_one() -> None:
    assert score_range([span(-0.25, 0.9)], whole=True) == (-0.25, 1.0)
    assert score_range([span(-40.0, 0.9)], whole=True) == (-1.0, 1.0)
