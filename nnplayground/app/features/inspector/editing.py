"""Typing a number into a cell, and ticking a cell anywhere."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.app.features.inspector.matrix_text import read_number
from nnplayground.app.features.inspector.table import Index, Role
from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.app.ui.fields.number_field import mark_invalid
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.errors import InputError
from nnplayground.project.parameter_index import VALUE
from nnplayground.written_numbers import DECIMAL_SIGNS

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDIT_HELP = f"Type {VALUE.legal}; Enter sets it, Escape leaves it as it was."


class NumberDelegate(QStyledItemDelegate):
    """Edits numbers as text in full precision, with the person's decimal sign.

    What is being typed stays while training changes the number below it. After Enter what is no number stays as well,
    marked, and `refused` carries a sentence on it.
    """

    refused = Signal(str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field."""
        field = QLineEdit(parent)
        field.setObjectName("inspector_cell")
        field.setProperty("cell", True)
        field.setAccessibleName(str(index.data(Role.AccessibleTextRole) or "Number"))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setToolTip(wrapped(EDIT_HELP))
        field.textEdited.connect(partial(_withdraw, field))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the number of the moment in which editing begins."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Role.EditRole)).replace(".", DECIMAL_SIGNS[decimal_sign()]))
            editor.selectAll()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keep the field open after Enter while no number stands in it."""
        is_enter = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER
        if is_enter and isinstance(editor, QLineEdit) and editor.isModified() and not self._takes(editor):
            return True
        return bool(super().eventFilter(editor, event))

    def _takes(self, editor: QLineEdit) -> bool:
        """Tell whether a number stands in the field; mark the field and say what is wrong where none does."""
        try:
            read_number(editor.text(), decimal_sign())
        except InputError as error:
            mark_invalid(editor, invalid=True)
            self.refused.emit(str(error))
            return False
        return True

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was typed; a number that nobody touched is not set, as training may have moved it."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Role.EditRole)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let a click anywhere in a cell with a tick change it."""
        is_release = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        state = index.data(Role.CheckStateRole)
        if state is None or not is_release:
            return super().editorEvent(event, model, option, index)
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            return flip(model, index)
        return False


def _withdraw(field: QLineEdit, _text: str) -> None:
    mark_invalid(field, invalid=False)


def flip(model: QAbstractItemModel, index: Index) -> bool:
    """Change the tick of a cell, if it has one."""
    state = index.data(Role.CheckStateRole)
    if state is None:
        return False
    is_checked = Qt.CheckState(state) == Qt.CheckState.Checked
    return model.setData(index, Qt.CheckState.Unchecked if is_checked else Qt.CheckState.Checked, Role.CheckStateRole)
