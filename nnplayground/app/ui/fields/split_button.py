"""A button with an arrow: the button does what was last chosen, the arrow offers the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Menu)


class SplitButton(QToolButton):
    """Offers `main` actions, of which the one chosen last becomes the button, and `others` in the menu alone.

    It is as wide as its widest word needs, so that nothing beside it moves. Arrow down opens the menu.
    """

    def __init__(self, name: str, main: Sequence[QAction], others: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_button")
        self.setProperty("split", True)
        self._main = tuple(main)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        menu.setObjectName(f"{name}_menu")
        menu.setToolTipsVisible(True)
        menu.addActions(list(main))
        menu.addSeparator()
        menu.addActions(list(others))
        self.setMenu(menu)
        menu.triggered.connect(self.choose)
        self.choose(self._main[0])

    def choose(self, action: QAction) -> None:
        """Let the button stand for one of the main actions."""
        if action in self._main:
            self.setDefaultAction(action)
            self.setAccessibleName(action.text().replace("&", ""))

    def sizeHint(self) -> QSize:
        """Return the size that holds the word of every main action."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return hint
        widest = max(metrics.horizontalAdvance(action.iconText()) for action in self._main)
        return hint + QSize(widest - metrics.horizontalAdvance(self.text()), 0)

    def minimumSizeHint(self) -> QSize:
        """Return the same size: a word cut short says nothing."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with the arrow down."""
        if event.key() in KEYS:
            self.showMenu()
        else:
            super().keyPressEvent(event)
