"""The list of shortcuts has every key and fits on a small screen."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.actions import ACTIONS
from nnplayground.app.features.help.dialogs import EDITOR_KEYS, show_shortcuts


def test_every_shortcut_is_listed_and_the_list_fits_on_a_small_screen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = [QAction(spec.text, parent) for spec in ACTIONS]
    for action, spec in zip(actions, ACTIONS, strict=True):
        action.setShortcut(spec.shortcut)
    dialog = show_shortcuts(parent, actions)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    for spec in ACTIONS:
        assert (spec.text.replace("&", "").rstrip("…") in texts) or not spec.shortcut
    assert all(words in texts for keys in EDITOR_KEYS for words in keys)
    assert dialog.sizeHint().height() <= 680 and dialog.sizeHint().width() <= 1240
    dialog.close()
