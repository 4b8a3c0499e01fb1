"""The words on the samples that are selected elsewhere, over the top of the map."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.theme import SPACE, Theme
from nnplayground.app.views.boundary.tag import Tag


class SelectionNote(QObject):
    """Lies below the `header` of a view and keeps its place; `closed` follows a click on its cross."""

    closed = Signal()

    def __init__(self, view: QWidget, header: QWidget) -> None:
        super().__init__(view)
        self._view, self._header = view, header
        self.tag = Tag("boundary_selection", view, tooltip="Show all samples alike again.")
        self.tag.closed.connect(self.closed)
        view.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the words."""
        self.tag.set_theme(theme)

    def say(self, words: str) -> None:
        """Show these words, or nothing."""
        self.tag.say(words)
        self.tag.setVisible(bool(words))
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the view gets another size."""
        if event.type() == QEvent.Type.Resize:
            self._lay_out()
        return False

    def _lay_out(self) -> None:
        if self.tag.isVisibleTo(self._view):
            self.tag.setMaximumWidth(self._view.width() - 2 * SPACE[2])
            self.tag.adjustSize()
            self.tag.move((self._view.width() - self.tag.width()) // 2, self._header.geometry().bottom() + 2)
            self.tag.raise_()
