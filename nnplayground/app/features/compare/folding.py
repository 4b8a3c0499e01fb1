"""Parts that stand beside each other where there is room, and below each other in a narrow dock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from nnplayground.app.ui.theme import SPACE

ANY_WIDTH = 16_777_215  # what Qt takes for no limit


class Folding(QScrollArea):
    """Holds a form of a fixed width and the results beside it; it scrolls where there is too little room for both.

    The boxes `inner` of the results fold as well. `narrowest` is the width, in pixels, from which on all stand side by
    side.
    """

    def __init__(
        self, form: QWidget, results: QWidget, inner: Sequence[QBoxLayout], *, form_width: int, narrowest: int
    ) -> None:
        super().__init__()
        self._form, self._form_width, self._narrowest = form, form_width, narrowest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        content = QWidget()
        row = _Row(QBoxLayout.Direction.LeftToRight, content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[2])
        row.addWidget(form)
        row.addWidget(results, 1)
        self._boxes = (row, *inner)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        beside = self.width() >= self._narrowest
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for box in self._boxes:
            box.setDirection(direction)
        self._form.setMinimumWidth(self._form_width if beside else 0)
        self._form.setMaximumWidth(self._form_width if beside else ANY_WIDTH)
        super().resizeEvent(event)


class _Row(QBoxLayout):
    """Asks for the least height while its parts stand side by side.

    Qt would otherwise ask for the height that wrapped texts and plots like best, and scroll.
    """

    def hasHeightForWidth(self) -> bool:
        """Tell whether the height follows from the width."""
        return self.direction() == QBoxLayout.Direction.TopToBottom and bool(super().hasHeightForWidth())
