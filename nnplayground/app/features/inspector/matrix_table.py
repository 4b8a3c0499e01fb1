"""The matrix of a layer in the window: copied, pasted, edited and frozen, alone or in blocks."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from nnplayground.app.features.inspector.cells import LOCK_SIZE, Look
from nnplayground.app.features.inspector.editing import NumberDelegate
from nnplayground.app.features.inspector.matrix_model import MatrixModel
from nnplayground.app.features.inspector.matrix_text import as_csv, as_numpy, as_table
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.pasting import Block
from nnplayground.app.features.inspector.table import Index, NumberTable, Role
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.app.ui.tooltips import name_entry
from nnplayground.arrays import Floats
from nnplayground.project.parameter_index import ParameterIndex, Selection

WIDEST = "−0.000888"
WIDEST_NAME, WIDEST_COLUMN = 140, 120
MEASURED = 64
"""So many names are measured to make room for all of them."""

MOST_SHARE = 0.05
"""The most of the time that may go into drawing the cells while training."""

MOST_COPIED = 1_000_000
MOST_FROZEN = 100_000


class MatrixTable(NumberTable):
    """Shows the layer of a moment and tells of wishes."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        self.matrix = MatrixModel(parent)
        super().__init__(self.matrix, "inspector_matrix", "Matrix of the layer, a row for each neuron", parent)
        self._wishes = wishes
        self._fitted: object = None
        self._next_due = 0.0
        self.setIconSize(QSize(LOCK_SIZE, LOCK_SIZE))
        delegate = NumberDelegate(self)
        delegate.refused.connect(wishes.refused)
        self.setItemDelegate(delegate)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 60)
        self.matrix.typed.connect(self._type)
        self.copy_asked.connect(self.copy)
        self.paste_asked.connect(self.paste)
        self.menu_asked.connect(self._open_menu)
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().sectionDoubleClicked.connect(self._show_neuron)

    def show_moment(self, moment: Moment) -> None:
        """Show the layer of a moment; for another layer nothing is selected.

        While training a table with so many cells in sight that drawing them takes long changes more seldom.
        """
        fitted = moment.layer, moment.names
        is_new = fitted != self._fitted
        if not is_new and moment.snapshot.running and time.perf_counter() < self._next_due:
            return
        if is_new:
            self.clearSelection()
        self.matrix.show_moment(moment)
        if is_new:
            self._fitted = fitted
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note how long it takes, as every cell asks Python for its number."""
        start = time.perf_counter()
        super().paintEvent(event)
        end = time.perf_counter()
        self._next_due = end + (end - start) / MOST_SHARE

    def set_look(self, look: Look) -> None:
        """Use other colours."""
        self.matrix.set_look(look)
        self.use_font(self.base_font)
        self._fit()
        self.viewport().update()

    def copy(self) -> None:
        """Copy the selected block, or everything, for a spreadsheet."""
        numbers, _ = self._numbers()
        if numbers is not None:
            QGuiApplication.clipboard().setText(as_table(numbers, decimal_sign()))

    def copy_numpy(self) -> None:
        """Copy the selected block, or W and b, as Python."""
        numbers, block = self._numbers()
        if numbers is None:
            return
        if block == self.matrix.whole():
            text = f"W = {as_numpy(numbers[:, :-1])}\nb = {as_numpy(numbers[:, -1])}\n"
        else:
            text = as_numpy(numbers)
        QGuiApplication.clipboard().setText(text)

    def copy_csv(self) -> None:
        """Copy the selected block, or everything, with the names of rows and columns."""
        numbers, block = self._numbers()
        moment = self.matrix.moment
        if numbers is None or moment is None:
            return
        names, layer, bias = moment.names, moment.layer, self.matrix.columnCount() - 1
        rows = [names.unit(layer, row) for row in range(block.row, block.row + block.rows)]
        columns = range(block.column, block.column + block.columns)
        heads = ["bias" if column == bias else names.source(layer, column) for column in columns]
        QGuiApplication.clipboard().setText(as_csv(numbers, rows=rows, columns=heads))

    def paste(self) -> None:
        """Set numbers to those in the clipboard."""
        if self.matrix.moment is not None:
            self._wishes.paste(self.matrix.moment, QGuiApplication.clipboard().text(), self.block())

    def _numbers(self) -> tuple[Floats | None, Block]:
        """Return what is to be copied and where it stands; `None` where that is too much or nothing."""
        moment, block = self.matrix.moment, self.block() or self.matrix.whole()
        if moment is None:
            return None, block
        if block.cells > MOST_COPIED:
            self._wishes.refused.emit(
                f"{block.cells:,} numbers are too many for the clipboard; select at most {MOST_COPIED:,}, "
                "or export the weights as a file."
            )
            return None, block
        rows, columns = slice(block.row, block.row + block.rows), slice(block.column, block.column + block.columns)
        return moment.matrix[rows, columns], block

    def _fit(self) -> None:
        """Make room for the names and the numbers."""
        model = self.matrix
        across, up = range(min(model.columnCount(), MEASURED)), range(min(model.rowCount(), MEASURED))
        names = [model.headerData(place, self.horizontalHeader().orientation()) for place in across]
        rows = [model.headerData(place, self.verticalHeader().orientation()) for place in up]
        narrowest = self.room_for(WIDEST) + LOCK_SIZE
        self.horizontalHeader().setDefaultSectionSize(max(narrowest, min(self.room_for(*names), WIDEST_COLUMN)))
        self.verticalHeader().setFixedWidth(max(48, min(self.room_for(*rows), WIDEST_NAME)))

    def _type(self, place: ParameterIndex, text: str) -> None:
        if self.matrix.moment is not None:
            self._wishes.take_text(self.matrix.moment, place, text)

    def _show_neuron(self, row: int) -> None:
        """Ask for one neuron."""
        if self.matrix.moment is not None:
            self._wishes.selection_asked.emit(Selection(self.matrix.moment.layer, row))

    def _open_menu(self, index: Index, position: QPoint) -> None:
        """Offer what can be done with the selected block and with the cell."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Change the number…", partial(self.edit, index))
        menu.addAction("&Freeze", partial(self._lock, True))
        menu.addAction("&Unfreeze", partial(self._lock, False))
        menu.addSeparator()
        menu.addAction("Co&py", self.copy)
        menu.addAction("Copy as &NumPy", self.copy_numpy)
        menu.addAction("Copy as C&SV", self.copy_csv)
        menu.addAction("&Paste", self.paste)
        menu.addSeparator()
        place = self.matrix.place(index.row(), index.column())
        name = str(self.matrix.data(index, Role.AccessibleTextRole))
        alone = Selection(place.layer, place.unit, place.source)
        name_entry(menu.addAction("", partial(self._wishes.selection_asked.emit, alone)), f"Show {name}")
        menu.popup(position)

    def _lock(self, is_wanted: bool) -> None:
        """Freeze or unfreeze the selected block, or the current cell."""
        moment, block, current = self.matrix.moment, self.block(), self.currentIndex()
        block = block or Block(current.row(), current.column(), 1, 1)
        if moment is None or block.row < 0:
            return
        if block.cells > MOST_FROZEN:
            self._wishes.refused.emit(
                f"{block.cells:,} numbers are too many to freeze; select at most {MOST_FROZEN:,}."
            )
            return
        self._wishes.lock(moment, self.matrix.places(block), is_wanted)
