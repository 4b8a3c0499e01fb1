"""Colours of the map follow from the outputs alone."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.ui.samples.shading import (
    class_picture,
    margins,
    soft_value_table,
    to_unit,
    value_picture,
    value_range,
)
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.training.run.outputs import OutputRule


def test_values_are_orange_below_zero_and_blue_above() -> None:
    picture = value_picture(np.array([[-1.0, 0.0, 1.0]]), LIGHT).astype(int)
    (low, middle, high) = picture[0]
    assert low[0] > low[2] + 80
    assert high[2] > high[0] + 80
    assert np.ptp(middle[:3]) < 10


def test_values_beyond_the_scale_take_its_ends_and_no_number_is_zero() -> None:
    picture = value_picture(np.array([[-9.0, np.nan, np.inf]]), DARK)
    table = soft_value_table(DARK)
    np.testing.assert_array_equal(picture[0], table[[0, 127, 255]])


@pytest.mark.parametrize(
    ("targets", "ends"),
    [([-1.0, 3.0], (-3.0, 3.0)), ([2.0, 5.0], (2.0, 5.0)), ([4.0, 4.0], (3.0, 5.0)), ([-5.0, -2.0], (-5.0, -2.0))],
)
def test_the_scale_of_values_spans_the_targets_with_zero_in_the_middle_where_it_can(
    targets: list[float], ends: tuple[float, float]
) -> None:
    assert value_range(np.array(targets)) == ends
    np.testing.assert_allclose(to_unit(np.array(ends), ends), [-1.0, 1.0])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_class_is_the_stronger_the_surer_the_network_is(theme: Theme) -> None:
    rule = OutputRule("softmax", "cross_entropy", ("a", "b", "c"))
    outputs = np.array([[0.1, 0.3], [0.8, 0.4], [0.1, 0.3]]).reshape(3, 1, 2)
    sure, unsure = class_picture(outputs, rule, theme)[0, :, :3].astype(int)
    full = theme.class_color(1, 3)
    ground = np.array([int(theme.panel[place : place + 2], 16) for place in (1, 3, 5)])
    towards = np.array([full.red(), full.green(), full.blue()]) - ground
    share = [((color - ground) @ towards) / (towards @ towards) for color in (sure, unsure)]
    assert 0.0 < share[1] < share[0] < 1.0


def test_margins_are_zero_on_the_boundary_between_the_two_strongest() -> None:
    outputs = np.array([[0.5, 0.2], [0.3, 0.4], [0.1, 0.4]]).reshape(3, 1, 2)
    expected = [[0.2, -0.2], [-0.2, 0.0], [-0.4, 0.0]]
    np.testing.assert_allclose(margins(outputs)[:, 0], expected, atol=1e-12)
