"""Texts from outside as texts: the one place that makes labels, boxes, tooltips and menu entries of them.

Names of files, columns and classes, formulas and error messages can hold anything: markup, which Qt by itself would
render and whose pictures it would load, `&`, which marks a key in a menu, signs that turn the direction of writing, and
a hundred thousand characters. Nothing else in the window makes a label or passes on a tooltip; a test goes through the
source and through all widgets.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

LONGEST_LABEL = 4_000
"""The most characters of a text in a label: more than any sentence of the program has."""
LONGEST_NAME = 120
LONGEST_ENTRY = 60
"""The most characters of a name in a sentence or on a plot, and in a menu or on a button."""
JOINERS = "\u200c\u200d"
"""Signs without a width that some scripts need."""


def readable(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text of at most so many characters in which every one can be seen; line ends stay.

    Controls, signs without a width and those that turn the direction of writing become escapes, as in JSON.
    """
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text if text.isprintable() else "".join(map(_visible, text))


def one_line(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a name in one line, shortened to so many characters."""
    head = text[: 4 * longest]
    line = " ".join(head.split()) + ("…" if len(head) < len(text) else "")
    return readable(line, longest)


def menu_text(text: str, longest: int = LONGEST_ENTRY) -> str:
    """Return a name for a menu, a tab or a button, where a single `&` would mark the key of the letter behind it."""
    return one_line(text, longest).replace("&", "&&")


class PlainLabel(QLabel):
    """A label that shows every text as it is written."""

    def __init__(self, text: str | QWidget | None = "", parent: QWidget | None = None) -> None:
        """Make a label with a text, or without one, as `QLabel` is made."""
        super().__init__(text if isinstance(text, QWidget) else parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str) and text:
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text, of a very long one its beginning."""
        super().setText(readable(text))


def markup_label(parent: QWidget) -> QLabel:
    """Return a label for markup that the program itself writes; what it inserts there goes through `html.escape`."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.RichText)
    return label


def plain_box(parent: QWidget, title: str, text: str) -> QMessageBox:
    """Return a message box that shows its text as it is written."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(one_line(title))
    box.setText(readable(text))
    return box


def _visible(sign: str) -> str:
    """Return a character, or the escape for one that cannot be seen."""
    if sign.isprintable() or sign == "\n" or sign in JOINERS or unicodedata.category(sign) == "Zs":
        return sign
    if sign == "\t":
        return " "
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
