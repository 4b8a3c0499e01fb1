"""Windows that open below a control."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from nnplayground.app.ui.theme import SPACE


def open_below(popup: QWidget, widget: QWidget) -> None:
    """Open a popup below a widget, moved as far as it takes to stay on the screen."""
    popup.adjustSize()
    place = widget.mapToGlobal(QPoint(0, widget.height() + SPACE[0]))
    room = widget.screen().availableGeometry()
    left = max(room.left(), min(place.x(), room.right() - popup.width()))
    top = max(room.top(), min(place.y(), room.bottom() - popup.height()))
    popup.move(left, top)
    popup.show()
