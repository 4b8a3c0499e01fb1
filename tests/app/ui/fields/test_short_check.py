"""A check box gives way with its text, and keeps the whole name for those who hear it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.short_check import ShortCheck


def test_the_text_becomes_short_where_the_whole_does_not_fit(qtbot: QtBot) -> None:
    check = ShortCheck("Keep weights", "Keep")
    qtbot.addWidget(check)
    check.show()
    whole, short = check.sizeHint(), check.minimumSizeHint()
    assert short.width() < whole.width()
    check.resize(whole)
    assert check.text() == "Keep weights"
    check.resize(short)
    assert check.text() == "Keep"
    assert check.sizeHint() == whole
    check.resize(whole)
    assert check.text() == "Keep weights"
    assert check.accessibleName() == "Keep weights"
