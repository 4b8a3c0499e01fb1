"""The inside of the layers: reports and curves made by hand in, texts and pixels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inside.view import SIDE_BY_SIDE, InsideView
from nnplayground.app.main import application
from nnplayground.app.shell.look import use_theme
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.app.ui.theme import DARK, LIGHT, SPACE
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.history_record import Branch, HistoryRecord
from tests.made_layers import curve_of, healthy, make_report, output, showing, spread
from tests.observed import seen_in
from tests.projects import projects

NORMS = np.array([[np.nan, 0.1, 0.2, 0.1], [np.nan, 1.0, 2.0, 1.0]])
LAYERS = healthy(1, weights=spread(2.0), dead=0.25, saturated=0.6), output(2)
START = healthy(1), output(2)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[InsideView]:
    use_theme(application(), LIGHT.name)
    view = InsideView()
    qtbot.addWidget(view)
    view.resize(1036, 260)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.close()


def texts(view: InsideView) -> list[list[str]]:
    model = view.layers.model
    return [[str(model.index(row, column).data()) for column in range(5)] for row in range(model.rowCount())]


def tip(view: InsideView, row: int, column: int) -> str:
    return " ".join(str(view.layers.model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)).split())


def lines(view: InsideView) -> list[int]:
    """Return how many points the lines have that lead to the moment shown."""
    return [line.now.path().elementCount() for line in view.gradients.plot._lines]


class TestLayers:
    def test_every_layer_has_mean_deviation_and_shares(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS, start=START), NORMS))
        deviation = np.linspace(-1.0, 1.0, 65).std()
        assert texts(view) == [
            [f"0 ± {2 * deviation:.2f}", f"0 ± {np.linspace(-1, 1, 64).std():.3f}", f"0 ± {deviation / 100:.5f}",
             "1 of 4", "60.0 %"],
            [f"0 ± {deviation:.3f}", f"0 ± {np.linspace(-1, 1, 64).std():.3f}", f"0 ± {deviation / 100:.5f}",
             "0 of 1", "10.0 %"],
        ]  # fmt: skip

    def test_what_should_worry_has_another_colour(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        model, ink = view.layers.model, Qt.ItemDataRole.ForegroundRole
        assert [model.index(0, column).data(ink) is not None for column in range(5)] == [
            False,
            False,
            False,
            True,
            True,
        ]
        assert all(model.index(1, column).data(ink) is None for column in range(5))
        assert view.layers.sentences["dead"].warns
        assert LIGHT.warning in view.layers.sentences["saturated"].styleSheet()

    def test_now_and_the_start_are_told_and_the_legend_says_which_start(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS, start=START, start_epoch=120), NORMS))
        assert "Now 0 ± 1.17, from −2.00 to 2.00. At the start 0 ± 0.586, from −1.00 to 1.00." in tip(view, 0, 0)
        assert "epoch 120" in view.layers._legend.text()
        assert view.layers.sentences["weights"].whole_text == "Layer 1 grew most: 2 times as wide as at the start."

    def test_without_a_start_there_is_only_now(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        assert "At the start" not in tip(view, 0, 0) and "epoch" not in view.layers._legend.text()

    def test_a_layer_without_weights_says_so(self, view: InsideView) -> None:
        pool = healthy(1, kind="max_pool2d", activation=None, neurons=None, weights=None, gradients=None)
        view.show_frame(showing(make_report(pool, output(2)), NORMS[:1]))
        assert [texts(view)[0][column] for column in (0, 2)] == ["–", "–"]
        assert "no weights" in tip(view, 0, 0)

    def test_bars_are_now_and_the_outline_is_the_start(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS, start=START), NORMS))
        table = view.layers.table
        area = table.visualRect(view.layers.model.index(0, 0))
        image = table.viewport().grab().toImage()
        colors = {image.pixelColor(x, y).name() for x in range(area.left(), area.right()) for y in range(area.height())}
        assert {QColor(LIGHT.accent).name(), QColor(LIGHT.text).name()} <= colors

    def test_each_row_has_the_colour_of_its_line(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        head = view.layers.model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole)
        assert head.toImage().pixelColor(2, 2).name() == view.gradients.plot.color(1)

    def test_rows_share_the_height_and_many_scroll(self, qtbot: QtBot, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        table = view.layers.table
        qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)
        high = table.rowHeight(0)
        view._pacer._timer.stop()
        many = [healthy(place) for place in range(1, 13)]
        view.show_frame(showing(make_report(*many, output(13)), np.full((13, 4), 1.0), hidden=12))
        qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
        assert table.rowHeight(0) < high

    def test_columns_and_their_heads_stand_above_each_other(self, qtbot: QtBot, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        table, titles = view.layers.table, view.layers._titles

        def offsets() -> list[int]:
            """Return how far each head begins beside its column."""
            heads = [title.mapTo(view, QPoint(-SPACE[0], 0)).x() for title in titles.values()]
            columns = [table.viewport().mapTo(view, QPoint(table.columnViewportPosition(c), 0)).x() for c in range(5)]
            return [abs(head - column) for head, column in zip(heads, columns, strict=True)]

        for width in (1036, 1600, 700):
            view.resize(width, 300)
            qtbot.waitUntil(lambda: max(offsets()) <= 1)


class TestGradients:
    def test_each_layer_has_a_line_with_its_name_at_the_end(self, qtbot: QtBot, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        assert [line.label.text() for line in view.gradients.plot._lines] == ["1", "output"]
        qtbot.waitUntil(lambda: view.gradients.plot.height() > 100)
        assert all(line.label.isVisible() for line in view.gradients.plot._lines)
        assert min(lines(view)) >= 3

    def test_they_grow_and_are_cut_short_with_the_run(self, view: InsideView) -> None:
        long = np.tile(NORMS, 3)
        for count in (4, 9, 12, 6):
            view.show_frame(showing(None, long[:, :count]))
            assert view.gradients.plot.export_table()["epoch"].tolist() == list(range(count))
            (across, values) = view.gradients.plot._lines[0].envelope.line(long[0, :count], 0.0, 50.0, most=256)
            assert np.array_equal(values, long[0, :count], equal_nan=True) and across[-1] == count - 1

    def test_another_run_is_drawn_anew(self, view: InsideView) -> None:
        many = np.tile(NORMS, 40)
        view.show_frame(showing(None, many))
        view.show_frame(replace(showing(None, 7.0 * many), generation=2))
        _, values = view.gradients.plot._lines[0].envelope.line(7.0 * many[0], 0.0, 200.0, most=8)
        assert np.nanmax(values) == pytest.approx(1.4)

    def test_the_pointer_reads_an_epoch(self, qtbot: QtBot, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        plot = view.gradients.plot
        qtbot.waitUntil(plot.isVisible)
        plot.frame.settle()
        there = plot.frame.canvas.mapFromScene(plot.frame.box.mapViewToScene(QPointF(2.0, 0.0)))
        qtbot.mouseMove(plot.frame.canvas.viewport(), QPoint(3, 3))
        qtbot.mouseMove(plot.frame.canvas.viewport(), there)
        qtbot.waitUntil(
            lambda: view.gradients.sentence.whole_text == "epoch 2: layer 1 0.200, the output 2.00", timeout=3000
        )

    def test_an_earlier_moment_is_marked_and_the_rest_is_pale(self, view: InsideView) -> None:
        whole = np.tile(NORMS, 3)
        snapshot = showing(None, whole[:, :5])
        record = HistoryRecord(branches=(Branch(4, curve_of(whole)),), is_back=True, last_epoch=11)
        view.show_frame(replace(snapshot, record=record))
        plot = view.gradients.plot
        assert plot._moment.isVisible() and plot._moment.line().x1() == 4.0
        assert plot._lines[0].later.path().boundingRect().right() == pytest.approx(11.0, abs=0.5)
        view.show_frame(showing(None, whole))
        assert not plot._moment.isVisible()
        assert plot._lines[0].later.path().isEmpty()

    def test_a_network_of_another_depth_has_other_lines(self, view: InsideView) -> None:
        view.show_frame(showing(None, NORMS))
        view.show_frame(showing(None, np.full((3, 4), 0.5), hidden=2))
        assert [line.label.text() for line in view.gradients.plot._lines] == ["1", "2", "output"]
        view.show_frame(showing(None, np.empty((0, 0)), hidden=2))
        assert view.gradients.plot._lines == []

    def test_gradients_of_zero_leave_a_gap(self, view: InsideView) -> None:
        dead = NORMS.copy()
        dead[0] = 0.0
        view.show_frame(showing(None, dead))
        assert view.gradients.plot._lines[0].now.path().elementCount() < lines(view)[1]
        view.grab()


class TestManners:
    def test_before_anything_comes_it_says_so_and_after_a_failure_too(self, view: InsideView) -> None:
        assert view._stack.currentIndex() == 0 and "appears here" in view._empty.text()
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        assert view._stack.currentIndex() == 1
        view.clear()
        assert view._stack.currentIndex() == 0 and view._empty.text() == NO_NETWORK

    def test_it_asks_for_reports_only_while_it_can_be_seen(self, qtbot: QtBot, view: InsideView) -> None:
        told: list[tuple[str, ReportRequest | None]] = []
        view.observation_wanted.connect(lambda *wanted: told.append(wanted))
        view.hide()
        view.show_frame(showing(None, NORMS))
        assert view.gradients.plot._lines == []
        view.show()
        assert told == [("inside", None), ("inside", ReportRequest())]
        assert len(view.gradients.plot._lines) == 2

    def test_in_a_narrow_dock_the_plot_stands_below(self, qtbot: QtBot, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS), NORMS))
        view.resize(SIDE_BY_SIDE - 100, 500)
        qtbot.waitUntil(lambda: view.gradients.y() >= view.layers.geometry().bottom())
        view.resize(SIDE_BY_SIDE + 100, 500)
        qtbot.waitUntil(lambda: view.gradients.x() >= view.layers.geometry().right())

    def test_both_themes_are_drawn(self, view: InsideView) -> None:
        view.show_frame(showing(make_report(*LAYERS, start=START), NORMS))
        light = view.grab().toImage()
        view.set_theme(DARK)
        assert view.grab().toImage() != light

    def test_histograms_can_be_taken_away(self, view: InsideView) -> None:
        assert view.export_table() == {}
        view.show_frame(showing(make_report(*LAYERS, start=START), NORMS))
        table = view.export_table()
        assert table["layer_1_weights_edges"][[0, -1]].tolist() == [-2.0, 2.0]
        assert table["layer_1_weights_start_edges"][[0, -1]].tolist() == [-1.0, 1.0]
        assert np.nansum(table["output_gradients_counts"]) == 65 and np.isnan(table["output_gradients_counts"][-1])
        assert len(table) == 2 * 3 * 4

    def test_sentences_that_do_not_fit_are_cut_and_wholly_in_the_tooltip(self, view: InsideView) -> None:
        sentence = view.layers.sentences["weights"]
        sentence.show_text("word " * 60)
        assert sentence.text().endswith(" …") and sentence.text().count("word") < 60
        assert sentence.toolTip().count("word") == 60


@settings(
    deadline=None, max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(project=projects())
def test_any_legal_project_can_be_shown(view: InsideView, project: Project) -> None:
    session = Session(Run(project), 1)
    session.train(batches=2, epochs=1)
    session.advance(50)
    snapshot = session.snapshot([ReportRequest()], epochs_per_second=0.0)
    view._pacer._timer.stop()
    view.show_frame(snapshot)
    view.grab()
    assert seen_in(snapshot, ReportRequest).start is not None
    assert view.layers.model.rowCount() == len(seen_in(snapshot, ReportRequest).layers)
    assert all(sentence.whole_text for sentence in view.layers.sentences.values())


def test_layers_and_lines_of_a_real_run_go_together(view: InsideView) -> None:
    run = Run(Project(network=NetworkSpec(layers=(DenseSpec(units=3), DenseSpec(units=2)))))
    run.train_epochs(3)
    view.show_frame(Session(run, 1).snapshot([ReportRequest()], epochs_per_second=0.0))
    assert len(view.gradients.plot._lines) == view.layers.model.rowCount() == 3
    table = view.gradients.plot.export_table()
    assert list(table) == ["epoch", "gradient_layer_1", "gradient_layer_2", "gradient_output"]
    assert table["gradient_output"][3] == pytest.approx(run.history.curve().gradient_norms[2, 3])
