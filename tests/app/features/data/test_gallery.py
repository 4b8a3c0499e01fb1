"""The gallery of generated sets, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.features.data.cards import IN_PANEL, SourceCard
from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.data.gallery import COLUMNS
from nnplayground.app.text.titles import DATA_SETS
from nnplayground.app.ui.theme import DARK, LIGHT
from nnplayground.data.datasets import GENERATORS, WITH_CLASSES
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, PointsSource, Project, Source
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from tests.app.driving import wait_for, window_of

LEFT = Qt.MouseButton.LeftButton
EVERY = pytest.mark.parametrize("name", GENERATORS)


def of(source: Source) -> Project:
    return Project(data=DataSpec(source=source))


SMALL = of(GeneratedSource(samples=100, noise=0.1))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DataPanel]:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.set_theme(LIGHT)
    panel.show_project(SMALL)
    panel.show()
    yield panel
    panel.more.gallery.close()
    panel.hide()


def opened(qtbot: QtBot, panel: DataPanel) -> dict[str, SourceCard]:
    """Click on "More…" and return the cards behind it."""
    qtbot.mouseClick(panel.more, LEFT)
    assert panel.more.gallery.isVisible()
    return {card.key: card for card in panel.more.gallery.cards}


def focused() -> str:
    card = QApplication.focusWidget()
    assert isinstance(card, SourceCard)
    return card.key


def picture(card: SourceCard) -> QImage:
    return card.icon().pixmap(48, 34).toImage()


def test_every_generated_set_has_a_card_with_its_name_help_and_a_drawing_of_its_own(
    qtbot: QtBot, panel: DataPanel
) -> None:
    cards = opened(qtbot, panel)
    assert list(cards) == list(GENERATORS)
    for key, card in cards.items():
        assert card.text() == card.accessibleName() == DATA_SETS[key].name
        assert DATA_SETS[key].help.split()[0] in card.toolTip()
        assert card.isVisible()
        assert card.width() >= card.fontMetrics().horizontalAdvance(card.text())
    drawings = [picture(card) for card in cards.values()]
    assert all(one != other for place, one in enumerate(drawings) for other in drawings[:place])


@EVERY
def test_a_click_chooses_a_set_keeps_samples_and_noise_and_closes_the_gallery(
    qtbot: QtBot, panel: DataPanel, name: str
) -> None:
    panel.show_project(of(GeneratedSource(name="xor" if name == "circle" else "circle", samples=100, noise=0.1)))
    card = opened(qtbot, panel)[name]
    with qtbot.waitSignal(panel.edited) as caught:
        qtbot.mouseClick(card, LEFT)
    assert caught.args is not None
    assert caught.args[0].source == GeneratedSource(name=name, samples=100, noise=0.1)
    assert caught.args[1] == f"Choose {DATA_SETS[name].name}"
    assert not panel.more.gallery.isVisible()


@EVERY
def test_the_set_in_use_is_shown_as_chosen_on_one_card_of_the_panel(panel: DataPanel, name: str) -> None:
    panel.show_project(of(GeneratedSource(name=name)))
    chosen = [card.key for card in (*panel.cards, panel.more) if card.isChecked()]
    assert chosen == [name if name in IN_PANEL else "more"]
    assert [card.key for card in panel.more.gallery.cards if card.isChecked()] == [name]
    shown = "More…" if name in IN_PANEL else DATA_SETS[name].brief
    assert panel.more.text() == shown
    assert panel.more.accessibleName().startswith("More…" if name in IN_PANEL else DATA_SETS[name].name)


def test_the_card_shows_the_drawing_of_the_set_in_both_themes_and_its_own_afterwards(panel: DataPanel) -> None:
    for theme in (LIGHT, DARK):
        panel.set_theme(theme)
        panel.show_project(SMALL)
        tiles = panel.more.icon().pixmap(48, 34).toImage()
        panel.show_project(of(GeneratedSource(name="moons")))
        moons = next(card for card in panel.more.gallery.cards if card.key == "moons")
        assert panel.more.icon().pixmap(48, 34).toImage() == picture(moons) != tiles
        panel.show_project(SMALL)
        assert panel.more.icon().pixmap(48, 34).toImage() == tiles


@pytest.mark.parametrize("source", [ImagesSource(), PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))])
def test_other_sources_leave_the_card_as_it_is(panel: DataPanel, source: Source) -> None:
    panel.show_project(of(GeneratedSource(name="moons")))
    panel.show_project(of(source))
    assert (panel.more.isChecked(), panel.more.text()) == (False, "More…")
    assert not any(card.isChecked() for card in panel.more.gallery.cards)


def test_a_click_on_the_set_in_use_changes_nothing(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(of(GeneratedSource(name="rings")))
    spy = QSignalSpy(panel.edited)
    card = opened(qtbot, panel)["rings"]
    qtbot.mouseClick(card, LEFT)
    assert spy.count() == 0
    assert card.isChecked()
    assert panel.more.isChecked()


def test_the_keys_open_walk_and_choose(qtbot: QtBot, panel: DataPanel) -> None:
    panel.more.setFocus()
    qtbot.keyClick(panel.more, Qt.Key.Key_Space)
    names = list(GENERATORS)
    assert focused() == "circle"
    for key, place in (
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + COLUMNS),
        (Qt.Key.Key_Left, COLUMNS),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Tab, 1),
        (Qt.Key.Key_Down, 1 + COLUMNS),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert focused() == names[place]
    with qtbot.waitSignal(panel.edited) as caught:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert caught.args is not None
    assert caught.args[0].source.name == names[1 + COLUMNS]
    assert not panel.more.gallery.isVisible()


def test_the_arrows_go_up_and_down_in_rows_of_different_length(qtbot: QtBot, panel: DataPanel) -> None:
    opened(qtbot, panel)
    rows = [[card.key for card in row] for row in panel.more.gallery.rows]
    assert [key for row in rows for key in row] == list(GENERATORS)
    assert all(key in WITH_CLASSES for row in rows[:-1] for key in row)
    end = panel.more.gallery.rows[0][-1]
    end.setFocus()
    seen = [focused()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(QApplication.focusWidget(), key)
        seen.append(focused())
    assert seen == [rows[0][-1], rows[1][-1], rows[2][-1], rows[2][-1], rows[2][-1]]


def test_escape_closes_without_a_choice(qtbot: QtBot, panel: DataPanel) -> None:
    spy = QSignalSpy(panel.edited)
    opened(qtbot, panel)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not panel.more.gallery.isVisible()
    assert spy.count() == 0


def test_the_gallery_opens_at_the_set_in_use(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(of(GeneratedSource(name="hills")))
    opened(qtbot, panel)
    assert focused() == "hills"


@EVERY
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_every_set_of_the_gallery_trains(name: str, noise: float) -> None:
    run = Run(of(GeneratedSource(name=name, samples=60, noise=noise)))
    assert len(run.data.train_rows) == 48
    assert len(set(run.data.samples.targets[run.data.train_rows].tolist())) >= 2


def test_a_set_with_values_is_trained_in_the_window_and_space_does_not_play_in_the_gallery(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        panel = window.data_panel
        card = opened(qtbot, panel)["saddle"]
        card.setFocus()
        qtbot.keyClick(card, Qt.Key.Key_Space)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.data.samples.task == "regression")
        assert snapshot.epoch == 0
        assert not window.player.plays
        assert panel.more.text() == "Saddle"
        window.document.undo_stack.undo()
        wait_for(qtbot, window, lambda snapshot: snapshot.data.samples.task == "classification")
        assert panel.more.text() == "More…"


@EVERY
def test_the_number_of_classes_is_asked_for_blobs_alone(panel: DataPanel, name: str) -> None:
    panel.show_project(of(GeneratedSource(name=name)))
    assert panel.classes.isVisible() == (name == "blobs")


def test_the_number_of_classes_is_typed_or_slid(qtbot: QtBot, panel: DataPanel) -> None:
    panel.show_project(of(GeneratedSource(name="blobs")))
    panel.classes.number.selectAll()
    qtbot.keyClicks(panel.classes.number, "7")
    with qtbot.waitSignal(panel.edited) as caught:
        qtbot.keyClick(panel.classes.number, Qt.Key.Key_Return)
    assert caught.args is not None
    assert caught.args[0].source == GeneratedSource(name="blobs", classes=7)
    with qtbot.waitSignal(panel.edited) as caught:
        qtbot.keyClick(panel.classes.slider, Qt.Key.Key_Right)
    assert caught.args is not None
    assert caught.args[0].source == GeneratedSource(name="blobs", classes=8)


def test_every_number_of_classes_in_the_window_has_as_many_outputs(qtbot: QtBot) -> None:
    with window_of(qtbot, of(GeneratedSource(name="blobs"))) as window:
        wait_for(qtbot, window, lambda snapshot: len(snapshot.data.samples.classes) == 4)
        window.player.step(epochs=2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2)
        number = window.data_panel.classes.number
        for count in (2, 3, 5, 6, 7, 8):
            number.selectAll()
            qtbot.keyClicks(number, str(count))
            qtbot.keyClick(number, Qt.Key.Key_Return)
            there = partial(has_classes, count)
            assert wait_for(qtbot, window, there).epoch == 0


def has_classes(count: int, snapshot: Snapshot) -> bool:
    return len(snapshot.data.samples.classes) == count
