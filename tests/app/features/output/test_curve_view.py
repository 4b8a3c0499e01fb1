"""The boundary view on data with one input: a curve over the points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.curve_plot import CurvePlot
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data, made_snapshot

CELLS = 50
PLACES = -5.0 + 10.0 * (np.arange(CELLS) + 0.5) / CELLS


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[BoundaryView]:
    view = BoundaryView()
    qtbot.addWidget(view)
    view.resize(440, 420)
    view.show()
    yield view
    view.close()


def one_input(targets: list[float], classes: tuple[str, ...] = ()) -> Prepared:
    inputs = np.linspace(-4.0, 4.0, len(targets)).reshape(-1, 1).tolist()
    return made_data(inputs, targets, classes=classes, names=("time",), bounds=[(-5.0, 5.0)], test=[1])


def lines(*curves: Floats, hidden: Floats | None = None) -> Maps:
    """Return maps of one input, in which all rows are equal."""
    layers = [np.stack(curves), np.stack([hidden]), np.stack(curves)] if hidden is not None else [np.stack(curves)]
    grids = tuple(np.repeat(layer[:, np.newaxis, :], CELLS, axis=1) for layer in layers)
    return Maps(0, 0, (-5.0, -5.0), (5.0, 5.0), grids)


def plot(view: BoundaryView) -> CurvePlot:
    assert view._curve.plot is not None
    return view._curve.plot


def position(view: BoundaryView, across: float, up: float) -> QPoint:
    frame = plot(view).frame
    inside = frame.canvas.mapFromScene(frame.box.mapViewToScene(QPointF(across, up)))
    place: QPoint = frame.canvas.viewport().mapTo(view, inside)
    return place


def is_drawn(view: BoundaryView, across: float, up: float, color: str) -> bool:
    """Tell whether a line of that colour goes through a place."""
    picture, place, wanted = view.grab().toImage(), position(view, across, up), QColor(color)
    pixels = [picture.pixelColor(place + QPoint(x, y)) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    pairs = [
        ((seen.red(), wanted.red()), (seen.green(), wanted.green()), (seen.blue(), wanted.blue())) for seen in pixels
    ]
    return any(max(abs(one - other) for one, other in pair) < 70 for pair in pairs)


def test_the_answer_is_a_line_over_the_points_in_the_units_of_the_target(view: BoundaryView) -> None:
    data = one_input([-2.0, 3.0, 0.0, 2.0])
    view.show_frame(made_snapshot(data, maps=lines(0.5 * PLACES)))
    assert view._curve.isVisible()
    assert not view._plot.isVisible()
    assert view.map_request == MapRequest(0, 0)
    for across in (-3.3, -1.5, 0.9, 3.1):
        assert is_drawn(view, across, 0.5 * across, LIGHT.text)
        assert not is_drawn(view, across, 0.5 * across + 0.6, LIGHT.text)
    assert plot(view).frame._labels == {"left": "value", "bottom": "time"}
    assert view._title.whole_text() == "Output"
    assert not view._choice.isVisible()
    assert view._read_out.whole_text() == "Point at the curve to read it."


def test_the_line_follows_the_frames_while_the_points_stay(view: BoundaryView) -> None:
    data = one_input([-2.0, 3.0, 0.0, 2.0])
    view.show_frame(made_snapshot(data, maps=lines(0.5 * PLACES)))
    before = [*plot(view).points._train, *plot(view).points._test]
    view.show_frame(made_snapshot(data, maps=lines(-0.5 * PLACES)))
    assert [*plot(view).points._train, *plot(view).points._test] == before
    assert is_drawn(view, 3.1, -1.55, LIGHT.text)
    view.set_theme(DARK)
    assert is_drawn(view, 3.1, -1.55, DARK.text)


def test_two_classes_show_the_probability_of_the_second(view: BoundaryView) -> None:
    data = one_input([0.0, 0.0, 1.0, 1.0], ("cold", "hot"))
    view.show_frame(made_snapshot(data, maps=lines(np.tanh(PLACES))))
    assert is_drawn(view, 1.1, (np.tanh(1.1) + 1.0) / 2.0, LIGHT.text)
    assert plot(view).frame._labels["left"] == "Probability of hot"


def test_three_classes_have_a_line_in_the_colour_of_each(view: BoundaryView) -> None:
    data = one_input([0.0, 1.0, 2.0, 0.0], ("a", "b", "c"))
    levels = [np.full(CELLS, level) for level in (0.2, 0.5, 0.3)]
    view.show_frame(made_snapshot(data, maps=lines(*levels)))
    for place, level in enumerate((0.2, 0.5, 0.3)):
        assert is_drawn(view, 2.6, level, LIGHT.class_color(place, 3).name())


def test_pointing_reads_the_curve_whatever_the_height(view: BoundaryView, qtbot: QtBot) -> None:
    data = one_input([-2.0, 3.0, 0.0, 2.0])
    view.show_frame(made_snapshot(data, maps=lines(np.full(CELLS, 1.25))))
    viewport = plot(view).frame.canvas.viewport()
    place = viewport.mapFrom(view, position(view, 2.0, -2.0))
    qtbot.mouseMove(viewport, place + QPoint(3, 3))
    qtbot.mouseMove(viewport, place)
    qtbot.waitUntil(lambda: view._read_out.whole_text().startswith("value 1.25 at time "))


def test_a_hovered_neuron_has_a_curve_of_its_own_without_the_points(view: BoundaryView) -> None:
    data = one_input([-200.0, 300.0, 0.0, 200.0])
    view.show_frame(made_snapshot(data, maps=lines(50.0 * PLACES, hidden=np.tanh(PLACES))))
    view.show_unit((1, 0))
    assert view._title.whole_text() == "Layer 1, neuron 1"
    assert is_drawn(view, 1.1, np.tanh(1.1), LIGHT.text)
    assert plot(view).frame._labels["left"] == "Answer of this neuron"
    assert all(item.opacity() == 0.0 for item in plot(view).points._train)
    view.show_unit(None)
    assert is_drawn(view, 1.1, 55.0, LIGHT.text)
    assert all(item.opacity() == 1.0 for item in plot(view).points._train)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300])
def test_answers_that_overflow_do_no_harm(view: BoundaryView, bad: float) -> None:
    data = one_input([-2.0, 3.0, 0.0, 2.0])
    view.show_frame(made_snapshot(data, maps=lines(np.where(PLACES > 0.0, bad, 1.0))))
    assert is_drawn(view, -2.0, 1.0, LIGHT.text)
    view.show_frame(made_snapshot(data))
    assert not is_drawn(view, -2.0, 1.0, LIGHT.text)


def test_planes_come_back_after_a_curve(view: BoundaryView) -> None:
    view.show_frame(made_snapshot(one_input([-2.0, 3.0, 0.0, 2.0]), maps=lines(PLACES)))
    planar = made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    view.show_frame(made_snapshot(planar))
    assert view._plot.isVisible()
    assert not view._curve.isVisible()


def test_hidden_test_points_stay_hidden_when_a_curve_follows_a_plane(view: BoundaryView) -> None:
    planar = made_data([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]], [0.0, 1.0, 0.0], test=[2])
    view.show_frame(made_snapshot(planar))
    view._header.test_points.trigger()
    view.show_frame(made_snapshot(one_input([-2.0, 3.0, 0.0, 2.0])))
    assert not any(item.isVisible() for item in plot(view).points._test)
    view._header.test_points.trigger()
    assert all(item.isVisible() for item in plot(view).points._test)
