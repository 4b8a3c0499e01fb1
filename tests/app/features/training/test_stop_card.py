"""The card: what it is told it shows, and it never takes the keyboard by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.training.stop_card import OFFERS, Notice, Offer, StopCard
from nnplayground.app.ui.theme import THEMES

LEFT = Qt.MouseButton.LeftButton
SENTENCE = "The test cost has not fallen by 0.0001 below 0.592 for 40 epochs; the weights of epoch 36 are back. "
NOTICE = Notice("Stopped", SENTENCE, "Epoch 76", {"go_on": Offer("Go on", "Train on."), "restore": Offer("Back", "B.")})


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[StopCard]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(580, 400)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit(window))
    card = StopCard(window)
    card.move_to(window)
    card.set_theme(THEMES["light"])
    window.show()
    yield card
    window.hide()


def test_it_is_not_there_before_there_is_something_to_say(card: StopCard) -> None:
    assert not card.isVisible()


def test_it_shows_what_it_is_told_and_only_these_offers(qtbot: QtBot, card: StopCard) -> None:
    card.show_notice(NOTICE)
    assert card.isVisible()
    assert [name for name in OFFERS if card.buttons[name].isVisible()] == ["go_on", "restore"]
    assert "Stopped. The test cost" in card.accessibleName()
    card.show_notice(Notice("Failed", "It failed.", "", {}, is_failure=True))
    assert not any(button.isVisible() for button in card.buttons.values())
    assert not card.facts.isVisible()


@pytest.mark.parametrize("name", OFFERS)
def test_a_click_tells_which_offer_was_chosen(qtbot: QtBot, card: StopCard, name: str) -> None:
    card.show_notice(Notice("Stopped", "Why.", "", {name: Offer("Do it", "What it does.")}))
    with qtbot.waitSignal(card.chosen) as caught:
        qtbot.mouseClick(card.buttons[name], LEFT)
    assert caught.args == [name]


def test_a_long_sentence_is_shown_whole(qtbot: QtBot, card: StopCard) -> None:
    card.show_notice(Notice("Stopped", SENTENCE * 3, "Epoch 76", NOTICE.offers))
    label = card.sentence
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_neither_showing_nor_a_click_takes_the_keyboard(qtbot: QtBot, card: StopCard) -> None:
    field = card.window().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    card.show_notice(NOTICE)
    qtbot.mouseClick(card.buttons["go_on"], LEFT)
    close = card.findChild(QToolButton, "close_stop_card")
    assert isinstance(close, QToolButton)
    qtbot.mouseClick(close, LEFT)
    assert not card.isVisible()
    assert card.window().focusWidget() is field
