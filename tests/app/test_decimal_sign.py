"""The decimal sign is chosen in the Edit menu, remembered, and holds for fields, copying and pasting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inspector.view import InspectorView
from nnplayground.app.settings import Settings
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import INSPECTOR
from nnplayground.app.ui.fields.decimal_sign import use_decimal_sign
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.parameter_index import Selection
from nnplayground.written_numbers import COMMA, POINT
from tests.app.driving import PATIENCE, window_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window
    use_decimal_sign(POINT)


def choose(window: MainWindow, sign: str) -> None:
    action = window.findChild(QAction, f"decimal_{sign}")
    assert isinstance(action, QAction)
    action.trigger()
    assert action.isChecked()


def field(window: MainWindow, name: str) -> NumberField:
    found = window.findChild(NumberField, name)
    assert isinstance(found, NumberField)
    return found


def type_in(qtbot: QtBot, number: NumberField, text: str) -> None:
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, text)
    qtbot.keyClick(number, Qt.Key.Key_Return)


class TestTheMenu:
    def test_chooses_what_all_fields_show_and_read_and_the_settings_remember(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        rate, batch = field(window, "learning_rate"), field(window, "batch_size")
        assert (rate.text(), Settings().decimal_sign) == ("0.03", POINT)
        choose(window, COMMA)
        assert (rate.text(), Settings().decimal_sign) == ("0,03", COMMA)
        type_in(qtbot, rate, "0,5")
        assert window.document.project.training.optimizer.learning_rate == 0.5
        type_in(qtbot, batch, "1,000")
        assert window.document.project.training.batch_size == 1
        type_in(qtbot, batch, "1.000")
        assert window.document.project.training.batch_size == 1
        assert window.messages.text == "Batch size is 1.000, which can be 1 or 1000; write 1 or 1000."
        assert (window.messages.kind, batch.text()) == ("warning", "1.000")
        choose(window, POINT)
        assert rate.text() == "0.5"

    def test_is_followed_by_the_next_window_from_its_start(self, qtbot: QtBot, window: MainWindow) -> None:
        choose(window, COMMA)
        use_decimal_sign(POINT)
        with window_of(qtbot) as other:
            assert field(other, "learning_rate").text() == "0,03"
            action = other.findChild(QAction, "decimal_comma")
            assert isinstance(action, QAction)
            assert action.isChecked()


class TestThePoint:
    def test_reads_a_comma_that_leaves_no_doubt_and_refuses_the_others(self, qtbot: QtBot, window: MainWindow) -> None:
        rate, batch = field(window, "learning_rate"), field(window, "batch_size")
        type_in(qtbot, rate, "0,05")
        assert window.document.project.training.optimizer.learning_rate == 0.05
        type_in(qtbot, batch, "1.000")
        assert window.document.project.training.batch_size == 1
        for number, title in ((batch, "Batch size"), (rate, "Learning rate")):
            before = window.document.project
            type_in(qtbot, number, "1,000")
            assert window.messages.text == f"{title} is 1,000, which can be 1000 or 1; write 1000 or 1."
            assert (number.text(), number.property("invalid")) == ("1,000", True)
            assert window.document.project == before
            qtbot.keyClick(number, Qt.Key.Key_Escape)


class TestTheInspector:
    @pytest.mark.parametrize("sign", [POINT, COMMA])
    def test_copies_a_text_that_comes_back_with_the_sign_and_python_with_the_point(
        self, qtbot: QtBot, window: MainWindow, sign: str
    ) -> None:
        choose(window, sign)
        window.details.show(INSPECTOR)
        inspector = window.details.view(INSPECTOR)
        assert isinstance(inspector, InspectorView)
        window.network_view.canvas.picker.select(Selection(0))
        qtbot.waitUntil(inspector.layer.table.isVisible, timeout=PATIENCE)
        table, clipboard, before = inspector.layer.table, QGuiApplication.clipboard(), window.document.project
        table.copy()
        assert ("," in clipboard.text(), "." in clipboard.text()) == (sign == COMMA, sign == POINT)
        table.paste()
        QApplication.processEvents()
        assert not window.messages.isVisible()
        assert window.document.project == before
        table.copy_numpy()
        assert "." in clipboard.text()
        table.paste()
        QApplication.processEvents()
        assert not window.messages.isVisible()
        clipboard.clear()
