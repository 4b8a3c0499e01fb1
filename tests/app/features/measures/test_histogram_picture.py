"""Small histograms: bars where the values are, a line at zero."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplayground.app.features.measures.histogram_picture import histogram_picture
from nnplayground.app.ui.theme import LIGHT
from nnplayground.arrays import Floats
from nnplayground.engine.statistics import histogram

SIZE = QSize(64, 20)
BAR, LINE = QColor(LIGHT.accent), QColor(LIGHT.text)


def drawn(values: Floats, *, ratio: float = 1.0) -> QImage:
    return histogram_picture(histogram(values), SIZE, LIGHT, ratio=ratio).toImage()


def heights(image: QImage) -> list[int]:
    """Return how many pixels of each column are bar, above the line at the foot."""
    rows = range(image.height() - 1)
    return [sum(image.pixelColor(x, y) == BAR for y in rows) for x in range(image.width())]


def test_heights_are_square_roots_of_the_counts(qtbot: QtBot) -> None:
    image = drawn(np.repeat([1.0, 2.0, 3.0], [4, 16, 1]))
    tall = heights(image)
    assert tall[33] == max(tall) == 18
    assert (tall[1], tall[62]) == (9, 4)
    assert tall[10] == 0


def test_a_line_marks_zero_where_it_is_in_the_range(qtbot: QtBot) -> None:
    image = drawn(np.array([-1.0, 3.0]))
    assert image.pixelColor(16, 0) == LINE
    away = drawn(np.array([1.0, 3.0]))
    assert all(away.pixelColor(x, 0) != LINE for x in range(64))


@pytest.mark.parametrize("values", [[0.0], [np.nan, np.inf], [-1e308, 1e308], [5e-324, 1.0], [7.0, 7.0]])
def test_any_values_can_be_drawn(qtbot: QtBot, values: list[float]) -> None:
    assert drawn(np.array(values)).width() == 64


def test_it_is_sharp_on_a_fine_screen(qtbot: QtBot) -> None:
    picture = histogram_picture(histogram(np.array([0.0, 1.0])), SIZE, LIGHT, ratio=2.0)
    assert (picture.width(), picture.deviceIndependentSize().width()) == (128, 64.0)
