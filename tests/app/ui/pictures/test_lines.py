"""What plots draw as three thin lines becomes one line again, and nothing else does."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainterPath, QTransform
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.plots.frame import PlotFrame, as_one_line, hairlines


def test_three_lines_beside_each_other_are_the_one_that_they_were_made_of(qtbot: QtBot) -> None:
    across, up = np.array([0.0, 10.0, 30.0, 45.0]), np.array([5.0, 7.0, 2.0, 9.0])
    path = hairlines(across / 2.0, up / 4.0, connect="all", pixel=(0.5, 0.25))
    line = as_one_line(QTransform.fromScale(2.0, 4.0).map(path))
    assert line is not None
    points = [(line.elementAt(place).x, line.elementAt(place).y) for place in range(line.elementCount())]
    assert np.allclose(points, np.column_stack([across, up]))


def test_a_gap_in_the_line_stays(qtbot: QtBot) -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0, 5.0])
    line = as_one_line(hairlines(np.arange(5.0) * 9.0, values, connect="finite", pixel=(1.0, 1.0)))
    assert line is not None
    assert sum(line.elementAt(place).isMoveTo() for place in range(line.elementCount())) == 2


def test_a_grid_of_three_lines_is_none_of_that_kind(qtbot: QtBot) -> None:
    grid = QPainterPath()
    for place in (0.0, 50.0, 100.0):
        grid.moveTo(place, 0.0)
        grid.lineTo(place, 80.0)
    assert as_one_line(grid) is None


def test_a_plot_that_was_hidden_tells_of_its_size_when_its_canvas_has_it(qtbot: QtBot) -> None:
    frame = PlotFrame()
    qtbot.addWidget(frame)
    told: list[tuple[int, int]] = []
    frame.resized.connect(lambda: told.append(frame.canvas.viewport().size().toTuple()))
    frame.resize(400, 300)
    frame.show()
    assert told[-1] == (400, 300)
    frame.resize(500, 300)
    assert told[-1] == (500, 300)
    assert len(told) == len(set(told))
