"""A field for one number that shows every legal value exactly and refuses the others with a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from nnplayground.app.ui.fields.decimal_sign import decimal_sign
from nnplayground.app.ui.fields.steps import in_sign, one_step, shown_number, whole_or_number
from nnplayground.app.ui.theme import tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.errors import shown
from nnplayground.project.limits import Number, Whole
from nnplayground.written_numbers import AmbiguousNumberError, NotANumberError

NEVER = "never"
EXACT = 2**53
"""Whole numbers below are exact as float64."""
OF_THE_WINDOW = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class NumberField(QLineEdit):
    """Edits a number under a rule; `entered(value)` follows only what the user did.

    An optional number may be left empty, which means `None` and is called `empty`. Arrow keys and the wheel go one
    step; `geometric` steps go 1, 2, 5, 10 and so on. As long as nothing is typed, the keys of the window work here as
    everywhere. What is refused stays, marked, until it is mended, Escape restores the number, or the number changes.
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
        self.unit = ""
        """What may be typed behind the number, such as %."""
        self._refused: str | None = None
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(empty if rule.optional else "")
        self.setAccessibleName(title)
        self.explain()
        self.returnPressed.connect(self.commit)
        self.textEdited.connect(self._clear_complaint)

    def show_value(self, value: float | int | None) -> None:
        """Show a value; this is no news to anybody."""
        is_other = value != self.value
        self.value = value
        if not self.isModified() or (not self.hasFocus() and (is_other or self._refused is None)):
            self._write()

    def explain(self) -> None:
        """Say in the tooltip what the number is and what it can be, in the person's decimal sign."""
        self.setToolTip(wrapped(f"{self.rule.help} It can be {self.legal_words()}."))

    def commit(self) -> bool:
        """Take what was typed and return whether that could be done; what is not legal is refused and stays."""
        text = self.text().strip()
        try:
            value = self._read(text)
        except AmbiguousNumberError as error:
            self._refuse(text, self._both_readings(text, error))
            return False
        except NotANumberError:
            self._refuse(text)
            return False
        if not self.rule.accepts(value):
            self._refuse(text)
            return False
        is_other = value != self.value
        self.value = value
        self._write()
        if is_other:
            self.entered.emit(value)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes what was typed."""
        super().focusOutEvent(event)
        if self.isModified() and self.text().strip() != self._refused:  # what was refused has been told
            self.commit()

    def changeEvent(self, event: QEvent) -> None:
        """Write number and help with the decimal sign that the person has chosen meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LocaleChange:
            self.explain()
            if not self.isModified():
                self._write()

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
        """Return what a text means, legal or not; raises `NotANumberError` when it is no number."""
        if not text:
            return None
        return whole_or_number(text, whole=isinstance(self.rule, Whole), decimal=decimal_sign(), unit=self.unit)

    def _typed(self) -> float | int | None:
        """Return the number that is being typed while it is legal, else the one that is shown."""
        try:
            value = self._read(self.text().strip())
        except NotANumberError:
            return self.value
        return value if self.isModified() and self.rule.accepts(value) else self.value

    def _write(self) -> None:
        self.setText("" if self.value is None else shown_number(self.value, decimal_sign()))
        self.setModified(False)
        self._refused = None
        self.setCursorPosition(0)
        self._clear_complaint()

    def legal_words(self) -> str:
        """Return what the number can be, in the person's decimal sign."""
        return in_sign(legal_words(self.rule, self._empty), decimal_sign())

    def _both_readings(self, text: str, error: AmbiguousNumberError) -> str:
        """Return the sentence on a number that is another one with a point than with a comma."""
        both = [shown_number(_whole_if_it_is(value), decimal_sign()) for value in (error.with_point, error.with_comma)]
        values = (error.with_point, error.with_comma)
        legal = [shown for shown, value in zip(both, values, strict=True) if self._could_be(value)]
        advice = f"write {' or '.join(legal)}" if legal else f"it must be {self.legal_words()}"
        return f"{self.title} is {text}, which can be {both[0]} or {both[1]}; {advice}."

    def _could_be(self, value: float) -> bool:
        if isinstance(self.rule, Whole):
            return value.is_integer() and self.rule.accepts(int(value))
        return self.rule.accepts(value)

    def _refuse(self, text: str, sentence: str = "") -> None:
        """Leave what was typed where it is, mark it, and say what is wrong with it."""
        self._refused = text
        self.setModified(True)
        mark_invalid(self, invalid=True)
        number = text if re.fullmatch(r"[-+0-9.,eE]{1,40}", text) else shown(text) if text else "empty"
        self.refused.emit(sentence or f"{self.title} is {number}; it must be {self.legal_words()}.")

    def _clear_complaint(self, _text: str = "") -> None:
        self._refused = None
        mark_invalid(self, invalid=False)


def mark_invalid(field: QLineEdit, *, invalid: bool) -> None:
    """Put the red border around a field, or take it away."""
    if bool(field.property("invalid")) != invalid:
        field.setProperty("invalid", invalid)
        field.style().unpolish(field)
        field.style().polish(field)


def _whole_if_it_is(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def _writes_letter(event: QKeyEvent) -> bool:
    """Tell whether a key writes a letter; with Ctrl it writes none, but may paste."""
    writes = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    return writes and event.text().isalpha()


def legal_words(rule: Number | Whole, empty: str = NEVER) -> str:
    """Return what a rule allows as a person at the window says it, who knows no null."""
    if not rule.optional:
        return rule.legal
    return f"{replace(rule, optional=False).legal}, or empty for {empty}"
