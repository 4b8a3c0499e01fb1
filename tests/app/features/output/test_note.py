"""A note in at most two lines."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.note import NoteLabel, two_lines

TEXT = "The map holds the other inputs at their mean, the points have their own: flipper length 201, body mass 4,208"


def shown(qtbot: QtBot, width: int) -> NoteLabel:
    label = NoteLabel()
    qtbot.addWidget(label)
    label.set_whole_text(TEXT)
    label.resize(width, 40)
    label.show()
    return label


def test_a_text_that_fits_stays_in_one_line(qtbot: QtBot) -> None:
    label = shown(qtbot, 2_000)
    assert label.text() == TEXT
    assert label.toolTip() == ""
    assert label.sizeHint().height() < 2 * label.fontMetrics().height()


def test_a_longer_one_breaks_between_words_and_asks_for_the_second_line(qtbot: QtBot) -> None:
    probe = QFontMetrics(NoteLabel().font())
    width = round(0.6 * probe.horizontalAdvance(TEXT))
    label = shown(qtbot, width)
    assert label.text().replace("\n", " ") == TEXT
    assert label.text().count("\n") == 1
    assert label.sizeHint().height() >= 2 * label.fontMetrics().height()
    assert label.toolTip() == ""


def test_one_that_is_too_long_for_two_is_cut_and_told_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = shown(qtbot, 200)
    assert label.text().endswith("…")
    assert label.toolTip().replace("\n", " ") == TEXT


def test_a_word_that_is_too_long_for_its_line_is_cut(qtbot: QtBot) -> None:
    metrics = shown(qtbot, 200).fontMetrics()
    lines = two_lines("a" * 200 + " and more", metrics, 100)
    assert len(lines) == 2
    assert lines[0].endswith("…")
    assert all(metrics.horizontalAdvance(line) <= 101 for line in lines)
