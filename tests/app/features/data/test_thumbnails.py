"""What stands on the cards, in pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.thumbnails import (
    PICTURE,
    PicturesThumbnail,
    PointsThumbnail,
    Thumbnail,
    TilesThumbnail,
    ValuesThumbnail,
)
from nnplayground.app.ui.theme import DARK, LIGHT, THEMES, Theme


def drawn(thumbnail: Thumbnail, theme: Theme) -> QImage:
    image = QImage(PICTURE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    thumbnail.draw(painter, theme)
    painter.end()
    return image


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_pictures_are_drawn_in_the_colour_of_text_as_strong_as_their_ink(qtbot: QtBot, theme: Theme) -> None:
    ink = np.zeros((6, 8, 8))
    ink[4] = 1.0  # the middle one of the second row
    image = drawn(PicturesThumbnail(ink), theme)
    inside = image.pixelColor(24, 25)
    assert (inside.name().upper(), inside.alpha()) == (theme.text.upper(), 255)
    assert image.pixelColor(24, 8).alpha() == image.pixelColor(8, 25).alpha() == 0


def test_points_are_drawn_in_the_colours_of_their_classes_upwards(qtbot: QtBot) -> None:
    points, classes = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0, 1], dtype=np.int64)
    image = drawn(PointsThumbnail(points, classes), LIGHT)
    assert image.pixelColor(3, PICTURE.height() - 4).name().upper() == LIGHT.negative
    assert image.pixelColor(PICTURE.width() - 4, 3).name().upper() == LIGHT.positive
    assert drawn(PointsThumbnail(points, classes), DARK) != image


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_values_are_drawn_in_the_colours_of_the_value_scale(qtbot: QtBot, theme: Theme) -> None:
    points, values = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]), np.array([-1.0, 0.0, 7.0])
    image = drawn(ValuesThumbnail(points, values), theme)
    places = ((3, PICTURE.height() - 4), (24, 17), (PICTURE.width() - 4, 3))
    names = [image.pixelColor(*place).name().upper() for place in places]
    assert (names[0], names[2]) == (theme.negative, theme.positive)
    middle, zero = QColor(names[1]), QColor(theme.zero)
    channels = ((middle.red(), zero.red()), (middle.green(), zero.green()), (middle.blue(), zero.blue()))
    assert all(abs(got - wanted) <= 1 for got, wanted in channels)


def test_four_tiles_stand_in_the_middle(qtbot: QtBot) -> None:
    image = drawn(TilesThumbnail(), LIGHT)
    inked = [(x, y) for x in range(48) for y in range(34) if image.pixelColor(x, y).alpha() > 100]
    across, up = ([place[axis] for place in inked] for axis in (0, 1))
    assert abs(min(across) + max(across) - 47) <= 1
    assert abs(min(up) + max(up) - 33) <= 1
    assert image.pixelColor(24, 17).alpha() == 0
