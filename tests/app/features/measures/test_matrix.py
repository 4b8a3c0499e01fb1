"""Choosing in the confusion matrix, by mouse and by keyboard, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.measures.selecting import Choice
from nnplayground.app.features.measures.view import MeasuresView
from nnplayground.app.ui.theme import LIGHT
from nnplayground.training.observe.reports import PartReport, Report, ReportRequest
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.measures.made_reports import layer, part_of_classes
from tests.app.snapshots import made_data, made_snapshot
from tests.observed import with_answer

NAMES = ("ant", "bee", "fly")
TRUE, TEST_TRUE = [0, 0, 1, 1, 2, 2], [0, 1, 2]
RIGHT_ANSWERS = [0, 0, 1, 1, 2, 2]
LEFT = Qt.MouseButton.LeftButton
Told = tuple[list[int] | None, str]


def part(true: list[int], predicted: list[int]) -> PartReport:
    """Return the report of samples of these classes."""
    counts = np.zeros((3, 3), dtype=int)
    np.add.at(counts, (true, predicted), 1)
    return replace(part_of_classes(counts.tolist()), predicted=np.array(predicted))


def made(predicted: list[int], *, test: list[int] | None = None) -> Snapshot:
    """Return a snapshot of rows 0 to 5, two of each class, and `test` rows 6 to 8, taken for these classes."""
    data = made_data([[0.0, 0.0]] * 9, [*TRUE, *TEST_TRUE], classes=NAMES, test=(6, 7, 8) if test else ())
    if not test:
        data = replace(data, train_rows=np.arange(6))
    report = Report(part(TRUE, predicted), part(TEST_TRUE, test) if test else None, 0.0, (layer(1),), 6)
    return with_answer(made_snapshot(data), ReportRequest(), report)


def again(snapshot: Snapshot, predicted: list[int]) -> Snapshot:
    """Return a later snapshot on the same data."""
    return replace(snapshot, seen=made(predicted).seen)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MeasuresView]:
    view = MeasuresView()
    qtbot.addWidget(view)
    view.resize(1200, 260)
    with qtbot.waitActive(view):
        view.show()
    yield view
    view.close()


@pytest.fixture
def told(view: MeasuresView) -> list[Told]:
    """What the view has told of selections so far."""
    result: list[Told] = []
    view.samples_selected.connect(lambda rows, words: result.append((None if rows is None else rows.tolist(), words)))
    return result


def place(view: MeasuresView, row: int, column: int) -> QPoint:
    matrix = view.confusion.matrix
    return matrix.visualRect(matrix.model().index(row, column)).center()


def click(qtbot: QtBot, view: MeasuresView, row: int, column: int) -> None:
    qtbot.mouseClick(view.confusion.matrix.viewport(), LEFT, pos=place(view, row, column))


def show(view: MeasuresView, snapshot: Snapshot) -> None:
    view._pacer._timer.stop()
    view.show_frame(snapshot)


def test_a_click_selects_the_samples_of_a_cell_and_another_one_takes_it_back(
    qtbot: QtBot, view: MeasuresView, told: list[Told]
) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    click(qtbot, view, 0, 1)
    assert told == [([1], "1 training sample of class ant taken for bee")]
    click(qtbot, view, 0, 1)
    assert told[1:] == [(None, "")]


def test_the_selection_follows_its_cell(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    first = made([0, 1, 1, 1, 2, 2])
    show(view, first)
    click(qtbot, view, 0, 1)
    show(view, again(first, [1, 1, 1, 1, 2, 2]))
    show(view, again(first, [1, 1, 1, 0, 2, 2]))  # changes another cell
    show(view, again(first, RIGHT_ANSWERS))
    assert told[1:] == [
        ([0, 1], "2 training samples of class ant taken for bee"),
        ([], "0 training samples of class ant taken for bee"),
    ]


def test_the_header_selects_all_of_a_class(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([0, 1, 1, 1, 2, 0]))
    matrix = view.confusion.matrix
    for header, where in (
        (matrix.verticalHeader(), QPoint(4, place(view, 2, 0).y())),
        (matrix.horizontalHeader(), QPoint(place(view, 0, 1).x(), 4)),
    ):
        qtbot.mouseClick(header.viewport(), LEFT, pos=where)
    assert told == [
        ([4, 5], "2 training samples of class fly"),
        ([1, 2, 3], "3 training samples taken for bee"),
    ]


def test_the_keyboard_does_the_same(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    matrix = view.confusion.matrix
    matrix.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(matrix.hasFocus)
    keys = Qt.Key
    for key in (keys.Key_Right, keys.Key_Return, keys.Key_Down, keys.Key_Space):
        qtbot.keyClick(matrix, key)
    qtbot.keyClick(matrix, keys.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(matrix, keys.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(matrix, keys.Key_Escape)
    assert [rows for rows, _ in told] == [[1], [2, 3], [2, 3], [1, 2, 3], None]
    assert [words.split(" of ")[-1] for _, words in told[1:3]] == ["class bee recognized", "class bee"]


def test_the_part_decides_whose_samples_they_are(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([1, 0, 1, 1, 2, 2], test=[1, 1, 2]))
    click(qtbot, view, 0, 1)
    view.confusion.part.setCurrentIndex(1)
    view.confusion.part.activated.emit(1)
    assert told == [
        ([6], "1 test sample of class ant taken for bee"),
        ([0], "1 training sample of class ant taken for bee"),
    ]


def test_hidden_it_selects_nothing_and_shown_again_the_same(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    click(qtbot, view, 0, 1)
    view.hide()
    view.show()
    assert [rows for rows, _ in told] == [[1], None, [1]]


def test_other_data_and_no_network_end_it(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    click(qtbot, view, 0, 1)
    other = made([1, 1, 1, 1, 2, 2])
    view.show_frame(with_answer(other, ReportRequest(), None))  # the report comes later
    assert told[1:] == [(None, "")]
    show(view, other)
    assert told[2] == ([0, 1], "2 training samples of class ant taken for bee")
    view.clear()
    assert told[3:] == [(None, "")]


def test_other_classes_take_the_choice_back(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    first = made([0, 1, 1, 1, 2, 2])
    show(view, first)
    click(qtbot, view, 0, 1)
    renamed = replace(first.data.rule, classes=("x", "y", "z"))
    show(view, replace(made(RIGHT_ANSWERS), data=replace(first.data, rule=renamed)))
    assert view.confusion.matrix.choice is None
    assert told[-1] == (None, "")


def test_somebody_else_can_end_it(qtbot: QtBot, view: MeasuresView, told: list[Told]) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    click(qtbot, view, 0, 1)
    view.clear_selection()
    assert told[1:] == [(None, "")]


def test_what_is_chosen_has_a_frame_and_is_said(qtbot: QtBot, view: MeasuresView) -> None:
    show(view, made([0, 1, 1, 1, 2, 2]))
    matrix, said = view.confusion.matrix, view.confusion._said
    assert "Click" in said.whole_text()
    matrix.choose(Choice(0, None))
    area = matrix.visualRect(matrix.model().index(0, 2))
    image = matrix.viewport().grab().toImage()
    assert image.pixelColor(area.center().x(), area.top()) == QColor(LIGHT.text)
    below = matrix.visualRect(matrix.model().index(1, 2))
    assert image.pixelColor(below.center().x(), below.bottom()) != QColor(LIGHT.text)
    assert said.whole_text() == "2 training samples of class ant"
