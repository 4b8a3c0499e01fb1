"""What all tables of numbers look like: small figures of equal width, no grid, no surprises from the Tab key."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from nnplayground.app.ui.theme import SMALL, scaled, tabular


class QuietTable(QTableView):
    """A table of a model, called `name` in the program and `title` for those who do not see it."""

    def __init__(self, model: QAbstractTableModel, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)  # otherwise the key would go from cell to cell and never leave
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setMinimumSectionSize(8)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write everything in the small size of a font, with figures of equal width."""
        small = tabular(scaled(font, SMALL))
        self.setFont(small)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(small)
        height = self.row_height()
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(height)

    def row_height(self) -> int:
        """Return how high a row is, in pixels."""
        raise NotImplementedError

    def room_for(self, *texts: str, padding: int) -> int:
        """Return how wide a column must be for the widest of these texts."""
        return max(map(self.fontMetrics().horizontalAdvance, texts), default=0) + padding
