"""Numbers are read as people write them, never as another number; rules are told without jargon."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.number_field import NumberField, legal_words
from nnplayground.app.ui.fields.steps import whole_or_number
from nnplayground.project.limits import Number, Whole
from nnplayground.written_numbers import AmbiguousNumberError

BATCH = Whole(1, 100_000, "How many samples.")
EPOCHS = Whole(1, 1_000_000_000, "How many passes.", optional=True)
TARGET = Number(0.0, 1e9, "How low.", optional=True)
RATE = Number(0.0, 1e7, "How far.", above_low=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [("20 000", 20_000), ("1,000,000", 1_000_000), ("-1'000", -1000), ("2e3", 2000), ("12.0", 12), ("\u22125", -5)],
)
def test_whole_numbers_may_have_their_thousands_parted(text: str, value: int) -> None:
    assert whole_or_number(text, whole=True) == value


@pytest.mark.parametrize("text", ["1,5", "1.5", "inf", "nan", "", "1e400"])
def test_a_whole_number_that_is_none_is_not_guessed_at(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        whole_or_number(text, whole=True)


@pytest.mark.parametrize(("text", "value"), [("0,03", 0.03), ("0,125", 0.125), ("1,5", 1.5), ("12,3456", 12.3456)])
def test_a_comma_may_be_the_decimal_point(text: str, value: float) -> None:
    assert whole_or_number(text, whole=False) == value


@pytest.mark.parametrize("text", ["1,000", "12,500", "-1,000"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_comma_that_could_mean_either_is_refused(text: str, *, whole: bool) -> None:
    with pytest.raises(AmbiguousNumberError):
        whole_or_number(text, whole=whole)


def test_nobody_at_the_window_needs_to_know_null() -> None:
    assert legal_words(BATCH) == BATCH.legal
    for rule in (EPOCHS, TARGET):
        assert "null" not in legal_words(rule)
        assert legal_words(rule).endswith(", or empty for never")


@pytest.mark.parametrize("text", ["1 000", "1'000", "1e3", "1000.0", "1,000.0"])
def test_a_thousand_samples_are_a_thousand(qtbot: QtBot, text: str) -> None:
    field = NumberField(BATCH, "Batch size")
    qtbot.addWidget(field)
    field.show_value(10)
    field.selectAll()
    qtbot.keyClicks(field, text)
    with qtbot.waitSignal(field.entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [1000]


@pytest.mark.parametrize(("typed", "value"), [("5", 10.0), ("abc", 0.05), ("-1", 0.05)])
def test_an_arrow_goes_on_from_what_is_being_typed_where_that_is_legal(qtbot: QtBot, typed: str, value: float) -> None:
    field = NumberField(RATE, "Learning rate", geometric=True)
    qtbot.addWidget(field)
    field.show_value(0.03)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    with qtbot.waitSignal(field.entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert caught.args == [value]


@pytest.mark.parametrize(("rule", "value"), [(EPOCHS, 100), (TARGET, 0.01), (Whole(1, 7, "", optional=True), 7)])
def test_an_empty_field_begins_to_step_at_a_usual_value(qtbot: QtBot, rule: Number | Whole, value: float) -> None:
    field = NumberField(rule, "Rule", geometric=True)
    qtbot.addWidget(field)
    field.show_value(None)
    with qtbot.waitSignal(field.entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert caught.args == [value]
