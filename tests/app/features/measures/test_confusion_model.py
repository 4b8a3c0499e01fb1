"""The colours and words of the confusion matrix."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.measures.confusion_model import ConfusionModel
from nnplayground.app.ui.contrast import LEAST_CONTRAST, contrast
from nnplayground.app.ui.theme import LIGHT, THEMES, Theme

COUNTS = np.array([[8, 0, 2], [5, 5, 0], [0, 0, 0]])
NAMES = ("ant", "bee", "fly")
Role = Qt.ItemDataRole


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.fixture
def model(owner: QWidget) -> ConfusionModel:
    model = ConfusionModel(owner)
    model.set_font(owner.font())
    model.show_counts(COUNTS, NAMES)
    return model


def test_a_cell_is_the_stronger_the_more_of_its_class_went_there(model: ConfusionModel) -> None:
    strength = [contrast(model.color(*place), QColor(LIGHT.panel)) for place in ((1, 1), (0, 0))]
    assert strength[0] < strength[1]
    assert model.color(0, 1) == model.color(2, 2) == QColor(LIGHT.panel)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_count_can_be_read(model: ConfusionModel, theme: Theme) -> None:
    model.set_theme(theme)
    for right in range(0, 101, 5):
        model.show_counts(np.array([[right, 100 - right, 0], [100 - right, right, 0], [0, 0, 0]]), NAMES)
        for row in range(3):
            for column in range(3):
                index = model.index(row, column)
                ink, ground = index.data(Role.ForegroundRole), index.data(Role.BackgroundRole)
                assert contrast(ink, ground) >= LEAST_CONTRAST


def test_every_cell_tells_what_it_counts(model: ConfusionModel) -> None:
    tips = [str(model.index(*place).data(Role.ToolTipRole)) for place in ((0, 0), (1, 0), (2, 1))]
    assert tips == [
        "8 of 10 samples of ant (80.0 %) are recognized.",
        "5 of 10 samples of bee (50.0 %) are taken for ant.",
        "0 of 0 samples of fly are taken for bee.",
    ]
    assert model.headerData(1, Qt.Orientation.Horizontal, Role.ToolTipRole) == (
        "Samples that were taken for bee. Click to see them."
    )
    assert model.headerData(1, Qt.Orientation.Vertical, Role.ToolTipRole) == (
        "Samples that truly are bee. Click to see them."
    )


def test_the_diagonal_is_bold(model: ConfusionModel) -> None:
    assert model.index(1, 1).data(Role.FontRole).bold()
    assert model.index(1, 0).data(Role.FontRole) is None
