"""Sections of a view in a row that scrolls, and a hint in their place while there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.ui.theme import SPACE


def make_section_row(view: QWidget, name: str, *, hint: QWidget) -> tuple[QBoxLayout, QStackedLayout]:
    """Fill a view; return the row for its sections, and the stack that shows the hint (0) or these (1)."""
    content = QWidget(view)
    content.setObjectName(f"{name}_content")
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
    row.setContentsMargins(SPACE[2], SPACE[0], SPACE[1], SPACE[0])
    row.setSpacing(SPACE[2])
    area = QScrollArea(view)
    area.setObjectName(f"{name}_area")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    frame = QVBoxLayout(view)
    frame.setContentsMargins(1, 1, 1, 1)
    stack = QStackedLayout()
    stack.addWidget(hint)
    stack.addWidget(area)
    frame.addLayout(stack)
    return row, stack


def turn(row: QBoxLayout, *, beside: bool) -> bool:
    """Put the sections of a row beside each other, or below; tells whether that is news."""
    direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
    if row.direction() == direction:
        return False
    row.setDirection(direction)
    return True
