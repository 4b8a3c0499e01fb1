"""After a load that failed no view shows the network of before as if it were that of now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnplayground.app.actions import NEED_NETWORK
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.project.layer_specs import Conv2DSpec, FlattenSpec
from nnplayground.project.model import ImagesSource, NetworkSpec, Project
from tests.app.driving import PATIENCE, wait_for, window_of


def without_pictures(project: Project) -> Project:
    """Return the project with a convolution, which has no pictures to look at."""
    return replace(project, network=NetworkSpec(layers=(Conv2DSpec(), FlattenSpec())))


def without_folder(project: Project) -> Project:
    return replace(project, data=replace(project.data, source=ImagesSource(path="no such folder")))


def says_nothing_is_there(window: MainWindow) -> list[bool]:
    """Return for boundary, cost and measures whether the sentence stands there."""
    names = ("boundary_empty", "cost_empty", "measures_empty")
    labels = [window.findChild(QLabel, name) for name in names]
    return [isinstance(label, QLabel) and label.isVisible() and label.text() == NO_NETWORK for label in labels]


@pytest.mark.parametrize("broken", [without_pictures, without_folder])
def test_every_view_is_empty_and_full_again_after_undo(qtbot: QtBot, broken: Callable[[Project], Project]) -> None:
    with window_of(qtbot) as window:
        window.details.toggle_measures()
        window.train_epochs(2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        assert says_nothing_is_there(window) == [False, False, False]
        window.document.edit(broken(window.document.project), "Break it")
        qtbot.waitUntil(lambda: all(says_nothing_is_there(window)), timeout=PATIENCE)
        assert window.network_view.canvas.network.snapshot is None or not window.network_view.is_editable
        assert [name for name in NEED_NETWORK if window.commands[name].isEnabled()] == []
        window.choose_theme("dark")
        assert all(says_nothing_is_there(window))
        window.choose_theme("light")
        window.commands["undo"].trigger()
        qtbot.waitUntil(lambda: says_nothing_is_there(window) == [False, False, False], timeout=PATIENCE)
        qtbot.waitUntil(lambda: window.network_view.canvas.network.snapshot is not None, timeout=PATIENCE)
        assert [name for name in NEED_NETWORK if not window.commands[name].isEnabled()] == []


def test_neurons_show_no_maps_of_a_network_that_is_gone(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        pieces = window.network_view.canvas.network._pieces
        qtbot.waitUntil(lambda: window.network_view.canvas.network._maps is not None, timeout=PATIENCE)
        assert pieces is not None
        window.document.edit(without_folder(window.document.project), "Break it")
        qtbot.waitUntil(lambda: all(says_nothing_is_there(window)[:2]), timeout=PATIENCE)
        pieces = window.network_view.canvas.network._pieces
        assert pieces is not None
        assert [unit for unit in pieces.units() if unit.picture is not None or unit.bias is not None] == []
