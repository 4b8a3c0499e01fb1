"""A section is folded at first; its heading opens and folds it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.section import Section


def test_the_heading_opens_and_folds_the_content(qtbot: QtBot) -> None:
    section = Section("Stop by itself", "Rules that end training.", QLabel("Rules"))
    qtbot.addWidget(section)
    assert section.content.isHidden()
    for is_open in (True, False):
        qtbot.mouseClick(section.button, Qt.MouseButton.LeftButton)
        assert section.content.isHidden() is not is_open
        assert section.button.isChecked() is is_open
