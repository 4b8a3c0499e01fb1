"""The ROC curve: figures and lines of a curve made by hand, read by the pointer, in turns with the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.measures.view import ALL_SECTIONS, MeasuresView
from nnplayground.app.ui.theme import DARK
from nnplayground.engine.metrics import roc_curve
from nnplayground.training.observe.reports import PartReport, Report
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.measures.made_reports import layer, of_classes, part_of_classes, showing

NAMES = ("orange", "blue")
# Four samples of each class. Of the eight the network takes five for blue: all four blue ones and one other.
SCORES = np.array([0.1, 0.2, 0.3, 0.8, 0.6, 0.7, 0.9, 0.9])
BLUE = np.array([False] * 4 + [True] * 4)


def part() -> PartReport:
    return replace(part_of_classes([[3, 1], [0, 4]]), roc=roc_curve(SCORES, BLUE))


def made(*, test: PartReport | None = None, train: PartReport | None = None) -> Snapshot:
    return showing(Report(train or part(), test, 0.0, (layer(1),), 8), NAMES)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MeasuresView]:
    view = MeasuresView()
    qtbot.addWidget(view)
    view.resize(ALL_SECTIONS + 100, 260)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.close()


def texts(view: MeasuresView) -> list[str]:
    model = view.roc.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(qtbot: QtBot, view: MeasuresView, name: str) -> None:
    (button,) = [one for one in view.findChildren(QToolButton, f"measures_show_{name}") if one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_area_and_rates_at_the_present_threshold_are_those_of_the_samples(view: MeasuresView) -> None:
    """Of 16 pairs 14 are in the right order: only 0.8 stands above 0.6 and 0.7."""
    view.show_frame(made())
    assert texts(view) == ["0.875", "100 %", "25.0 %"]
    assert "present threshold" in view.roc._said.whole_text()


def test_the_pointer_reads_another_threshold(qtbot: QtBot, view: MeasuresView) -> None:
    view.show_frame(made())
    qtbot.waitUntil(view.roc.plot.isVisible)
    plot = view.roc.plot
    plot.frame.settle()
    there = plot.frame.canvas.mapFromScene(plot.frame.box.mapViewToScene(QPointF(0.0, 0.5)))
    qtbot.mouseMove(plot.frame.canvas.viewport(), QPoint(5, 5))
    qtbot.mouseMove(plot.frame.canvas.viewport(), there)
    qtbot.waitUntil(lambda: view.roc._said.whole_text() == "at the threshold 0.900")
    assert texts(view) == ["0.875", "50.0 %", "0 %"]
    plot._pointer_left()
    assert texts(view)[1:] == ["100 %", "25.0 %"]


def test_a_part_without_both_classes_has_no_curve(qtbot: QtBot, view: MeasuresView) -> None:
    view.show_frame(made(train=replace(part(), roc=None)))
    hint = view.roc._stack.currentWidget()
    assert hint is not None and hint.objectName() == "measures_roc_empty"
    assert view.roc.export_table() == {}
    view._pacer._timer.stop()
    view.show_frame(made(test=replace(part(), roc=None)))
    assert view.roc._stack.currentIndex() == 1


def test_more_classes_have_none(view: MeasuresView) -> None:
    view.show_frame(showing(of_classes()))
    assert not view.roc.isVisible() and view.confusion.isVisible()


def test_where_room_is_short_matrix_and_curve_take_turns(qtbot: QtBot, view: MeasuresView) -> None:
    view.show_frame(made(test=part()))
    assert view.confusion.isVisible() and view.roc.isVisible()
    view.resize(1036, 172)
    qtbot.waitUntil(lambda: not view.roc.isVisible())
    press(qtbot, view, "roc")
    assert view.roc.isVisible() and not view.confusion.isVisible()
    press(qtbot, view, "matrix")
    assert view.confusion.isVisible() and not view.roc.isVisible()
    view.resize(600, 400)
    qtbot.waitUntil(lambda: view.confusion.isVisible() and view.roc.isVisible())


def test_the_curves_can_be_taken_away_as_columns_of_one_length(view: MeasuresView) -> None:
    few = replace(part(), roc=roc_curve(np.array([0.0, 1.0]), np.array([False, True])))
    view.show_frame(made(test=few))
    table = view.roc.export_table()
    assert len({len(column) for column in table.values()}) == 1
    assert table["test_true_positives"][:3].tolist() == [0.0, 1.0, 1.0]
    assert np.isnan(table["test_true_positives"][3:]).all()
    assert table["train_threshold"].tolist() == [np.inf, 0.9, 0.8, 0.7, 0.6, 0.3, 0.2, 0.1]


def test_it_is_drawn_in_either_theme(view: MeasuresView) -> None:
    view.show_frame(made(test=part()))
    light = view.roc.grab().toImage()
    view.set_theme(DARK)
    assert view.roc.grab().toImage() != light
