"""Two thousand gestures by chance, after which the window still tells the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from tests.app.driving import PATIENCE, window_of
from tests.app.monkey import Monkey

GESTURES = 400
LOOK_EVERY = 20
DRAWN = PointsSource(points=tuple((float(place % 5 - 2), float(place // 5 - 2), place % 2) for place in range(25)))
CONVNET = NetworkSpec(layers=(Conv2DSpec(filters=2, padding=1), MaxPool2DSpec(), FlattenSpec(), DenseSpec(units=5)))
STARTS = {
    "plane": Project(data=DataSpec(source=GeneratedSource(samples=100, noise=0.1))),
    "values": Project(data=DataSpec(source=GeneratedSource(name="saddle", samples=80), features=("x1", "x2", "x1*x2"))),
    "table": Project(
        data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")
    ),
    "drawn": Project(data=DataSpec(source=DRAWN)),
    "pictures": Project(data=DataSpec(source=ImagesSource()), network=CONVNET),
}


@pytest.mark.parametrize("start", STARTS)
def test_after_many_gestures_the_window_shows_its_document_and_trains(
    start: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, question, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    with window_of(qtbot, STARTS[start]) as window:
        monkey = Monkey(window, seed=list(STARTS).index(start))
        try:
            for gesture in range(1, GESTURES + 1):
                monkey.play()
                assert shows_document(window), f"gesture {gesture}: {monkey.last}"
                if gesture % LOOK_EVERY == 0:
                    assert undoes_and_redoes(window), f"gesture {gesture}: {monkey.last}"
                    look(qtbot, window)
        finally:
            monkey.close()


def shows_document(window: MainWindow) -> bool:
    """Tell whether all panels and the editor show the document."""
    project = window.document.project
    shown = (window.data_panel._shown, window.training_panel._shown, window.network_view._project.network)
    return shown == (project.data, project.training, project.network)


def undoes_and_redoes(window: MainWindow) -> bool:
    """Tell whether undo and then redo lead back to the same document."""
    before, stack = window.document.project, window.document.undo_stack
    if stack.canUndo():
        stack.undo()
        stack.redo()
    return window.document.project == before


def look(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for a frame of this very document, or for the sentence that says why there is none."""

    def is_there() -> bool:
        snapshot, project = window.player.snapshot, window.document.project
        if window.failure:
            return True
        return snapshot is not None and snapshot.project == replace(project, name=snapshot.project.name)

    window.player.show_again(wanted=True)
    qtbot.waitUntil(is_there, timeout=PATIENCE)
    assert "error of the program" not in window.failure
