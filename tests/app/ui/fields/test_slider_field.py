"""A slider is coarse and its number exact; a drag or a held key is one gesture, the next one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.slider_field import SliderField
from nnplayground.project.limits import Number


def tenth(position: float) -> float:
    return round(position, 1)


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[SliderField]:
    field = SliderField(Number(0.0, 1.0, "A share."), "Share", to_value=tenth, to_position=float, gestures=count(1))
    qtbot.addWidget(field)
    field.resize(400, 30)
    field.show()
    field.show_value(0.5)
    yield field
    field.hide()


def handle(field: SliderField) -> QPoint:
    option = QStyleOptionSlider()
    field.slider.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, field.slider
    return field.slider.style().subControlRect(*parts).center()


def drag(qtbot: QtBot, field: SliderField, distance: int) -> None:
    start = handle(field)
    qtbot.mousePress(field.slider, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(field.slider, start + QPoint(step * distance // 5, 0))
    qtbot.mouseRelease(field.slider, Qt.MouseButton.LeftButton, pos=start + QPoint(distance, 0))


def gestures(spy: QSignalSpy) -> list[int]:
    return [spy.at(place)[1] for place in range(spy.count())]


def hold_key(field: SliderField, presses: int) -> None:
    """Hold a key down: the first press is one of the person, the others are repetitions of the keyboard."""
    for press in range(presses):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", autorep=press > 0)
        QCoreApplication.sendEvent(field.slider, event)


def test_showing_a_value_between_two_positions_is_no_news_and_keeps_it(qtbot: QtBot, field: SliderField) -> None:
    with qtbot.assertNotEmitted(field.changed):
        field.show_value(0.123456789)
    assert field.number.value == 0.123456789
    assert field.number.text() == "0.123456789"


def test_a_drag_is_one_gesture_and_the_next_drag_another(qtbot: QtBot, field: SliderField) -> None:
    spy = QSignalSpy(field.changed)
    drag(qtbot, field, 60)
    first = gestures(spy)
    drag(qtbot, field, -60)
    second = gestures(spy)[len(first) :]
    assert len(first) > 1
    assert len(set(first)) == len(set(second)) == 1
    assert set(first).isdisjoint(second)


def test_fields_that_count_together_never_share_a_gesture(qtbot: QtBot) -> None:
    gesture_numbers = count(1)
    rule, spies = Number(0.0, 1.0, "A share."), []
    for title in ("One", "Other"):
        field = SliderField(rule, title, to_value=tenth, to_position=float, gestures=gesture_numbers)
        qtbot.addWidget(field)
        field.show_value(0.5)
        spies.append(QSignalSpy(field.changed))
        hold_key(field, 1)
    assert [gestures(spy) for spy in spies] == [[1], [2]]


def test_every_press_of_a_key_changes_the_value(field: SliderField) -> None:
    spy = QSignalSpy(field.changed)
    for _ in range(3):
        hold_key(field, 1)
    assert [spy.at(place)[0] for place in range(spy.count())] == [0.6, 0.7, 0.8]
    assert len(set(gestures(spy))) == 3


def test_a_key_that_is_held_down_is_one_gesture(field: SliderField) -> None:
    spy = QSignalSpy(field.changed)
    hold_key(field, 4)
    assert spy.count() == 4
    assert len(set(gestures(spy))) == 1


def test_a_key_stops_at_the_end(field: SliderField) -> None:
    field.show_value(1.0)
    spy = QSignalSpy(field.changed)
    hold_key(field, 3)
    assert spy.count() == 0
    assert field.number.value == 1.0


def test_what_is_typed_moves_the_slider_and_is_no_gesture(qtbot: QtBot, field: SliderField) -> None:
    field.number.selectAll()
    qtbot.keyClicks(field.number, "0.25")
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.keyClick(field.number, Qt.Key.Key_Return)
    assert caught.args == [0.25, 0]
    assert field.slider.value() == field.slider.maximum() // 4
