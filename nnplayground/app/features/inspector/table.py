"""The tables of the inspector: quiet, virtual, with numbers that can be edited, copied and pasted."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from nnplayground.app.features.inspector.pasting import Block
from nnplayground.app.ui.quiet_table import QuietTable
from nnplayground.app.ui.theme import HIT_AREA

PADDING = 12

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
NO_INDEX = QModelIndex()
OWN_KEYS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.SelectAll)


class NumberTable(QuietTable):
    """Shows a model of which only what can be seen is asked for.

    `copy_asked` and `paste_asked` follow the usual keys; Escape selects nothing. Space changes a tick. `menu_asked`
    carries a cell and where on the screen a menu about it opens, by the pointer or the menu key.
    """

    copy_asked = Signal()
    paste_asked = Signal()
    tick_asked = Signal(object)
    menu_asked = Signal(object, object)

    def __init__(self, model: QAbstractTableModel, name: str, title: str, parent: QWidget) -> None:
        super().__init__(model, name, title, parent)
        self.base_font = parent.font()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)

    def row_height(self) -> int:
        """Return the height that a pointer hits with ease."""
        return HIT_AREA

    def room_for(self, *texts: str, padding: int = PADDING) -> int:
        """Return how wide a column must be for the widest of these texts."""
        return super().room_for(*texts, padding=padding)

    def block(self) -> Block | None:
        """Return the rectangle of cells that is selected; `None` where none is."""
        selection = self.selectionModel().selection()
        if selection.isEmpty():
            return None
        found = selection.first()
        return Block(found.top(), found.left(), found.height(), found.width())

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return bool(super().event(event))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the cell under the pointer, or by the menu key for the current one."""
        index = self.currentIndex()
        position = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_asked.emit(index, position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, change a tick, or select nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() == Qt.Key.Key_Space and self._has_tick():
            self.tick_asked.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Tell whether the table does something with a key."""
        return any(map(event.matches, OWN_KEYS)) or (event.key() == Qt.Key.Key_Space and self._has_tick())

    def _has_tick(self) -> bool:
        """Tell whether the current cell has a tick."""
        return self.currentIndex().data(Role.CheckStateRole) is not None
