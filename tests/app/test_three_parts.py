"""The whole window with a validation part: every view takes it, and data that say their parts open with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS, MEASURES
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.observe.reports import ReportRequest
from nnplayground.training.run.parts import ALL_PARTS
from tests.app.driving import PATIENCE, wait_for, window_of
from tests.app.features.drawing.pointer import Pointer
from tests.data.test_parts import pictures
from tests.observed import seen_in

LEFT = Qt.MouseButton.LeftButton
CLASSES = DataSpec(source=GeneratedSource("moons", samples=120, noise=0.4), test_fraction=0.2, validation_fraction=0.25)
NUMBERS = replace(CLASSES, source=GeneratedSource("plane", samples=120, noise=0.2))
MANY = replace(CLASSES, source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")
FAST = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.03), batch_size=30)


@pytest.mark.parametrize("data", [CLASSES, NUMBERS, MANY], ids=["classes", "numbers", "table"])
def test_every_view_and_every_detail_shows_three_parts_while_it_trains(qtbot: QtBot, data: DataSpec) -> None:
    project = Project(data=data, training=replace(FAST, stop=StopSpec(max_epochs=25)))
    with window_of(qtbot, project) as window:
        window.resize(1500, 1000)
        window.commands["play"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.stop is not None)
        for detail in (*(one for one in DETAILS if one is not MEASURES), MEASURES):
            window.commands[detail.name].trigger()
            shown = window.details.view(detail)
            qtbot.waitUntil(shown.isVisible, timeout=PATIENCE)
            shown.grab()
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(ReportRequest) is not None)
        qtbot.waitUntil(lambda: bool(window.details.view(MEASURES).figures.export_table()), timeout=PATIENCE)
        assert snapshot.validation.cost == snapshot.curve.validation_cost[-1]
        assert snapshot.data.present == ALL_PARTS
        assert seen_in(snapshot, ReportRequest).validation is not None
        for view in window.views:
            view.grab()
        table = window.cost_view.plots[0].export_table()
        assert list(table)[:4] == ["epoch", "train_cost", "validation_cost", "test_cost"]
        assert table["validation_cost"].tobytes() == snapshot.curve.validation_cost.tobytes()
        readout = window.findChild(QLabel, "readout_validation")
        assert readout is not None and readout.isVisible() and readout.text() != "–"
        figures = window.details.view(MEASURES).figures.export_table()
        assert list(figures) == ["figure", "train", "validation", "test"]
        notice = "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
        assert "chosen on the validation part" in notice
        assert " validate (25 %)" in window.data_panel.split.counts.text()


def test_without_a_validation_part_the_window_shows_two_parts_as_before(qtbot: QtBot) -> None:
    project = Project(data=replace(CLASSES, validation_fraction=0.0), training=FAST)
    with window_of(qtbot, project) as window:
        window.commands["step_epoch"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1)
        readout = window.findChild(QLabel, "readout_validation")
        assert readout is not None and not readout.isVisible()
        assert list(window.cost_view.plots[0].export_table()) == ["epoch", "train_cost", "test_cost"]
        legend = window.boundary_view.findChild(QWidget, "boundary_legend")
        assert legend is not None and "validation" not in legend.accessibleName()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot, Project(data=CLASSES, training=FAST)) as window:
        yield window


def test_the_validation_curve_can_be_read_and_stands_at_its_end(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        window.commands["step_epoch"].trigger()
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3)
    plot = window.cost_view.plots[0]
    qtbot.waitUntil(lambda: plot.last == 3, timeout=PATIENCE)
    trace = next(trace for trace in plot.traces if trace.name == "validation")
    assert trace.item.pen().dashPattern() == [6.0, 2.0, 1.0, 2.0]
    assert trace.values.tobytes() == snapshot.curve.validation_cost.tobytes()
    plot.write_labels()
    assert trace.label.item.isVisible() and trace.label.item.text().startswith("validation 0.")
    assert "validation" in plot.reading(2) and "train" in plot.reading(2)


def test_the_map_marks_the_points_of_all_three_parts(qtbot: QtBot, window: MainWindow) -> None:
    data = wait_for(qtbot, window, lambda snapshot: True).data
    legend = window.boundary_view.findChild(QWidget, "boundary_legend")
    assert legend is not None
    for words in ("66 train", "30 validation", "24 test"):
        assert words in legend.accessibleName()
    assert "rings with a cross choose the best epoch" in " ".join(legend.toolTip().split())
    points = window.boundary_view._plot.points
    crosses = sum(len(item.data) for item in points._test if item.opts["symbol"] == "+")
    rings = sum(len(item.data) for item in points._test if item.opts["brush"] is None or item.zValue() == 12)
    assert crosses == len(data.validation_rows)
    assert rings == len(data.validation_rows) + len(data.test_rows)


def test_the_matrix_counts_the_validation_part_when_it_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["measures"].trigger()
    wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(ReportRequest) is not None)
    confusion = window.details.view(MEASURES).confusion
    box = window.findChild(QComboBox, "measures_part")
    assert box is not None
    qtbot.waitUntil(lambda: box.count() == 3, timeout=PATIENCE)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert confusion.shown_part == "validation"
    table = confusion.export_table()
    assert sum(int(np.sum(column)) for name, column in table.items() if name.startswith("taken")) == 30


class TestMarkedPoints:
    @pytest.fixture
    def drawn(self, qtbot: QtBot) -> Iterator[MainWindow]:
        points = ((-4.0, 4.0, 0.0), (4.0, 4.0, 1.0))
        source = PointsSource(classes=("A", "B"), points=points, parts=("train", "train"))
        with window_of(qtbot, Project(data=DataSpec(source=source, split="given"))) as window:
            window.commands["draw"].trigger()
            yield window

    def source(self, window: MainWindow) -> PointsSource:
        source = window.document.project.data.source
        assert isinstance(source, PointsSource)
        return source

    def test_points_are_drawn_into_the_part_that_is_chosen(self, qtbot: QtBot, drawn: MainWindow) -> None:
        box = drawn.findChild(QComboBox, "drawing_part")
        assert box is not None and box.isVisible() and box.toolTip()
        pointer = Pointer(drawn.boundary_view)
        pointer.click((0.0, 0.0))
        for step, place in ((1, (1.0, 0.0)), (1, (2.0, 0.0))):
            box.setFocus()
            for _ in range(step):
                QTest.keyClick(box, Qt.Key.Key_Down)
            pointer.click(place)
        assert self.source(drawn).parts == ("train", "train", "train", "validation", "test")
        data = wait_for(qtbot, drawn, lambda snapshot: len(snapshot.data.samples.targets) == 5).data
        assert [data.rows_of(part).tolist() for part in ALL_PARTS] == [[0, 1, 2], [3], [4]]
        drawn.document.undo_stack.undo()
        assert self.source(drawn).parts == ("train", "train", "train", "validation")

    def test_spraying_erasing_and_moving_keep_each_part_with_its_point(self, qtbot: QtBot, drawn: MainWindow) -> None:
        box = drawn.findChild(QComboBox, "drawing_part")
        assert box is not None
        pointer = Pointer(drawn.boundary_view)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_End)
        pointer.drag([(-3.0, -2.0), (3.0, -2.0)])
        sprayed = self.source(drawn)
        assert len(sprayed.points) > 6 and sprayed.parts == ("train",) * 2 + ("test",) * (len(sprayed.points) - 2)
        of_point = dict(zip(sprayed.points, sprayed.parts, strict=True))
        QTest.keyClick(drawn.boundary_view._plot, Qt.Key.Key_X)
        pointer.drag([(-4.0, 4.0), (-3.0, -2.0)])
        left = self.source(drawn)
        assert 0 < len(left.points) < len(sprayed.points)
        assert all(of_point[point] == part for point, part in zip(left.points, left.parts, strict=True))

    def test_a_random_split_draws_no_parts(self, qtbot: QtBot, drawn: MainWindow) -> None:
        field = drawn.data_panel.splitting.field
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Home)
        assert self.source(drawn).parts == () and drawn.document.project.data.split == "random"
        box = drawn.findChild(QComboBox, "drawing_part")
        assert box is not None and not box.isVisible()
        Pointer(drawn.boundary_view).click((0.0, 0.0))
        assert self.source(drawn).parts == () and len(self.source(drawn).points) == 3

    def test_clearing_and_drawing_anew_stays_marked(self, qtbot: QtBot, drawn: MainWindow) -> None:
        clear = drawn.findChild(QWidget, "clear_drawing")
        assert clear is not None
        qtbot.mouseClick(clear, LEFT)
        qtbot.waitUntil(lambda: drawn.player.snapshot is None, timeout=PATIENCE)
        Pointer(drawn.boundary_view).click((1.0, 1.0))
        assert self.source(drawn).parts == ("train",)
        assert drawn.document.project.data.split == "given"


class TestOpening:
    def test_a_folder_with_train_and_test_opens_as_its_parts(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        pictures(tmp_path / "train", "cats", "dogs", count=6)
        pictures(tmp_path / "test", "cats", "dogs", count=3)
        window.files.open_path(tmp_path)
        data = wait_for(qtbot, window, lambda snapshot: snapshot.data.samples.image_shape is not None).data
        assert [len(data.rows_of(part)) for part in ALL_PARTS] == [12, 0, 6]
        assert window.document.project.data.split == "given"
        assert "its folders for training and test are the parts" in window.messages.text
        assert window.data_panel.splitting.field.isVisible()

    def test_a_second_file_is_chosen_as_the_test_table(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, count in (("train.csv", 30), ("test.csv", 8)):
            with (tmp_path / name).open("w", newline="") as file:
                csv.writer(file).writerows([["x", "z", "y"], *([n, n * n % 7, "ab"[n % 2]] for n in range(count))])
        source = TableSource(path=str(tmp_path / "train.csv"), inputs=("x", "z"), targets=("y",))
        window.document.edit(replace(window.document.project, data=DataSpec(source=source)), "open")
        wait_for(qtbot, window, lambda snapshot: snapshot.data.samples.target_name == "y")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "test.csv"), ""))
        qtbot.mouseClick(window.data_panel.splitting.file, LEFT)
        data = wait_for(qtbot, window, lambda snapshot: len(snapshot.data.samples.targets) == 38).data
        assert [len(data.rows_of(part)) for part in ALL_PARTS] == [30, 0, 8]
        assert window.document.project.data.split == "given"
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "no.csv"), ""))
        qtbot.mouseClick(window.data_panel.splitting.file, LEFT)
        qtbot.waitUntil(lambda: "neither a file" in window.messages.text, timeout=PATIENCE)
        card = window.data_panel.cards[0]
        qtbot.mouseClick(card, LEFT)
        assert window.document.project.data.split == "random"
        wait_for(qtbot, window, lambda snapshot: snapshot.project.data.split == "random")

    def test_a_given_split_without_parts_is_one_sentence_and_can_be_left(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        project = window.document.project
        window.document.edit(replace(project, data=replace(project.data, split="given")), "break")
        qtbot.waitUntil(lambda: window.player.snapshot is None, timeout=PATIENCE)
        assert "they say no parts; let it be drawn at random" in window.messages.text
        field = window.data_panel.splitting.field
        assert field.isVisible()
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Home)
        wait_for(qtbot, window, lambda snapshot: snapshot.project.data.split == "random")


@pytest.mark.parametrize("width", [1000, 1280, 1700])
def test_the_toolbar_keeps_all_its_buttons_in_one_row(qtbot: QtBot, window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    qtbot.waitUntil(lambda: window.toolbar.width() == width, timeout=PATIENCE)
    button = window.findChild(QWidget, "export_button")
    cost = window.findChild(QLabel, "readout_validation")
    assert button is not None and cost is not None
    qtbot.waitUntil(cost.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: button.isVisible() and button.geometry().right() <= width, timeout=PATIENCE)
