"""What a view shows while it has nothing to show: one quiet sentence that says what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from nnplayground.app.ui.plain_text import PlainLabel

NO_NETWORK = "Nothing to show yet; the line at the bottom of the window says what is missing."


def empty_label(name: str, text: str, parent: QWidget) -> QLabel:
    """Return the sentence in the middle of the room that it gets."""
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setProperty("muted", True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
