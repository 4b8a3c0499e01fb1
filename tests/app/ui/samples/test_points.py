"""Which points are drawn, where, and in which colour."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from nnplayground.app.ui.samples import points
from nnplayground.app.ui.samples.points import drawn_rows, mark_size, point_colors, positions
from nnplayground.app.ui.theme import LIGHT
from tests.app.snapshots import made_data


def test_up_to_5000_points_are_all_drawn_and_of_more_always_the_same() -> None:
    assert drawn_rows(5_000).tolist() == list(range(5_000))
    many = drawn_rows(20_000)
    assert len(np.unique(many)) == 5_000
    assert many.tolist() == drawn_rows(20_000).tolist()


def test_points_of_one_input_are_spread_within_the_plot() -> None:
    data = made_data([[1.0], [2.0], [4.0]], [0.0, 1.0, 1.0], names=("size",), bounds=[(0.0, 5.0)])
    places = positions(data, across=0, up=0)
    assert places[:, 0].tolist() == [1.0, 2.0, 4.0]
    assert ((places[:, 1] > 0.0) & (places[:, 1] < 5.0)).all()


def test_values_are_coloured_by_the_value_scale() -> None:
    data = made_data([[0.0, 0.0]] * 3, [-2.0, 0.0, 2.0], classes=())
    colors = point_colors(data, np.arange(3), LIGHT)
    assert [color.name() for color in colors] == [LIGHT.value_color(value).name() for value in (-1.0, 0.0, 1.0)]


def test_marks_are_smaller_where_it_is_crowded() -> None:
    assert mark_size(200, side=400) == 9
    assert mark_size(1_000, side=250) < mark_size(1_000, side=600)
    assert mark_size(5_000, side=200) == 4


def test_points_of_one_colour_share_one_brush() -> None:
    colors = [QColor("#112233"), QColor("#445566"), QColor("#112233")]
    made = points._shared(colors, lambda color: [color.name()])
    assert made[0] is made[2]
    assert made == [["#112233"], ["#445566"], ["#112233"]]
