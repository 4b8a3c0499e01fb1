"""A field for one number that shows every legal value exactly and refuses the others with a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nnplayground.app.theme import tabular
from nnplayground.app.widgets.steps import one_step, shown_number, whole_or_number
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.errors import shown
from nnplayground.project.limits import Number, Whole

NEVER = "never"
OF_THE_WINDOW = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class NumberField(QLineEdit):
    """Edits a number under a rule; `entered(value)` follows only what the user did.

    An optional number may be left empty, which means `None` and is called `empty`. Arrow keys and the wheel go one
    step; `geometric` steps go 1, 2, 5, 10 and so on. As long as nothing is typed, the keys of the window work here as
    everywhere.
    """

    entered = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        rule: Number | Whole,
        title: str,
        *,
        geometric: bool = False,
        empty: str = NEVER,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rule, self.title = rule, title
        self._geometric, self._empty = geometric, empty
        self.value: float | int | None = None
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(empty if rule.optional else "")
        self.setAccessibleName(title)
        self.setToolTip(wrapped(f"{rule.help} It can be {legal_words(rule, empty)}."))
        self.returnPressed.connect(self.commit)
        self.textEdited.connect(self._clear_complaint)

    def show_value(self, value: float | int | None) -> None:
        """Show a value; this is no news to anybody."""
        self.value = value
        if not (self.hasFocus() and self.isModified()):
            self._write()

    def commit(self) -> None:
        """Take what was typed; what is not legal is refused and the old value shown again."""
        text = self.text().strip()
        try:
            value = self._read(text)
        except ValueError:
            self._refuse(text)
            return
        if not self.rule.accepts(value):
            self._refuse(text)
        elif value != self.value:
            self.value = value
            self._write()
            self.entered.emit(value)
        else:
            self._write()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes what was typed."""
        super().focusOutEvent(event)
        if self.isModified():
            self.commit()

    def event(self, event: QEvent) -> bool:
        """Claim no keys for the text that only the window can use; Qt's field would claim all that write or undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_of_window(event):
            event.ignore()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go one step with the arrows; Escape forgets what was typed; letters that are in no number are not taken."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(up=event.key() == Qt.Key.Key_Up)
        elif event.key() == Qt.Key.Key_Escape:
            self._write()
        elif self._is_foreign(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go one step while the field has the focus; else the panel scrolls."""
        if self.hasFocus() and event.angleDelta().y():
            self.step(up=event.angleDelta().y() > 0)
            event.accept()
        else:
            event.ignore()

    def step(self, *, up: bool) -> None:
        """Go one step up or down from what stands here, as far as the rule allows."""
        value = one_step(self._typed(), self.rule, up=up, geometric=self._geometric)
        if value != self.value and self.rule.accepts(value):
            self.value = value
            self._write()
            self.entered.emit(value)

    def _is_of_window(self, event: QKeyEvent) -> bool:
        """Tell whether a key means nothing here, as nothing has been typed that it could change."""
        if self.isModified():
            return False
        return any(map(event.matches, OF_THE_WINDOW)) or self._is_foreign(event) or event.text() == " "

    def _is_foreign(self, event: QKeyEvent) -> bool:
        """Tell whether a key writes a letter that is in no number, or an "e" where no number has one: at its start."""
        starts = (self.selectionStart() if self.hasSelectedText() else self.cursorPosition()) == 0
        return _writes_letter(event) and (starts or event.text() not in "eE")

    def _read(self, text: str) -> float | int | None:
        """Return what a text means, legal or not; raises `ValueError` when it is no number."""
        return whole_or_number(text, whole=isinstance(self.rule, Whole)) if text else None

    def _typed(self) -> float | int | None:
        """Return the number that is being typed while it is legal, else the one that is shown."""
        try:
            value = self._read(self.text().strip())
        except ValueError:
            return self.value
        return value if self.isModified() and self.rule.accepts(value) else self.value

    def _write(self) -> None:
        self.setText("" if self.value is None else shown_number(self.value))
        self.setModified(False)
        self.setCursorPosition(0)
        self._clear_complaint()

    def _refuse(self, text: str) -> None:
        self._write()
        self._mark(invalid=True)
        number = text if re.fullmatch(r"[-+0-9.eE]+", text) else shown(text) if text else "empty"
        self.refused.emit(f"{self.title} is {number}; it must be {legal_words(self.rule, self._empty)}.")

    def _clear_complaint(self, _text: str = "") -> None:
        self._mark(invalid=False)

    def _mark(self, *, invalid: bool) -> None:
        """Put the red border around the field, or take it away."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)


def _writes_letter(event: QKeyEvent) -> bool:
    """Tell whether a key writes a letter; with Ctrl it writes none, but may paste."""
    writes = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    return writes and event.text().isalpha()


def legal_words(rule: Number | Whole, empty: str = NEVER) -> str:
    """Return what a rule allows as a person at the window says it, who knows no null."""
    if not rule.optional:
        return rule.legal
    return f"{replace(rule, optional=False).legal}, or empty for {empty}"
