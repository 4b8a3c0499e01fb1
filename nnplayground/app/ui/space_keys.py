"""Space plays and pauses everywhere, but a control that has the focus keeps it: there it presses or opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDockWidget, QWidget


class SpaceKeeper(QObject):
    """Keeps the space bar for the buttons and lists below a widget; without it a shortcut would win.

    The question whether anybody claims a key goes from the control that has the focus up to its window. So it is
    enough to listen there, and a control that is made much later is kept as well. A dock may be a window of its own.
    """

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        for window in (root, *root.findChildren(QDockWidget)):
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key before it can become a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            is_control = isinstance(QApplication.focusWidget(), (QAbstractButton, QComboBox))
            if plain and event.key() == Qt.Key.Key_Space and is_control:
                event.accept()
                return True
        return False
