"""All figures of the network in one view; they are only computed while it can be seen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.measures.confusion import ConfusionSection
from nnplayground.app.features.measures.figures import FiguresSection
from nnplayground.app.features.measures.layers import LayersSection
from nnplayground.app.features.measures.roc import RocSection
from nnplayground.app.features.measures.selecting import choice_words, chosen_rows
from nnplayground.app.features.measures.switch import Switch
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.section_row import make_section_row, turn
from nnplayground.app.ui.text_table import Table
from nnplayground.app.ui.theme import LIGHT, SPACE, Theme
from nnplayground.arrays import Integers
from nnplayground.explain.words import cost_unit
from nnplayground.project.blocks import layer_numbers
from nnplayground.training.observe.reports import Report, ReportRequest
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = "The figures appear here as soon as there is a network that can be trained."
WHOLE_ROWS = 12
SIDE_BY_SIDE = 760  # pixels; in a narrower dock the sections stand below each other
ALL_SECTIONS = 1400  # pixels that all sections need beside each other; with less two of them take turns
SWITCH = (
    ("Matrix", "ROC"),
    (
        "Show for what the samples of each class are taken.",
        "Show what other thresholds between the classes would find.",
    ),
)


class MeasuresView(QWidget):
    """Shows the reports of snapshots; `observation_wanted("measures", request)` asks for them while it is seen.

    `samples_selected` carries the rows of the samples that a place in the confusion matrix counts at this moment, and
    what they are called, or `None` and an empty text. While the network learns the rows change and the place stays.
    `inside_asked` tells that somebody wants to see more of the layers.
    """

    observation_wanted = Signal(str, object)
    samples_selected = Signal(object, str)
    inside_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("measures_view")
        self.setAccessibleName("Measures")
        self._snapshot: Snapshot | None = None
        self._shown: Report | None = None
        self._told: tuple[Integers | None, str] = (None, "")  # the samples that have been selected
        self.figures, self.confusion, self.layers = FiguresSection(self), ConfusionSection(self), LayersSection(self)
        self.roc = RocSection(self)
        self.roc.hide()
        self._switch = Switch((self.confusion, self.roc), *SWITCH)
        self._switch.changed.connect(self._share_room)
        self.confusion.choice_changed.connect(self._select)
        self.layers.more.clicked.connect(self.inside_asked)
        self._empty = empty_label("measures_empty", EMPTY, self)
        self._pacer = Pacer(self._draw, self)
        self._lay_out()
        self.set_theme(LIGHT)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show the report of a snapshot, at a pace that can be read; one without a report changes no figure."""
        if self._snapshot is not None and snapshot.data.samples is not self._snapshot.data.samples:
            self._tell(None, "")  # until there is a report of the other samples
        report = snapshot.seen.of(ReportRequest)
        if report is not None and report is not self._shown:
            self._snapshot = snapshot
            self._pacer.ask()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._shown = None
        self._select()
        self._empty.setText(NO_NETWORK)
        self._stack.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        make_card(self, theme)
        for section in (self.figures, self.confusion, self.roc, self.layers):
            section.set_theme(theme)

    def height_for(self, classes: int) -> int:
        """Return the height in which the matrix of so many classes, but at most `WHOLE_ROWS`, need not scroll."""
        return self.confusion.height_for(min(classes, WHOLE_ROWS)) + 2 * (SPACE[0] + 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for reports, and select again what was selected."""
        super().showEvent(event)
        self.observation_wanted.emit("measures", ReportRequest())
        self._select()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more of them, and select nothing: the selection could not follow what is learned."""
        super().hideEvent(event)
        self.observation_wanted.emit("measures", None)
        self._tell(None, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sections beside or below each other."""
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE
        if turn(self._row, beside=beside):
            for table in self.findChildren(Table):
                table.show_whole(whole=not beside)
        self._share_room()

    def _lay_out(self) -> None:
        """Put the sections in a row that scrolls where there is too little room; without figures there is a hint."""
        self._row, self._stack = make_section_row(self, "measures", hint=self._empty)
        for section in (self.figures, self.confusion, self.roc):
            self._row.addWidget(section)
        self._row.addWidget(self.layers, 1)
        self._row.addStretch(0)

    def clear_selection(self) -> None:
        """Select no samples any more, as somebody has had enough of them."""
        self.confusion.matrix.choose(None)

    def _share_room(self) -> None:
        """Show matrix and ROC curve where the target has them, and both at once only where there is room."""
        classes = self._snapshot.data.rule.classes if self._snapshot is not None else ()
        take_turns = len(classes) == 2 and SIDE_BY_SIDE <= self.width() < ALL_SECTIONS
        self._switch.show_buttons(visible=take_turns)
        self.confusion.setVisible(bool(classes) and not (take_turns and self._switch.wanted == 1))
        self.roc.setVisible(len(classes) == 2 and not (take_turns and self._switch.wanted == 0))

    def _draw(self) -> None:
        """Show the newest report."""
        snapshot = self._snapshot
        report = None if snapshot is None else snapshot.seen.of(ReportRequest)
        if snapshot is None or report is None:
            return
        data, self._shown = snapshot.data, report
        self.figures.show_report(report, cost_unit=cost_unit(data.scaled_targets))
        self.confusion.show_report(report, data.rule.classes)
        if len(data.rule.classes) == 2:
            self.roc.show_report(report, data.rule.classes)
        self.layers.show_report(report, layer_numbers(snapshot.project.network.layers))
        self._share_room()
        self._stack.setCurrentIndex(1)
        self._select()

    def _select(self) -> None:
        """Tell which samples the choice in the matrix counts with the weights of the report that is shown."""
        snapshot, choice, part = self._snapshot, self.confusion.matrix.choice, self.confusion.shown_part
        report = None if snapshot is None else snapshot.seen.of(ReportRequest)
        rows, words = None, ""
        if choice is not None and snapshot is not None and report is not None and snapshot.data.rule.classes:
            rows = chosen_rows(choice, report, snapshot.data, part=part)
            words = "" if rows is None else choice_words(choice, len(rows), snapshot.data.rule.classes, part=part)
        self.confusion.tell_choice(words)
        self._tell(rows if self.isVisible() else None, words if self.isVisible() else "")

    def _tell(self, rows: Integers | None, words: str) -> None:
        """Tell of a selection where it is another one."""
        before, old_words = self._told
        is_same = before is rows or (before is not None and rows is not None and np.array_equal(before, rows))
        if not is_same or words != old_words:
            self._told = rows, words
            self.samples_selected.emit(rows, words)
