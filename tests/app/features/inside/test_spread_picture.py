"""Two histograms on one axis: bars for now, an outline for the start."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inside.spread_picture import Spread, coarse, spread_picture
from nnplayground.app.ui.theme import LIGHT
from nnplayground.engine.statistics import histogram

SIZE = QSize(100, 30)
BAR, OUTLINE = QColor(LIGHT.accent), QColor(LIGHT.text)
ANY = [[0.0], [np.nan, np.inf], [-1e308, 1e308], [5e-324, 1.0], [7.0, 7.0], [-1e-300, 1e300]]


def drawn(now: list[float], start: list[float] | None = None, *, ratio: float = 1.0) -> QImage:
    spread = Spread(histogram(np.array(now)), None if start is None else histogram(np.array(start)))
    return spread_picture(spread, SIZE, LIGHT, ratio=ratio).toImage()


def columns(image: QImage, color: QColor) -> list[int]:
    """Return which columns hold a colour above the foot."""
    rows = range(image.height() - 2)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) == color for y in rows)]


def test_both_lie_on_one_axis_from_the_lowest_to_the_highest_value(qtbot: QtBot) -> None:
    image = drawn(np.linspace(5.0, 10.0, 500).tolist(), np.linspace(0.0, 10.0, 500).tolist())
    bars, outline = columns(image, BAR), columns(image, OUTLINE)
    assert (bars[0], bars[-1]) == (50, 98)  # the outline stands on the last one
    assert (outline[0], outline[-1]) == (0, 99)


def test_numbers_that_have_drawn_together_are_a_narrow_bar_that_can_be_seen(qtbot: QtBot) -> None:
    bars = columns(drawn([-1e-9, 1e-9], [-1.0, 1.0]), BAR)
    assert 1 <= len(bars) <= 4 and 48 <= bars[0] <= bars[-1] <= 52


def test_a_line_stands_at_zero(qtbot: QtBot) -> None:
    image = drawn([-1.0, 3.0])
    assert image.pixelColor(25, 2) == QColor(LIGHT.muted)
    assert image.pixelColor(75, 2).alpha() == 0


@pytest.mark.parametrize("now", ANY)
@pytest.mark.parametrize("start", [*ANY, None])
def test_any_numbers_can_be_drawn(qtbot: QtBot, now: list[float], start: list[float] | None) -> None:
    assert drawn(now, start).width() == 100


def test_it_is_sharp_on_a_fine_screen(qtbot: QtBot) -> None:
    assert drawn([0.0, 1.0], ratio=2.0).width() == 200


@pytest.mark.parametrize(("values", "bins"), [(6, 8), (40, 8), (64, 16), (1000, 32)])
def test_a_few_numbers_share_few_bins_and_none_is_lost(values: int, bins: int) -> None:
    found = histogram(np.random.default_rng(1).normal(size=values))
    counts, edges = coarse(found)
    assert (len(counts), len(edges), counts.sum()) == (bins, bins + 1, values)
    assert (edges[0], edges[-1]) == (found.edges[0], found.edges[-1])
