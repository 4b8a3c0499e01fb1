"""Drawing in several small parts, one for each frame of the window, so that none of its frames comes late."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

FRAME_MILLISECONDS = 16


class InTurn(QObject):
    """Does one part after another, and the newest round of them only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._next)

    def do(self, parts: Sequence[Callable[[], object]]) -> None:
        """Do these parts, one for each frame; a round that has begun is finished first, and done once more after."""
        if not self._timer.isActive():
            self._parts = list(parts)
            self._timer.start()
        elif len(self._parts) <= len(parts):
            self._parts += parts

    def do_now(self, parts: Sequence[Callable[[], object]]) -> None:
        """Do all parts at once."""
        self._parts = []
        self._timer.stop()
        for part in parts:
            part()

    def _next(self) -> None:
        if self._parts:
            self._parts.pop(0)()
        if not self._parts:
            self._timer.stop()
