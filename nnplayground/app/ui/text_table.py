"""Tables of short texts that change a few times a second without anything jumping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.quiet_table import QuietTable
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped

ROW_HEIGHT = 1.7  # of the height of the font
PADDING = 8
SWATCH = 9

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
NO_INDEX = QModelIndex()


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell: its text, what the tooltip says, whether it is worth a warning, and what a delegate draws there."""

    text: str
    help: str = ""
    warns: bool = False
    drawn: object = None


@dataclass(frozen=True, eq=False)
class Row:
    """One row: its name, what its tooltip says, its cells, and a colour that stands for it elsewhere."""

    name: str
    help: str
    cells: tuple[Cell, ...]
    color: str = ""

    def is_same(self, other: Row) -> bool:
        """Tell whether both stand for the same thing, whatever their cells hold."""
        return (self.name, self.help, self.color) == (other.name, other.help, other.color)


class TextModel(QAbstractTableModel):
    """Rows of cells under named columns."""

    def __init__(self, columns: Mapping[str, Title], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = tuple(columns.values())
        self._rows: tuple[Row, ...] = ()
        self._theme = LIGHT

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead of the old ones."""
        new = tuple(rows)
        if len(new) != len(self._rows) or not all(map(Row.is_same, new, self._rows)):
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        self._rows = new
        if new:
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self._columns) - 1))

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._theme = theme

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many rows there are."""
        return len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many columns there are."""
        return len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        cell = self._rows[index.row()].cells[index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.TextAlignmentRole:
            return RIGHT
        if role == Role.ForegroundRole:
            return QColor(self._theme.warning) if cell.warns else None
        if role == Role.UserRole:
            return cell.drawn
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrapped(cell.help or self._columns[index.column()].help)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a column or row, its help, and where it stands."""
        across = orientation == Qt.Orientation.Horizontal
        name = self._columns[section] if across else self._rows[section]
        if role == Role.DisplayRole:
            return name.name
        if role == Role.ToolTipRole:
            return wrapped(name.help)
        if role == Role.TextAlignmentRole:
            return RIGHT if across else LEFT
        if role == Role.DecorationRole and isinstance(name, Row) and name.color:
            return swatch(name.color)
        return None


def swatch(color: str) -> QPixmap:
    """Return a small square of a colour."""
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(QColor(color))
    return picture


class Table(QuietTable):
    """A quiet table, as wide as its content, and as high where there is room for it."""

    def __init__(self, model: QAbstractTableModel, name: str, title: str, parent: QWidget) -> None:
        super().__init__(model, name, title, parent)
        self._is_whole = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)

    def row_height(self) -> int:
        """Return the height of a line with a little air."""
        return round(ROW_HEIGHT * self.fontMetrics().height())

    def room_for(self, *texts: str, padding: int = PADDING) -> int:
        """Return how wide a column must be for the widest of these texts."""
        return super().room_for(*texts, padding=padding)

    def set_columns(self, widest: Sequence[Sequence[str]]) -> None:
        """Make every column wide enough for its name and for the widest texts that it will show."""
        model = self.model()
        for column, texts in enumerate(widest):
            name = str(model.headerData(column, Qt.Orientation.Horizontal))
            self.setColumnWidth(column, self.room_for(name, *texts))

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as the content, for somebody around it who scrolls; otherwise scroll where room is short."""
        self._is_whole = whole
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows and columns; the rest scrolls."""
        wanted = self.sizeHint()
        least = QSize(self.verticalHeader().width() + 76, 3 * self.verticalHeader().defaultSectionSize())
        return QSize(min(least.width(), wanted.width()), wanted.height() if self._is_whole else least.height())
