"""What each neuron answers at the probe, on the neurons of the editor."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network import NetworkView
from nnplayground.app.features.network.probe_marks import Plate, short_text
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.arrays import Floats
from tests.app.features.network.networks import Host, frame_of, is_near, project_of

PROJECT = project_of(3, 2)
ANSWERS: tuple[Floats, ...] = (
    np.array([1.5, -0.25]), np.array([0.5, -1.0, 0.0]), np.array([np.nan, 12.0]), np.array([0.123]),
)  # fmt: skip


def plates(view: NetworkView) -> list[tuple[Plate, int, int]]:
    return view.canvas.network.probe.plates


def texts(view: NetworkView) -> list[list[str]]:
    """Return the numbers on the neurons by column."""
    found: dict[int, list[str]] = {}
    for plate, column, _ in plates(view):
        found.setdefault(column, []).append(plate.text)
    return list(found.values())


def test_every_neuron_and_input_has_its_number_in_the_colour_of_the_scale(qtbot: QtBot) -> None:
    host = Host(qtbot, PROJECT)
    host.view.show_frame(frame_of(PROJECT, value=0.0))
    host.view.show_probe(ANSWERS)
    assert texts(host.view) == [["1.50", "−0.25"], ["0.50", "−1.00", "0.00"], ["–", "12"], ["0.12"]]
    for plate, column, unit in plates(host.view):
        value = float(np.nan_to_num(ANSWERS[column][unit], nan=0.0))
        assert is_near(plate.item.brush().color(), QColor(LIGHT.value_color(value)).name(), 4)


def test_the_numbers_follow_and_go_with_the_probe(qtbot: QtBot) -> None:
    host = Host(qtbot, PROJECT)
    host.view.show_frame(frame_of(PROJECT, value=0.0))
    host.view.show_probe(ANSWERS)
    host.view.show_probe(tuple(-layer for layer in ANSWERS))
    qtbot.waitUntil(lambda: texts(host.view)[1] == ["−0.50", "1.00", "0.00"])
    assert is_near(plates(host.view)[3][0].item.brush().color(), LIGHT.positive, 4)
    items = len(host.view.canvas.network.items())
    host.view.show_probe(None)
    assert plates(host.view) == []
    assert len(host.view.canvas.network.items()) < items


def test_they_outlive_another_size_and_another_theme_but_not_another_network(qtbot: QtBot) -> None:
    host = Host(qtbot, PROJECT)
    host.view.show_frame(frame_of(PROJECT, value=0.0))
    host.view.show_probe(ANSWERS)
    host.view.resize(800, 600)
    host.view.set_theme(DARK)
    assert texts(host.view)[0] == ["1.50", "−0.25"]
    assert is_near(plates(host.view)[0][0].item.brush().color(), DARK.positive, 4)
    host.view.show_project(project_of(4, 2), inputs=("x1", "x2"), outputs=("blue",))
    assert plates(host.view) == []
    host.view.show_probe(ANSWERS)  # of a frame that was on its way
    assert plates(host.view) == []


def test_of_a_condensed_layer_the_neurons_on_show_have_numbers(qtbot: QtBot) -> None:
    project = project_of(64)
    host = Host(qtbot, project)
    answers = (np.zeros(2), np.arange(64) / 64.0, np.zeros(1))
    host.view.show_probe(answers)
    shown = [(plate.text, unit) for plate, column, unit in plates(host.view) if column == 1]
    assert 5 < len(shown) < 64 and shown[-1][1] == 63
    assert all(not text or text == f"{unit / 64.0:.2f}" for text, unit in shown)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (-0.001, "0.00"), (-0.126, "−0.13"), (9.99, "9.99"), (-123.4, "−123"), (1e6, "1e+06"),
     (np.inf, "∞"), (np.nan, "–")],
)  # fmt: skip
def test_numbers_are_short(value: float, text: str) -> None:
    assert short_text(value) == text
