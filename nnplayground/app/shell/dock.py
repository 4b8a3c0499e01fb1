"""A dock that is slim while it has its place in the window, and has a name, a cross and an edge while it floats."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import NORMAL, SPACE, scaled
from nnplayground.app.ui.tooltips import wrapped

GRIP_HEIGHT = 10
MOVE_HELP = "Drag to move this panel; the View menu hides and shows it."


class Dock(QDockWidget):
    """Holds `content`, or nothing yet; one that has a header of its own needs no title while it does not float."""

    def __init__(
        self, name: str, title: str, parent: QWidget, *, has_header: bool, content: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.name = name
        self.setObjectName(f"{name}_dock")
        self.setTitleBarWidget(DockTitle(self, has_header=has_header))
        self.set_content(content or QWidget(self))
        self.visibilityChanged.connect(self._show_content)

    def set_content(self, content: QWidget) -> None:
        """Put something in the place of what it holds; behind another tab it stays hidden."""
        before: QWidget | None = self.widget()
        is_seen = before is None or before.isVisibleTo(self)
        policy = content.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        content.setSizePolicy(policy)
        self.setWidget(content)
        content.setVisible(is_seen)
        if before is not None:
            before.deleteLater()

    def _show_content(self, is_seen: bool) -> None:
        """Hide the content behind another tab: Qt only moves the dock away, and what is hidden costs nothing."""
        if self.isVisible():
            self.widget().setVisible(is_seen)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of a floating dock, which Qt leaves to those who have no title of their own."""
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


class DockTitle(QWidget):
    """Names a dock; one whose content has a header of its own has only a grip instead, unless it floats."""

    def __init__(self, dock: QDockWidget, *, has_header: bool) -> None:
        super().__init__(dock)
        self._has_header = has_header
        self._grip, self._name = PlainLabel("• • •", self), PlainLabel(dock.windowTitle(), self)
        self._close = QToolButton(self)
        self._grip.setProperty("muted", True)
        self._grip.setFont(scaled(dock.font(), 0.6))
        self._grip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grip.setFixedHeight(GRIP_HEIGHT)
        self._name.setFont(scaled(dock.font(), NORMAL, bold=True))
        self._name.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[0])
        self._close.setObjectName("close_dock")
        self._close.setAccessibleName(f"Close {dock.windowTitle()}")
        self._close.setToolTip("Close this panel; the View menu shows it again.")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it is the first in the window, and Space would press it
        self._close.clicked.connect(dock.close)
        for label in (self._grip, self._name):
            label.setToolTip(wrapped(MOVE_HELP))
            label.setCursor(Qt.CursorShape.SizeAllCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._grip, 1)
        row.addWidget(self._name, 1)
        row.addWidget(self._close)
        dock.topLevelChanged.connect(self._show_floating)
        self._show_floating(floats=False)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the cross in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_cross()

    def _show_floating(self, floats: bool) -> None:
        """Show what a floating dock needs, or what is enough inside the window."""
        self._grip.setVisible(self._has_header and not floats)
        self._name.setVisible(floats or not self._has_header)
        self._close.setVisible(floats)
        self._draw_cross()

    def _draw_cross(self) -> None:
        """Give the button that closes a floating dock its icon; the others need none."""
        if self._close.isVisibleTo(self):
            self._close.setIcon(icon("close", self.palette().windowText().color().name()))
