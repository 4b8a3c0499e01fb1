"""The cost surface in the window: one key away, computed beside the training, and gone when it is not seen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.surface.view import SurfaceView
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import SURFACE
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.project.model import DataSpec, PointsSource, Project
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

TAB = Qt.FocusPolicy.TabFocus


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> SurfaceView:
    """Open the cost surface and wait for its first whole map."""
    window.commands["surface"].trigger()
    view = window.details.view(SURFACE)
    wait_for_map(qtbot, view)
    return view


def wait_for_map(qtbot: QtBot, view: SurfaceView, points: int = 65 * 65) -> None:
    def arrived() -> bool:
        return len(view.export_table().get("cost", ())) == points and text(view, "update") == "Update"

    qtbot.waitUntil(arrived, timeout=PATIENCE)


def text(view: SurfaceView, name: str) -> str:
    if name == "update":
        button = view.findChild(QToolButton, "surface_update")
        assert button is not None
        return button.text()
    label = view.findChild(QLabel, f"surface_{name}")
    assert label is not None
    return label.whole_text() if isinstance(label, ElidedLabel) else label.text()


def stop_following(qtbot: QtBot, view: SurfaceView) -> None:
    box = view.findChild(QCheckBox, "surface_follow")
    assert box is not None and box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def test_a_key_opens_it_over_the_network_and_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    assert window.commands["surface"].shortcut().toString() == "S"
    view = opened(qtbot, window)
    assert window.docks["surface"].isFloating()
    assert window.docks["surface"].width() > 400
    assert window.commands["surface"].isChecked()
    window.commands["surface"].trigger()
    assert not view.isVisible()


def test_the_middle_of_the_map_costs_what_the_network_costs(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    snapshot = window.player.snapshot
    assert snapshot is not None
    table = view.export_table()
    middle = (table["x"] == 0.0) & (table["y"] == 0.0)
    assert table["cost"][middle] == pytest.approx([snapshot.train.cost], abs=1e-9)


def test_when_training_pauses_the_map_is_of_that_moment(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    before = view.export_table()["cost"]
    window.train_epochs(12)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 12 and not snapshot.running)
    qtbot.waitUntil(lambda: text(view, "read_out") == "Around epoch 12, where the network is now.", timeout=PATIENCE)
    wait_for_map(qtbot, view)
    assert not np.array_equal(view.export_table()["cost"], before)


def test_the_plane_of_the_path_needs_one_and_shows_it(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    view.controls.kind.chosen.emit("path")
    qtbot.waitUntil(lambda: "train for a few epochs more" in text(view, "empty"), timeout=PATIENCE)
    window.train_epochs(20)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 20 and not snapshot.running)
    qtbot.waitUntil(view.plot.isVisible, timeout=PATIENCE)
    wait_for_map(qtbot, view)
    assert view.plot.marks.tags["start"].text == "start"
    assert "of its squared distances from here" in text(view, "note")


def test_the_picture_stays_while_training_goes_on_and_says_of_when_it_is(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    stop_following(qtbot, view)
    before = view.export_table()["cost"]
    window.train_epochs(5)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 5 and not snapshot.running)
    qtbot.waitUntil(lambda: "the network is at epoch 5 now" in text(view, "read_out"), timeout=PATIENCE)
    assert text(view, "read_out").startswith("Around epoch 0;")
    assert np.array_equal(view.export_table()["cost"], before)
    assert view.plot.marks.now.place != (0.0, 0.0)


def test_another_network_gets_another_map(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    project = window.document.project
    smaller = replace(project.network, layers=project.network.layers[:1])
    window.document.edit(replace(project, network=smaller), "Take a layer away")
    wanted = f"2 of {(2 + 1) * 4 + (4 + 1)} directions"
    qtbot.waitUntil(lambda: wanted in text(view, "note"), timeout=PATIENCE)
    wait_for_map(qtbot, view)


def test_data_that_make_no_network_leave_a_hint(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    nothing = DataSpec(source=PointsSource(classes=("a", "b"), points=()))
    window.document.edit(replace(window.document.project, data=nothing), "Draw")
    qtbot.waitUntil(lambda: "Nothing to show yet" in text(view, "empty"), timeout=PATIENCE)


def test_closing_the_window_ends_a_map_under_way(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    with window_of(qtbot, Project(data=SMALL.data)) as window:
        window.commands["surface"].trigger()
        view = window.details.view(SURFACE)
        view.controls.resolution.chosen.emit("129")
        assert text(view, "update") == "Cancel"
    assert {thread.name for thread in set(threading.enumerate()) - before} == set()


def test_its_controls_take_the_tab_key_in_reading_order(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    window.order_tabs()
    stops: list[str] = []
    stop = view.controls.kind.nextInFocusChain()
    while stop is not None and stop is not view.controls.kind:
        if stop.objectName().startswith("surface_") and stop.isVisible() and stop.focusPolicy() & TAB:
            stops.append(stop.objectName())
        stop = stop.nextInFocusChain()
    assert stops == [
        "surface_other", "surface_zoom_out", "surface_zoom_in", "surface_part", "surface_resolution", "surface_log",
        "surface_relief", "surface_follow", "surface_update",
    ]  # fmt: skip
