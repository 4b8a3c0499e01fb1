"""The map on the screen: its pixels, its marks, and what a pointer reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.surface.plot import SurfacePlot
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from tests.app.features.surface.made import NOWHERE, bowl, made_path, made_surface

NAMES = ("across", "up")


@pytest.fixture
def plot(qtbot: QtBot) -> SurfacePlot:
    widget = SurfacePlot()
    qtbot.addWidget(widget)
    widget.resize(500, 420)
    widget.set_theme(LIGHT)
    widget.show()
    with qtbot.waitExposed(widget):
        pass
    return widget


def pixel_of(plot: SurfacePlot, across: float, up: float) -> QPoint:
    """Where a place of the map is, in the viewport of the canvas."""
    canvas = plot.frame.canvas
    found: QPoint = canvas.mapFromScene(plot.frame.box.mapViewToScene(QPointF(across, up)))
    return found


def color_at(plot: SurfacePlot, across: float, up: float) -> QColor:
    """Return the colour of a place of the map."""
    plot.repaint()
    found: QColor = plot.frame.canvas.grab().toImage().pixelColor(pixel_of(plot, across, up))
    return found


def distance(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_low_costs_have_the_first_colour_and_high_ones_the_last(plot: SurfacePlot, theme: Theme) -> None:
    plot.set_theme(theme)
    plot.show_look(log=False, relief=False)
    places = np.linspace(-1.0, 1.0, 33)
    plot.show_surface(made_surface(costs=np.add.outer(np.zeros(33), places + 2.0), path=NOWHERE), NAMES)
    assert distance(color_at(plot, -0.98, 0.11), QColor(theme.costs[0])) < 12
    assert distance(color_at(plot, 0.985, 0.11), QColor(theme.costs[-1])) < 12


def test_row_0_is_at_the_bottom(plot: SurfacePlot) -> None:
    places = np.linspace(-1.0, 1.0, 33)
    plot.show_surface(made_surface(costs=np.add.outer(places + 2.0, np.zeros(33)), path=NOWHERE), NAMES)
    low, high = (color_at(plot, 0.13, up) for up in (-0.97, 0.97))
    assert distance(low, QColor(LIGHT.costs[0])) < distance(high, QColor(LIGHT.costs[0]))


def test_contours_carry_their_costs(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(points=65), NAMES)
    assert set(plot.label_texts) >= {"0.5", "1"}


def test_the_path_has_a_start_and_a_best_moment_where_they_are(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    assert plot.marks.start.place == (-0.8, 0.0)
    assert plot.marks.best.place == (0.0, 0.0)
    assert plot.marks.here.place == (0.0, 0.0)
    assert plot.marks.tags["start"].text == "start"
    assert plot.marks.tags["best"].text == "best (chosen on the training part), epoch 120"
    assert distance(color_at(plot, 0.0, 0.0), QColor(LIGHT.negative)) < 40


def test_a_start_that_is_still_the_best_has_one_text(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(path=replace(made_path(), best=0)), NAMES)
    assert plot.marks.tags["start"].text == "start, best so far (chosen on the training part)"
    assert plot.marks.tags["best"].text == ""


def test_a_start_and_a_best_moment_close_together_share_a_text_that_tells_them_apart(plot: SurfacePlot) -> None:
    near = np.array([[-0.02, 0.0], [-0.01, 0.0], [0.0, 0.0]])
    plot.show_surface(made_surface(path=replace(made_path(), coordinates=near)), NAMES)
    assert plot.marks.tags["start"].text == "start; best (chosen on the training part), epoch 120"
    assert plot.marks.tags["best"].text == ""


def test_without_a_path_there_are_no_marks_of_one(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    plot.show_surface(made_surface(path=NOWHERE), NAMES)
    assert plot.marks.start.place is None
    assert plot.marks.best.place is None
    assert [plot.marks.tags[name].text for name in ("start", "best")] == ["", ""]


def test_the_mark_of_now_moves_and_is_drawn_where_it_is(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    for place in ((0.5, 0.5), (-0.25, 0.75)):
        plot.show_now(place)
        assert plot.marks.now.place == place
        assert distance(color_at(plot, *place), QColor(LIGHT.accent)) < 40


def test_a_place_outside_the_map_is_not_drawn_on_it(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(path=NOWHERE), NAMES)
    before = plot.frame.canvas.grab().toImage()
    plot.show_now((3.0, 0.2))
    assert plot.frame.canvas.grab().toImage() == before


def test_the_pointer_reads_the_nearest_point_that_was_computed(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    across, up, cost = plot.cost_at(0.26, -0.49) or (0.0, 0.0, 0.0)
    assert (across, up) == (0.25, -0.5)
    assert cost == pytest.approx(bowl(np.array(0.25), np.array(-0.5)))


def test_the_pointer_finds_a_moment_of_the_path_near_it(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    assert plot.moment_at(-0.41, 0.2, reach=9.0) == 1
    assert plot.moment_at(0.7, 0.7, reach=9.0) is None
    plot.show_surface(made_surface(path=NOWHERE), NAMES)
    assert plot.moment_at(0.0, 0.0, reach=9.0) is None


def test_moving_the_mouse_tells_where_it_is(qtbot: QtBot, plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    with qtbot.waitSignal(plot.pointed) as told:
        qtbot.mouseMove(plot.frame.canvas.viewport(), pixel_of(plot, 0.5, -0.5))
    assert told.args == pytest.approx([0.5, -0.5], abs=0.02)


def test_the_table_has_a_row_for_each_point(plot: SurfacePlot) -> None:
    assert plot.export_table() == {}
    plot.show_surface(made_surface(points=9), NAMES)
    table = plot.export_table()
    assert list(table) == ["x", "y", "cost"]
    assert {len(column) for column in table.values()} == {81}
    assert table["cost"] == pytest.approx(bowl(table["x"], table["y"]))


def test_costs_that_are_no_numbers_are_grey_and_harm_nothing(plot: SurfacePlot) -> None:
    costs = np.full((33, 33), np.nan)
    costs[:, :16] = 1.0
    plot.show_surface(made_surface(costs=costs, path=NOWHERE), NAMES)
    assert distance(color_at(plot, 0.7, 0.3), QColor(LIGHT.border)) < 8
    plot.show_surface(made_surface(costs=np.full((33, 33), np.inf), path=NOWHERE), NAMES)
    assert distance(color_at(plot, -0.7, 0.3), QColor(LIGHT.border)) < 8


def test_a_finer_map_leaves_nothing_of_the_coarse_one(qtbot: QtBot, plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    fine = plot.frame.canvas.grab().toImage()
    plot.show_surface(made_surface(points=9), NAMES)
    plot.repaint()
    assert plot.frame.canvas.grab().toImage() != fine
    plot.show_surface(made_surface(), NAMES)
    assert plot.frame.canvas.grab().toImage() == fine


def test_a_wide_place_does_not_stretch_the_map_beyond_measure(plot: SurfacePlot) -> None:
    plot.show_surface(made_surface(), NAMES)
    plot.resize(1500, 240)
    area = plot.frame.box.rect()
    assert area.width() / area.height() < 3.5
