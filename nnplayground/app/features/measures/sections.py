"""A part of the measures: a title, something small beside it, and what it is about below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import NORMAL, SMALL, SPACE, scaled
from nnplayground.app.ui.tooltips import wrapped

HEAD_HEIGHT = 26  # that of a list to choose from, so that what stands below begins at one height


class Section(QWidget):
    """A titled column; `head` has room for controls, `body` for the content."""

    def __init__(self, title: str, help_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, self)
        self.title.setToolTip(wrapped(help_text))
        self.title.setFont(scaled(self.font(), NORMAL, bold=True))
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE[1])
        self.head.addStrut(HEAD_HEIGHT)
        self.head.addWidget(self.title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE[0])
        self.body.addLayout(self.head)

    def show_title(self, *, visible: bool) -> None:
        """Show the title, or hide it where something else in the head names the section."""
        self.title.setVisible(visible)


def muted_label(text: str, parent: QWidget) -> QLabel:
    """Return a small label in the quiet colour."""
    label = PlainLabel(text, parent)
    label.setProperty("muted", True)
    label.setFont(scaled(parent.font(), SMALL))
    return label
