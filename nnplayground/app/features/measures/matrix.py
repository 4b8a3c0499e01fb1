"""The confusion matrix as a table in which one chooses: a cell, or a whole class by its header."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.app.features.measures.confusion_model import ConfusionModel
from nnplayground.app.features.measures.selecting import Choice
from nnplayground.app.ui.text_table import Index, Table
from nnplayground.app.ui.theme import LIGHT, Theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEYS = (*ENTER, Qt.Key.Key_Space)
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class MatrixTable(Table):
    """Counts `[true class, predicted class]`; `chosen` carries a `Choice`, or `None` when it is taken back.

    A click chooses a cell, or by a header all of a class, and a second one takes it back. With the keyboard arrows
    move, Enter and Space choose the cell, with Shift its row, with Control its column, and Escape takes that back.
    After a click the space bar stays what it is everywhere, play and pause.
    """

    chosen = Signal(object)

    def __init__(self, model: ConfusionModel, name: str, title: str, parent: QWidget) -> None:
        super().__init__(model, name, title, parent)
        self.choice: Choice | None = None
        self._is_by_keyboard = False
        self._frames = _Frames(self)
        self.setItemDelegate(self._frames)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._cell_clicked)
        hand = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(hand)
        for header, clicked in (
            (self.horizontalHeader(), self._column_clicked),
            (self.verticalHeader(), self._row_clicked),
        ):
            header.setSectionsClickable(True)
            header.sectionClicked.connect(clicked)
            header.viewport().setCursor(hand)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._frames.theme = theme

    def choose(self, choice: Choice | None) -> None:
        """Show a choice, or none, and tell of it where it is another one."""
        if choice != self.choice:
            self.choice = choice
            self.viewport().update()
            self.chosen.emit(choice)

    def toggle(self, choice: Choice) -> None:
        """Choose, or take back what is chosen already."""
        self.choose(None if choice == self.choice else choice)

    def event(self, event: QEvent) -> bool:
        """Claim keys that would be shortcuts elsewhere, as long as somebody works here with the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first cell."""
        self._is_by_keyboard = event.reason() in BY_KEYBOARD
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the space bar to the window from now on."""
        self._is_by_keyboard = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter and Space, take back with Escape, move with the arrows."""
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape and self.choice is not None:
            self.choose(None)
        elif event.key() in KEYS and current.isValid():
            self._key_pressed(current, event.modifiers())
        else:
            self._is_by_keyboard = True
            super().keyPressEvent(event)
            self.viewport().update()

    def _claims(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self.choice is not None
        return event.key() == Qt.Key.Key_Space and self._is_by_keyboard

    def _key_pressed(self, current: Index, modifiers: Qt.KeyboardModifier) -> None:
        row, column = current.row(), current.column()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.toggle(Choice(row, None))
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.toggle(Choice(None, column))
        else:
            self.toggle(Choice(row, column))

    def _cell_clicked(self, index: Index) -> None:
        self.toggle(Choice(index.row(), index.column()))

    def _row_clicked(self, row: int) -> None:
        self.toggle(Choice(row, None))

    def _column_clicked(self, column: int) -> None:
        self.toggle(Choice(None, column))


class _Frames(QStyledItemDelegate):
    """Draws a frame around each chosen cell, and a thin one around that where the keyboard is."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(table)
        self._table = table
        self.theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, then its frame."""
        super().paint(painter, option, index)
        choice = self._table.choice
        if choice is not None and choice.holds(index.row(), index.column()):
            self._frame(painter, option.rect, width=2)
        elif self._table.hasFocus() and index == self._table.currentIndex():
            self._frame(painter, option.rect, width=1)

    def _frame(self, painter: QPainter, area: QRect, *, width: int) -> None:
        painter.save()
        pen = QPen(QColor(self.theme.text))
        pen.setWidth(width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rest = width // 2
        painter.drawRect(area.adjusted(rest, rest, -1 - rest // 2, -1 - rest // 2))
        painter.restore()
