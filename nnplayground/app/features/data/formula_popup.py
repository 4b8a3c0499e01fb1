"""A small window in which a formula is typed, checked with every key and drawn as a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nnplayground.app.text.titles import feature_title
from nnplayground.app.ui import popups
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.app.ui.value_picture import value_pixmap
from nnplayground.arrays import Floats
from nnplayground.data.expressions import FUNCTIONS
from nnplayground.data.features import check_features, compute_features, feature_map, normal_name
from nnplayground.errors import InputError

EXAMPLE = "x1**2 + sin(3*x2)"
HELP = (
    "A formula of x1 and x2. It may hold numbers, pi and e, + - * / ^ (or ** for powers), brackets, and "
    f"{', '.join(FUNCTIONS)}."
)
MAP_SIDE, MAP_CELLS = 96, 96
WIDTH = 340
LINES = 5


def judged(text: str, *, taken: Sequence[str], samples: Floats | None) -> str:
    """Return the normal name of the feature that a text asks for.

    Raises `InputError` when it is no formula, is one of those `taken`, or has no value at one of the `samples`
    `[samples, 2]`.
    """
    name = normal_name(text)
    if name in taken:
        raise InputError(f"{feature_title(name)} is a feature already; type another formula.")
    if samples is not None:
        check_features(samples, (name,), compute_features(samples, (name,)))
    return name


class FormulaPopup(QFrame):
    """A popup for one formula; `accepted(name)` follows Enter or the button, after which it is closed.

    Escape, "Cancel" and a click outside close it and change nothing.
    """

    accepted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("formula_popup")
        self.setAccessibleName("Formula as a feature")
        self._theme: Theme | None = None
        self._bounds: Floats = np.zeros((2, 2))
        self._taken: Sequence[str] = ()
        self._samples: Floats | None = None
        self._old = ""
        self.field = self._field()
        self.preview = PlainLabel(self)
        self.preview.setObjectName("formula_map")
        self.preview.setAccessibleName("Map of the formula")
        self.preview.setFixedSize(MAP_SIDE, MAP_SIDE)
        self.preview.setToolTip(wrapped("The formula over the plane: orange for −1 and below, blue for +1 and above."))
        self.words = PlainLabel(self)
        self.words.setObjectName("formula_words")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumHeight(MAP_SIDE)
        self.button = self._button("formula_done", "Add", "Let the network see the formula.")
        self.cancel = self._button("formula_cancel", "Cancel", "Close this and change nothing.")
        self._lay_out()
        self.field.textChanged.connect(self._judge)
        self.field.returnPressed.connect(self._accept)
        self.button.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.close)

    def open_below(
        self, widget: QWidget, *, old: str, taken: Sequence[str], samples: Floats | None, bounds: Floats
    ) -> None:
        """Open below a widget to change the formula `old`, or for a new one where that is empty."""
        self._old, self._samples, self._bounds = old, samples, bounds
        self._taken = [name for name in taken if name != old]
        self.button.setText("Change" if old else "Add")
        self.field.setText(old)
        self.field.selectAll()
        self._judge()
        popups.open_below(self, widget)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Draw the window and the map in other colours."""
        self._theme = theme
        self.setStyleSheet(
            f"QFrame#formula_popup {{ background: {theme.window}; border: 1px solid {theme.border}; }}"
            f'QLabel#formula_words[wrong="true"] {{ color: {theme.error}; }}'
        )
        self._judge()

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("formula")
        field.setAccessibleName("Formula")
        field.setPlaceholderText(EXAMPLE)
        field.setToolTip(wrapped(HELP))
        return field

    def _button(self, name: str, text: str, about: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(wrapped(about))
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.words.setFont(scaled(self.font(), SMALL))
        label = PlainLabel("Feature =", self)
        label.setBuddy(self.field)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.field, 1)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE[2])
        middle.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self.words, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.cancel)
        bottom.addWidget(self.button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        rows.setSpacing(SPACE[1])
        for row in (top, middle, bottom):
            rows.addLayout(row)

    def _judge(self) -> None:
        """Say at once whether the text is a formula that can be used, and draw it as soon as it is one."""
        text, drawn = self.field.text(), ""
        try:
            drawn = normal_name(text)
            judged(text, taken=self._taken, samples=self._samples)
        except InputError as error:
            is_empty = not text.strip()
            self._show(HELP if is_empty else str(error), wrong=not is_empty)
        else:
            self._show(f"{feature_title(drawn)}\n\nEnter takes it.")
        self.button.setEnabled(bool(drawn) and not self.words.property("wrong"))
        self._draw(drawn)

    def _show(self, words: str, *, wrong: bool = False) -> None:
        """Show what there is to say of the text."""
        self.words.setText(words)
        for widget, mark in ((self.words, "wrong"), (self.field, "invalid")):
            if bool(widget.property(mark)) != wrong:
                widget.setProperty(mark, wrong)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _draw(self, name: str) -> None:
        """Draw the map of a feature, an empty frame where there is none."""
        if self._theme is not None:
            values = feature_map(name, self._bounds, MAP_CELLS) if name else np.full((1, 1), np.nan)
            self.preview.setPixmap(value_pixmap(values, self._theme, MAP_SIDE))

    def _accept(self) -> None:
        if self.button.isEnabled():
            name = normal_name(self.field.text())
            self.close()
            self.accepted.emit(name)
