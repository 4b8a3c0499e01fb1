"""A few words over a plot with a cross that makes them go away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, RADIUS, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped

AWAY = 14
"""How far from the place that it tells of a tag lies."""


class Tag(QFrame):
    """Lies over its parent; `closed` follows a click on the cross, which `tooltip` explains."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget, *, tooltip: str) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName(name)
        self.label = PlainLabel(self)
        self.label.setObjectName(f"{name}_text")
        self.cross = QToolButton(self)
        self.cross.setObjectName(f"{name}_close")
        self.cross.setAccessibleName(tooltip.partition(".")[0])
        self.cross.setToolTip(wrapped(tooltip))
        self.cross.setProperty("slim", True)
        self.cross.setIconSize(QSize(12, 12))
        self.cross.setMinimumSize(HIT_AREA, HIT_AREA)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[1], 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.label)
        row.addWidget(self.cross)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Recolour words and cross."""
        self.label.setFont(tabular(scaled(self.font(), SMALL)))
        self.cross.setIcon(icon("close", theme.text))
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {theme.panel}; border: 1px solid {theme.muted}; "
            f"border-radius: {RADIUS}px; }} QLabel {{ color: {theme.text}; background: transparent; }}"
        )

    def say(self, text: str, *, tooltip: str = "") -> None:
        """Show other words."""
        if text != self.label.text():
            self.label.setText(text)
            self.adjustSize()
        self.label.setToolTip(wrapped(tooltip))

    def lie_beside(self, place: QPoint) -> None:
        """Lie right of a place of the parent, or left of it where there is no room, and always inside."""
        room = self._room.rect()
        left = place.x() + AWAY
        if left + self.width() > room.width():
            left = place.x() - AWAY - self.width()
        top = place.y() - self.height() // 2
        self.move(max(0, min(left, room.width() - self.width())), max(0, min(top, room.height() - self.height())))
