"""The window joins its parts: buttons, keys, messages, files, themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import DARK
from nnplayground.export.formats import read_model
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    Parameters,
    Project,
    TableSource,
)
from nnplayground.project.storage import load, save
from nnplayground.project.training_spec import OptimizerSpec
from nnplayground.training.thread.session import Session
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

PENGUINS = Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.messages.text and window.messages.isVisible(), timeout=PATIENCE)


class TestControl:
    def test_space_plays_and_pauses(self, qtbot: QtBot, window: MainWindow) -> None:
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 0)
        assert window.commands["play"].iconText() == "Pause"
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait_for(qtbot, window, lambda snapshot: not snapshot.running)
        assert window.commands["play"].iconText() == "Play"

    def test_two_quick_presses_cancel_each_other(self, qtbot: QtBot, window: MainWindow) -> None:
        for _ in range(2):
            qtbot.keyClick(window, Qt.Key.Key_Space)
        snapshot = wait_for(qtbot, window, lambda snapshot: not snapshot.running)
        qtbot.waitUntil(lambda: not window.player._timer.isActive())
        assert window.player.snapshot is not None
        assert window.player.snapshot.steps <= snapshot.steps + 40
        assert not window.player.plays

    def test_steps(self, qtbot: QtBot, window: MainWindow) -> None:
        window.commands["step_batch"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.steps == 1)
        window.commands["step_epoch"].trigger()
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1 and not snapshot.running)
        assert snapshot.batch == 0

    def test_restart_gives_the_same_weights_and_new_weights_others(self, qtbot: QtBot, window: MainWindow) -> None:
        first = wait_for(qtbot, window, lambda snapshot: True)
        window.commands["step_epoch"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1)
        window.commands["restart"].trigger()
        again = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        assert again.parameters.tobytes() == first.parameters.tobytes()
        window.commands["new_weights"].trigger()
        other = wait_for(qtbot, window, lambda snapshot: snapshot.generation > first.generation)
        assert other.parameters.tobytes() != first.parameters.tobytes()
        assert np.array_equal(other.data.samples.inputs, first.data.samples.inputs)
        window.commands["undo"].trigger()
        back = wait_for(qtbot, window, lambda snapshot: snapshot.generation > other.generation)
        assert back.parameters.tobytes() == first.parameters.tobytes()

    def test_read_outs_follow(self, qtbot: QtBot, window: MainWindow) -> None:
        window.train_epochs(3)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3)
        qtbot.waitUntil(lambda: window.toolbar.readouts.text("epoch") == "3", timeout=PATIENCE)
        assert "%" in window.toolbar.readouts.text("score")
        qtbot.waitUntil(lambda: window.status.text() == "Paused after epoch 3.", timeout=PATIENCE)

    def test_speed_is_chosen(self, qtbot: QtBot, window: MainWindow) -> None:
        window.toolbar.speed.setCurrentText("Flat out")
        window.toolbar.speed.textActivated.emit("Flat out")
        window.commands["play"].trigger()
        wait_for(qtbot, window, lambda snapshot: snapshot.epochs_per_second > 60.0)


class TestWhatGoesWrong:
    def test_divergence_pauses_says_what_to_try_and_keeps_finite_weights(self, qtbot: QtBot) -> None:
        network = NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity")
        training = replace(SMALL.training, optimizer=OptimizerSpec(learning_rate=1e6))
        with window_of(qtbot, replace(SMALL, network=network, training=training)) as window:
            window.commands["play"].trigger()
            qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)
            assert "Try a smaller learning rate than 1e+06" in window.stop_card.sentence.text()
            snapshot = window.player.snapshot
            assert snapshot is not None and not snapshot.running
            assert np.isfinite(snapshot.parameters).all()
            assert window.commands["play"].iconText() == "Play"

    def test_a_worker_error_reaches_the_window_and_the_window_goes_on(
        self, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def explode(_self: Session, _batches: int) -> int:
            raise ZeroDivisionError("on purpose")

        with monkeypatch.context() as patch:
            patch.setattr(Session, "advance", explode)
            window.commands["play"].trigger()
            says(qtbot, window, "ZeroDivisionError")
        window.document.edit(replace(window.document.project, seed=5), "Seed")
        wait_for(qtbot, window, lambda snapshot: snapshot.project.seed == 5)

    def test_data_that_cannot_be_had_are_told_and_undo_brings_back_what_was(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        window.train_epochs(2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2)
        data = replace(window.document.project.data, source=ImagesSource(path="no such folder"))
        window.document.edit(replace(window.document.project, data=data), "Pictures")
        says(qtbot, window, "no such folder")
        assert window.toolbar.readouts.text("epoch") == "–"
        for name in ("play", "step_batch", "step_epoch", "restart", "export"):
            assert not window.commands[name].isEnabled()
        window.commands["undo"].trigger()
        wait_for(qtbot, window, lambda snapshot: isinstance(snapshot.project.data.source, GeneratedSource))
        qtbot.waitUntil(lambda: not window.messages.isVisible())
        assert window.commands["export"].isEnabled()
        assert window.commands["play"].isEnabled()

    def test_start_values_that_no_longer_fit_are_told(self, qtbot: QtBot) -> None:
        weights = (((0.1, 0.2),) * 4, ((0.1,) * 4,) * 2, ((0.1, 0.2),))
        start = Parameters(weights=weights, biases=((0.0,) * 4, (0.0,) * 2, (0.0,)))
        with window_of(qtbot, replace(SMALL, parameters=start)) as window:
            layers = (DenseSpec(units=5), DenseSpec(units=2))
            window.network_view.layers_edited.emit(layers, "Five", 0)
            assert window.document.project.parameters is None
            says(qtbot, window, "The start values of the file no longer fit")
            window.commands["undo"].trigger()
            assert window.document.project.parameters == start

    def test_a_seed_or_an_undo_in_place_of_given_weights_is_no_misfit(self, qtbot: QtBot) -> None:
        with window_of(qtbot) as window:
            for leave in (partial(window.edits.seed_weights, 5), window.commands["undo"].trigger):
                qtbot.waitUntil(lambda: window.player.is_current, timeout=PATIENCE)
                window.commands["start_from"].trigger()
                given = window.document.project
                assert given.parameters is not None
                leave()
                assert window.document.project.parameters is None
                assert "no longer fit" not in (window.messages.text if window.messages.isVisible() else "")

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.nnp.json", b"{", "It is not JSON"),
            ("a.json", b'{"format": "x"}', 'format is "x"'),
            ("a.csv", b"one,two\nx,y\nz,w\n", "a.csv"),
            ("a.jpg", b"", "no kind that can be opened"),
            ("a.npz", b"junk", "not an NPZ archive"),
        ],
    )
    def test_a_bad_file_leaves_the_document(
        self, name: str, content: bytes, words: str, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        (tmp_path / name).write_bytes(content)
        window.files.open_path(tmp_path / name)
        says(qtbot, window, words)
        assert window.document.project == SMALL

    def test_a_table_with_an_impossible_value_does_not_enter_the_document(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        (tmp_path / "inf.csv").write_text("a,b,kind\n1,2,x\n3,inf,y\n4,5,x\n", encoding="utf-8")
        window.files.use_table(tmp_path / "inf.csv")
        says(qtbot, window, "inf.csv")
        assert window.document.project == SMALL

    def test_what_was_wrong_is_taken_back_by_the_next_edit(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        window.files.open_path(tmp_path / "nothing.csv")
        says(qtbot, window, "nothing.csv")
        window.document.edit(replace(SMALL, seed=3), "Seed")
        assert not window.messages.isVisible()

    def test_divergence_is_taken_back_by_a_restart_and_told_again_by_the_next(self, qtbot: QtBot) -> None:
        network = NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity")
        training = replace(SMALL.training, optimizer=OptimizerSpec(learning_rate=1e6))
        with window_of(qtbot, replace(SMALL, network=network, training=training)) as window:
            window.commands["play"].trigger()
            qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)
            window.commands["restart"].trigger()
            qtbot.waitUntil(lambda: not window.stop_card.isVisible(), timeout=PATIENCE)
            for _ in range(2):
                window.commands["play"].trigger()
                assert not window.stop_card.isVisible()
                qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)

    def test_messages_cover_nothing_that_can_be_operated(self, qtbot: QtBot, window: MainWindow) -> None:
        window.messages.show_message("A long message. " * 12, "error")
        bar = window.messages.geometry()
        center = window.network_view.parentWidget()
        assert center is not None
        assert bar.bottom() < center.height()
        assert bar.top() > window.network_view.geometry().center().y()

    def test_messages_follow_the_middle_when_docks_come_and_go(self, qtbot: QtBot, window: MainWindow) -> None:
        window.messages.show_message("It lies over the foot.", "error")
        center = window.network_view.parentWidget()
        assert center is not None
        for _ in range(2):
            before = center.size()
            window.details.toggle_measures()
            window.docks["cost"].setVisible(not window.docks["cost"].isVisible())
            window.docks["output"].setVisible(not window.docks["output"].isVisible())
            qtbot.waitUntil(partial(_is_other_than, center, before))
            bar = window.messages.geometry()
            assert (bar.right(), bar.bottom()) == (center.width() - 13, center.height() - 13)

    def test_an_export_that_cannot_be_written_is_told(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        window.files.export_to(tmp_path / "nowhere" / "w.npz")
        says(qtbot, window, "could not be written: no such file or directory")


class TestFiles:
    def test_save_and_open(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        path = tmp_path / "mine.nnp.json"
        window.document.edit(replace(window.document.project, seed=7), "Seed")
        assert window.isWindowModified()
        assert window.files.save_to(path)
        assert not window.isWindowModified()
        assert window.windowTitle().startswith("mine")
        assert load(path).seed == 7
        window.files.new()
        wait_for(qtbot, window, lambda snapshot: snapshot.project == Project())
        window.files.open_path(path)
        wait_for(qtbot, window, lambda snapshot: snapshot.project.seed == 7)

    def test_another_document_starts_silently_and_is_prepared_once(
        self, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window.train_epochs(1)
        before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1)
        window.files.new()
        after = wait_for(qtbot, window, lambda snapshot: snapshot.project == Project())
        assert after.generation == before.generation + 1
        assert not window.messages.isVisible()

    def test_edits_made_while_a_file_is_read_are_asked_about(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save(replace(SMALL, seed=9), tmp_path / "other.nnp.json")
        window.files.open_path(tmp_path / "other.nnp.json")
        window.document.edit(replace(SMALL, seed=4), "Seed")
        asked: list[str] = []

        def refuse() -> bool:
            asked.append("asked")
            return False

        with monkeypatch.context() as patch:
            patch.setattr(window.files, "may_discard", refuse)
            qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE)
        assert window.document.project.seed == 4

    def test_a_table_of_two_columns_names_the_inputs_of_the_network(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        rows = [f"{a},{b},{'yes' if a > b else 'no'}" for a in range(6) for b in range(6)]
        (tmp_path / "t.csv").write_text("wide,high,larger\n" + "\n".join(rows), encoding="utf-8")
        window.files.use_table(tmp_path / "t.csv")
        qtbot.waitUntil(lambda: "wide" in window.network_view.canvas.accessibleDescription(), timeout=PATIENCE)

    def test_an_opened_table_asks_nothing_as_it_can_be_undone(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = [f"{a},{b},{'yes' if a > b else 'no'}" for a in range(6) for b in range(6)]
        (tmp_path / "t.csv").write_text("a,b,larger\n" + "\n".join(rows), encoding="utf-8")
        window.document.edit(replace(SMALL, seed=3), "Seed")
        monkeypatch.setattr(window.files, "may_discard", lambda: pytest.fail("It asks."))
        window.files.open_path(tmp_path / "t.csv")
        wait_for(qtbot, window, lambda snapshot: isinstance(snapshot.project.data.source, TableSource))
        assert window.document.undo_stack.count() == 2
        monkeypatch.undo()

    def test_a_csv_becomes_the_data_and_can_be_undone(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        rows = [f"{a},{b},{'yes' if a > b else 'no'}" for a in range(6) for b in range(6)]
        (tmp_path / "t.csv").write_text("a,b,larger\n" + "\n".join(rows), encoding="utf-8")
        window.files.use_table(tmp_path / "t.csv")
        wait_for(qtbot, window, lambda snapshot: isinstance(snapshot.project.data.source, TableSource))
        window.commands["undo"].trigger()
        wait_for(qtbot, window, lambda snapshot: isinstance(snapshot.project.data.source, GeneratedSource))

    @pytest.mark.parametrize("name", ["w.npz", "w.model.json"])
    def test_export_holds_the_weights_on_show(
        self, name: str, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        window.train_epochs(2)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        window.files.export_to(tmp_path / name)
        says(qtbot, window, "read back and compared")
        for found, expected in zip(read_model(tmp_path / name).weights, snapshot.weights, strict=True):
            assert np.array_equal(found, expected)


def places(part: QWidget) -> dict[str, QRect]:
    """Return where each control is in a part of the window."""
    return {child.objectName(): child.geometry() for child in part.findChildren(QWidget) if child.isVisible()}


class TestAppearance:
    def test_another_theme_changes_every_part(self, qtbot: QtBot, window: MainWindow) -> None:
        window.choose_theme("dark")
        image = window.grab().toImage()
        panel = image.pixelColor(window.width() // 2, window.height() // 2)
        assert panel.lightnessF() < 0.5
        assert window.theme == DARK
        window.choose_theme("light")

    def test_another_theme_moves_nothing_in_the_toolbar(self, qtbot: QtBot, window: MainWindow) -> None:
        before = places(window.toolbar)
        for theme in ("dark", "light"):
            window.choose_theme(theme)
            window.grab()
            assert places(window.toolbar) == before

    def test_the_two_heroes_have_sixty_percent_of_the_window(self, qtbot: QtBot, window: MainWindow) -> None:
        window.resize(1280, 720)
        window.reset_layout()
        qtbot.waitUntil(lambda: window.network_view.width() > 400)
        heroes = [window.network_view.parentWidget(), window.boundary_view]
        share = sum(part.width() * part.height() for part in heroes if part) / (1280 * 720)
        assert share >= 0.6

    def test_nothing_scrolls_at_1440_by_900(self, qtbot: QtBot, window: MainWindow) -> None:
        window.resize(1440, 900)
        window.reset_layout()
        qtbot.waitUntil(lambda: window.width() == 1440)
        for panel in (window.data_panel, window.training_panel):
            area = panel.parentWidget()
            assert area is not None
            assert panel.height() <= area.height()

    @pytest.mark.parametrize("project", [SMALL, PENGUINS], ids=["plane", "table"])
    def test_every_control_has_a_name_and_a_tooltip(self, project: Project, qtbot: QtBot) -> None:
        with window_of(qtbot, project) as window:
            for control in controls(window):
                assert control.objectName(), control
                assert control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()), control
                assert control.toolTip(), control.objectName()

    def test_hidden_views_are_spared(self, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        shown: list[object] = []
        window.docks["cost"].hide()
        monkeypatch.setattr(window.cost_view, "show_frame", shown.append)
        window.train_epochs(2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2)
        assert shown == []

    def test_a_view_that_comes_back_shows_this_moment(self, qtbot: QtBot, window: MainWindow) -> None:
        window.docks["cost"].hide()
        window.train_epochs(3)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
        qtbot.waitUntil(lambda: not window.player._timer.isActive(), timeout=PATIENCE)
        window.docks["cost"].show()
        qtbot.waitUntil(lambda: len(window.cost_view.plots[0].traces[0].values) == 4, timeout=PATIENCE)


def _is_other_than(widget: QWidget, size: QSize) -> bool:
    return widget.size() != size


def controls(window: MainWindow) -> list[QWidget]:
    """Return what a user can operate in panels, views and toolbar, without the insides of other controls."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider)
    roots = [*window.panels, *window.views, window.toolbar]
    found = [control for root in roots for control in root.findChildren(QWidget) if isinstance(control, kinds)]
    return [control for control in found if not control.objectName().startswith("qt_") and control.isVisible()]


def test_a_list_used_with_the_mouse_leaves_space_to_play(window: MainWindow) -> None:
    lists = [box for box in window.findChildren(QComboBox) if box.isVisibleTo(window)]
    assert len(lists) > 5
    assert [box.objectName() for box in lists if box.focusPolicy() != Qt.FocusPolicy.TabFocus] == []


def test_space_presses_the_control_that_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    before = window.document.project.training.shuffle
    window.training_panel.shuffle.setFocus()
    qtbot.keyClick(window.training_panel.shuffle, Qt.Key.Key_Space)
    assert window.document.project.training.shuffle is not before
    assert window.player.snapshot is not None
    assert not window.player.snapshot.running


def test_at_the_smallest_size_the_names_of_the_measures_can_be_read(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1024, 640)
    window.reset_layout()
    qtbot.waitUntil(lambda: window.width() == 1024, timeout=PATIENCE)
    for name in ("show_cost", "show_score", "boundary_show"):
        button = window.findChild(QToolButton, name)
        assert button is not None
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    inspector = window.findChild(QToolButton, "inspector_button")
    assert inspector is not None and inspector.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    window.resize(1280, 720)
    window.reset_layout()
    qtbot.waitUntil(lambda: inspector.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
