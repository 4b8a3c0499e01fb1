"""The surface in the boundary view: switched on, turned by the mouse and the keys, read, and with points on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.relief_look import height_names
from nnplayground.app.features.output.relief_plot import FLATTEST, STEEPEST, ReliefPlot
from nnplayground.app.features.output.relief_points import dots_of, surface_heights
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.samples.shading import value_range
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.explain.figures import number_text
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import prepare
from tests.app.features.output.gestures import drag_to
from tests.app.features.output.views import ACROSS, SIDE, corners, frame, linear_frame, shown_view, values
from tests.app.snapshots import made_data, made_snapshot

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def button(view: BoundaryView) -> QToolButton:
    found = view.findChild(QToolButton, "boundary_relief_button")
    assert isinstance(found, QToolButton)
    return found


def spot(plot: ReliefPlot, across: float, up: float, height: float) -> QPoint:
    """Return the pixel of a place in units of the data, at a height on the scale."""
    assert plot._relief is not None
    sight = plot._relief.sight
    x, y = sight.points(np.array([across / 6.0]), np.array([up / 6.0]), np.array([height]))
    return QPointF(float(x[0]) * plot.width() / sight.width, float(y[0]) * plot.height() / sight.height).toPoint()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_button_turns_the_map_into_a_surface_and_back(qtbot: QtBot, theme: Theme) -> None:
    with shown_view(qtbot, theme=theme) as view:
        view.show_frame(frame(made_data([[5.0, -5.0], [5.5, -5.5]], [0.0, 1.0])))
        told: list[bool] = []
        view.relief_changed.connect(told.append)
        QTest.mouseClick(button(view), LEFT)
        plot = view.stage.relief
        assert plot.isVisible() and not view.stage.map.isVisible() and view.wants_relief
        picture = plot.grab().toImage()
        low, high = (picture.pixelColor(spot(plot, across, 3.0, np.tanh(across))) for across in (-4.0, 4.0))
        assert low.red() > low.blue() + 40
        assert high.blue() > high.red() + 40
        assert picture.pixelColor(2, 2) == QColor(theme.panel)
        QTest.mouseClick(button(view), LEFT)
        assert view.stage.map.isVisible() and not plot.isVisible()
        assert told == [True, False]


def test_the_surface_follows_the_frames(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        data = corners()
        view.wants_relief = True
        for sign in (1.0, -1.0):
            shown = replace(frame(data, sign * np.tanh(ACROSS)[np.newaxis]), running=sign < 0.0)
            view.show_frame(shown)
            plot = view.stage.relief
            color = plot.grab().toImage().pixelColor(spot(plot, 4.0, 1.0, sign))
            assert (color.blue() > color.red()) == (sign > 0.0)


def test_a_drag_and_the_arrow_keys_turn_the_block_within_limits(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners()))
        view.wants_relief = True
        plot, before = view.stage.relief, view.stage.relief.camera
        middle = plot.rect().center()
        QTest.mousePress(plot, LEFT, NO_KEY, middle)
        assert plot.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        drag_to(plot, middle + QPoint(40, 10))
        QTest.mouseRelease(plot, LEFT, NO_KEY, middle + QPoint(40, 10))
        assert plot.cursor().shape() == Qt.CursorShape.OpenHandCursor
        assert plot.camera.turn == pytest.approx((before.turn - 20.0) % 360.0)
        assert plot.camera.tilt == pytest.approx(before.tilt + 5.0)
        for key, limit in ((Qt.Key.Key_Up, STEEPEST), (Qt.Key.Key_Down, FLATTEST)):
            for _ in range(30):
                QTest.keyClick(plot, key)
            assert plot.camera.tilt == limit
        turned = plot.camera.turn
        QTest.keyClick(plot, Qt.Key.Key_Right)
        assert plot.camera.turn != turned


def test_pointing_at_the_surface_reads_it(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners()))
        view.wants_relief = True
        plot = view.stage.relief
        place = spot(plot, 4.0, -2.0, np.tanh(4.0))
        QTest.mouseMove(plot, place + QPoint(2, 2))
        QTest.mouseMove(plot, place)
        qtbot.waitUntil(lambda: view._read_out.whole_text().startswith("blue, 100 % at x1 "))
        QTest.mouseMove(plot, QPoint(1, 1))
        qtbot.waitUntil(lambda: "Drag to turn it" in view._read_out.whole_text())


def test_a_double_click_drops_the_probe_where_the_surface_is_seen(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(linear_frame(corners(), 0.2, 0.0))
        view.wants_relief = True
        plot = view.stage.relief
        QTest.mouseDClick(plot, LEFT, NO_KEY, spot(plot, 2.0, -1.0, np.tanh(0.4)))
        assert view.probe.raw is not None
        assert view.probe.raw.tolist() == pytest.approx([2.0, -1.0], abs=0.3)
        assert plot._probe == pytest.approx((2.0, -1.0), abs=0.3)
        share = 50.0 + 50.0 * np.tanh(0.2 * view.probe.raw[0])
        assert plot._words == f"blue, {share:.0f} %"


def test_points_stand_at_their_targets_above_or_below_the_surface() -> None:
    data = made_data([[-3.0, 0.0], [3.0, 0.0], [0.0, 6.0], [9.0, 0.0]], [-2.0, 2.0, 0.0, 1.0], classes=(), test=[1])
    dots = dots_of(data, data.samples.inputs, (-6.0, -6.0), (6.0, 6.0))
    assert dots.rows.tolist() == [0, 1, 2]  # one lies outside of the plane
    assert dots.heights.tolist() == [-1.0, 1.0, 0.0]
    assert dots.across.tolist() == [-0.5, 0.5, 0.0]
    assert dots.is_held_out.tolist() == [False, True, False]
    field = ACROSS / 6.0
    assert surface_heights(dots, field) == pytest.approx([-0.5, 0.5, 0.0], abs=2.0 / SIDE)
    classes = dots_of(corners(), corners().samples.inputs, (-6.0, -6.0), (6.0, 6.0))
    assert classes.heights.tolist() == [1.0, -1.0, -1.0, 1.0]


def test_a_point_before_the_surface_is_painted_and_hidden_test_points_are_not(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        data = made_data([[3.0, 0.0], [-3.0, 0.0]], [1.0, 1.0], classes=("a", "b"), test=[0])
        view.wants_relief = True
        view.show_frame(frame(data, np.full((1, SIDE, SIDE), -0.9)))
        plot = view.stage.relief

        def colors() -> list[QColor]:
            picture = plot.grab().toImage()
            return [picture.pixelColor(spot(plot, across, 0.0, 1.0) + QPoint(2, 2)) for across in (3.0, -3.0)]

        assert all(color.blue() > color.red() + 40 for color in colors())
        view._header.test_points.trigger()
        test, train = colors()
        assert test == QColor(LIGHT.panel)
        assert train.blue() > train.red() + 40


def test_more_than_two_classes_stay_flat_and_the_button_says_why(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.wants_relief = True
        data = made_data([[0.0, 0.0]] * 3, [0.0, 1.0, 2.0], classes=("a", "b", "c"))
        view.show_frame(frame(data, np.ones((3, SIDE, SIDE)) / 3.0))
        assert view.stage.map.isVisible() and not view.stage.relief.isVisible()
        assert not button(view).isEnabled() and "for more than two" in button(view).toolTip()
        view.show_frame(frame(corners()))
        assert view.stage.relief.isVisible() and button(view).isEnabled()
        one = made_data([[1.0], [2.0]], [0.0, 1.0], names=("size",), bounds=[(0.0, 5.0)])
        grids = (np.zeros((1, 5, 5)), np.zeros((1, 5, 5)))
        view.show_frame(made_snapshot(one, maps=Maps(0, 0, (0.0, 0.0), (5.0, 5.0), grids)))
        assert view.stage.curve.isVisible() and not button(view).isVisible()


def test_who_draws_gets_the_flat_plane_and_then_the_surface_back(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        source = PointsSource(classes=("orange", "blue"), points=((1.0, 1.0, 0.0), (2.0, 2.0, 1.0)))
        snapshot = frame(corners())
        project = replace(snapshot.project, data=replace(snapshot.project.data, source=source))
        view.wants_relief = True
        view.show_frame(snapshot)
        view.drawing.show_project(project)
        view.drawing.enter()
        assert view.stage.map.isVisible() and not view.stage.relief.isVisible()
        view.drawing.leave()
        assert view.stage.relief.isVisible() and not view.stage.map.isVisible()


def test_bad_numbers_values_and_a_large_and_a_tiny_plot_are_painted_without_a_hitch(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.wants_relief = True
        for data in (corners(), values()):
            for outputs in (np.full((1, SIDE, SIDE), np.nan), np.full((1, SIDE, SIDE), np.inf)):
                view.show_frame(frame(data, outputs))
                view.probe.move_to(1.0, 1.0)
                view.grab()
            for size in ((170, 160), (1200, 900)):
                view.resize(*size)
                view.grab()
        view.stage.clear_maps()
        view.grab()


def test_heights_are_named_by_classes_and_by_values() -> None:
    two = prepare(Project(data=DataSpec(source=GeneratedSource(samples=40))))
    assert [text for _, text in height_names(two, None)] == [two.rule.classes[0], "50 : 50", two.rule.classes[1]]
    numbers = prepare(Project(data=DataSpec(source=GeneratedSource("plane", samples=40))))
    low, high = value_range(numbers.samples.targets)
    texts = [text for _, text in height_names(numbers, None)]
    assert texts == [number_text(low), number_text((low + high) / 2.0), number_text(high)]
    assert [text for _, text in height_names(two, (1, 0))] == ["−1", "0", "+1"]
