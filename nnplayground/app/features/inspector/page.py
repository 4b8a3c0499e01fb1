"""What all pages of the inspector have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QToolButton, QWidget

from nnplayground.app.features.inspector.cells import Look
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.ui.theme import HIT_AREA, SPACE
from nnplayground.app.ui.tooltips import wrapped

SIDE_BY_SIDE = 720
"""Pixels; in a narrower dock the parts of a page stand below each other."""

LEAST_ROW, LEAST_HEIGHT = 48, 96


class Page(QWidget):
    """Parts in a row; `wishes` takes what somebody wants changed, `controls` stand in the head of the inspector."""

    def __init__(self, name: str, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("inspector_page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.wishes = wishes
        self.controls: list[QWidget] = []
        self.moment: Moment | None = None
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE[2])

    def title(self, moment: Moment) -> str:
        """Return what is on show in a few words."""
        raise NotImplementedError

    def show_moment(self, moment: Moment) -> None:
        """Show the numbers of a moment."""
        raise NotImplementedError

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        raise NotImplementedError

    def stand(self, *, beside: bool) -> None:
        """Put the parts beside or below each other."""
        directions = QBoxLayout.Direction
        self.row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for place in range(self.row.count()):
            item = self.row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setMinimumHeight(LEAST_ROW if beside else LEAST_HEIGHT)


def head_button(name: str, text: str, help_text: str, parent: QWidget) -> QToolButton:
    """Return a button for the head of the inspector."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(wrapped(help_text))
    button.setProperty("chip", True)
    button.setMinimumHeight(HIT_AREA)
    return button
