"""Texts that change at a pace one can read, in one line."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.read_outs import PAUSE, ElidedLabel, Pacer


def test_the_first_call_is_done_at_once_and_many_more_only_once_after_a_pause(qtbot: QtBot) -> None:
    done: list[int] = []
    clock = QElapsedTimer()
    clock.start()
    owner = QObject()
    pacer = Pacer(lambda: done.append(clock.elapsed()), owner)
    for _ in range(50):
        pacer.ask()
    assert len(done) == 1
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done[1] - done[0] >= PAUSE - 20
    qtbot.waitUntil(lambda: not pacer._timer.isActive())
    assert len(done) == 2


def test_what_the_user_did_is_shown_without_delay(qtbot: QtBot) -> None:
    done: list[bool] = []
    owner = QObject()
    pacer = Pacer(lambda: done.append(True), owner)
    pacer.ask()
    pacer.ask()
    pacer.now()
    assert len(done) == 2
    qtbot.waitUntil(lambda: not pacer._timer.isActive())
    assert len(done) == 2


def test_a_long_text_is_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    label.set_whole_text("flipper length 201, body mass 4,208")
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text() == "flipper length 201, body mass 4,208"
    label.resize(600, 20)
    assert label.text() == label.whole_text()
    assert label.toolTip() == ""


def test_a_short_form_stands_for_a_text_without_room(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.set_whole_text("Binary cross-entropy", "BCE")
    assert (label.text(), label.toolTip()) == ("Binary cross-entropy", "")
    label.resize(60, 20)
    label.set_whole_text("Mean squared error of everything", "MSE")
    assert label.text() == "MSE"
    assert "Mean squared error of everything" in label.toolTip()
    label.close()
