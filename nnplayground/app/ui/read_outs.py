"""Texts that change while one looks at them: at a pace that can be read, in a line that never pushes its neighbours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.app.ui.plain_text import PlainLabel, readable
from nnplayground.app.ui.tooltips import wrapped

PAUSE = 250
"""Milliseconds between two changes of a text: four a second can be read."""


LONGEST = 1_000
"""The most characters of a line that is cut to its width; laying out a text takes time that grows with it."""


class Pacer(QObject):
    """Calls `refresh` at once when asked, but never more often than every `PAUSE` milliseconds.

    What was asked for during a pause is done once at its end.
    """

    def __init__(self, refresh: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._refresh = refresh
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._pause_over)

    def ask(self) -> None:
        """Refresh now, or at the end of the pause."""
        if self._timer.isActive():
            self._asked = True
            return
        self._timer.start()
        self._refresh()

    def now(self) -> None:
        """Refresh without delay, for changes that the user made."""
        self._asked = False
        self._timer.start()
        self._refresh()

    def _pause_over(self) -> None:
        """Do what was asked for in the meantime."""
        if self._asked:
            self._asked = False
            self.ask()


class ElidedLabel(PlainLabel):
    """One line of text; where it does not fit a short form stands for it, or it is cut with ….

    The whole text is then its tooltip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def whole_text(self) -> str:
        """Return the text as it was set."""
        return self._whole

    def set_whole_text(self, text: str, short: str = "") -> None:
        """Show `text`, or its `short` form, or as much of that as fits."""
        text, short = readable(text, LONGEST), readable(short, LONGEST)
        if (text, short) != (self._whole, self._short):
            self._whole, self._short = text, short
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        """Ask for one line, whatever the text."""
        return QSize(40, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Keep the height while there is no text, so that nothing jumps when there is."""
        return QSize(0, self.fontMetrics().height() + 2)

    def _elide(self) -> None:
        """Set the text that fits."""
        metrics = self.fontMetrics()
        fits = metrics.horizontalAdvance(self._whole) <= self.width()
        fitting = metrics.elidedText(
            self._whole if fits else self._short or self._whole, Qt.TextElideMode.ElideRight, self.width()
        )
        self.setText(fitting)
        self.setToolTip(wrapped(self._whole if fitting != self._whole else ""))
