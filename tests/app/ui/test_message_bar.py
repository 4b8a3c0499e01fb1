"""The message bar says what happened: news go by themselves, what went wrong stays until it is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.message_bar import MessageBar
from nnplayground.app.ui.theme import THEMES

LONG = "Training stopped because the cost is no longer a number; a smaller learning rate than 1000000 may help. " * 3


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 300)
    bar = MessageBar(window)
    bar.set_theme(THEMES["light"])
    window.show()
    yield bar
    window.hide()


def clock(bar: MessageBar) -> QTimer:
    return bar.findChildren(QTimer)[0]


def test_it_is_not_there_before_there_is_something_to_say(bar: MessageBar) -> None:
    assert not bar.isVisible()


@pytest.mark.parametrize("kind", ["warning", "error"])
def test_what_went_wrong_stays_until_it_is_closed(bar: MessageBar, kind: str) -> None:
    bar.show_message("It went wrong.", kind)
    assert bar.isVisible()
    assert (bar.text, bar.kind) == ("It went wrong.", kind)
    assert not clock(bar).isActive()
    close = bar.findChild(QToolButton, "close_message")
    assert isinstance(close, QToolButton)
    close.click()
    assert not bar.isVisible()


def test_news_go_by_themselves(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message("Saved.")
    assert clock(bar).isActive()
    clock(bar).setInterval(1)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_an_error_after_news_is_not_taken_away_with_them(bar: MessageBar) -> None:
    bar.show_message("Saved.")
    bar.show_message("It went wrong.", "error")
    assert not clock(bar).isActive()


def test_a_long_text_is_shown_whole(bar: MessageBar) -> None:
    bar.show_message("Short.", "error")
    low = bar.height()
    bar.show_message(LONG, "error")
    label = bar._label
    assert bar.height() > low
    assert label.height() >= label.heightForWidth(label.width())


def test_a_short_text_leaves_free_what_is_to_be_spared(bar: MessageBar) -> None:
    bar.spare(lambda: 180)
    bar.show_message("Saved.")
    assert bar.x() > 180
    assert bar.geometry().right() < 500
    bar.show_message(LONG, "error")
    assert bar.x() < 20


def test_it_stands_on_what_is_shown_at_the_foot(qtbot: QtBot, bar: MessageBar) -> None:
    ground = QWidget(bar.parentWidget())
    ground.setGeometry(0, 220, 500, 80)
    bar.stand_on(ground)
    bar.show_message("Saved.")
    ground.show()
    qtbot.waitUntil(lambda: bar.geometry().bottom() < 220)
    ground.hide()
    qtbot.waitUntil(lambda: bar.geometry().bottom() > 250)
