"""Lines of equal height: where they run, which values they have, and where their numbers stand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.isolines import MOST_LEVELS, numbers_on, round_levels
from nnplayground.app.ui.plots.contour import level_lines, zero_line
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from tests.app.features.output.views import ACROSS, UP, corners, frame, position, shown_view, values
from tests.app.snapshots import made_data, made_maps

LOW, HIGH = (-6.0, -6.0), (6.0, 6.0)


def test_the_lines_of_several_levels_are_those_of_each_level_alone() -> None:
    field = np.sin(ACROSS / 2.0) * np.cos(UP / 3.0) + np.random.default_rng(2).normal(0.0, 0.2, ACROSS.shape)
    levels = np.array([-0.6, -0.1, 0.0, 0.4])
    for level, line in zip(levels, level_lines(field, levels, low=LOW, high=HIGH), strict=True):
        alone = zero_line(field - level, low=LOW, high=HIGH)
        assert len(line) == len(alone) > 10
        order, other = (np.lexsort(np.round(pieces.reshape(-1, 4), 9).T) for pieces in (line, alone))
        np.testing.assert_allclose(line.reshape(-1, 4)[order], alone.reshape(-1, 4)[other], atol=1e-9)


def test_a_slope_has_straight_lines_at_its_levels() -> None:
    lines = level_lines(ACROSS, np.array([-3.0, 2.0]), low=LOW, high=HIGH)
    for level, line in zip((-3.0, 2.0), lines, strict=True):
        np.testing.assert_allclose(line[:, 0], level, atol=1e-9)
        assert (line[:, 1].min(), line[:, 1].max()) == pytest.approx((-6.0, 6.0))


@pytest.mark.parametrize("ends", [(-2.0, 2.0), (0.0, 1.0), (3.0, 950.0), (-1e-3, 5e-4)])
def test_levels_are_few_and_round_and_lie_inside_the_scale(ends: tuple[float, float]) -> None:
    data = made_data([[0.0, 0.0]] * 2, list(ends), classes=())
    levels = round_levels(data)
    assert 3 <= len(levels) <= MOST_LEVELS
    steps = np.diff([level.value for level in levels])
    np.testing.assert_allclose(steps, steps[0])
    assert float(f"{steps[0]:.0e}") == pytest.approx(steps[0])
    assert all(-1.0 < level.place < 1.0 for level in levels)
    assert len({level.text for level in levels}) == len(levels)


def test_classes_have_no_levels() -> None:
    assert round_levels(corners()) == ()


def test_numbers_stand_on_their_lines_apart_from_each_other_and_stay_where_they_were() -> None:
    data = values()
    levels = round_levels(data)
    places = np.array([level.place for level in levels])
    maps = made_maps(data, ACROSS[np.newaxis])
    field = ACROSS / 6.0
    lines = level_lines(field, places, low=LOW, high=HIGH)
    found = numbers_on(lines, levels, maps)
    assert [number.text for number in found] == [level.text for level in levels]
    for number, level in zip(found, levels, strict=True):
        assert number.across == pytest.approx(6.0 * level.place, abs=0.01)
    spots = np.array([[number.across, number.up] for number in found])
    gaps = np.hypot(*(spots[:, np.newaxis] - spots).transpose(2, 0, 1)) + 100.0 * np.eye(len(spots))
    assert gaps.min() > 1.0
    moved = level_lines(field + 0.01, places, low=LOW, high=HIGH)
    later = numbers_on(moved, levels, maps, found)
    away = [abs(one.up - other.up) for one, other in zip(found, later, strict=True)]
    assert max(away) < 0.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_regression_shows_lines_and_numbers_that_two_classes_do_not(qtbot: QtBot, theme: Theme) -> None:
    with shown_view(qtbot, theme=theme) as view:
        data = values()
        view.show_frame(frame(data, (ACROSS / 3.0)[np.newaxis]))
        assert {"−1.0", "0", "1.0"} <= {number.text for number in view.stage.map.levels.numbers}
        view.stage.map.points.show_all(visible=False)
        picture = view.grab().toImage()
        ground, spot = QColor(theme.panel).lightness(), position(view, 3.0, -5.7)
        row = [picture.pixelColor(spot.x() + step, spot.y()).lightness() for step in range(-4, 5)]
        beside = (row[0] + row[-1]) / 2.0
        strongest = max(row, key=lambda lightness: abs(lightness - beside))
        assert abs(strongest - beside) > 40
        assert (strongest < beside) == (ground > 128)
        view.show_frame(frame(corners()))
        assert view.stage.map.levels.numbers == ()
        view.stage.clear_maps()
