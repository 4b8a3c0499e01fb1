"""A part of a panel that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import wrapped


class Section(QWidget):
    """A heading that shows and hides the widget below it; folded at first."""

    def __init__(self, title: str, help_text: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.button = QToolButton(self)
        self.button.setObjectName(f"section_{title.lower().replace(' ', '_')}")
        self.button.setText(title)
        self.button.setToolTip(wrapped(help_text))
        self.button.setCheckable(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setProperty("section", True)
        self.button.clicked.connect(self.set_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self.button)
        column.addWidget(content)
        content.setVisible(False)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        self.button.setChecked(is_open)
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.content.setVisible(is_open)
