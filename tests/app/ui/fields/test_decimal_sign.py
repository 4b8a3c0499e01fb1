"""In fields the person's decimal sign decides, and only what is in doubt is refused, with both readings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.settings import Settings
from nnplayground.app.ui.fields.decimal_sign import decimal_sign, use_decimal_sign
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.fields.steps import in_sign, shown_number, whole_or_number
from nnplayground.project.limits import Number, Whole
from nnplayground.written_numbers import COMMA, DECIMAL_SIGNS, POINT

RATE = Number(0.0, 1e7, "How far.", above_low=True)
BATCH = Whole(1, 100_000, "How many samples.")
SMALL = Whole(1, 50, "How many.")


@pytest.fixture(autouse=True)
def _point_again(qapp: object) -> Iterator[None]:
    use_decimal_sign(POINT)
    yield
    use_decimal_sign(POINT)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def field_of(window: QWidget, rule: Number | Whole, title: str, value: float) -> NumberField:
    field = NumberField(rule, title, parent=window)
    field.show_value(value)
    field.show()
    field.setFocus()
    return field


def type_in(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


class TestTheSign:
    @pytest.mark.parametrize(
        ("sign", "text", "value"),
        [
            (POINT, "1.000", 1), (POINT, "1e3", 1000), (POINT, "12.0", 12), (POINT, "1,000.0", 1000),
            (POINT, "2,0", 2), (POINT, "1.234,0", 1234),
            (COMMA, "1,000", 1), (COMMA, "12,0", 12), (COMMA, "1.000,0", 1000), (COMMA, "1.000.000", 1_000_000),
            (COMMA, "2.0", 2), (COMMA, "1 000", 1000),
        ],
    )  # fmt: skip
    def test_decides_what_a_whole_number_is(self, sign: str, text: str, value: int) -> None:
        assert whole_or_number(text, whole=True, decimal=sign) == value

    @pytest.mark.parametrize(
        ("sign", "text", "value"),
        [
            (POINT, "0,03", 0.03), (POINT, "1.234", 1.234), (POINT, "1,5", 1.5), (POINT, "0,125", 0.125),
            (COMMA, "0.03", 0.03), (COMMA, "1,234", 1.234), (COMMA, "1.5", 1.5), (COMMA, "1e-3", 0.001),
        ],
    )  # fmt: skip
    def test_lets_the_other_one_be_where_there_is_no_doubt(self, sign: str, text: str, value: float) -> None:
        assert whole_or_number(text, whole=False, decimal=sign) == value

    @given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(tuple(DECIMAL_SIGNS)))
    def test_stands_in_what_is_shown_which_reads_back_as_the_same(self, value: float, sign: str) -> None:
        assert whole_or_number(shown_number(value, sign), whole=False, decimal=sign) == value

    def test_is_that_of_qt_and_of_the_words_of_a_rule(self) -> None:
        assert decimal_sign() == POINT
        use_decimal_sign(COMMA)
        assert decimal_sign() == COMMA
        assert in_sign("from 0.5 to 10,000, or 1,234.5.", COMMA) == "from 0,5 to 10\u202f000, or 1\u202f234,5."
        assert in_sign("from 0.5 to 10,000.", POINT) == "from 0.5 to 10,000."

    def test_is_remembered_and_is_the_point_at_first(self, qapp: object) -> None:
        assert Settings().decimal_sign == POINT
        Settings().decimal_sign = COMMA
        assert Settings().decimal_sign == COMMA
        Settings().decimal_sign = "semicolon"
        assert Settings().decimal_sign == POINT


class TestAField:
    @pytest.mark.parametrize(
        ("rule", "title", "sign", "text", "said"),
        [
            (BATCH, "Batch size", POINT, "1,000", "Batch size is 1,000, which can be 1000 or 1; write 1000 or 1."),
            (BATCH, "Batch size", POINT, "1,234", "Batch size is 1,234, which can be 1234 or 1.234; write 1234."),
            (RATE, "Rate", POINT, "1,000", "Rate is 1,000, which can be 1000 or 1; write 1000 or 1."),
            (RATE, "Rate", COMMA, "1.234", "Rate is 1.234, which can be 1,234 or 1234; write 1,234 or 1234."),
            (SMALL, "Side", POINT, "2,345", "Side is 2,345, which can be 2345 or 2.345; it must be a whole number"),
            (BATCH, "Batch size", POINT, "12.5", "Batch size is 12.5; it must be a whole number from 1 to 100,000."),
            (SMALL, "Side", COMMA, "12,5", "Side is 12,5; it must be a whole number from 1 to 50."),
            (BATCH, "Size", COMMA, "0", "Size is 0; it must be a whole number from 1 to 100\u202f000."),
            (RATE, "Rate", POINT, "5 %", 'Rate is "5 %"; it must be a number above 0 and up to 10,000,000.'),
        ],
    )  # fmt: skip
    def test_refuses_with_both_readings_and_keeps_what_was_typed(
        self, qtbot: QtBot, window: QWidget, rule: Number | Whole, title: str, sign: str, text: str, said: str
    ) -> None:
        use_decimal_sign(sign)
        field = field_of(window, rule, title, 10)
        with qtbot.waitSignal(field.refused) as caught, qtbot.assertNotEmitted(field.entered):
            type_in(qtbot, field, text)
        assert caught.args is not None
        assert str(caught.args[0]).startswith(said)
        assert (field.text(), field.value, field.property("invalid")) == (text, 10, True)
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert (field.text(), field.property("invalid")) == ("10", False)

    def test_shows_the_comma_once_it_is_chosen_and_explains_itself_with_it(self, qtbot: QtBot, window: QWidget) -> None:
        field = field_of(window, RATE, "Rate", 0.03)
        use_decimal_sign(COMMA)
        assert field.text() == "0,03"
        assert "10\u202f000\u202f000" in field.toolTip()
        type_in(qtbot, field, "1,000")
        assert (field.value, field.text()) == (1.0, "1")
        later = field_of(window, RATE, "Rate", 0.5)
        assert later.text() == "0,5"
        use_decimal_sign(POINT)
        assert later.text() == "0.5"

    def test_keeps_what_is_being_typed_while_the_sign_changes(self, qtbot: QtBot, window: QWidget) -> None:
        field = field_of(window, RATE, "Rate", 0.03)
        field.selectAll()
        qtbot.keyClicks(field, "1,5")
        use_decimal_sign(COMMA)
        assert field.text() == "1,5"
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.value == 1.5

    def test_tells_once_what_is_wrong_and_not_again_as_it_is_left(self, qtbot: QtBot, window: QWidget) -> None:
        field, other = field_of(window, RATE, "Rate", 0.03), field_of(window, RATE, "Other", 1.0)
        said: list[str] = []
        field.refused.connect(said.append)
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        type_in(qtbot, field, "-1")
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        assert len(said) == 1
        field.show_value(0.03)
        assert field.text() == "-1"  # nothing has changed, so that it still waits to be mended
        field.show_value(0.1)
        assert (field.text(), field.property("invalid")) == ("0.1", False)

    def test_takes_its_unit_and_no_other(self, qtbot: QtBot, window: QWidget) -> None:
        field = field_of(window, Number(0.0, 100.0, "A share."), "Share", 10.0)
        field.unit = "%"
        field.selectAll()
        field.insert("25 %")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.value == 25.0
        field.selectAll()
        field.insert("25 €")
        assert not field.commit()
