"""The table of runs for Qt: settings above, results below, the best of each row in bold."""

from __future__ import annotations

from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.compare.runs_table import Column, Row
from nnplayground.app.ui.quiet_table import QuietTable
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped

ROW_HEIGHT = 1.6  # of the height of the font
PADDING = 14
WIDEST_NAME = 120

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RunsModel(QAbstractTableModel):
    """Rows of the table under the names of the runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._theme, self._font = LIGHT, QFont()

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> bool:
        """Show these instead of the old ones; tells whether columns or rows are others."""
        names = [column.name for column in columns], [row.title.name for row in rows]
        before = [column.name for column in self._columns], [row.title.name for row in self._rows]
        if names != before:
            self.beginResetModel()
            self._columns, self._rows = columns, rows
            self.endResetModel()
            return True
        self._columns, self._rows = columns, rows
        if rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
        return False

    def texts(self, column: int) -> list[str]:
        """Return all texts of a column."""
        return [row.cells[column].text for row in self._rows]

    def names(self) -> list[str]:
        """Return the names of the rows."""
        return [row.title.name for row in self._rows]

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Use these colours and this font from the next drawing on."""
        self._theme, self._font = theme, QFont(font)
        self._font.setBold(True)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many rows there are."""
        return len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many runs there are."""
        return len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.TextAlignmentRole:
            return RIGHT
        if role == Role.FontRole:
            return self._font if cell.is_best else None
        if role == Role.ForegroundRole:
            return QColor(self._theme.accent if cell.is_best else self._theme.text)
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrapped(cell.help or row.title.help)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a run or of a row, its colour, its help."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Role.DisplayRole:
            return self._columns[section].name if across else self._rows[section].title.name
        if role == Role.ToolTipRole:
            return None if across else wrapped(self._rows[section].title.help)
        if role == Role.TextAlignmentRole:
            return RIGHT if across else LEFT
        return None


class RunsTable(QuietTable):
    """A quiet table whose columns are as wide as their texts."""

    def __init__(self, model: RunsModel, parent: QWidget) -> None:
        super().__init__(
            model, "compare_runs_table", "Settings that differ and results, one column for each run", parent
        )
        self._runs = model
        self.setSelectionMode(QuietTable.SelectionMode.NoSelection)
        self.setEditTriggers(QuietTable.EditTrigger.NoEditTriggers)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)

    def row_height(self) -> int:
        """Return the height of a line with a little air."""
        return round(ROW_HEIGHT * self.fontMetrics().height())

    def fit(self) -> None:
        """Make the columns as wide as what they hold; they only ever grow while the runs are the same."""
        self.verticalHeader().setFixedWidth(min(self.room_for(*self._runs.names(), padding=PADDING), WIDEST_NAME))
        for column in range(self._runs.columnCount()):
            name = str(self._runs.headerData(column, Qt.Orientation.Horizontal))
            self.setColumnWidth(column, self._room_for_bold(name, *self._runs.texts(column)))

    def grow(self) -> None:
        """Make columns wider whose texts have become longer."""
        for column in range(self._runs.columnCount()):
            wanted = self._room_for_bold(*self._runs.texts(column))
            if wanted > self.columnWidth(column):
                self.setColumnWidth(column, wanted)

    def _room_for_bold(self, *texts: str) -> int:
        """Return how wide a column must be for the widest of these texts, should it be the best of its row."""
        font = QFont(self.font())
        font.setBold(True)
        return max(map(QFontMetrics(font).horizontalAdvance, texts), default=0) + PADDING
