"""The View menu's part of the network: zoom and flow, and what the window says of a layer that has moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.explain.words import words_of
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.thread.pace import Pace
from tests.app.driving import SMALL, wait_for, window_of
from tests.plans import kept

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WIDE = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(units=3),) * 14))


def view_actions(window: MainWindow) -> list[QAction]:
    (menu,) = (menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&View")
    return list(menu.actions())


def test_keys_zoom_the_network_wherever_the_focus_is(qtbot: QtBot) -> None:
    with window_of(qtbot, WIDE) as window:
        navigator = window.network_view.canvas.navigator
        zooms = []
        for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_1):
            qtbot.keyClick(window, key, CONTROL)
            zooms.append(navigator.zoom)
        assert zooms == [1.25, 1.0, 0.8, navigator.least, 1.0]
        assert navigator.least < 0.8


def test_every_action_is_in_the_menu_with_a_shortcut_of_its_own(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        names = ("zoom_in", "zoom_out", "zoom_normal", "zoom_fit", "flow")
        assert {window.commands[name] for name in names} <= set(view_actions(window))
        keys = [action.shortcut().toString() for action in window.commands.values() if action.shortcut().toString()]
        assert len(keys) == len(set(keys))
        assert all(window.commands[name].shortcut().toString() for name in names)


def test_the_flow_is_turned_off_and_on_and_that_is_remembered(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        flow = window.network_view.canvas.network.flow
        assert flow.is_wanted is window.commands["flow"].isChecked() is window.settings.show_flow
        for _ in range(2):
            wanted = not flow.is_wanted
            qtbot.keyClick(window, Qt.Key.Key_F)
            assert flow.is_wanted is window.commands["flow"].isChecked() is window.settings.show_flow is wanted


@pytest.mark.parametrize("keep", [True, False])
def test_the_window_says_which_weights_start_anew_when_a_layer_has_moved(qtbot: QtBot, keep: bool) -> None:
    layers = (DenseSpec(units=4), DenseSpec(units=2), DenseSpec(units=3))
    with window_of(qtbot, replace(SMALL, network=NetworkSpec(layers=layers))) as window:
        window.settings.keep_weights = keep
        window.player.set_pace(Pace())
        window.player.step(epochs=2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        assert window.player.snapshot is not None
        before = [weights.copy() for weights in window.player.snapshot.weights]
        qtbot.keyClick(window.network_view.canvas, Qt.Key.Key_Right, ALT)
        assert window.document.project.network.layers == (layers[1], layers[0], layers[2])
        after = wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes[1:3] == (2, 4))
        said = window.messages.text
        assert ("Layers 1 and 2 changed places" in said) is keep
        assert ("Training started over" in said) is not keep
        assert (after.weights[-1] == before[-1]).all() == keep
        assert after.weights[-1].shape == before[-1].shape
        window.document.undo_stack.undo()
        assert window.document.project.network.layers == layers


@pytest.mark.parametrize(
    ("after", "layers"),
    [
        ((2, 4, 6, 8), "1 and 2"),
        ((4, 2, 8, 6), "3 and 4"),
        ((2, 6, 4, 8), "1 to 3"),
        ((8, 4, 2, 6), "1 to 4"),
    ],
)
def test_the_sentence_names_the_layers_that_changed_places(after: tuple[int, ...], layers: str) -> None:
    def project(units: tuple[int, ...]) -> Project:
        specs: list[LayerSpec] = []
        for count in units:
            specs.append(DenseSpec(units=count))
            if count == 4:
                specs.append(DropoutSpec(rate=0.2))  # which belongs to the layer before it, and goes with it
        return Project(network=NetworkSpec(layers=tuple(specs)))

    notice = kept(project((4, 2, 6, 8)), project(after)).notice
    assert notice is not None and words_of(notice).startswith(f"Layers {layers} changed places:")
    assert kept(project(after), project((4, 2, 6))).notice is None
