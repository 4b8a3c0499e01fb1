"""The probe on the map and on the curve: dropped, dragged, moved by keys, removed, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.probe_hand import ProbeHand
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.project.model import PointsSource
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared
from tests.app.features.output.gestures import drag_to
from tests.app.features.output.views import SIDE, corners, frame, is_like, linear_frame, position, shown_view
from tests.app.snapshots import made_data, made_maps, made_snapshot
from tests.observed import with_answer

LEFT, NO_KEY, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[BoundaryView]:
    with shown_view(qtbot) as view:
        view.show_frame(linear_frame(corners(), 0.2, 0.1))
        yield view


def hand(view: BoundaryView) -> ProbeHand:
    return view.probe._hands[0]


def viewport(view: BoundaryView) -> QWidget:
    found: QWidget = view.stage.map.frame.canvas.viewport()
    return found


def spot(view: BoundaryView, across: float, up: float) -> QPoint:
    return viewport(view).mapFrom(view, position(view, across, up))


def drop(view: BoundaryView, across: float, up: float) -> None:
    QTest.mouseDClick(viewport(view), LEFT, NO_KEY, spot(view, across, up))


def raw(view: BoundaryView) -> list[float]:
    assert view.probe.raw is not None
    inputs: list[float] = view.probe.raw.tolist()
    return inputs


def heard(view: BoundaryView) -> list[tuple[Floats, ...] | None]:
    told: list[tuple[Floats, ...] | None] = []
    view.probed.connect(told.append)
    return told


def test_a_double_click_drops_the_probe_and_its_words_stand_beside_it(view: BoundaryView) -> None:
    told, shown = heard(view), list[bool]()
    view.probe_shown.connect(shown.append)
    drop(view, 3.0, -2.0)
    assert raw(view) == pytest.approx([3.0, -2.0], abs=0.1)
    assert shown == [True]
    assert told[-1] is not None
    assert told[-1][0].tolist() == raw(view)
    expected = np.tanh(0.2 * raw(view)[0] + 0.1 * raw(view)[1])
    assert told[-1][1].tolist() == pytest.approx([expected])
    tag = hand(view).tag
    assert tag.isVisible() and view.stage.map.rect().contains(tag.geometry())
    assert tag.label.text() == f"blue, {50.0 + 50.0 * expected:.0f} %"
    picture, middle = view.grab().toImage(), position(view, *raw(view))
    assert any(is_like(picture.pixelColor(middle + QPoint(step, 0)), LIGHT.accent) for step in (-9, -8, -7, -6))


def test_the_probe_is_dragged_and_stays_on_the_plane(view: BoundaryView) -> None:
    drop(view, 0.0, 0.0)
    told = heard(view)
    QTest.mousePress(viewport(view), LEFT, NO_KEY, spot(view, 0.1, 0.1))
    assert viewport(view).cursor().shape() == Qt.CursorShape.ClosedHandCursor
    for place in ((1.0, 1.0), (2.0, 3.0)):
        drag_to(viewport(view), spot(view, *place))
        assert raw(view) == pytest.approx(place, abs=0.1)
    assert len(told) == 2
    drag_to(viewport(view), spot(view, 20.0, 3.0))
    assert raw(view) == pytest.approx([6.0, 3.0], abs=0.1)
    QTest.mouseRelease(viewport(view), LEFT, NO_KEY, spot(view, 5.9, 3.0))
    drag_to(viewport(view), spot(view, -3.0, -3.0))
    assert raw(view) == pytest.approx([6.0, 3.0], abs=0.1)


def test_a_press_elsewhere_leaves_it_and_a_second_double_click_moves_it(view: BoundaryView) -> None:
    drop(view, 0.0, 0.0)
    QTest.mouseClick(viewport(view), LEFT, NO_KEY, spot(view, 4.0, 4.0))
    assert raw(view) == pytest.approx([0.0, 0.0], abs=0.1)
    drop(view, 4.0, 4.0)
    assert raw(view) == pytest.approx([4.0, 4.0], abs=0.1)


def test_arrow_keys_move_it_and_shift_moves_it_further(view: BoundaryView) -> None:
    drop(view, 0.0, 0.0)
    plot, start = view.stage.map, raw(view)
    plot.setFocus()
    pixel = plot.frame.pixel()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert raw(view) == pytest.approx([start[0] + 4.0 * pixel[0], start[1]])
    QTest.keyClick(plot, Qt.Key.Key_Up, SHIFT)
    assert raw(view) == pytest.approx([start[0] + 4.0 * pixel[0], start[1] + 24.0 * pixel[1]])
    for _ in range(200):
        QTest.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert raw(view)[0] == pytest.approx(-6.0)


@pytest.mark.parametrize("way", ["cross", "toggle", Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Backspace])
def test_it_is_removed_in_many_ways(view: BoundaryView, way: object) -> None:
    drop(view, 1.0, 1.0)
    told, shown = heard(view), list[bool]()
    view.probe_shown.connect(shown.append)
    if way == "cross":
        cross = hand(view).tag.findChild(QToolButton)
        assert isinstance(cross, QToolButton) and cross.accessibleName()
        QTest.mouseClick(cross, LEFT)
    elif way == "toggle":
        view.toggle_probe()
    elif isinstance(way, Qt.Key):
        view.stage.map.setFocus()
        QTest.keyClick(view.stage.map, way)
    assert view.probe.raw is None and told == [None] and shown == [False]
    assert not hand(view).tag.isVisible()
    assert view.stage.map.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_its_keys_come_before_shortcuts_of_the_window(view: BoundaryView) -> None:
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
    fired: list[bool] = []
    escape.activated.connect(lambda: fired.append(True))
    drop(view, 1.0, 1.0)
    view.stage.map.setFocus()
    QTest.keyClick(view.stage.map, Qt.Key.Key_Escape)
    assert view.probe.raw is None and not fired


def test_the_action_drops_it_where_the_pointer_is_or_in_the_middle(view: BoundaryView, qtbot: QtBot) -> None:
    view.toggle_probe()
    assert raw(view) == pytest.approx([0.0, 0.0])
    view.toggle_probe()
    place = spot(view, -3.0, 2.0)
    QTest.mouseMove(viewport(view), place + QPoint(3, 3))
    QTest.mouseMove(viewport(view), place)
    qtbot.waitUntil(lambda: view._pointer is not None)
    view.toggle_probe()
    assert raw(view) == pytest.approx([-3.0, 2.0], abs=0.2)


def test_it_answers_with_every_frame_and_stays_where_it_is(view: BoundaryView) -> None:
    drop(view, 2.0, 1.0)
    place, told = raw(view), heard(view)
    data = view._data
    assert data is not None
    for weight in (0.5, -0.5):
        view.show_frame(linear_frame(data, weight, 0.0))
        assert raw(view) == place
        answers = told[-1]
        assert answers is not None
        assert answers[1].tolist() == pytest.approx([np.tanh(weight * place[0])])
    view.set_theme(DARK)
    assert hand(view).tag.isVisible()


def test_hidden_it_tells_nothing_and_shown_again_it_does(view: BoundaryView) -> None:
    drop(view, 2.0, 1.0)
    told = heard(view)
    view.hide()
    assert told == [None]
    view.show()
    assert told[-1] is not None


def test_without_a_network_it_waits_and_with_other_inputs_it_goes(view: BoundaryView) -> None:
    drop(view, 2.0, 1.0)
    told = heard(view)
    view.clear()
    assert told == [None] and not hand(view).tag.isVisibleTo(view.stage.map)
    view.show_frame(linear_frame(corners(), 0.2, 0.1))
    assert told[-1] is not None and raw(view) == pytest.approx([2.0, 1.0], abs=0.1)
    view.show_frame(four_inputs())
    assert view.probe.raw is None and told[-1] is None


def test_while_somebody_draws_it_is_out_of_the_way(view: BoundaryView) -> None:
    drop(view, 2.0, 1.0)
    told = heard(view)
    source = PointsSource(classes=("orange", "blue"), points=((1.0, 1.0, 0.0), (2.0, 2.0, 1.0)))
    project = replace(linear_frame(corners(), 0.0, 0.0).project)
    view.drawing.show_project(replace(project, data=replace(project.data, source=source)))
    view.drawing.enter()
    assert not hand(view).tag.isVisible() and told == [None]
    asked: list[object] = []
    view.drawing.edited.connect(lambda *args: asked.append(args))
    QTest.mouseClick(viewport(view), LEFT, NO_KEY, spot(view, 2.0, 1.0))
    assert len(asked) == 1  # the click draws, where the probe would have been taken up
    view.toggle_probe()
    view.toggle_probe()
    view.drawing.leave()
    assert view.stage.map.focusPolicy() == Qt.FocusPolicy.NoFocus or hand(view).tag.isVisible()


def four_inputs(plane: tuple[int, int] = (0, 1), others: tuple[tuple[int, float], ...] = ()) -> Snapshot:
    names = ("a", "b", "c", "d")
    rows = np.random.default_rng(5).uniform(1.0, 9.0, (20, 4))
    data = made_data(rows.tolist(), (np.arange(20) % 2).tolist(), names=names, bounds=[(0.0, 10.0)] * 4)
    return four_frame(data, plane, others)


def four_frame(data: Prepared, plane: tuple[int, int], others: tuple[tuple[int, float], ...]) -> Snapshot:
    maps = replace(made_maps(data, np.zeros((1, SIDE, SIDE)), across=plane[0], up=plane[1]), others=others)
    return replace(
        made_snapshot(data, maps=maps), architecture=Architecture.dense((4, 1), ("tanh",)),
        parameters=np.array([0.1, 0.2, 0.3, 0.4, -5.0]),
    )  # fmt: skip


def test_with_more_inputs_the_others_stand_where_the_plane_has_them(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        shown = four_inputs()
        data = shown.data
        means = data.samples.inputs.mean(axis=0)
        view.show_frame(shown)
        view.probe.move_to(2.0, 8.0)
        assert raw(view) == pytest.approx([2.0, 8.0, means[2], means[3]])
        view.show_frame(four_frame(data, (0, 1), ((2, 7.5),)))
        assert raw(view) == pytest.approx([2.0, 8.0, 7.5, means[3]])
        view.show_frame(four_frame(data, (1, 2), ()))
        assert raw(view) == pytest.approx([means[0], 8.0, 7.5, means[3]])


def test_on_the_components_it_has_the_inputs_of_its_place(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        shown = four_inputs()
        maps = Maps(0, 1, (-3.0, -3.0), (3.0, 3.0), (np.zeros((1, SIDE, SIDE)),), "components")
        view.show_frame(with_answer(shown, MapRequest(), maps))
        view.probe.move_to(1.0, -0.5)
        assert shown.data.components is not None
        expected = shown.data.components.inputs(np.array([[1.0, -0.5]]))[0]
        assert raw(view) == pytest.approx(expected.tolist())
        assert hand(view).place == pytest.approx((1.0, -0.5))


def test_on_a_curve_it_stands_at_the_height_of_the_answer(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        data = made_data([[0.0], [4.0]], [0.0, 8.0], classes=(), names=("time",), bounds=[(0.0, 5.0)])
        row = 2.0 * (np.arange(50) + 0.5) / 10.0
        grids = (np.tile(row / 2.0, (1, 50, 1)), np.tile(row, (1, 50, 1)))
        maps = Maps(0, 0, (0.0, 0.0), (5.0, 5.0), grids)
        network = Architecture.dense((1, 1), ("identity",))
        view.show_frame(replace(made_snapshot(data, maps=maps), architecture=network, parameters=np.array([2.0, 0.0])))
        plot = view.stage.curve.plot
        assert plot is not None
        box, canvas = plot.frame.box, plot.frame.canvas
        place = canvas.mapFromScene(box.mapViewToScene(QPointF(3.0, 1.0)))
        QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEY, place)
        assert raw(view) == pytest.approx([3.0], abs=0.05)
        on_curve = view.probe._hands[-1]
        assert on_curve.place == pytest.approx((raw(view)[0], 2.0 * raw(view)[0]))
        assert on_curve.tag.isVisible() and on_curve.tag.label.text().startswith("value ")
        QTest.keyClick(plot, Qt.Key.Key_Left)
        assert raw(view)[0] < 3.0


def test_a_frame_without_answers_to_show_does_no_harm(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.toggle_probe()
        assert view.probe.raw is None
        view.show_frame(frame(corners()))
        view.toggle_probe()
        assert view.probe.raw is not None
