"""What the pictures of all inputs are drawn from: each input from its lowest to its highest value."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inputs.drawn import drawn_from
from nnplayground.app.ui.theme import LIGHT
from tests.app.snapshots import made_data


def test_an_input_runs_from_its_lowest_to_its_highest_value(qtbot: QtBot) -> None:
    rows = [[0.0, 5.0, -2.0], [1.0, 5.0, 0.0], [0.0, 5.0, 6.0]]
    bounds = [(-0.05, 1.05), (4.0, 6.0), (-2.4, 6.4)]
    drawn = drawn_from(made_data(rows, [0.0, 1.0, 0.0], names=("a", "b", "c"), bounds=bounds), LIGHT)
    assert drawn.ends == ((0.0, 1.0), (4.0, 6.0), (-2.0, 6.0))
    assert np.array_equal(drawn.places, [[0.0, 0.5, 0.0], [1.0, 0.5, 0.25], [0.0, 0.5, 1.0]])
