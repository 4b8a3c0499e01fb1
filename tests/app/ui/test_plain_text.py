"""Texts from outside become texts that can be seen, in lines and lengths that a window can hold."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.plain_text import PlainLabel, markup_label, menu_text, one_line, plain_box, readable
from nnplayground.app.ui.tooltips import CHARACTERS, LONGEST, name_entry, wrapped

MARKUP = ("<img src='/dev/zero'>", "<b>bold</b>", "a &lt; b", "a < b > c", "<!DOCTYPE x>", "<script>")


class TestReadable:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("plain <b> & ü 漢", "plain <b> & ü 漢"),
            ("two\nlines", "two\nlines"),
            ("a\u202eb\u200bc\x00\x1b", "a\\u202eb\\u200bc\\u0000\\u001b"),
            ("a\ud800", "a\\ud800"),
            ("\U000e0041", "\\U000e0041"),
            ("\u0645\u200c\u06cc", "\u0645\u200c\u06cc"),
            ("a\u00a0b\u2009c\td", "a\u00a0b\u2009c d"),
            ("a\r\u2028b", "a\\u000d\\u2028b"),
        ],
    )
    def test_escapes_what_cannot_be_seen(self, text: str, shown: str) -> None:
        assert readable(text) == shown

    def test_is_short(self) -> None:
        assert readable("x" * 9, 5) == "xxxx…"
        assert readable("x" * 5, 5) == "xxxxx"

    def test_a_name_is_in_one_line_and_shorter_still(self) -> None:
        assert one_line(" a\n\tb  c ") == "a b c"
        assert one_line("x" * 200_000) == "x" * 119 + "…"
        assert len(one_line("\u202e" * 200)) <= 7 * 120

    def test_an_ampersand_is_no_key_in_a_menu(self) -> None:
        assert menu_text("a&b") == "a&&b"
        assert menu_text("&" * 100) == "&&" * 59 + "…"


class TestWidgets:
    @pytest.mark.parametrize("text", MARKUP)
    def test_a_label_shows_markup_as_text(self, qtbot: QtBot, text: str) -> None:
        label = PlainLabel(text)
        qtbot.addWidget(label)
        assert (label.text(), label.textFormat()) == (text, Qt.TextFormat.PlainText)
        label.setText("")
        label.setText("x" * 100_000)
        assert len(label.text()) == 4_000

    def test_a_label_is_made_like_that_of_qt(self, qtbot: QtBot) -> None:
        parent = QWidget()
        qtbot.addWidget(parent)
        assert PlainLabel(parent).parentWidget() is parent
        assert PlainLabel("text", parent).parentWidget() is parent
        assert markup_label(parent).textFormat() == Qt.TextFormat.RichText

    def test_a_box_shows_markup_as_text(self, qtbot: QtBot) -> None:
        parent = QWidget()
        qtbot.addWidget(parent)
        box = plain_box(parent, "<b>title\n", "<img src=x>")
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert (box.windowTitle(), box.text()) == ("<b>title", "<img src=x>")

    def test_the_entry_of_a_name_has_its_whole_name_as_tooltip(self, qtbot: QtBot) -> None:
        action = name_entry(QAction(), "<b>a&b" + "x" * 100)
        assert action.text() == "<b>a&&b" + "x" * 53 + "…"
        assert QTextDocumentFragment.fromHtml(action.toolTip()).toPlainText().replace("\n", "") == "<b>a&b" + "x" * 100


class TestTooltips:
    @pytest.mark.parametrize("text", MARKUP)
    def test_markup_is_escaped_and_reads_as_it_was_written(self, text: str) -> None:
        tip = wrapped(text)
        assert QtGui.Qt.mightBeRichText(tip)
        assert QTextDocumentFragment.fromHtml(tip).toPlainText() == text
        assert "<img" not in tip

    def test_a_text_without_markup_is_left_as_it_is(self) -> None:
        assert wrapped("a & b, 1 < 2") == "a & b, 1 < 2"

    def test_a_very_long_text_is_cut(self) -> None:
        tip = wrapped("x" * 1_000_000)
        assert len(tip.replace("\n", "")) == LONGEST
        assert max(map(len, tip.split("\n"))) <= CHARACTERS
