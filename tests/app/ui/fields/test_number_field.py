"""Number fields show every legal value exactly and refuse the others with one sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.fields.steps import one_step, shown_number, whole_or_number
from nnplayground.project.limits import Number, Whole

RATE = Number(0.0, 1e7, "How far each step goes.", above_low=True)
EPOCHS = Whole(1, 1_000_000, "How many.", optional=True)


@pytest.fixture
def field(qtbot: QtBot) -> NumberField:
    field = NumberField(RATE, "Learning rate", geometric=True)
    qtbot.addWidget(field)
    field.show_value(0.03)
    return field


def type_in(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**12), 10**12))
def test_the_text_of_a_number_reads_back_as_the_same(value: float | int) -> None:
    assert whole_or_number(shown_number(value), whole=isinstance(value, int)) == value


@pytest.mark.parametrize(
    ("text", "whole", "value"),
    [
        ("1,000,000", True, 1_000_000),
        ("0,025", False, 0.025),
        ("1,5", False, 1.5),
        ("5.0", True, 5),
    ],
)
def test_commas_mean_what_a_person_means(text: str, value: float, *, whole: bool) -> None:
    assert whole_or_number(text, whole=whole) == value


@pytest.mark.parametrize(
    ("text", "whole"), [("1,000", False), ("1_0", True), ("1,5", True), ("inf", False), ("0x10", True)]
)
def test_what_could_mean_two_things_means_none(text: str, *, whole: bool) -> None:
    with pytest.raises(ValueError, match=text):
        whole_or_number(text, whole=whole)


def test_showing_a_value_is_no_news(qtbot: QtBot, field: NumberField) -> None:
    with qtbot.assertNotEmitted(field.entered):
        field.show_value(0.1234567890123)
    assert float(field.text()) == 0.1234567890123


@pytest.mark.parametrize(("text", "value"), [("0.5", 0.5), ("1e-3", 0.001), ("0,25", 0.25), ("  2 ", 2.0)])
def test_a_legal_number_is_taken(qtbot: QtBot, field: NumberField, text: str, value: float) -> None:
    with qtbot.waitSignal(field.entered) as caught:
        type_in(qtbot, field, text)
    assert caught.args == [value]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "Learning rate is 0; it must be a number above 0 and up to 10,000,000."),
        ("-1", "Learning rate is -1; it must be"),
        ("1e9", "Learning rate is 1e9; it must be"),
        ("", "Learning rate is empty; it must be"),
    ],
)
def test_an_illegal_one_is_refused_and_stays_until_escape(
    qtbot: QtBot, field: NumberField, text: str, said: str
) -> None:
    with qtbot.waitSignal(field.refused) as caught, qtbot.assertNotEmitted(field.entered):
        type_in(qtbot, field, text)
    assert caught.args is not None
    assert str(caught.args[0]).startswith(said)
    assert field.text() == text
    assert field.property("invalid")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.03"
    assert not field.property("invalid")


@pytest.mark.parametrize("text", ["abc", "nan"])
def test_letters_that_are_in_no_number_come_in_by_pasting_alone_and_are_refused(
    qtbot: QtBot, field: NumberField, text: str
) -> None:
    qtbot.keyClicks(field, text)
    assert field.text() == "0.03"
    field.selectAll()
    field.insert(text)
    with qtbot.waitSignal(field.refused) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [f'Learning rate is "{text}"; it must be a number above 0 and up to 10,000,000.']


@pytest.mark.parametrize(
    ("keys", "key", "modifiers"),
    [
        ("Ctrl+Z", Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        ("Ctrl+Shift+Z", Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
        ("N", Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        ("E", Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
        ("Space", Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_keys_of_the_window_work_until_something_is_typed(
    qtbot: QtBot, keys: str, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = NumberField(RATE, "Learning rate", parent=window)
    field.show_value(0.03)
    done: list[str] = []
    QShortcut(QKeySequence(keys), window).activated.connect(lambda: done.append(keys))
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, key, modifiers)
    assert done == [keys]
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, key, modifiers)
    assert done == [keys]


def test_an_optional_number_can_be_taken_away(qtbot: QtBot) -> None:
    field = NumberField(EPOCHS, "Epochs")
    qtbot.addWidget(field)
    field.show_value(50)
    with qtbot.waitSignal(field.entered) as caught:
        type_in(qtbot, field, "")
    assert caught.args == [None]
    assert field.placeholderText() == "never"


def test_arrows_go_one_step(qtbot: QtBot, field: NumberField) -> None:
    with qtbot.waitSignal(field.entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert caught.args == [0.05]
    with qtbot.waitSignal(field.entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert caught.args == [0.02]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    rule=st.sampled_from([RATE, EPOCHS, Number(-100.0, 100.0, ""), Whole(0, 20, "")]),
    up=st.booleans(),
    geometric=st.booleans(),
    share=st.floats(0.001, 1.0),
)
def test_a_step_goes_in_its_direction_and_never_out_of_range(
    rule: Number | Whole, share: float, *, up: bool, geometric: bool
) -> None:
    start: float | int = max(rule.low, 0) + share * (rule.high - max(rule.low, 0))
    start = int(start) if isinstance(rule, Whole) else start
    value = one_step(start, rule, up=up, geometric=geometric)
    assert rule.low <= value <= rule.high
    assert (value >= start) if up else (value <= start)
    if rule.low < start < rule.high:
        assert value != start
