"""Typing a number into a cell, and ticking a cell anywhere."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.app.views.inspector.table import Index, Role
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.project.places import VALUE

EDIT_HELP = f"Type {VALUE.legal}; Enter sets it, Escape leaves it as it was."


class NumberDelegate(QStyledItemDelegate):
    """Edits numbers as text in full precision; what the model does not take it refuses itself.

    What is being typed stays while training changes the number below it.
    """

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field."""
        field = QLineEdit(parent)
        field.setObjectName("inspector_cell")
        field.setProperty("cell", True)
        field.setAccessibleName(str(index.data(Role.AccessibleTextRole) or "Number"))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setToolTip(wrapped(EDIT_HELP))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the number of the moment in which editing begins."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Role.EditRole)))
            editor.selectAll()

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


def flip(model: QAbstractItemModel, index: Index) -> bool:
    """Change the tick of a cell, if it has one."""
    state = index.data(Role.CheckStateRole)
    if state is None:
        return False
    is_checked = Qt.CheckState(state) == Qt.CheckState.Checked
    return model.setData(index, Qt.CheckState.Unchecked if is_checked else Qt.CheckState.Checked, Role.CheckStateRole)
