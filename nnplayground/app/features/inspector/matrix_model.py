"""The matrix of a layer as a table: a row for each neuron, a column for each input, the biases as the last column."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from nnplayground.app.features.inspector.cells import Look, exact
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.pasting import Block
from nnplayground.app.features.inspector.table import CENTER, LEFT, NO_INDEX, RIGHT, Index, Role
from nnplayground.app.ui.fields.steps import shown_number
from nnplayground.app.ui.theme import LIGHT
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import ParameterIndex

BIAS_HELP = "The bias of each neuron: what it adds to its weighted sum."
ROW_HELP = "Double-click to see it alone."


class MatrixModel(QAbstractTableModel):
    """Asks only for the cells that can be seen; `typed` carries a place and what was typed there."""

    typed = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.moment: Moment | None = None
        self._look = Look(LIGHT)
        self._rows = self._columns = 0

    def show_moment(self, moment: Moment | None) -> None:
        """Show the layer of another moment."""
        old, self.moment = self.moment, moment
        size = (0, 0) if moment is None else moment.matrix.shape
        same_names = old is not None and moment is not None and _headers(old) == _headers(moment)
        if not same_names or size != (self._rows, self._columns):
            self.beginResetModel()
            self._rows, self._columns = size
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self._columns - 1))

    def set_look(self, look: Look) -> None:
        """Use other colours from the next drawing on."""
        self._look = look

    def place(self, row: int, column: int) -> ParameterIndex:
        """Return the weight or bias that a cell shows."""
        layer = self.moment.layer if self.moment else 0
        return ParameterIndex(layer, row, None if column == self._columns - 1 else column)

    def places(self, block: Block) -> list[ParameterIndex]:
        """Return the weights and biases in a block, row by row."""
        columns = range(block.column, block.column + block.columns)
        return [self.place(row, column) for row in range(block.row, block.row + block.rows) for column in columns]

    def whole(self) -> Block:
        """Return the block of all cells."""
        return Block(0, 0, self._rows, self._columns)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many neurons there are."""
        return self._rows

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many inputs each neuron has, and one for the bias."""
        return self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be selected and edited."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what Qt asks for about one cell."""
        moment, row, column = self.moment, index.row(), index.column()
        if moment is None or not index.isValid():
            return None
        value, place = float(moment.matrix[row, column]), self.place(row, column)
        if role == Role.DisplayRole:
            return number_text(value)
        if role == Role.EditRole:
            return shown_number(value)
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrapped(self._help(moment, place, value))
        return (
            moment.names.weight(place) if role == Role.AccessibleTextRole else self._paint(moment, place, value, role)
        )

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Hand on what was typed; the cell changes when the network has."""
        if role == Role.EditRole and index.isValid():
            self.typed.emit(self.place(index.row(), index.column()), str(value))
        return False

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the name of a neuron or an input."""
        if self.moment is None:
            return None
        names, layer = self.moment.names, self.moment.layer
        across = orientation == Qt.Orientation.Horizontal
        is_bias = across and section == self._columns - 1
        if role == Role.TextAlignmentRole:
            return CENTER if across else LEFT
        if is_bias:
            return {Role.DisplayRole: "bias b", Role.ToolTipRole: BIAS_HELP}.get(Role(role))
        if role == Role.DisplayRole:
            return names.short_source(layer, section) if across else names.short(layer, section)
        if role == Role.ToolTipRole:
            long = names.source(layer, section) if across else names.unit(layer, section)
            return wrapped(
                f"The weights of what comes from {long}." if across else f"The weights into {long}. {ROW_HELP}"
            )
        return None

    def _paint(self, moment: Moment, place: ParameterIndex, value: float, role: int) -> Any:
        """Return the colours, the sign and the alignment of a cell; `None` for what Qt decides itself."""
        if role in (Role.BackgroundRole, Role.ForegroundRole):
            return self._look.ground(value)[role == Role.ForegroundRole]
        if role == Role.TextAlignmentRole:
            return RIGHT
        return self._look.lock if role == Role.DecorationRole and place in moment.frozen else None

    def _help(self, moment: Moment, place: ParameterIndex, value: float) -> str:
        """Return what a cell holds in full precision."""
        gradient = moment.snapshot.gradient_at(place)
        text = f"{moment.names.weight(place)}: {exact(value)}"
        text += "" if gradient is None else f"\nLast gradient {exact(gradient)}"
        text += "\nFrozen: training leaves it alone" if place in moment.frozen else ""
        return text + "\nDouble-click or F2 to change it"


def _headers(moment: Moment) -> object:
    """What decides the names of rows and columns."""
    return moment.layer, moment.names
