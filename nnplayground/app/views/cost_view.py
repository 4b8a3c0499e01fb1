"""How the cost falls: the train and the test cost after every epoch, with their present values at the ends."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.theme import LARGE, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.titles import COSTS
from nnplayground.app.views.cost.curve_plot import CurvePlot
from nnplayground.app.views.empty import NO_NETWORK, empty_label
from nnplayground.app.views.plots import make_card
from nnplayground.app.views.read_outs import ElidedLabel, Pacer
from nnplayground.app.views.ticks import number_text
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.training.history import Curve
from nnplayground.training.snapshot import Snapshot

EMPTY = "Press Play: the cost appears here after the first epoch."
IDLE = "Point at the curve to read it."


class CostView(QWidget):
    """Plots the cost by epoch, linear or logarithmic; `log_scale_changed` tells when the user switches."""

    log_scale_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cost_view")
        self.setAccessibleName("Cost")
        self._snapshot: Snapshot | None = None
        # What is on the screen: a curve of which run.
        self._curve: Curve | None = None
        self._generation = -1
        self._epoch: int | None = None
        self._build()
        self._labels_pacer = Pacer(self._plot.write_labels, self)
        self._read_out_pacer = Pacer(self._show_reading, self)
        self.set_theme(LIGHT)

    @property
    def log_scale(self) -> bool:
        """Whether the cost axis is logarithmic."""
        return self._log.isChecked()

    @log_scale.setter
    def log_scale(self, log: bool) -> None:
        self._log.setChecked(log)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Draw a snapshot; while hidden, only keep it."""
        self._snapshot = snapshot
        if self.isVisible():
            self._draw(snapshot)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._curve = self._epoch = None
        self._cost_name.set_whole_text("")
        self._empty.setText(NO_NETWORK)
        self._stack.setCurrentIndex(0)
        self._show_reading()

    def add_control(self, control: QWidget) -> None:
        """Put a control of somebody else into the header, before the choice of the scale."""
        self._header.insertWidget(self._header.indexOf(self._log), control)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        make_card(self, theme)
        self._title.setFont(scaled(self.font(), LARGE, bold=True))
        for label in (self._cost_name, self._read_out):
            label.setStyleSheet(f"color: {theme.muted};")
            label.setFont(tabular(scaled(self.font(), SMALL)))
        self._plot.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def _build(self) -> None:
        """Make the parts and lay them out."""
        self._title = QLabel("Cost", self)
        self._cost_name = ElidedLabel(self)
        self._cost_name.setObjectName("cost_name")
        self._log = QCheckBox("Log scale", self)
        self._log.setObjectName("cost_log_scale")
        self._log.setAccessibleName("Logarithmic cost axis")
        self._log.setToolTip(wrapped("Give every power of ten the same height, so that small costs can be told apart."))
        self._log.toggled.connect(self._log_toggled)
        self._empty = empty_label("cost_empty", EMPTY, self)
        self._plot = CurvePlot(self)
        self._plot.setObjectName("cost_plot")
        self._plot.setAccessibleName("Curves of the train and the test cost")
        self._plot.pointed.connect(self._pointed)
        self._plot.left_plot.connect(self._pointer_left)
        self._read_out = ElidedLabel(self)
        self._read_out.setObjectName("cost_read_out")
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the parts below each other; plot and empty state share a place."""
        self._header = QHBoxLayout()
        self._header.setSpacing(SPACE[1])
        self._header.addWidget(self._title)
        self._header.addWidget(self._cost_name, 1)
        self._header.addWidget(self._log)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        layout.setSpacing(SPACE[0])
        layout.addLayout(self._header)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._read_out)

    def _draw(self, snapshot: Snapshot) -> None:
        """Draw the curve if it has grown or is another one."""
        curve = snapshot.curve
        title = COSTS[snapshot.data.rule.cost]
        self._cost_name.set_whole_text(title.name, title.short)
        grown = self._is_grown(snapshot)
        if grown and self._curve is not None and len(curve) == len(self._curve):
            return
        self._curve, self._generation = curve, snapshot.generation
        self._empty.setText(EMPTY)
        self._stack.setCurrentIndex(1 if len(curve) > 1 else 0)
        self._plot.show_curves(curve.train_cost, curve.test_cost, anew=not grown)
        if grown:
            self._labels_pacer.ask()
        else:
            self._labels_pacer.now()
        self._read_out_pacer.ask()

    def _is_grown(self, snapshot: Snapshot) -> bool:
        """Tell whether the curve begins with all of the one on the screen, as that of the same run does.

        A run that was restarted with the same weights and settings repeats its curve, and then nothing changes.
        """
        old, new = self._curve, snapshot.curve
        if old is None or not len(old) or snapshot.generation != self._generation or len(new) < len(old):
            return False
        places = [0, len(old) // 2, len(old) - 1]
        return all(
            _same(before[places], after[places])
            for before, after in ((old.train_cost, new.train_cost), (old.test_cost, new.test_cost))
        )

    def _show_reading(self) -> None:
        """Write the costs at the epoch under the pointer, or how to get there."""
        curve = self._curve
        if curve is None or len(curve) < 2:
            self._read_out.set_whole_text("")
        elif self._epoch is None:
            self._read_out.set_whole_text(IDLE)
        else:
            epoch = min(self._epoch, len(curve) - 1)
            text = f"epoch {epoch:,}: train {number_text(float(curve.train_cost[epoch]))}"
            if self._snapshot is not None and len(self._snapshot.data.test_rows):
                text += f", test {number_text(float(curve.test_cost[epoch]))}"
            self._read_out.set_whole_text(text)

    def _log_toggled(self, checked: bool) -> None:
        """Switch the axis and tell of it."""
        self._plot.show_log(log=checked)
        self.log_scale_changed.emit(checked)

    def _pointed(self, epoch: int) -> None:
        """Read the curve at an epoch."""
        self._epoch = epoch
        self._read_out_pacer.ask()

    def _pointer_left(self) -> None:
        """Go back to the hint."""
        if self._epoch is not None:
            self._epoch = None
            self._read_out_pacer.ask()


def _same(before: Floats, after: Floats) -> bool:
    """Tell whether the costs are the same, NaN included."""
    return np.array_equal(before, after, equal_nan=True)
