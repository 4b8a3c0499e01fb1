"""The places of a slider: round values within the range of an input."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnplayground.app.features.output.slider_scale import slider_scale


def test_round_values_can_be_met_exactly() -> None:
    scale = slider_scale(-6.0, 6.0)
    values = [scale.value(position) for position in range(scale.count)]
    assert 0.0 in values
    assert 2.5 in values
    assert 0.3 in values
    assert (values[0], values[-1]) == (-6.0, 6.0)


def test_a_range_with_odd_ends_begins_at_the_next_round_value() -> None:
    scale = slider_scale(2_520.3, 6_479.7)
    assert scale.step == 20.0
    assert (scale.value(0), scale.end) == (2_540.0, 6_460.0)


@given(low=st.floats(-1e12, 1e12), width=st.floats(1e-3, 1e12))
def test_every_position_lies_in_the_range_and_finds_itself_again(low: float, width: float) -> None:
    high = low + width
    assume(width > 1e-9 * max(abs(low), abs(high)))
    scale = slider_scale(low, high)
    assert 79 <= scale.count <= 202
    for position in (0, 1, scale.count // 2, scale.count - 1):
        value = scale.value(position)
        assert low - 1e-6 * width <= value <= high + 1e-6 * width
        assert scale.position(value) == position


@pytest.mark.parametrize(("value", "position"), [(-100.0, 0), (100.0, 240)])
def test_values_beyond_the_range_stand_at_its_end(value: float, position: int) -> None:
    scale = slider_scale(-6.0, 6.0)
    assert scale.position(value) == min(position, scale.count - 1)
