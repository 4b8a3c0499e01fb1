"""The small group of buttons in the corner of the network: smaller, 100 %, larger, all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from nnplayground.app.features.network.zoom import percent
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.theme import HIT_AREA, RADIUS, SMALL, Theme, scaled, tabular
from nnplayground.app.ui.tooltips import wrapped

ICON_SIZE = QSize(14, 14)
AWAY = 6
WIDEST, PADDING = "888 %", 18


class ZoomBar(QFrame):
    """Shows the zoom; each button does what it was made with."""

    def __init__(
        self,
        parent: QWidget,
        *,
        smaller: Callable[[], object],
        normal: Callable[[], object],
        larger: Callable[[], object],
        fit: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("zoom_bar")
        self.setAccessibleName("Zoom of the network")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._smaller = self._button("zoom_bar_out", "Zoom out", "Show the network smaller.", smaller)
        self._normal = self._button("zoom_bar_normal", "Zoom to 100 %", "Show the network at 100 %.", normal)
        self._larger = self._button("zoom_bar_in", "Zoom in", "Show the network larger.", larger)
        self._fit = self._button("zoom_bar_fit", "Fit to view", "Show the whole network.", fit)
        self._normal.setFont(tabular(scaled(self.font(), SMALL)))
        self._normal.setFixedWidth(self._normal.fontMetrics().horizontalAdvance(WIDEST) + PADDING)
        for button in (self._smaller, self._normal, self._larger, self._fit):
            row.addWidget(button)

    def show_zoom(self, zoom: float, *, least: float, most: float) -> None:
        """Show this zoom, and which steps are left."""
        self._normal.setText(percent(zoom))
        self._smaller.setEnabled(zoom > least)
        self._larger.setEnabled(zoom < most)

    def put(self, room: QWidget) -> None:
        """Stand in the lower right corner of a sibling."""
        self.adjustSize()
        corner = room.geometry().bottomRight()
        self.move(corner.x() - self.width() - AWAY, corner.y() - self.height() - AWAY)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self.setStyleSheet(
            f"QFrame#zoom_bar {{ background: {theme.panel}; border: 1px solid {theme.border};"
            f" border-radius: {RADIUS}px; }}"
        )
        for button, name in ((self._smaller, "minus"), (self._larger, "plus"), (self._fit, "fit")):
            button.setIcon(icon(name, theme.text))

    def _button(self, name: str, title: str, text: str, action: Callable[[], object]) -> QToolButton:
        """Return one button."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(title)
        button.setToolTip(wrapped(text))
        button.setProperty("slim", True)
        button.setIconSize(ICON_SIZE)
        button.setMinimumSize(HIT_AREA, HIT_AREA)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(action)
        return button
