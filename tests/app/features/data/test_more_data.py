"""The finer points of the data: imbalance, outliers, the seed of the split, and the counts in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.data.split_row import counts_in_words, next_split
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.data.datasets import GENERATORS, WITH_CLASSES
from nnplayground.project.model import MAX_SEED, DataSpec, GeneratedSource, ImagesSource, Project, TableSource
from tests.app.driving import SMALL, wait_for, window_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DataPanel]:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    panel.show_project(SMALL)
    panel.show()
    yield panel
    panel.hide()


def type_in(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    if not text:
        qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def opened(qtbot: QtBot, panel: DataPanel) -> None:
    """Unfold the section, as the user does."""
    qtbot.mouseClick(panel.finer.button, LEFT)
    assert panel.finer.content.isVisible()


@pytest.mark.parametrize(
    ("train", "test", "words"),
    [
        (400, 100, "400 train (80 %),\n100 kept for the test (20 %)"),
        (16_000, 4_000, "16,000 train (80 %),\n4,000 kept for the test (20 %)"),
        (2, 1, "2 train (67 %),\n1 kept for the test (33 %)"),
        (9_999, 1, "9,999 train (over 99 %),\n1 kept for the test (under 1 %)"),
        (500, 0, "All 500 train (100 %),\nnone kept for the test"),
    ],
)
def test_the_parts_are_counted_in_words(train: int, test: int, words: str) -> None:
    assert counts_in_words(train, test) == words


def test_the_finer_points_are_folded_away_at_first(qtbot: QtBot, panel: DataPanel) -> None:
    assert not panel.finer.content.isVisible()
    opened(qtbot, panel)
    qtbot.mouseClick(panel.finer.button, LEFT)
    assert not panel.finer.content.isVisible()


@pytest.mark.parametrize("name", GENERATORS)
def test_imbalance_is_asked_for_classes_alone(qtbot: QtBot, panel: DataPanel, name: str) -> None:
    panel.show_project(Project(data=DataSpec(source=GeneratedSource(name=name))))
    opened(qtbot, panel)
    assert panel.finer.sliders["imbalance"].isVisible() == (name in WITH_CLASSES)
    assert panel.finer.sliders["outliers"].isVisible()


@pytest.mark.parametrize("source", [TableSource(path="penguins.csv"), ImagesSource()])
def test_other_sources_have_the_seed_of_the_split_alone(
    qtbot: QtBot, panel: DataPanel, source: TableSource | ImagesSource
) -> None:
    panel.show_project(Project(data=DataSpec(source=source)))
    opened(qtbot, panel)
    assert not any(slider.isVisible() for slider in panel.finer.sliders.values())
    assert panel.finer.split_seed.isVisible()


@pytest.mark.parametrize(("name", "typed", "highest"), [("imbalance", 0.35, 0.9), ("outliers", 0.125, 0.3)])
def test_a_share_is_typed_or_slid(qtbot: QtBot, panel: DataPanel, name: str, typed: float, highest: float) -> None:
    opened(qtbot, panel)
    slider = panel.finer.sliders[name]
    with qtbot.waitSignal(panel.edited) as caught:
        type_in(qtbot, slider.number, str(typed))
    assert caught.args is not None
    assert getattr(caught.args[0].source, name) == typed
    assert caught.args[0].source.noise == 0.1
    assert caught.args[1] == f"Change the {name}"
    with qtbot.waitSignal(panel.edited) as caught:
        qtbot.keyClick(slider.slider, Qt.Key.Key_End)
    assert caught.args is not None
    assert getattr(caught.args[0].source, name) == highest
    assert caught.args[2] != 0


def test_a_share_beyond_its_range_is_refused_in_words(qtbot: QtBot, panel: DataPanel) -> None:
    opened(qtbot, panel)
    with qtbot.waitSignal(panel.refused) as caught, qtbot.assertNotEmitted(panel.edited):
        type_in(qtbot, panel.finer.sliders["outliers"].number, "0.5")
    assert caught.args == ["Outliers is 0.5; it must be a number from 0 to 0.3."]


def test_the_seed_of_the_split_is_typed_and_taken_away_again(qtbot: QtBot, panel: DataPanel) -> None:
    opened(qtbot, panel)
    field = panel.finer.split_seed
    assert (field.text(), field.placeholderText()) == ("", "the data seed")
    with qtbot.waitSignal(panel.edited) as caught:
        type_in(qtbot, field, "17")
    assert caught.args is not None
    assert caught.args[0] == replace(SMALL.data, split_seed=17)
    panel.show_project(replace(SMALL, data=caught.args[0]))
    with qtbot.waitSignal(panel.edited) as caught:
        type_in(qtbot, field, "")
    assert caught.args is not None
    assert caught.args[0] == SMALL.data


def test_the_dice_take_the_next_seed() -> None:
    assert next_split(Project(seed=4)) == 5
    assert next_split(Project(seed=4, data=DataSpec(split_seed=9))) == 10
    assert next_split(Project(data=DataSpec(split_seed=MAX_SEED))) == 0


def test_without_a_test_part_there_is_no_split_to_draw(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(replace(SMALL, data=replace(SMALL.data, test_fraction=0.0)))
    with qtbot.assertNotEmitted(panel.edited):
        qtbot.mouseClick(panel.split.button, LEFT)
    assert not panel.split.button.isEnabled()
    assert "make the test or the validation part larger" in " ".join(panel.split.button.toolTip().split())


def test_showing_a_project_is_no_news(panel: DataPanel) -> None:
    spy = QSignalSpy(panel.edited)
    for theme in (LIGHT, DARK):
        panel.set_theme(theme)
        for outliers in (0.0, 0.2):
            source = GeneratedSource(imbalance=0.3, outliers=outliers)
            panel.show_project(Project(data=DataSpec(source=source, split_seed=3)))
    assert spy.count() == 0
    assert panel.finer.split_seed.text() == "3"
    assert panel.finer.sliders["outliers"].number.text() == "0.2"


def test_a_split_is_drawn_anew_while_the_weights_and_the_epoch_stay(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.player.step(epochs=4)
        before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 4)
        qtbot.mouseClick(window.data_panel.split.button, LEFT)
        after = wait_for(qtbot, window, lambda snapshot: snapshot.project.data.split_seed == 2)
        assert after.epoch == 4
        assert np.array_equal(after.parameters, before.parameters)
        assert set(after.data.test_rows.tolist()) != set(before.data.test_rows.tolist())
        assert window.document.undo_stack.undoText() == "Draw the split anew"
        window.document.undo_stack.undo()
        again = wait_for(qtbot, window, lambda snapshot: snapshot.project.data.split_seed is None)
        assert np.array_equal(again.data.test_rows, before.data.test_rows)


def test_the_counts_in_the_window_follow_the_test_part(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        counts = window.data_panel.split.counts
        qtbot.waitUntil(lambda: counts.text() == "80 train (80 %),\n20 kept for the test (20 %)")
        type_in(qtbot, window.data_panel.test.number, "0.5")
        qtbot.waitUntil(lambda: counts.text() == "50 train (50 %),\n50 kept for the test (50 %)")
