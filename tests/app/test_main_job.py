"""The main job as a user does it: draw a network with the mouse, play, watch the cost fall, take the weights away."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QStyleOptionSlider, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.cli import main
from nnplayground.export.formats import read_model
from nnplayground.export.model import same
from nnplayground.project.layer_specs import weighted
from nnplayground.project.storage import save
from nnplayground.project.training_spec import StopSpec
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.app.pointing import insert_position, slot_position

LEFT = Qt.MouseButton.LeftButton

PREDICT = """
import sys
import numpy as np
functions = {"tanh": np.tanh, "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z))}
with np.load(sys.argv[1]) as model:
    a = ((np.load(sys.argv[2]) - model["shift"]) / model["scale"]).T
    for number, name in enumerate(model["activations"], start=1):
        a = functions[str(name)](model[f"weights_{number}"] @ a + model[f"biases_{number}"][:, None])
np.save(sys.argv[3], a.T)
"""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def units(window: MainWindow) -> list[int]:
    return [layer.rows or 0 for layer in weighted(window.document.project.network.layers)]


def click_slot(qtbot: QtBot, window: MainWindow, layer: int, row: int) -> None:
    qtbot.mouseClick(window.network_view.canvas.viewport(), LEFT, pos=slot_position(window.network_view, layer, row))


def send(window: MainWindow, kind: QEvent.Type, position: QPoint) -> None:
    viewport = window.network_view.canvas.viewport()
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    spot = QPointF(position)
    event = QMouseEvent(kind, spot, viewport.mapToGlobal(spot), LEFT, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def drag(window: MainWindow, *stops: QPoint) -> None:
    send(window, QEvent.Type.MouseButtonPress, stops[0])
    for start, stop in pairwise(stops):
        for part in range(1, 11):
            send(window, QEvent.Type.MouseMove, start + (stop - start) * part / 10)
    send(window, QEvent.Type.MouseButtonRelease, stops[-1])


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = window.toolbar.findChild(QToolButton, f"{name}_button")
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def test_draw_play_export_and_predict_elsewhere(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click_slot(qtbot, window, 0, 5)
    assert units(window) == [6, 2]
    click_slot(qtbot, window, 1, 2)
    assert units(window) == [6, 3]
    start = wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes == (2, 6, 3, 1))

    press(qtbot, window, "play")
    fallen = wait_for(qtbot, window, lambda snapshot: (snapshot.train.cost or 1.0) < 0.5 * (start.train.cost or 0.0))
    assert fallen.epoch > 0
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: not snapshot.running)

    path = tmp_path / "weights.npz"
    answer = str(tmp_path / "weights"), "NumPy archive (*.npz)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    press(qtbot, window, "export")
    qtbot.waitUntil(lambda: "read back and compared" in window.messages.text, timeout=PATIENCE)
    snapshot = window.player.snapshot
    assert snapshot is not None
    points = snapshot.data.samples.inputs
    np.save(tmp_path / "points.npy", points)
    call = [sys.executable, "-c", PREDICT, str(path), str(tmp_path / "points.npy"), str(tmp_path / "out.npy")]
    subprocess.run(call, check=True, capture_output=True)

    a = points.T
    for weights, biases, name in zip(snapshot.weights, snapshot.biases, snapshot.architecture.activations, strict=True):
        z = weights @ a + biases[:, None]
        a = np.tanh(z) if name == "tanh" else 1.0 / (1.0 + np.exp(-z))
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), a.T, rtol=1e-9, atol=1e-12)


def test_the_app_gives_what_the_command_gives_from_the_same_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "same.nnp.json"
    training = replace(SMALL.training, stop=StopSpec(max_epochs=15), l2=0.001)
    save(replace(SMALL, training=training, seed=6), path)
    assert main(["train", str(path), "--quiet", "--export", str(tmp_path / "command.npz")]) == 0
    window.files.open_path(path)
    wait_for(qtbot, window, lambda snapshot: snapshot.project.seed == 6)
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: snapshot.stop is not None)
    window.files.export_to(tmp_path / "app.npz")
    qtbot.waitUntil(lambda: "read back and compared" in window.messages.text, timeout=PATIENCE)
    assert same(read_model(tmp_path / "app.npz"), read_model(tmp_path / "command.npz"))


def test_a_silhouette_is_one_gesture_and_one_undo(qtbot: QtBot, window: MainWindow) -> None:
    view = window.network_view
    drag(window, slot_position(view, 0, 6), slot_position(view, 1, 4))
    assert units(window) == [7, 5]
    assert window.document.undo_stack.count() == 1
    window.commands["undo"].trigger()
    assert units(window) == [4, 2]
    window.commands["redo"].trigger()
    assert units(window) == [7, 5]
    wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes == (2, 7, 5, 1))


def test_a_slider_and_a_silhouette_are_two_steps(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.data_panel.noise.slider
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    start = slider.style().subControlRect(parts[0], option, parts[1], slider).center()
    qtbot.mousePress(slider, LEFT, pos=start)
    qtbot.mouseMove(slider, start + QPoint(30, 0))
    qtbot.mouseRelease(slider, LEFT, pos=start + QPoint(30, 0))
    view = window.network_view
    drag(window, slot_position(view, 0, 6), slot_position(view, 1, 4))
    assert window.document.undo_stack.count() == 2


def test_layers_are_inserted_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    viewport = window.network_view.canvas.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=insert_position(window.network_view, 1))
    assert len(units(window)) == 3
    window.network_view.setFocus()
    for _ in range(3):
        qtbot.keyClick(window.network_view.canvas, Qt.Key.Key_Delete)
    assert units(window) == []
    wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes == (2, 1))
    for _ in range(4):
        window.commands["undo"].trigger()
    assert units(window) == [4, 2]


def test_drawing_while_it_trains_goes_on_training(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "play")
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch > 3)
    click_slot(qtbot, window, 0, 6)
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes == (2, 7, 2, 1))
    assert snapshot.running
    assert snapshot.epoch > 3
    wait_for(qtbot, window, lambda later: later.epoch > snapshot.epoch)
