"""All figures of the network in one view; they are only computed while it can be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.theme import LIGHT, SPACE, Theme
from nnplayground.app.views.empty import NO_NETWORK, empty_label
from nnplayground.app.views.layer_numbers import layer_numbers
from nnplayground.app.views.measures.confusion import ConfusionSection
from nnplayground.app.views.measures.figures import FiguresSection
from nnplayground.app.views.measures.layers import LayersSection
from nnplayground.app.views.measures.tables import Table
from nnplayground.app.views.plots import make_card
from nnplayground.app.views.read_outs import Pacer
from nnplayground.training.reports import Report
from nnplayground.training.snapshot import Snapshot

EMPTY = "The figures appear here as soon as there is a network that can be trained."
WHOLE_ROWS = 12
SIDE_BY_SIDE = 760  # pixels; in a narrower dock the sections stand below each other


class MeasuresView(QWidget):
    """Shows the reports of snapshots; `report_wanted` tells when it begins and ends to be seen."""

    report_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("measures_view")
        self.setAccessibleName("Measures")
        self._snapshot: Snapshot | None = None
        self._shown: Report | None = None
        self.figures, self.confusion, self.layers = FiguresSection(self), ConfusionSection(self), LayersSection(self)
        self._empty = empty_label("measures_empty", EMPTY, self)
        self._pacer = Pacer(self._draw, self)
        self._lay_out()
        self.set_theme(LIGHT)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show the report of a snapshot, at a pace that can be read; one without a report changes nothing."""
        if snapshot.report is not None and snapshot.report is not self._shown:
            self._snapshot = snapshot
            self._pacer.ask()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._shown = None
        self._empty.setText(NO_NETWORK)
        self._stack.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        make_card(self, theme)
        for section in (self.figures, self.confusion, self.layers):
            section.set_theme(theme)

    def height_for(self, classes: int) -> int:
        """Return the height in which the matrix of so many classes, but at most `WHOLE_ROWS`, need not scroll."""
        return self.confusion.height_for(min(classes, WHOLE_ROWS)) + 2 * (SPACE[0] + 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for reports."""
        super().showEvent(event)
        self.report_wanted.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more of them."""
        super().hideEvent(event)
        self.report_wanted.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sections beside or below each other."""
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            for table in self.findChildren(Table):
                table.show_whole(whole=not beside)

    def _lay_out(self) -> None:
        """Put the sections in a row that scrolls where there is too little room; without figures there is a hint."""
        content = QWidget(self)
        content.setObjectName("measures_content")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(SPACE[2], SPACE[0], SPACE[1], SPACE[0])
        self._row.setSpacing(SPACE[2])
        self._row.addWidget(self.figures)
        self._row.addWidget(self.confusion)
        self._row.addWidget(self.layers, 1)
        self._row.addStretch(0)
        area = QScrollArea(self)
        area.setObjectName("measures_area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(area)
        frame.addLayout(self._stack)

    def _draw(self) -> None:
        """Show the newest report."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.report is None:
            return
        report, data = snapshot.report, snapshot.data
        self._shown = report
        self.figures.show_report(report, target=data.samples.target_name)
        self.confusion.show_report(report, data.rule.classes)
        self.layers.show_report(report, layer_numbers(snapshot.project.network.layers))
        self._stack.setCurrentIndex(1)
