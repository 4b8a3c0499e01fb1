"""Probe, surface, wrong answers and fine maps in the real window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.training.observe.answers import AnswersRequest
from nnplayground.training.observe.map_pace import FINE, SIDES
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.probes import activations_at
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.observed import seen_in


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def numbers(window: MainWindow) -> list[str]:
    return [plate.text for plate, _, _ in window.network_view.canvas.network.probe.plates]


def test_the_key_drops_the_probe_and_the_network_shows_its_activations(window: MainWindow, qtbot: QtBot) -> None:
    assert numbers(window) == []
    QTest.keyClick(window, Qt.Key.Key_P)
    assert window.commands["probe"].isChecked()
    snapshot = window.player.snapshot
    assert snapshot is not None
    wanted = activations_at(snapshot.architecture, snapshot.parameters, snapshot.data, np.zeros(2))
    assert len(numbers(window)) == sum(len(layer) for layer in wanted)
    for text, value in zip(numbers(window), np.concatenate(wanted).tolist(), strict=True):
        assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.0051)
    window.commands["probe"].trigger()
    assert not window.commands["probe"].isChecked() and numbers(window) == []


def test_while_the_network_trains_the_numbers_follow(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["probe"].trigger()
    before = numbers(window)
    window.player.step(epochs=30)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 30 and not snapshot.running)
    qtbot.waitUntil(lambda: numbers(window)[2:] != before[2:], timeout=PATIENCE)
    snapshot = window.player.snapshot
    assert snapshot is not None
    wanted = activations_at(snapshot.architecture, snapshot.parameters, snapshot.data, np.zeros(2))
    qtbot.waitUntil(lambda: abs(float(numbers(window)[-1].replace("−", "-")) - wanted[-1][0]) < 0.0051)


def test_another_layer_takes_the_numbers_along(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["probe"].trigger()
    count = len(numbers(window))
    layers = window.document.project.network.layers
    window.edits.edit_layers((*layers, DenseSpec(units=3)), "Add a layer", 0)
    qtbot.waitUntil(lambda: len(numbers(window)) == count + 3, timeout=PATIENCE)


def test_wrong_answers_are_known_without_training(window: MainWindow, qtbot: QtBot) -> None:
    words = window.boundary_view._read_out.whole_text
    qtbot.waitUntil(lambda: " wrong in training, " in words(), timeout=PATIENCE)
    window.docks["output"].hide()
    assert window.player.wanted(AnswersRequest) is None
    window.docks["output"].show()
    assert window.player.wanted(AnswersRequest) is not None


def test_somebody_else_who_reads_answers_keeps_them(window: MainWindow) -> None:
    window.player.want("measures", AnswersRequest())
    window.docks["output"].hide()
    assert window.player.wanted(AnswersRequest) is not None
    window.player.want("measures", None)
    assert window.player.wanted(AnswersRequest) is None


def test_maps_are_fine_at_rest_and_no_finer_than_usual_while_training(window: MainWindow, qtbot: QtBot) -> None:
    sides: list[tuple[bool, int]] = []

    def note(snapshot: object) -> None:
        moment = window.player.snapshot
        if moment is not None and moment.seen.of(MapRequest) is not None:
            sides.append((moment.running, seen_in(moment, MapRequest).layers[-1].shape[-1]))

    at_rest = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
    assert seen_in(at_rest, MapRequest).layers[-1].shape[-1] == FINE
    window.player.frame.connect(note)
    window.player.play()
    qtbot.waitUntil(lambda: sum(running for running, _ in sides) > 5, timeout=PATIENCE)
    window.player.pause()
    # The first frame at rest may still be a quick one.
    qtbot.waitUntil(lambda: sides[-1] == (False, FINE), timeout=PATIENCE)
    assert {side for running, side in sides if running} <= set(SIDES)


def test_the_surface_is_remembered(qtbot: QtBot) -> None:
    settings = Settings(remembers=False)
    for expected in (False, True):
        window = MainWindow(SMALL, use_theme(application(), "light"), settings)
        window.files.asks_before_discarding = False
        try:
            window.show()
            wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(MapRequest) is not None)
            assert window.boundary_view.wants_relief == expected
            assert window.boundary_view.stage.relief.isVisible() == expected
            window.boundary_view._header.relief.setChecked(True)
        finally:
            window.close()
            window.deleteLater()
