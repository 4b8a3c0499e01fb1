"""Pictures in the data panel: the digits as a card, a folder with its settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, Project, Source, TableSource
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

DIGITS = DataSpec(source=ImagesSource())
FLOWERS = ImagesSource(path="/somewhere/flowers", side=20)
FOLDER = DataSpec(source=FLOWERS)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DataPanel]:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.show_project(Project())
    panel.show()
    yield panel
    panel.hide()


def edited(qtbot: QtBot, panel: DataPanel, action: Any) -> list[Any]:
    with qtbot.waitSignal(panel.edited) as caught:
        action()
    assert caught.args is not None
    return list(caught.args)


def click(qtbot: QtBot, panel: DataPanel, key: str) -> list[Any]:
    card = next(card for card in panel.cards if card.key == key)
    return edited(qtbot, panel, lambda: qtbot.mouseClick(card, Qt.MouseButton.LeftButton))


def test_the_card_chooses_the_digits_as_they_are(qtbot: QtBot, panel: DataPanel) -> None:
    data, text, _ = click(qtbot, panel, "digits")
    assert (data, text) == (DIGITS, "Choose Digits")


def test_another_card_returns_to_the_plane(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(Project(data=DIGITS))
    data, _, _ = click(qtbot, panel, "circle")
    assert data == DataSpec(source=GeneratedSource())


@pytest.mark.parametrize(
    ("source", "chosen"),
    [
        (FLOWERS, "open_folder"),
        (TableSource(path="/somewhere/own.csv", targets=("kind",)), "open_csv"),
        (ImagesSource(), "data_digits"),
        (GeneratedSource(), "data_circle"),
    ],
)
def test_the_card_of_the_source_is_chosen_and_a_click_alone_chooses_none(
    qtbot: QtBot, panel: DataPanel, source: Source, chosen: str
) -> None:
    panel.show_project(Project(data=DataSpec(source=source)))
    for own in (panel.open_table, panel.open_pictures):
        qtbot.mouseClick(own, Qt.MouseButton.LeftButton)
    cards = (*panel.cards, panel.open_table, panel.open_pictures)
    assert [card.objectName() for card in cards if card.isChecked()] == [chosen]


def test_the_digits_show_what_there_is_to_choose_of_them_and_nothing_else(panel: DataPanel) -> None:
    project = Project(data=DIGITS)
    panel.show_project(project)
    panel.show_frame(Session(Run(project), 1).snapshot(epochs_per_second=0.0))
    assert [card.key for card in panel.cards if card.isChecked()] == ["digits"]
    hidden = (panel.samples, panel.noise, panel.features, panel.table, panel.pictures, panel.source_label)
    assert not any(part.isVisible() for part in hidden)
    assert panel.test.isVisible() and panel.scaling.isVisible()
    assert panel.split.counts.text() == "1,438 train (80 %),\n359 kept for the test (20 %)"
    assert "handwritten digits" in panel.notes.text()


def test_a_folder_is_named_and_its_settings_can_be_changed(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(Project(data=FOLDER))
    assert panel.source_label.text() == "Pictures in flowers"
    assert not any(card.isChecked() for card in panel.cards)
    assert panel.pictures.isVisible()
    side = panel.pictures.side
    side.selectAll()
    qtbot.keyClicks(side, "32")
    data, text, _ = edited(qtbot, panel, lambda: qtbot.keyClick(side, Qt.Key.Key_Return))
    assert (data.source, text) == (replace(FLOWERS, side=32), "Scale the pictures to 32 pixels")
    panel.show_project(Project(data=FOLDER))
    data, text, _ = edited(qtbot, panel, panel.pictures.colour.click)
    assert data.source.colour
    assert text == "Use the colours of the pictures"


def test_a_side_that_is_not_legal_is_refused_with_a_sentence(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(Project(data=FOLDER))
    refused = QSignalSpy(panel.refused)
    panel.pictures.side.selectAll()
    qtbot.keyClicks(panel.pictures.side, "2000")
    qtbot.keyClick(panel.pictures.side, Qt.Key.Key_Return)
    assert "must be a whole number from 4 to 128" in refused.at(0)[0]


def test_the_cards_for_own_data_ask_for_them(qtbot: QtBot, panel: DataPanel) -> None:
    table, pictures = QSignalSpy(panel.open_table_requested), QSignalSpy(panel.open_pictures_requested)
    qtbot.mouseClick(panel.open_table, Qt.MouseButton.LeftButton)
    assert (table.count(), pictures.count()) == (1, 0)
    qtbot.mouseClick(panel.open_pictures, Qt.MouseButton.LeftButton)
    assert (table.count(), pictures.count()) == (1, 1)


def test_every_card_says_what_it_is_for(panel: DataPanel) -> None:
    for card in (*panel.cards, panel.open_table, panel.open_pictures):
        assert card.toolTip().endswith(".")
        assert card.width() > card.fontMetrics().horizontalAdvance(card.text())
