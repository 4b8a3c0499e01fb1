"""A note that says what a picture leaves out: in one or two lines, so that the honest part is not cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.tooltips import wrapped


class NoteLabel(ElidedLabel):
    """Text in at most two lines; what does not fit ends in …, and the whole text is then the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lines: list[str] = [""]
        super().__init__(parent)

    def sizeHint(self) -> QSize:
        """Ask for the lines that the text needs."""
        return QSize(40, len(self._lines) * self.fontMetrics().lineSpacing() + 2)

    def minimumSizeHint(self) -> QSize:
        """Keep these lines."""
        return QSize(0, self.sizeHint().height())

    def _elide(self) -> None:
        """Set the lines that fit."""
        before = len(self._lines)
        self._lines = two_lines(self.whole_text(), self.fontMetrics(), self.width())
        text = "\n".join(self._lines)
        self.setText(text)
        self.setToolTip(wrapped(self.whole_text() if text.replace("\n", " ") != self.whole_text() else ""))
        if len(self._lines) != before:
            self.updateGeometry()


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text in one line if it fits into so many pixels, otherwise in two, of which the second may be cut."""
    # Whole pixels are rounded; without one to spare a word that was counted in would be cut.
    room = width - 1
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    words = text.split(" ")
    count = 1
    while count < len(words) - 1 and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= room:
        count += 1
    first, rest = " ".join(words[:count]), " ".join(words[count:])
    lines = [metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in (first, rest)]
    return [line for line in lines if line]
