"""The confusion matrix as a table: counts, coloured by their share of the true class."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor, QFont

from nnplayground.app.text.figures import percent
from nnplayground.app.ui.contrast import mixed, readable
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.text_table import CENTER, LEFT, NO_INDEX, Index, Role
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats, Integers

FAINTEST, STRONGEST = 0.12, 0.85
"""How much of its colour a cell has for a single sample and for all samples of its class."""


class ConfusionModel(QAbstractTableModel):
    """Counts `[true class, predicted class]`; right answers are blue and bold, confusions orange."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._counts: Integers = np.zeros((0, 0), dtype=np.int64)
        self._shares: Floats = np.zeros((0, 0))
        self._bold = QFont()
        self.set_theme(LIGHT)

    def show_counts(self, counts: Integers, classes: tuple[str, ...]) -> None:
        """Show other counts."""
        anew = classes != self._classes
        if anew:
            self.beginResetModel()
        self._classes, self._counts = classes, counts
        self._names = tuple(map(one_line, classes))
        self._shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        if anew:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(classes) - 1, len(classes) - 1))

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._theme = theme

    def set_font(self, font: QFont) -> None:
        """Write right answers in the bold form of this font."""
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.Bold)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many true classes there are."""
        return len(self._classes)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many classes can be predicted."""
        return len(self._classes)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        row, column = index.row(), index.column()
        if role == Role.DisplayRole:
            return f"{self._counts[row, column]:,}"
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrapped(self._help(row, column))
        return self._look(role, row, column)

    def _look(self, role: int, row: int, column: int) -> Any:
        """Return a colour, the font or the alignment of a cell; `None` for what Qt decides itself."""
        if role == Role.BackgroundRole:
            return self.color(row, column)
        if role == Role.ForegroundRole:
            return self._ink(row, column)
        if role == Role.TextAlignmentRole:
            return CENTER
        return self._bold if role == Role.FontRole and row == column else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a class, what its row or column holds, and where it stands."""
        name, across = self._names[section], orientation == Qt.Orientation.Horizontal
        if role == Role.DisplayRole:
            return name
        if role == Role.ToolTipRole:
            what = f"Samples that were taken for {name}." if across else f"Samples that truly are {name}."
            return wrapped(f"{what} Click to see them.")
        if role == Role.TextAlignmentRole:
            return CENTER if across else LEFT
        return None

    def color(self, row: int, column: int) -> QColor:
        """Return the ground of a cell: the stronger, the more of the true class went there."""
        share = float(self._shares[row, column])
        strength = FAINTEST + (STRONGEST - FAINTEST) * share if share else 0.0
        full = QColor(self._theme.positive if row == column else self._theme.negative)
        return mixed(QColor(self._theme.panel), full, strength)

    def _ink(self, row: int, column: int) -> QColor:
        """Return a colour in which the count can be read; an empty cell is muted."""
        if not self._counts[row, column]:
            return QColor(self._theme.muted)
        return readable(QColor(self._theme.text), self.color(row, column))

    def _help(self, row: int, column: int) -> str:
        """Return what a cell means in one sentence."""
        count, every = int(self._counts[row, column]), int(self._counts[row].sum())
        true, taken = self._names[row], self._names[column]
        share = f" ({percent(count / every)})" if every else ""
        what = "are recognized" if row == column else f"are taken for {taken}"
        return f"{count:,} of {every:,} samples of {true}{share} {what}."
