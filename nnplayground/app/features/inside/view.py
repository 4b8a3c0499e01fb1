"""What goes on inside each layer, now and since the start; it is only computed while it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.inside.gradients_part import GradientsPart
from nnplayground.app.features.inside.layers_table import GOOD_ROW, LayersPart
from nnplayground.app.features.inside.rows import findings, histogram_table, named_layers, row_of
from nnplayground.app.ui.plots.columns import of_one_length
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.section_row import make_section_row, turn
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.layer_findings import Named
from nnplayground.explain.layer_names import OUTPUT, LayerName
from nnplayground.project.blocks import layer_numbers
from nnplayground.training.observe.reports import Report, ReportRequest
from nnplayground.training.observe.snapshot import Snapshot

EMPTY = "What the layers hold appears here as soon as there is a network that can be trained."
SIDE_BY_SIDE = 820  # pixels; in a narrower dock the plot stands below the layers
TABLE_SHARE, PLOT_SHARE = 5, 2
HEADS = 84  # pixels above the rows and around them
LEAST_PLOT = 180
PLOT_PAUSE = 200  # milliseconds between two drawings of the plot while training


class InsideView(QWidget):
    """Shows the layers in the reports of snapshots, and their gradients over the epochs.

    `observation_wanted("inside", request)` asks for them while it is seen.
    """

    observation_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inside_view")
        self.setAccessibleName("Inside the layers")
        self._snapshot: Snapshot | None = None  # the newest
        self._reported: Snapshot | None = None  # the newest that has a report
        self._shown: Report | None = None
        self._layers: tuple[Named, ...] = ()
        self._drawn: object = None  # what the plot of gradients shows, and since when
        self._since = QElapsedTimer()
        self.layers, self.gradients = LayersPart(self), GradientsPart(self)
        self._empty = empty_label("inside_empty", EMPTY, self)
        self._pacer = Pacer(self._draw_layers, self)
        self._lay_out()
        self.set_theme(LIGHT)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Draw the gradients of a snapshot, and its report at a pace that can be read; while hidden, only keep it."""
        self._snapshot = snapshot
        report = snapshot.seen.of(ReportRequest)
        if report is not None and report is not self._shown:
            self._reported = snapshot
            self._pacer.ask()
        if self.isVisible():
            self._draw_gradients()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._reported = self._shown = self._drawn = None
        self._layers = ()
        self._empty.setText(NO_NETWORK)
        self._stack.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        make_card(self, theme)
        self.layers.set_theme(theme)
        self.gradients.set_theme(theme)
        self._draw_layers()

    def export_table(self) -> dict[str, Floats]:
        """Return the edges and counts of all histograms as columns of one length, filled up with NaN."""
        return of_one_length(histogram_table(self._layers))

    def height_for(self, layers: int) -> int:
        """Return the height in which so many layers can be seen well."""
        return HEADS + max(layers * GOOD_ROW, LEAST_PLOT)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for reports, and catch up with what came while hidden."""
        super().showEvent(event)
        self.observation_wanted.emit("inside", ReportRequest())
        self._draw_gradients()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more of them."""
        super().hideEvent(event)
        self.observation_wanted.emit("inside", None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the plot beside or below the layers."""
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE
        if turn(self._row, beside=beside):
            self.gradients.setMinimumHeight(0 if beside else LEAST_PLOT)

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows; the rest scrolls."""
        return QSize(300, 120)

    def _lay_out(self) -> None:
        """Put the layers beside the plot; without a network there is a hint."""
        self._row, self._stack = make_section_row(self, "inside", hint=self._empty)
        self._row.addWidget(self.layers, TABLE_SHARE)
        self._row.addWidget(self.gradients, PLOT_SHARE)

    def _draw_gradients(self) -> None:
        """Draw the lengths of the gradients where they have changed."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        names = _weighted_names(snapshot)
        norms = snapshot.curve.gradient_norms
        if len(norms) != len(names):
            norms = norms[:0].reshape(len(names) and 0, 0)
        later = _later(snapshot)
        drawn = snapshot.generation, norms.shape, snapshot.record.is_back, snapshot.epoch
        is_soon = snapshot.running and self._drawn is not None and not self._since.hasExpired(PLOT_PAUSE)
        if drawn != self._drawn and not is_soon:
            self._drawn = drawn
            self._since.start()
            self.gradients.show_norms(norms, names[: len(norms)], later=later)

    def _draw_layers(self) -> None:
        """Show the newest report."""
        snapshot = self._reported
        report = None if snapshot is None else snapshot.seen.of(ReportRequest)
        if snapshot is None or report is None:
            return
        self._shown = report
        numbers = layer_numbers(snapshot.project.network.layers)
        self._layers = named_layers(report, numbers)
        weighted = [one.layer.place for one in self._layers if one.layer.neurons is not None]
        colors = {place: self.gradients.plot.color(line) for line, place in enumerate(weighted)}
        rows = [row_of(one, numbers[one.layer.place - 1], colors.get(one.layer.place, "")) for one in self._layers]
        start = f"epoch {report.start_epoch:,}" if report.start else ""
        self.layers.show_rows(rows, findings(self._layers), start=start)
        self._stack.setCurrentIndex(1)


def _weighted_names(snapshot: Snapshot) -> tuple[LayerName, ...]:
    """Return what the layers with weights are called."""
    layers = snapshot.architecture.layers
    numbers = layer_numbers(snapshot.project.network.layers)
    steps = zip(layers, snapshot.architecture.steps, numbers, strict=False)
    named = [number or OUTPUT for layer, shape, number in steps if layer.matrix_shape(shape)]
    return (*named[:-1], OUTPUT)


def _later(snapshot: Snapshot) -> Floats | None:
    """Return the gradients of the whole way to the newest moment, where the run stands at an earlier one."""
    record = snapshot.record
    if not record.is_back or not record.branches:
        return None
    norms = record.branches[-1].curve.gradient_norms
    return norms if len(norms) == len(snapshot.curve.gradient_norms) else None
