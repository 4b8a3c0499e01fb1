"""From numbers to pictures, and to steps of width and colour."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.pictures import (
    STEPS,
    THICK,
    THIN,
    UNKNOWN,
    Frame,
    map_cells,
    map_pictures,
    packed_table,
    weight_pens,
    weight_steps,
)
from nnplayground.app.ui.theme import LIGHT, THEMES, Theme
from tests.app.features.network.networks import is_near


def frame(side: int) -> Frame:
    """Return a frame that covers only the pixels at the border."""
    line, shape = (QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied) for _ in range(2))
    line.fill(QColor("black"))
    shape.fill(QColor("white"))
    for x in range(1, side - 1):
        for y in range(1, side - 1):
            line.setPixelColor(x, y, QColor(0, 0, 0, 0))
    return Frame.of(line, shape)


def token(color: QColor, theme: Theme = LIGHT) -> str:
    """Return which of the three colours of the value scale this is; its 256 steps have none exactly at 0."""
    for name in ("negative", "zero", "positive"):
        if is_near(color, getattr(theme, name), distance=1):
            return name
    return color.name()


def colors(picture: QImage) -> list[list[str]]:
    """Return the colours inside the border, row by row from the top."""
    side = picture.width()
    return [[token(picture.pixelColor(x, y)) for x in range(1, side - 1)] for y in range(1, side - 1)]


def test_the_lowest_row_of_a_map_is_at_the_bottom_of_its_picture() -> None:
    maps = np.array([[[-1.0, -1.0, -1.0, -1.0]] * 2 + [[1.0, 1.0, 0.0, 0.0]] * 2])
    (picture,) = map_pictures(map_cells(maps, [0], 4), frame(4), packed_table(LIGHT))
    assert colors(picture) == [["positive", "zero"], ["negative", "negative"]]
    assert picture.pixelColor(0, 0).name() == "#000000"


@pytest.mark.parametrize(
    ("value", "end"), [(7.0, "positive"), (-7.0, "negative"), (np.inf, "positive"), (np.nan, "zero")]
)
def test_values_beyond_the_scale_have_the_colour_of_its_end(value: float, end: str) -> None:
    maps = np.full((1, 3, 3), value)
    (picture,) = map_pictures(map_cells(maps, [0], 5), frame(5), packed_table(LIGHT))
    assert colors(picture) == [[end] * 3] * 3


def test_only_the_units_asked_for_are_drawn_in_their_order() -> None:
    maps = np.linspace(-1.0, 1.0, 4096)[:, None, None] * np.ones((1, 2, 2))
    first, last = map_pictures(map_cells(maps, [0, 4095], 3), frame(3), packed_table(LIGHT))
    assert colors(first) == [["negative"]]
    assert colors(last) == [["positive"]]


def test_where_frame_and_map_meet_both_are_seen() -> None:
    line, shape = (QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied) for _ in range(2))
    line.fill(QColor(0, 0, 0, 128))
    shape.fill(QColor("white"))
    maps = np.array([[[0xFFFFFFFF]]], dtype=np.uint32)
    (pixel,) = Frame.of(line, shape).around(maps).ravel().tolist()
    assert pixel >> 24 == 0xFF
    assert pixel & 0xFF == pytest.approx(127, abs=1)


def test_the_step_of_a_weight_grows_with_it_up_to_an_end() -> None:
    weights = np.array([[-9.0, -2.5, 0.0], [0.04, 2.5, np.nan]])
    assert weight_steps(weights, [0, 1], [0, 1, 2]).tolist() == [[-STEPS, -STEPS, 0], [0, STEPS, 0]]
    assert weight_steps(weights, [1], [1]).tolist() == [[STEPS]]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_pens_tell_the_sign_by_colour_and_the_size_by_width(qtbot: QtBot, theme: Theme) -> None:
    pens = weight_pens(theme)
    assert set(pens) == {*range(-STEPS, STEPS + 1), UNKNOWN}
    assert [token(pens[step].color(), theme) for step in (-STEPS, 0, STEPS)] == ["negative", "zero", "positive"]
    widths = [pens[step].widthF() for step in range(STEPS + 1)]
    assert widths == sorted(widths)
    assert (widths[0], widths[-1]) == (THIN, THICK)
