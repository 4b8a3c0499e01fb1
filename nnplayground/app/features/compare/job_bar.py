"""One button that starts a work and cancels it, and beside it how far the work has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped

STEPS = 1000
CANCEL = "Cancel"
CANCEL_HELP = "End the work; what is done so far stays on show."


class JobBar(QWidget):
    """Says `started()` and `cancelled()`; `name` is put before the names of its parts."""

    started = Signal()
    cancelled = Signal()

    def __init__(self, name: str, words: str, help_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._help = words, help_text
        self.is_working = False
        self.button = QPushButton(words, self)
        self.button.setObjectName(f"{name}_start")
        self.button.setMinimumHeight(HIT_AREA)
        self.button.clicked.connect(self._press)
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}_progress")
        self.bar.setAccessibleName("Progress")
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        policy = self.bar.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        self._write()

    def allow(self, reason: str) -> None:
        """Let the work be started, or tell for which reason it cannot be."""
        self.button.setEnabled(self.is_working or not reason)
        if not self.is_working:
            self.button.setToolTip(wrapped(reason or self._help))

    def show_working(self, *, is_working: bool) -> None:
        """Show that the work is under way, or that it is not."""
        self.is_working = is_working
        self.bar.setVisible(is_working)
        self.bar.setValue(0)
        self.button.setEnabled(True)
        self._write()

    def show_share(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        self.bar.setValue(round(STEPS * share))

    def set_theme(self, theme: Theme) -> None:
        """Recolour the bar."""
        self.bar.setStyleSheet(
            f"QProgressBar {{ border: none; border-radius: 4px; background: {theme.border}; }}"
            f"QProgressBar::chunk {{ border-radius: 4px; background: {theme.accent}; }}"
        )

    def _write(self) -> None:
        """Let the button say what it does next; it keeps its width."""
        metrics = self.button.fontMetrics()
        widest = max(metrics.horizontalAdvance(words) for words in (self._words, CANCEL))
        self.button.setFixedWidth(widest + 2 * SPACE[3])
        self.button.setText(CANCEL if self.is_working else self._words)
        self.button.setToolTip(wrapped(CANCEL_HELP if self.is_working else self._help))

    def _press(self) -> None:
        (self.cancelled if self.is_working else self.started).emit()
