"""Dragging a number: pixels in, values out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.app.features.network.value_drag import ValueDrag, pixel_step, wants_number
from nnplayground.project.parameter_index import VALUE

LEGAL = st.floats(VALUE.low, VALUE.high)
HEIGHTS = st.floats(-2000, 2000)


@pytest.mark.parametrize(
    ("value", "step"), [(0.0, 0.01), (-0.42, 0.01), (9.9, 0.01), (10.0, 0.1), (-250.0, 1.0), (1e6, 1e4)]
)
def test_a_pixel_is_a_hundredth_of_the_size(value: float, step: float) -> None:
    assert pixel_step(value) == step


def test_up_is_larger_and_shift_ten_times_as_fine() -> None:
    drag = ValueDrag(0.5, 100.0)
    assert drag.move(90.0, fine=False) == 0.6
    assert drag.move(110.0, fine=False) == 0.4
    assert drag.move(109.0, fine=True) == 0.401


def test_a_number_gets_rid_of_the_digits_that_no_hand_can_mean() -> None:
    assert ValueDrag(-0.42371236, 0.0).move(-10.0, fine=False) == -0.324
    assert ValueDrag(123.456, 0.0).move(-3.0, fine=False) == 126.5


@given(LEGAL, st.lists(st.tuples(HEIGHTS, st.booleans()), min_size=1, max_size=10))
def test_every_drag_stays_legal(start: float, moves: list[tuple[float, bool]]) -> None:
    drag = ValueDrag(start, 0.0)
    for height, fine in moves:
        assert VALUE.accepts(drag.move(height, fine=fine))


@given(LEGAL, HEIGHTS)
def test_a_way_up_never_makes_a_number_smaller(start: float, height: float) -> None:
    value = ValueDrag(start, 0.0).move(-abs(height), fine=False)
    assert value >= start - pixel_step(start)


def test_a_zero_has_no_sign() -> None:
    assert math.copysign(1.0, ValueDrag(0.02, 0.0).move(2.0, fine=False)) == 1.0
    assert math.copysign(1.0, ValueDrag(-0.02, 0.0).move(-2.0, fine=False)) == 1.0


def test_a_press_becomes_a_drag_by_its_direction_and_not_at_once() -> None:
    assert wants_number(1.0, -2.0) is None
    assert wants_number(2.0, -5.0) is True
    assert wants_number(-6.0, 5.0) is False
