"""A trained network is taken away as a file and opened again: it is what it was, and training goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.replay.replay import NOTHING_YET
from nnplayground.app.main import wait_for_epochs
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.export.formats import export, read_model
from nnplayground.headless import model_of
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, NetworkSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from tests.app.driving import PATIENCE, wait_for, window_of

LEFT = Qt.MouseButton.LeftButton
PENGUINS = Project(
    data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize"),
    network=NetworkSpec(layers=(DenseSpec(4),)),
)
ROWS = "height,weight,kind\n" + "".join(
    f"{150 + k % 40},{50 + 3 * k % 41},{('cat', 'dog', 'emu')[k % 3]}\n" for k in range(60)
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot, PENGUINS) as window:
        yield window


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = window.toolbar.findChild(QToolButton, f"{name}_button")
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def shows_score(qtbot: QtBot, window: MainWindow, snapshot: Snapshot) -> None:
    """Wait until the tool bar shows the accuracy of a moment, of both parts."""
    label = window.toolbar.findChild(QLabel, "readout_score")
    assert label is not None
    both = " · ".join(f"{100.0 * (part.score or 0.0):.1f} %" for part in (snapshot.train, snapshot.test))
    qtbot.waitUntil(lambda: label.text() == both, timeout=PATIENCE)


def says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.messages.text and window.messages.isVisible(), timeout=PATIENCE)


def model_file(folder: Path, project: Project = PENGUINS, *, epochs: int = 12) -> Path:
    """Write a trained network to a file."""
    run = Run(project)
    run.train_epochs(epochs)
    path = folder / "trained.npz"
    export(model_of(run), path)
    return path


def opened(qtbot: QtBot, window: MainWindow, path: Path, *, epoch: int = 12) -> None:
    window.files.open_path(path)
    says(qtbot, window, f"Opened {path.name}")
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == epoch and window.player.is_current)


def test_train_export_new_open_and_go_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: (snapshot.test.score or 0.0) > 0.95)
    press(qtbot, window, "play")
    before = wait_for(qtbot, window, lambda snapshot: not snapshot.running and window.player.is_at_rest)
    shows_score(qtbot, window, before)

    path = tmp_path / "penguins.npz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "NumPy archive (*.npz)"))
    press(qtbot, window, "export")
    says(qtbot, window, "it holds the trained network with its whole experiment")

    window.commands["new"].trigger()
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0 and len(snapshot.data.rule.classes) == 2)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.commands["open"].trigger()
    after = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == before.epoch and window.player.is_at_rest)
    assert np.array_equal(after.parameters, before.parameters)
    assert (after.test, after.train.score) == (before.test, before.train.score)
    says(qtbot, window, f"Opened penguins.npz as it was trained: {before.epoch:,} epochs, ")
    assert (
        f"{100.0 * (before.test.score or 0.0):.1f} % on the test part; Play goes on from there." in window.messages.text
    )
    assert window.windowTitle() == "penguins.npz[*] – NN Playground"
    assert not window.isWindowModified()
    assert window.document.undo_stack.count() == 0
    assert window.document.project == PENGUINS
    shows_score(qtbot, window, before)

    press(qtbot, window, "play")
    later = wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= before.epoch + 5)
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: not snapshot.running)
    assert (later.test.score or 0.0) > 0.93
    scores = later.curve.test_score[before.epoch :]
    assert scores.min() > (before.test.score or 0.0) - 0.03


def test_restart_goes_to_the_first_weights_of_the_experiment(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    first = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
    opened(qtbot, window, model_file(tmp_path))
    press(qtbot, window, "restart")
    again = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
    assert np.array_equal(again.parameters, first.parameters)


def test_an_edit_keeps_what_was_learned(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = model_file(tmp_path)
    opened(qtbot, window, path)
    project = window.document.project
    window.document.edit(replace(project, training=replace(project.training, l2=0.001)), "Penalty")
    wait_for(qtbot, window, lambda snapshot: snapshot.project.training.l2 == 0.001 and snapshot.epoch == 12)
    layers = replace(project.network, layers=(DenseSpec(5),))
    window.document.edit(replace(window.document.project, network=layers), "Layer")
    wider = wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes[1] == 5)
    assert wider.epoch == 12
    assert np.array_equal(wider.weights[0][:4], read_model(path).weights[0])


def test_a_stopped_run_opens_stopped_and_play_goes_on(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    project = replace(PENGUINS, training=TrainingSpec(stop=StopSpec(max_epochs=12)))
    opened(qtbot, window, model_file(tmp_path, project))
    assert window.player.snapshot is not None
    assert window.player.snapshot.stop is not None
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch > 13)


def test_a_window_of_a_stopped_run_trains_so_many_epochs_more(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    project = replace(PENGUINS, training=TrainingSpec(stop=StopSpec(max_epochs=12)))
    opened(qtbot, window, model_file(tmp_path, project))
    wait_for_epochs(window, 3, begun=12)
    assert window.player.snapshot is not None
    assert window.player.snapshot.epoch == 15


class TestTheCurve:
    def test_it_begins_where_the_network_was_opened(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        plot = window.cost_view.plots[0]
        qtbot.waitUntil(lambda: plot.last == 12, timeout=PATIENCE)
        dash = plot.traces[0].item.path().boundingRect()  # as a dot cannot be seen
        assert dash.center().x() == pytest.approx(12.0, abs=0.05)
        assert 3.0 < dash.width() / plot.frame.pixel()[0] < 10.0
        table = plot.export_table()
        assert table["epoch"].tolist() == [12.0]
        assert np.isfinite(table["train_cost"]).all()

    def test_epochs_before_are_said_to_be_unknown(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        plot = window.cost_view.plots[0]
        qtbot.waitUntil(lambda: plot.last == 12, timeout=PATIENCE)
        plot.pointed.emit(5)
        label = window.cost_view._foot.text
        qtbot.waitUntil(lambda: "epoch 5: not known" in label.toolTip() + label.text(), timeout=PATIENCE)

    @pytest.mark.parametrize("log", [True, False])
    def test_it_grows_from_there_on_both_axes(
        self, log: bool, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        opened(qtbot, window, model_file(tmp_path))
        window.cost_view.log_scale = log
        window.train_epochs(4)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 16 and not snapshot.running)
        qtbot.waitUntil(lambda: window.cost_view.plots[0].last == 16, timeout=PATIENCE)
        curve = window.cost_view.plots[0].traces[0].item.path().boundingRect()
        assert curve.left() == pytest.approx(12.0, abs=0.05)
        assert curve.right() == pytest.approx(16.0, abs=0.05)

    def test_going_back_ends_where_it_was_opened(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        window.player.travel(3)
        here = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 12 and window.player.is_at_rest)
        assert not here.record.is_back
        window.train_epochs(4)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 16 and not snapshot.running)
        window.player.travel(3)
        back = wait_for(qtbot, window, lambda snapshot: snapshot.record.is_back)
        assert back.epoch == 12
        assert np.array_equal(back.parameters, here.parameters)

    def test_there_is_nothing_to_replay_yet(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        window.commands["replay"].trigger()
        says(qtbot, window, NOTHING_YET)

    def test_all_details_show_it(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        for name in ("measures", "inside", "inspector", "surface", "compare", "pin"):
            window.commands[name].trigger()
        window.train_epochs(2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 14 and window.player.is_at_rest)
        assert len(window.details.views) >= 4
        assert any(view.isVisible() for view in window.details.views)
        assert window.failure == ""


class TestNames:
    def test_new_files_are_called_like_it_without_its_ending(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened(qtbot, window, model_file(tmp_path))
        offered: list[str] = []

        def ask(_parent: object, _title: str, start: str, *_: object) -> tuple[str, str]:
            offered.append(Path(start).name)
            return "", ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        window.commands["save"].trigger()
        window.commands["export"].trigger()
        assert offered == ["trained.nnp.json", "trained.npz"]
        assert window.document.path is None

    def test_another_document_has_its_own_title(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        opened(qtbot, window, model_file(tmp_path))
        window.commands["new"].trigger()
        assert "trained.npz" not in window.windowTitle()


class TestAMissingTable:
    def missing(self, qtbot: QtBot, window: MainWindow, folder: Path) -> QPushButton:
        """Open a model whose table has gone, and return the button that mends it."""
        (folder / "t.csv").write_text(ROWS, encoding="utf-8")
        source = TableSource(path=str(folder / "t.csv"), inputs=("height", "weight"), targets=("kind",))
        path = model_file(folder, Project(name="Animals", data=DataSpec(source=source, scaling="standardize")))
        (folder / "t.csv").rename(folder / "moved.csv")
        window.files.open_path(path)
        says(qtbot, window, "The table t.csv, on which the network was trained, was not found in")
        button = window.messages.findChild(QPushButton, "message_offer")
        assert button is not None
        assert button.isVisible()
        return button

    def test_pointing_to_it_makes_the_experiment_whole(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        button = self.missing(qtbot, window, tmp_path)
        assert window.document.project == PENGUINS  # what was open stays
        assert button.text() == "Find the table…"
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "moved.csv"), ""))
        qtbot.mouseClick(button, LEFT, pos=QPoint(button.width() // 2, button.height() // 2))
        says(qtbot, window, "Opened trained.npz as it was trained")
        assert not button.isVisible()
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 12)
        assert snapshot.data.rule.classes == ("cat", "dog", "emu")
        assert np.array_equal(snapshot.weights[0], read_model(tmp_path / "trained.npz").weights[0])

    def test_another_table_is_refused_and_one_can_point_again(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        button = self.missing(qtbot, window, tmp_path)
        (tmp_path / "other.csv").write_text(ROWS.replace("emu", "yak"), encoding="utf-8")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "other.csv"), ""))
        qtbot.mouseClick(button, LEFT)
        says(qtbot, window, 'its classes have "yak" in place of "emu"')
        assert button.isVisible()

    def test_who_does_not_point_can_do_so_later(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        button = self.missing(qtbot, window, tmp_path)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        qtbot.mouseClick(button, LEFT)
        assert button.isVisible()

    def test_the_button_goes_with_its_message(self, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
        button = self.missing(qtbot, window, tmp_path)
        window.messages.show_message("Something else.")
        assert not button.isVisible()


def test_a_network_exported_while_it_trains_tells_the_cost_of_its_weights(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    training = replace(PENGUINS.training, optimizer=OptimizerSpec(learning_rate=0.3), batch_size=1)
    window.document.edit(replace(PENGUINS, training=training), "Batch")
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.batch > 0)
    window.files.export_to(tmp_path / "m.npz")
    says(qtbot, window, "read back and compared")
    press(qtbot, window, "play")
    model = read_model(tmp_path / "m.npz")
    assert model.experiment is not None
    window.files.open_path(tmp_path / "m.npz")
    says(qtbot, window, "Opened m.npz")
    assert window.messages.kind == "info"  # a cost of other weights would be told as a change of the data


def test_an_r2_without_a_bound_is_told_in_few_letters(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """A diverged network is kept with finite weights; its R² had a hundred digits."""
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n" + "".join(f"{k},{3 * k % 17}.5\n" for k in range(60)), encoding="utf-8")
    data = DataSpec(source=TableSource(path=str(path), targets=("y",)), target_scaling="none")
    optimizer = OptimizerSpec(learning_rate=1e6)
    project = Project(data=data, network=NetworkSpec(layers=()), training=TrainingSpec(optimizer=optimizer))
    opened_file = model_file(tmp_path, project, epochs=1)
    window.files.open_path(opened_file)
    says(qtbot, window, f"Opened {opened_file.name}")
    assert "R² −" in window.messages.text and len(window.messages.text) < 120
