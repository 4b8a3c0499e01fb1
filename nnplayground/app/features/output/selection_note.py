"""The words on the samples that are selected elsewhere, over the top of the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.output.tag import Tag
from nnplayground.app.ui.theme import SPACE, Theme


class SelectionNote(QObject):
    """Lies over the one of the `plots` of a view that is seen, and keeps its place; `closed` follows its cross."""

    closed = Signal()

    def __init__(self, view: QWidget, plots: Sequence[QWidget]) -> None:
        super().__init__(view)
        self._view, self._plots = view, plots
        self.tag = Tag("boundary_selection", view, tooltip="Show all samples alike again.")
        self.tag.closed.connect(self.closed)
        for widget in (view, *plots):
            widget.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the words."""
        self.tag.set_theme(theme)

    def say(self, words: str) -> None:
        """Show these words, or nothing."""
        self.tag.say(words)
        self.tag.setVisible(bool(words))
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the view or a plot gets another size or place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._lay_out()
        return False

    def _lay_out(self) -> None:
        shown = next((plot for plot in self._plots if plot.isVisibleTo(self._view)), None)
        if shown is not None and self.tag.isVisibleTo(self._view):
            self.tag.setMaximumWidth(self._view.width() - 2 * SPACE[2])
            self.tag.adjustSize()
            top = shown.mapTo(self._view, QPoint(0, 0)).y() + 2
            self.tag.move((self._view.width() - self.tag.width()) // 2, top)
            self.tag.raise_()
