"""How fast training goes, from slow motion to flat out: the list in the toolbar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from nnplayground.app.ui.tooltips import wrapped
from nnplayground.training.thread.pace import Pace

PACES: dict[str, Pace] = {
    "1 batch / s": Pace(batches_per_second=1.0),
    "10 batches / s": Pace(batches_per_second=10.0),
    "1 epoch / s": Pace(epochs_per_second=1.0),
    "10 epochs / s": Pace(epochs_per_second=10.0),
    "60 epochs / s": Pace(epochs_per_second=60.0),
    "Flat out": Pace(),
}
START_PACE = "60 epochs / s"
ABOUT = (
    "How fast the network trains when it plays, from one batch a second, to watch each step, to as fast as the machine "
    "can. The results do not depend on it: an epoch is the same at every speed. (Ctrl+. faster, Ctrl+, slower)"
)


class SpeedBox(QComboBox):
    """Shows one of `PACES` by its name; `pace_chosen(name)` follows what the user did."""

    pace_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("speed")
        self.setAccessibleName("Training speed")
        self.setToolTip(wrapped(ABOUT))
        self.addItems(list(PACES))
        self.setCurrentText(START_PACE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.textActivated.connect(self.pace_chosen)

    def show_pace(self, name: str) -> None:
        """Show a pace; this is no news to anybody. An unknown one shows the usual pace."""
        self.setCurrentText(name if name in PACES else START_PACE)

    def go(self, steps: int) -> None:
        """Choose a faster pace, or a slower one, as far as there is one."""
        place = min(max(self.currentIndex() + steps, 0), self.count() - 1)
        if place != self.currentIndex():
            self.setCurrentIndex(place)
            self.pace_chosen.emit(self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel changes no choice by accident."""
        event.ignore()
