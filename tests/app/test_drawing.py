"""Drawing in the real window: while the network trains, from the first point on, and in the large view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.actions import NEED_NETWORK
from nnplayground.app.features.drawing.tools import Tool
from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project, TableSource
from nnplayground.project.storage import load, save
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.app.features.drawing.pointer import LEFT, RIGHT, Pointer
from tests.messages import all_told

CORNERS = ((-4.0, 4.0, 0.0), (4.0, 4.0, 1.0), (-4.0, -4.0, 1.0), (4.0, -4.0, 0.0))
DRAWN = Project(data=DataSpec(source=PointsSource(classes=("A", "B"), points=CORNERS)))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


@pytest.fixture
def drawn(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that draws on four points."""
    with window_of(qtbot, DRAWN) as window:
        window.commands["draw"].trigger()
        yield window


def points_of(window: MainWindow) -> tuple[tuple[float, float, float], ...]:
    source = window.document.project.data.source
    assert isinstance(source, PointsSource)
    return source.points


def widget(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def can_train(window: MainWindow) -> bool:
    return all(window.commands[name].isEnabled() for name in NEED_NETWORK)


class TestWhileTraining:
    def test_the_boundary_follows_the_brush_and_nothing_is_lost(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["play"].trigger()
        before = wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch > 5)
        pointer, sizes = Pointer(drawn.boundary_view), set[int]()
        drawn.player.frame.connect(lambda snapshot: sizes.add(len(snapshot.data.samples.targets)))
        pointer.press((-3.0, 0.0))
        for step in range(40):
            pointer.move((-3.0 + step * 0.15, 0.0), pressed=True)
            with qtbot.waitSignal(drawn.player.frame, timeout=PATIENCE):
                pass
        pointer.release((3.0, 0.0))
        after = wait_for(qtbot, drawn, lambda snapshot: len(snapshot.data.samples.targets) == len(points_of(drawn)))
        assert len(points_of(drawn)) > 10
        assert len(sizes) > 5
        assert after.running and after.epoch >= before.epoch
        assert not drawn.messages.isVisible()
        assert drawn.document.undo_stack.count() == 1
        wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch > after.epoch)

    def test_a_point_that_is_moved_keeps_weights_and_part(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["step_epoch"].trigger()
        before = wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch == 1 and not snapshot.running)
        drawn.boundary_view.drawing.bar.choose_tool(Tool.MOVE)
        Pointer(drawn.boundary_view).drag([(4.0, 4.0), (2.0, 1.0)])
        after = wait_for(qtbot, drawn, lambda snapshot: snapshot.generation > before.generation)
        assert after.parameters.tobytes() == before.parameters.tobytes()
        assert after.epoch == 1
        assert np.array_equal(after.data.test_rows, before.data.test_rows)

    def test_drawing_keeps_the_weights_even_where_other_edits_do_not(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.network_bar.keep_weights_changed.emit(False)
        drawn.commands["step_epoch"].trigger()
        before = wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch == 1 and not snapshot.running)
        Pointer(drawn.boundary_view).click((0.0, 0.0))
        after = wait_for(qtbot, drawn, lambda snapshot: snapshot.generation > before.generation)
        assert after.epoch == 1
        assert not drawn.messages.isVisible()

    def test_another_class_starts_over_and_says_so(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["step_epoch"].trigger()
        wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch == 1 and not snapshot.running)
        QTest.keyClick(drawn, Qt.Key.Key_3)
        assert "Training started over, because the data changed." in drawn.messages.text
        Pointer(drawn.boundary_view).click((0.0, 0.0))
        snapshot = wait_for(qtbot, drawn, lambda snapshot: len(snapshot.data.samples.targets) == 5)
        assert snapshot.data.samples.classes == ("A", "B", "C")

    def test_clearing_while_it_trains_waits_for_new_points_and_goes_on(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["play"].trigger()
        before = wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch > 5)
        qtbot.mouseClick(widget(drawn, "clear_drawing"), LEFT)
        qtbot.waitUntil(lambda: drawn.player.snapshot is None, timeout=PATIENCE)
        pointer = Pointer(drawn.boundary_view)
        pointer.click((-2.0, 0.0))
        QTest.keyClick(drawn, Qt.Key.Key_2)
        pointer.click((2.0, 0.0))
        after = wait_for(qtbot, drawn, lambda snapshot: snapshot.running)
        assert after.epoch >= before.epoch
        wait_for(qtbot, drawn, lambda snapshot: snapshot.epoch > after.epoch)

    def test_what_the_view_draws_is_what_trains(self, qtbot: QtBot, drawn: MainWindow) -> None:
        Pointer(drawn.boundary_view).drag([(-3.0, 0.0), (3.0, 2.0)])
        snapshot = wait_for(qtbot, drawn, lambda snapshot: snapshot.project == drawn.document.project)
        shown = [0, 0, 0]
        for (_, part), items in drawn.boundary_view.drawing.marks._items.items():
            shown[part] += len(items[0].data)
        assert shown == [len(snapshot.data.train_rows), 0, len(snapshot.data.test_rows)]


