"""Space plays and pauses everywhere, but a control that has the focus keeps it: there it presses or opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget


class SpaceKeeper(QObject):
    """Keeps the space bar for the buttons and lists below a widget; without it a shortcut would win."""

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        for control in root.findChildren(QWidget):
            if isinstance(control, (QAbstractButton, QComboBox)):
                control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key before it can become a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() == Qt.Key.Key_Space:
                event.accept()
                return True
        return False
