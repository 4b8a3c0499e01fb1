"""Data with one input as a curve: heights, places and ranges, without a window."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.output.curves import (
    answer_heights,
    drawable,
    height_name,
    height_range,
    height_ticks,
    point_places,
    unit_range,
)
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data


def one_input(targets: list[float], classes: tuple[str, ...]) -> Prepared:
    inputs = [[float(place)] for place in range(len(targets))]
    return made_data(inputs, targets, classes=classes, names=("size",), bounds=[(-1.0, 9.0)])


def test_numbers_stand_at_their_target_within_a_margin() -> None:
    data = one_input([2.0, 4.0, 12.0], ())
    assert point_places(data).tolist() == [[0.0, 2.0], [1.0, 4.0], [2.0, 12.0]]
    assert height_range(data) == pytest.approx((1.2, 12.8))
    assert height_name(data) == "value"
    assert height_range(one_input([3.0, 3.0], ())) == (2.0, 4.0)


def test_two_classes_stand_at_0_and_1_and_the_line_is_the_probability_of_the_second() -> None:
    data = one_input([0.0, 1.0, 1.0, 0.0], ("no", "yes"))
    places = point_places(data)
    assert places[:, 0].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert (np.abs(places[:, 1] - [0.0, 1.0, 1.0, 0.0]) <= 0.05).all()
    assert height_name(data) == "Probability of yes"
    outputs = np.array([[-1.0, 0.0, 0.5, 1.0]])
    assert answer_heights(outputs, OutputRule("tanh", "half_mse", ("no", "yes"))).tolist() == [[0.0, 0.5, 0.75, 1.0]]
    shares = np.array([[0.9, 0.2], [0.1, 0.8]])
    heights = answer_heights(shares, OutputRule("softmax", "cross_entropy", ("no", "yes")))
    np.testing.assert_allclose(heights, [[0.1, 0.8]])
    assert [place for place, _ in height_ticks(data, most=3)] == [0.0, 0.5, 1.0]


def test_more_classes_have_a_line_each_and_lanes_below_in_the_same_order() -> None:
    data = one_input([0.0, 1.0, 2.0, 2.0, 0.0], ("a", "b", "c"))
    heights = point_places(data)[:, 1]
    low, high = height_range(data)
    assert ((heights > low) & (heights < 0.0)).all()
    assert min(heights[[0, 4]]) > heights[1] > max(heights[[2, 3]])
    assert high > 1.0
    outputs = np.array([[0.7, 0.1], [0.2, 0.1], [0.1, 0.8]])
    rule = OutputRule("softmax", "cross_entropy", ("a", "b", "c"))
    np.testing.assert_allclose(answer_heights(outputs, rule), outputs)


def test_lines_that_overflow_end_where_qt_can_still_draw() -> None:
    cut = drawable(np.array([[np.inf, -np.inf, 1e300, 0.5, np.nan]]), 0.0, 1.0)
    assert cut[0, :4].tolist() == [11.0, -10.0, 11.0, 0.5]
    assert np.isnan(cut[0, 4])


@pytest.mark.parametrize(("largest", "end"), [(0.3, 1.0), (1.0, 1.0), (1.4, 2.0), (7.0, 10.0), (np.inf, 1.0)])
def test_the_answers_of_a_neuron_have_an_axis_that_keeps_still(largest: float, end: float) -> None:
    low, high = unit_range(np.array([-0.2, largest]))
    assert high == pytest.approx(1.08 * end)
    assert low == -high
