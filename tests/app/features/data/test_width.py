"""The data panel fits the column that the first window gives it, whatever the data are."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, PointsSource, Project, TableSource
from tests.app.driving import window_of

TARGETS = ("bill_length_mm", "flipper_length_mm", "body_mass_g")
SPECIES = TableSource(path="penguins.csv", targets=("species",), inputs=("bill_length_mm", "body_mass_g"))
DATA = {
    "generated": DataSpec(),
    "numbers": DataSpec(source=GeneratedSource("saddle"), target_scaling="standardize"),
    "drawn": DataSpec(source=PointsSource(points=((0.0, 1.0, 0.0), (1.0, 2.0, 1.0)) * 4, parts=("train", "test") * 4)),
    "table with gaps": DataSpec(source=SPECIES, scaling="standardize", validation_fraction=0.2),
    "several targets": DataSpec(source=TableSource(path="penguins.csv", targets=TARGETS, inputs=("bill_depth_mm",))),
    "pictures": DataSpec(source=ImagesSource()),
}


@pytest.mark.parametrize("name", DATA)
def test_nothing_is_cut_at_the_side(name: str, qtbot: QtBot) -> None:
    with window_of(qtbot, Project(data=DATA[name])) as window:
        window.resize(1280, 720)
        window.reset_layout()
        if name == "table with gaps":  # the longest name of a row, which comes with the samples
            missing = window.data_panel.findChild(QWidget, "table_missing")
            assert isinstance(missing, QWidget)
            qtbot.waitUntil(missing.isVisible)
        QApplication.processEvents()
        area = window.data_panel.parentWidget()
        assert area is not None
        layout = window.data_panel.layout()
        assert layout is not None
        content = window.data_panel.minimumSizeHint().width() - layout.contentsMargins().right()
        assert content <= area.width()
