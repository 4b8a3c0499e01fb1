"""The plane that is shown at first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.plane_choice import PlaneChoice, first_kind, first_plane
from nnplayground.data.images import picture_samples
from nnplayground.data.samples import Samples
from tests.app.snapshots import made_data


def test_of_pictures_the_two_pixels_that_vary_most() -> None:
    pixels = np.zeros((4, 6))
    pixels[:, 4], pixels[:, 1], pixels[:, 2] = (0.0, 1.0, 0.0, 1.0), (0.0, 0.5, 0.0, 0.9), (0.1, 0.2, 0.1, 0.2)
    targets = np.array([0.0, 1.0, 0.0, 1.0])
    samples = picture_samples(pixels, targets, shape=(1, 2, 3), target_name="class", classes=("a", "b"), notes=())
    assert first_plane(samples) == (1, 4)


def test_of_other_data_the_first_two_inputs() -> None:
    names, bounds = ("a", "b", "c"), [(-1.0, 9.0)] * 3
    data = made_data([[0.0, 0.0, 0.0], [0.0, 1.0, 8.0]], [0.0, 1.0], names=names, bounds=bounds)
    assert first_plane(data.samples) == (0, 1)


def test_of_pictures_and_of_many_inputs_the_components_are_shown_first() -> None:
    def data(count: int) -> Samples:
        names = tuple(f"input {place}" for place in range(count))
        return made_data([[0.0] * count, [1.0] * count], [0.0, 1.0], names=names, bounds=[(0.0, 1.0)] * count).samples

    assert [first_kind(data(count)) for count in (1, 2, 3, 8, 9)] == ["inputs"] * 4 + ["components"]
    pixels = picture_samples(
        np.eye(4), np.array([0.0, 1.0, 0.0, 1.0]), shape=(1, 2, 2), target_name="t", classes=("a", "b"), notes=()
    )
    assert first_kind(pixels) == "components"


@pytest.fixture(name="choice")
def _choice(qtbot: QtBot) -> Iterator[PlaneChoice]:
    owner = QWidget()
    qtbot.addWidget(owner)
    choice = PlaneChoice(owner)
    choice.show_inputs(("a", "b", "c"), across=0, up=1)
    owner.show()
    yield choice
    owner.close()


def chosen(choice: PlaneChoice) -> list[tuple[str, int, int]]:
    heard: list[tuple[str, int, int]] = []
    choice.chosen.connect(lambda *plane: heard.append(plane))
    return heard


def test_the_keys_lead_from_the_inputs_to_the_components_and_back(qtbot: QtBot, choice: PlaneChoice) -> None:
    heard = chosen(choice)
    across = choice.findChild(QComboBox, "boundary_across")
    up = choice.findChild(QComboBox, "boundary_up")
    assert across is not None and up is not None
    across.setFocus()
    qtbot.keyClick(across, Qt.Key.Key_Home)
    assert heard == [("components", 0, 1)]
    assert not up.isVisible()
    assert not choice.others.isVisible()
    qtbot.keyClick(across, Qt.Key.Key_End)
    assert heard[1:] == [("inputs", 2, 1)]
    assert up.isVisible()
    assert up.currentText() == "b"


def test_two_inputs_change_places_when_one_is_chosen_twice(qtbot: QtBot, choice: PlaneChoice) -> None:
    heard = chosen(choice)
    across, up = (choice.findChild(QComboBox, name) for name in ("boundary_across", "boundary_up"))
    assert across is not None and up is not None
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_Home)
    assert heard == [("inputs", 1, 0)]
    assert (across.currentText(), up.currentText()) == ("b", "a")


def test_planes_chosen_elsewhere_are_shown_and_no_news(choice: PlaneChoice) -> None:
    heard = chosen(choice)
    choice.show_plane("inputs", 2, 0)
    across = choice.findChild(QComboBox, "boundary_across")
    assert across is not None and across.currentText() == "c"
    choice.show_plane("components", 0, 1)
    assert across.currentText() == "Principal components"
    choice.show_fixed(2)
    assert choice.others.text() == "2 set…"
    assert heard == []