class TestBeginning:
    def test_the_card_begins_with_an_empty_plane_and_two_classes_make_it_train(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        qtbot.mouseClick(window.data_panel.draw, LEFT)
        assert points_of(window) == ()
        qtbot.waitUntil(lambda: window.player.snapshot is None, timeout=PATIENCE)
        assert window.boundary_view.drawing.hand.plane().high == pytest.approx((6.0, 6.0))
        assert not can_train(window)
        assert not window.messages.isVisible()
        assert "There are no points yet" in window.status.text()
        read_out = widget(window, "boundary_read_out")
        assert isinstance(read_out, ElidedLabel) and read_out.whole_text() == ""
        pointer = Pointer(window.boundary_view)
        pointer.click((-2.0, 0.0))
        note = widget(window, "drawing_note")
        assert isinstance(note, QLabel) and note.isVisible() and note.text() == "Now another class"
        QTest.keyClick(window, Qt.Key.Key_2)
        pointer.click((2.0, 0.0))
        snapshot = wait_for(qtbot, window, lambda snapshot: True)
        assert (len(snapshot.data.train_rows), len(snapshot.data.test_rows)) == (2, 0)
        assert all_told(snapshot.data.notes) == (
            "So few points all train; from point 5 of a class on some are kept for the test.",
        )
        assert can_train(window)
        assert not note.isVisible()

    def test_the_points_of_before_can_be_taken_over(self, qtbot: QtBot, window: MainWindow) -> None:
        before = wait_for(qtbot, window, lambda snapshot: True)
        window.commands["draw"].trigger()
        button = widget(window, "take_points")
        assert isinstance(button, QPushButton) and button.text() == "Begin with the 100 points of before"
        qtbot.mouseClick(button, LEFT)
        taken = np.array(points_of(window))
        assert np.array_equal(taken[:, :2], before.data.samples.inputs)
        assert np.array_equal(taken[:, 2], before.data.samples.targets)
        wait_for(qtbot, window, lambda snapshot: len(snapshot.data.samples.targets) == 100)
        assert not button.isVisible()
        for _ in range(2):
            window.commands["undo"].trigger()
        assert window.document.project == SMALL
        wait_for(qtbot, window, lambda snapshot: snapshot.project == SMALL)
        assert not window.boundary_view.drawing.is_on
        assert not window.commands["draw"].isChecked()

    def test_a_table_of_four_inputs_is_not_offered_and_needs_no_scaling(self, qtbot: QtBot) -> None:
        table = DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")
        with window_of(qtbot, Project(data=table)) as window:
            qtbot.keyClick(window, Qt.Key.Key_D)
            assert not widget(window, "take_points").isVisible()
            assert window.document.project.data.scaling == "none"
            qtbot.waitUntil(lambda: window.player.snapshot is None, timeout=PATIENCE)
            pointer = Pointer(window.boundary_view)
            aimed = pointer.place((-2.0, 3.0))
            pointer.click((-2.0, 3.0))
            assert points_of(window)[0][:2] == pytest.approx(aimed, abs=1e-4)

    def test_the_key_begins_and_ends_it(self, qtbot: QtBot, drawn: MainWindow) -> None:
        seen = [drawn.boundary_view.drawing.is_on]
        for _ in range(2):
            qtbot.keyClick(drawn, Qt.Key.Key_D)
            seen.append(drawn.boundary_view.drawing.is_on)
            assert drawn.commands["draw"].isChecked() == seen[-1]
        assert seen == [True, False, True]

    def test_a_drawing_is_saved_and_opened_again(self, qtbot: QtBot, drawn: MainWindow, tmp_path: Path) -> None:
        Pointer(drawn.boundary_view).drag([(-3.0, 0.0), (3.0, 2.0)])
        path = tmp_path / "drawn.nnp.json"
        save(drawn.document.project, path)
        assert load(path) == drawn.document.project

    def test_an_empty_drawing_can_be_opened(self, qtbot: QtBot) -> None:
        empty = Project(data=DataSpec(source=PointsSource(classes=("A", "B"))))
        window = MainWindow(empty, use_theme(application(), "light"), Settings())
        window.files.asks_before_discarding = False
        try:
            window.show()
            qtbot.waitUntil(lambda: "There are no points yet" in window.status.text(), timeout=PATIENCE)
            assert window.boundary_view.drawing.is_on
            Pointer(window.boundary_view).click((0.0, 0.0))
            assert len(points_of(window)) == 1
        finally:
            window.close()
            window.deleteLater()

    def test_with_other_data_the_mode_ends(self, qtbot: QtBot, drawn: MainWindow) -> None:
        qtbot.mouseClick(drawn.data_panel.cards[0], LEFT)
        assert isinstance(drawn.document.project.data.source, GeneratedSource)
        assert not drawn.boundary_view.drawing.is_on
        wait_for(qtbot, drawn, lambda snapshot: isinstance(snapshot.project.data.source, GeneratedSource))


def places(window: MainWindow) -> dict[str, QRect]:
    """Return where all docks and the network are."""
    found = {name: dock.geometry() for name, dock in window.docks.items() if dock.isVisible()}
    return found | {"center": window.network_view.rect()}


class TestLargeView:
    def test_the_output_fills_the_window_and_everything_comes_back(self, qtbot: QtBot, drawn: MainWindow) -> None:
        before = places(drawn)
        drawn.commands["large_output"].trigger()
        qtbot.waitUntil(lambda: drawn.docks["output"].width() == drawn.width(), timeout=PATIENCE)
        assert not drawn.network_view.isVisible()
        assert [name for name, dock in drawn.docks.items() if dock.isVisible()] == ["output"]
        Pointer(drawn.boundary_view).click((0.0, 0.0))
        assert len(points_of(drawn)) == 5
        qtbot.keyClick(drawn, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: places(drawn) == before, timeout=PATIENCE)

    def test_what_is_said_is_said_over_it(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["large_output"].trigger()
        drawn.messages.show_message("Something went wrong.", "error")
        qtbot.waitUntil(drawn.messages.isVisible, timeout=PATIENCE)
        drawn.commands["large_output"].trigger()
        assert drawn.messages.isVisible()
        assert drawn.messages.parentWidget() is drawn.centralWidget()

    def test_a_stroke_under_way_has_escape_first(self, qtbot: QtBot, drawn: MainWindow) -> None:
        drawn.commands["large_output"].trigger()
        pointer = Pointer(drawn.boundary_view)
        qtbot.waitUntil(lambda: drawn.docks["output"].width() == drawn.width(), timeout=PATIENCE)
        pointer.press((0.0, 0.0))
        pointer.key(Qt.Key.Key_Escape)
        assert points_of(drawn) == CORNERS
        assert drawn.large.is_on
        pointer.release((0.0, 0.0))
        pointer.key(Qt.Key.Key_Escape)
        assert not drawn.large.is_on

    def test_a_window_closed_while_large_starts_as_it_was(self, qtbot: QtBot) -> None:
        with window_of(qtbot, DRAWN) as window:
            before = window.saveState()
            window.commands["large_output"].trigger()
            qtbot.waitUntil(lambda: window.docks["output"].width() == window.width(), timeout=PATIENCE)
            assert window.saveState() != before
        assert Settings().load_layout()[1] == before


def test_a_monkey_draws(qtbot: QtBot, drawn: MainWindow) -> None:
    rng, pointer = np.random.default_rng(7), Pointer(drawn.boundary_view)
    drawn.commands["play"].trigger()
    mode, stack, failures = drawn.boundary_view.drawing, drawn.document.undo_stack, list[str]()
    drawn.player.failed.connect(failures.append)

    def place() -> tuple[float, float]:
        across, up = rng.uniform(-7.0, 7.0, 2)
        return float(across), float(up)

    gestures = (
        lambda: pointer.click(place()),
        lambda: pointer.click(place(), RIGHT),
        lambda: pointer.drag([place(), place()]),
        lambda: mode.bar.choose_tool(list(Tool)[rng.integers(3)]),
        lambda: QTest.keyClick(drawn, Qt.Key(int(Qt.Key.Key_1) + int(rng.integers(8)))),
        lambda: pointer.key([Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape][rng.integers(4)]),
        stack.undo,
        stack.redo,
    )
    for _ in range(300):
        gestures[rng.integers(len(gestures))]()
        assert mode.easel.stroke is None or mode.hand.tool is Tool.MOVE
    mode.easel.end()
    project = drawn.document.project
    while stack.canUndo():
        stack.undo()
    assert drawn.document.project == DRAWN
    while stack.canRedo():
        stack.redo()
    assert drawn.document.project == project
    assert mode.easel.points == points_of(drawn)
    assert all("There are no points" in said or "All points are" in said for said in failures), failures
    drawn.document.edit(DRAWN, "Back")
    wait_for(qtbot, drawn, lambda snapshot: snapshot.project == DRAWN)


class TestGoingBack:
    def test_undo_to_the_empty_plane_leaves_no_colours_on_the_screen(self, qtbot: QtBot, window: MainWindow) -> None:
        window.commands["draw"].trigger()
        qtbot.waitUntil(lambda: window.player.snapshot is None)
        qtbot.waitUntil(lambda: is_blank(window))
        qtbot.mouseClick(widget(window, "take_points"), LEFT)
        wait_for(qtbot, window, lambda snapshot: len(snapshot.data.samples.targets) == 100)
        qtbot.waitUntil(lambda: not is_blank(window))
        window.commands["undo"].trigger()
        qtbot.waitUntil(lambda: window.player.snapshot is None)
        qtbot.waitUntil(lambda: is_blank(window))


def is_blank(window: MainWindow) -> bool:
    """Tell whether the screen, painted anew or not, shows the bare ground at places of the plane without a text."""
    pointer = Pointer(window.boundary_view)
    image = window.screen().grabWindow(window.winId()).toImage()
    spots = [pointer.position(place) for place in ((-5.0, -4.5), (0.6, -4.5), (5.0, -4.5))]
    colors = {image.pixelColor(pointer._viewport.mapTo(window, spot)).name() for spot in spots}
    return colors == {QColor(window.theme.panel).name()}
