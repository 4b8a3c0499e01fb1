"""One neuron's map, large, in place of the decision boundary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import LIGHT
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Conv2D, Dense, Flatten
from nnplayground.training.observe.maps import Maps
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data, made_maps, made_snapshot

SIDE = 40


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[BoundaryView]:
    view = BoundaryView()
    qtbot.addWidget(view)
    view.resize(440, 460)
    view.show()
    yield view
    view.close()


def data() -> Prepared:
    return made_data([[-4.0, 4.0], [4.0, 4.0], [-4.0, -4.0], [4.0, -4.0]], [1.0, 0.0, 0.0, 1.0], test=[2, 3])


def frame(data: Prepared, *, upper: float = 1.0) -> Snapshot:
    """Return a moment in which the network leans left and right, and neuron 2 of layer 1 up and down."""
    centres = -6.0 + 12.0 * (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(centres, centres)
    hidden = np.stack([np.zeros((SIDE, SIDE)), upper * np.sign(y)])
    layers = (np.stack([x, y]), hidden, np.sign(x)[np.newaxis])
    maps: Maps = replace(made_maps(data, layers[-1]), layers=layers)
    return made_snapshot(data, maps=maps)


def color(view: BoundaryView, across: float, up: float) -> QColor:
    canvas = view._plot.frame.canvas
    inside = canvas.mapFromScene(view._plot.frame.box.mapViewToScene(QPointF(across, up)))
    return view.grab().toImage().pixelColor(canvas.viewport().mapTo(view, inside))


def is_blue(seen: QColor) -> bool:
    return seen.blue() > seen.red() + 40


def is_orange(seen: QColor) -> bool:
    return seen.red() > seen.blue() + 40


def test_the_map_of_a_neuron_takes_the_place_of_the_boundary_and_gives_it_back(view: BoundaryView) -> None:
    view.show_frame(frame(data()))
    assert is_orange(color(view, -2.0, 2.0))
    view.show_unit((1, 1))
    assert is_blue(color(view, -2.0, 2.0))
    assert is_orange(color(view, -2.0, -2.0))
    assert view._title.whole_text() == "Layer 1, neuron 2"
    assert "−1 to +1" in view._legend.accessibleName()
    view.show_unit(None)
    assert is_orange(color(view, -2.0, 2.0))
    assert view._title.whole_text() == "Decision boundary"
    assert "orange" in view._legend.accessibleName()


def test_it_follows_the_frames_and_the_points_stay(view: BoundaryView) -> None:
    shown = data()
    view.show_frame(frame(shown))
    view.show_unit((1, 1))
    points = [*view._plot.points._train, *view._plot.points._test]
    view.show_frame(frame(shown, upper=-1.0))
    assert is_orange(color(view, -2.0, 2.0))
    assert [*view._plot.points._train, *view._plot.points._test] == points
    again = data()
    view.show_frame(frame(again))
    assert is_blue(color(view, -2.0, 2.0))
    assert view._title.whole_text() == "Layer 1, neuron 2"


def test_nothing_moves_under_the_pointer(view: BoundaryView) -> None:
    classes = tuple(f"a class with a long name {place}" for place in range(6))
    shown = made_data([[0.0, float(place)] for place in range(6)], list(range(6)), classes=classes)
    layers = (np.zeros((2, SIDE, SIDE)), np.zeros((2, SIDE, SIDE)), np.zeros((6, SIDE, SIDE)))
    view.show_frame(made_snapshot(shown, maps=replace(made_maps(shown, layers[-1]), layers=layers)))
    view.grab()
    before = view._plot.geometry(), view._legend.geometry()
    view.show_unit((1, 0))
    view.grab()
    assert (view._plot.geometry(), view._legend.geometry()) == before


def test_inputs_and_outputs_have_maps_too(view: BoundaryView) -> None:
    view.show_frame(frame(data()))
    view.show_unit((0, 1))
    assert is_blue(color(view, -2.0, 2.0))
    assert view._title.whole_text().startswith("Input x")
    view.show_unit((2, 0))
    assert view._title.whole_text() == "Output neuron (blue)"


def test_pointing_reads_the_neuron(view: BoundaryView, qtbot: QtBot) -> None:
    view.show_frame(frame(data()))
    view.show_unit((1, 1))
    canvas = view._plot.frame.canvas
    place = canvas.mapFromScene(view._plot.frame.box.mapViewToScene(QPointF(3.0, 2.0)))
    qtbot.mouseMove(canvas.viewport(), place + QPoint(3, 3))
    qtbot.mouseMove(canvas.viewport(), place)
    qtbot.waitUntil(lambda: view._read_out.whole_text().startswith("1.00 at x1 "))


@pytest.mark.parametrize("unit", [(1, 2), (3, 0), (-1, 0), (1, -1)])
def test_a_neuron_that_there_is_not_changes_nothing(view: BoundaryView, unit: tuple[int, int]) -> None:
    view.show_frame(frame(data()))
    view.show_unit(unit)
    assert is_orange(color(view, -2.0, 2.0))
    assert view._title.whole_text() == "Decision boundary"


def test_layers_that_look_at_pictures_change_nothing(view: BoundaryView) -> None:
    architecture = Architecture((1, 2, 2), (Conv2D(2, 2, "relu"), Flatten(), Dense(1, "tanh")))
    view.show_frame(replace(frame(data()), architecture=architecture))
    view.show_unit((1, 1))
    assert view._title.whole_text() == "Decision boundary"


def test_the_line_is_where_the_neuron_changes_sides(view: BoundaryView) -> None:
    view.show_frame(frame(data()))
    view.show_unit((1, 1))
    # The line is a pixel wide and may lie between two of them; its neighbourhood is pale.
    near = [color(view, 3.0, step) for step in (-0.06, -0.03, 0.0, 0.03, 0.06)]
    line = min(near, key=lambda seen: seen.lightness())
    assert max(abs(line.red() - QColor(LIGHT.text).red()), abs(line.blue() - QColor(LIGHT.text).blue())) < 60
