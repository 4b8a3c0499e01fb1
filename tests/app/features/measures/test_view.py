"""The measures: a hand-made report in, texts, tooltips and pixels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import nan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QTableView
from pytestqt.qtbot import QtBot

from nnplayground.app.features.measures.view import MeasuresView
from nnplayground.app.main import application
from nnplayground.app.shell.look import use_theme
from nnplayground.app.text.titles import LAYERS as LAYER_TITLES
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.app.ui.text_table import Table
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.project.layer_specs import (
    LAYER_KINDS,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import Project
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.app.features.measures.made_reports import (
    NAMES,
    TEST,
    TRAIN,
    layer,
    of_classes,
    of_numbers,
    part_of_classes,
    showing,
)
from tests.observed import seen_in
from tests.projects import projects

HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MeasuresView]:
    use_theme(application(), LIGHT.name)  # widths follow from the fonts and the style of the program
    view = MeasuresView()
    qtbot.addWidget(view)
    view.resize(1040, 260)
    view.show()
    yield view
    view.close()


def texts(table: QTableView) -> list[list[str]]:
    """Return the rows of a table as they stand, hidden columns left out."""
    model = table.model()
    columns = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def heads(table: QTableView, orientation: Qt.Orientation) -> list[str]:
    model = table.model()
    count = model.columnCount() if orientation == HORIZONTAL else model.rowCount()
    return [str(model.headerData(section, orientation)) for section in range(count)]


def tip(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.ToolTipRole))


class TestFigures:
    def test_classes_have_accuracies(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        assert heads(view.figures.table, VERTICAL) == ["Samples", "Cost", "Penalty", "Accuracy", "Balanced accuracy"]
        assert texts(view.figures.table) == [
            ["244", "68"], ["0.250", "0.500"], ["0", "–"], ["97.1 %", "88.2 %"], ["96.2 %", "79.5 %"],
        ]  # fmt: skip

    def test_numbers_have_fit_and_error_and_no_confusion(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_numbers(), ()))
        assert heads(view.figures.table, VERTICAL)[3:] == ["Fit (R²)", "Root mean squared error", "Mean absolute error"]
        figures = [["0.125", "–"], ["0.750", "−0.250"], ["15.5", "31.0"], ["12.5", "25.0"]]
        assert texts(view.figures.table)[2:] == figures
        assert not view.confusion.isVisible()

    def test_without_a_test_part_there_is_one_column(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes(test=False)))
        assert texts(view.figures.table)[0] == ["244"]
        assert not view.confusion.part.isVisible()
        assert "training samples" in view.confusion.title.text()
        assert texts(view.confusion.matrix) == [[str(count) for count in row] for row in TRAIN]

    def test_what_is_no_number_is_said(self, view: MeasuresView) -> None:
        report = of_numbers()
        view.show_frame(showing(replace(report, train=replace(report.train, cost=np.inf, r_squared=nan)), ()))
        assert texts(view.figures.table)[1][0] == "∞"
        assert texts(view.figures.table)[3][0] == "–"


class TestConfusion:
    def test_true_classes_are_rows_of_counts(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        assert heads(view.confusion.matrix, VERTICAL) == heads(view.confusion.matrix, HORIZONTAL) == list(NAMES)
        assert texts(view.confusion.matrix) == [[str(count) for count in row] for row in TEST]

    def test_each_class_has_precision_recall_f1_and_samples(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        assert heads(view.confusion.by_class, HORIZONTAL) == ["Precision", "Recall", "F1", "Samples"]
        assert texts(view.confusion.by_class) == [
            ["78.4 %", "100 %", "87.9 %", "29"],
            ["100 %", "38.5 %", "55.6 %", "13"],
            ["100 %", "100 %", "100 %", "26"],
        ]

    def test_the_other_part_is_one_choice_away(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        view.confusion.part.setFocus()
        qtbot.keyClick(view.confusion.part, Qt.Key.Key_Down)
        assert view.confusion.part.currentText() == "Training samples"
        assert texts(view.confusion.matrix) == [[str(count) for count in row] for row in TRAIN]

    def test_a_class_that_is_never_predicted_has_a_dash(self, view: MeasuresView) -> None:
        part = part_of_classes([[3, 0], [2, 0]])
        report = replace(of_classes(), train=part, test=None)
        view.show_frame(showing(report, ("a", "b")))
        assert texts(view.confusion.by_class)[1] == ["–", "0 %", "0 %", "2"]

    def test_hits_are_blue_and_mistakes_orange_on_the_screen(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        qtbot.waitUntil(lambda: view.confusion.matrix.horizontalScrollBar().maximum() == 0)
        assert pixel(view.confusion.matrix, 0, 0).blue() > pixel(view.confusion.matrix, 0, 0).red() + 50
        assert pixel(view.confusion.matrix, 1, 0).red() > pixel(view.confusion.matrix, 1, 0).blue() + 20
        assert pixel(view.confusion.matrix, 0, 2) == QColor(LIGHT.panel)

    def test_a_hundred_classes_scroll_and_stay_level(self, qtbot: QtBot, view: MeasuresView) -> None:
        names = tuple(f"class {number}" for number in range(100))
        counts = np.full((100, 100), 1) + 20 * np.eye(100, dtype=int)
        view.show_frame(showing(replace(of_classes(), train=part_of_classes(counts.tolist()), test=None), names))
        bar = view.confusion.matrix.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        assert view.confusion.by_class.verticalScrollBar().value() == bar.value()
        last = view.confusion.matrix.visualRect(view.confusion.matrix.model().index(99, 0)).top()
        assert view.confusion.by_class.visualRect(view.confusion.by_class.model().index(99, 0)).top() == last


class TestLayers:
    def test_each_layer_has_a_row(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        assert heads(view.layers.table, VERTICAL) == ["1 · Tanh", "Output"]
        assert texts(view.layers.table)[0] == ["1.25", "0.0123", "0 of 4", "12.5 %", "4 of 4", ""]
        assert "0.500" in tip(view.layers.table.model().index(0, 0))  # the biases
        assert "From −1.00 to 1.00" in tip(view.layers.table.model().index(0, 5))

    def test_layers_without_weights_have_dashes(self, view: MeasuresView) -> None:
        pooling = layer(
            2, kind="max_pool2d", activation=None, units=9, neurons=None, distinct=None, weight_norm=None,
            gradient_norm=None, bias_norm=None,
        )  # fmt: skip
        layers = (Conv2DSpec(), MaxPool2DSpec(), FlattenSpec())
        view.show_frame(showing(of_classes(layers=(pooling, layer(4, is_output=True))), layers=layers))
        assert heads(view.layers.table, VERTICAL)[1] == "4 · Output"
        assert heads(view.layers.table, VERTICAL)[0] == "2 · Max pooling"
        assert texts(view.layers.table)[0] == ["–", "–", "0 of 9", "12.5 %", "–", ""]

    def test_a_network_of_columns_has_the_numbers_of_the_editor(self, view: MeasuresView) -> None:
        layers = (DenseSpec(6), DropoutSpec(0.3), DenseSpec(4))
        view.show_frame(showing(of_classes(layers=(layer(1), layer(3), layer(4, is_output=True))), layers=layers))
        assert heads(view.layers.table, VERTICAL) == ["1 · Tanh", "2 · Tanh", "Output"]
        tips = [view.layers.table.model().headerData(row, VERTICAL, Qt.ItemDataRole.ToolTipRole) for row in range(3)]
        assert [str(tip).split(":")[0] for tip in tips] == ["Layer 1", "Layer 2", "The output layer"]

    @pytest.mark.parametrize("value", [0.00012345, 8.8888e-20, 123_456.0, 9_999_999.0, 8.8e300, 8.88e-300])
    def test_no_number_is_cut_off(self, qtbot: QtBot, view: MeasuresView, value: float) -> None:
        report = of_numbers()
        train = replace(report.train, cost=value, r_squared=-value)
        changed = replace(report, train=train, layers=(layer(1, weight_norm=value, gradient_norm=value),))
        view.show_frame(showing(changed, ()))
        for table in (view.figures.table, view.layers.table):
            model = table.model()
            rows = range(model.rowCount())
            columns = [place for place in range(model.columnCount()) if not table.isColumnHidden(place)]
            assert len(columns) >= 2
            cells = [model.index(row, column) for row in rows for column in columns]
            assert all(table.room_for(str(cell.data())) <= table.columnWidth(cell.column()) for cell in cells)

    def test_dead_and_equal_neurons_stand_in_the_colour_of_warnings(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes(layers=(layer(1, dead=0.25, distinct=3), layer(2)))))
        ink = Qt.ItemDataRole.ForegroundRole
        model = view.layers.table.model()
        assert [model.index(0, column).data(ink) for column in (2, 4)] == [QColor(LIGHT.warning)] * 2
        assert [model.index(1, column).data(ink) for column in (2, 4)] == [None, None]

    def test_the_histogram_is_a_picture_in_the_colour_of_the_theme(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        view.set_theme(DARK)
        assert bar_colors(view, width=1) == {QColor(DARK.accent).name()}

    def test_the_histogram_is_always_as_wide_as_its_column(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.resize(1300, 260)
        view.show_frame(showing(of_classes()))
        table = view.layers.table
        qtbot.waitUntil(lambda: table.width() == table.maximumWidth())
        for width in (40, 130):
            table.horizontalHeader().setStretchLastSection(False)
            table.setColumnWidth(5, width)
            assert bar_colors(view, width=width - 10) == {QColor(LIGHT.accent).name()}

    @pytest.mark.parametrize("kind", [kind.kind for kind in LAYER_KINDS])
    def test_every_kind_of_layer_can_be_named(self, view: MeasuresView, kind: str) -> None:
        spec = next(spec for spec in LAYER_KINDS if spec.kind == kind)
        made = spec().layer()
        if not made.hands_on:
            view.show_frame(showing(of_classes(layers=(layer(1, kind=kind, unit_name=made.unit_name),))))
            name = "Tanh" if kind == "dense" else LAYER_TITLES[kind].name
            assert heads(view.layers.table, VERTICAL) == [f"1 · {name}"]


class TestManners:
    def test_before_the_first_report_there_is_a_hint(self, view: MeasuresView) -> None:
        view.show_frame(showing(None))
        assert view._empty.isVisible()
        view.show_frame(showing(of_classes()))
        assert not view._empty.isVisible()

    def test_without_a_network_the_figures_of_the_last_one_go(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        view.show_frame(showing(of_classes()))
        view.clear()
        qtbot.waitUntil(lambda: not view._pacer._timer.isActive())
        assert view._empty.isVisible() and view._empty.text() == NO_NETWORK
        view.show_frame(showing(of_classes()))
        assert not view._empty.isVisible()

    def test_tab_leaves_the_matrix_and_its_focus_can_be_seen(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        view.activateWindow()
        view.confusion.matrix.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(view.confusion.matrix.hasFocus)
        assert view.confusion.matrix.grab().toImage().pixelColor(30, 0) == QColor(LIGHT.accent)
        qtbot.keyClick(view.confusion.matrix, Qt.Key.Key_Tab)
        assert not view.confusion.matrix.hasFocus()

    def test_columns_of_classes_are_equally_wide_and_full_names_in_the_tooltips(self, view: MeasuresView) -> None:
        names = ("a", "a very long name of a class", "b")
        view.show_frame(showing(of_classes(), names))
        assert len({view.confusion.matrix.columnWidth(column) for column in range(3)}) == 1
        help_text = view.confusion.matrix.model().headerData(1, HORIZONTAL, Qt.ItemDataRole.ToolTipRole)
        assert names[1] in str(help_text)

    def test_the_height_it_asks_for_shows_all_rows(self, qtbot: QtBot, view: MeasuresView) -> None:
        names = tuple("abcdefghij")
        counts = np.full((10, 10), 1)
        view.resize(1500, view.height_for(10))
        view.show_frame(showing(replace(of_classes(), train=part_of_classes(counts.tolist()), test=None), names))
        qtbot.waitUntil(lambda: view.confusion.matrix.verticalScrollBar().maximum() == 0)
        assert view.height_for(100) == view.height_for(12)

    def test_figures_change_at_a_pace_that_can_be_read(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        other = replace(of_classes(), train=part_of_classes(TRAIN, cost=0.125))
        view.show_frame(showing(other))
        assert texts(view.figures.table)[1][0] == "0.250"
        qtbot.waitUntil(lambda: texts(view.figures.table)[1][0] == "0.125")

    def test_a_frame_without_a_report_leaves_what_is_shown(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        view.show_frame(showing(None))
        assert texts(view.figures.table)[0] == ["244", "68"]

    def test_it_tells_when_it_begins_and_ends_to_be_seen(self, qtbot: QtBot, view: MeasuresView) -> None:
        told: list[tuple[str, ReportRequest | None]] = []
        view.observation_wanted.connect(lambda *wanted: told.append(wanted))
        view.hide()
        view.show()
        assert told == [("measures", None), ("measures", ReportRequest())]

    def test_everything_explains_itself(self, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        role = Qt.ItemDataRole.ToolTipRole
        for table in view.findChildren(Table):
            model = table.model()
            for column in range(model.columnCount()):
                assert str(model.headerData(column, HORIZONTAL, role)).endswith("."), (table.objectName(), column)
                for row in range(model.rowCount()):
                    assert tip(model.index(row, column)).rstrip().endswith("."), (table.objectName(), row, column)
            assert table.objectName() and table.accessibleName()
        for control in view.findChildren(QComboBox):
            assert control.objectName() and control.accessibleName() and control.toolTip()

    @pytest.mark.parametrize("width", [260, 700, 1040, 1900])
    def test_sections_stand_beside_or_below_each_other(self, qtbot: QtBot, view: MeasuresView, width: int) -> None:
        view.show_frame(showing(of_classes()))
        view.resize(width, 260)
        qtbot.waitUntil(lambda: view.width() == width)
        figures, layers = view.figures, view.layers
        if width >= 760:
            qtbot.waitUntil(lambda: layers.x() > figures.geometry().right() and layers.y() == figures.y())
        else:
            qtbot.waitUntil(lambda: layers.y() > figures.geometry().bottom() and layers.x() == figures.x())

    def test_nothing_is_cut_off_in_the_default_window(self, qtbot: QtBot, view: MeasuresView) -> None:
        view.show_frame(showing(of_classes()))
        bars = [table.horizontalScrollBar() for table in view.findChildren(Table) if table.isVisible()]
        qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))


def bar_colors(view: MeasuresView, *, width: int) -> set[str]:
    """Return the colours at the foot of the first histogram, `width` pixels from its left end on."""
    table = view.layers.table
    area = table.visualRect(table.model().index(0, 5))
    image = table.viewport().grab().toImage()
    return {image.pixelColor(area.left() + 5 + x, area.bottom() - 3).name() for x in (0, width - 1)}


def pixel(table: QTableView, row: int, column: int) -> QColor:
    """Return the ground of a cell, near its corner."""
    place = table.visualRect(table.model().index(row, column)).topLeft()
    return table.viewport().grab().toImage().pixelColor(place.x() + 2, place.y() + 2)


@settings(
    deadline=None, max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(project=projects())
def test_any_legal_project_can_be_reported_and_shown(view: MeasuresView, project: Project) -> None:
    run = Run(project)
    run.train(2)
    snapshot = Session(run, 1).snapshot([ReportRequest()], epochs_per_second=0.0)
    view._pacer._timer.stop()
    view.show_frame(snapshot)
    view.grab()
    assert len(texts(view.layers.table)) == len(seen_in(snapshot, ReportRequest).layers)
    assert view.confusion.isVisible() == bool(run.data.rule.classes)
