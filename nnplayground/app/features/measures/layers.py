"""One row for each layer: how large its weights and its gradient are, and whether its units still learn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnplayground.app.features.measures.explanations import LAYERS
from nnplayground.app.features.measures.histogram_picture import HistogramDelegate
from nnplayground.app.features.measures.sections import Section, muted_label
from nnplayground.app.text.figures import WIDEST_NUMBERS, layer_help, layer_name, number, of, percent
from nnplayground.app.ui.text_table import Cell, Row, Table, TextModel
from nnplayground.app.ui.theme import HIT_AREA, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.export.table_csv import Column
from nnplayground.project.blocks import LayerNumbers
from nnplayground.training.observe.reports import LayerReport, Report

PICTURE = len(LAYERS) - 1  # the column of the histograms
NARROWEST_PICTURE, WIDEST_PICTURE = 30, 160
WIDEST_NAME = 130
EXPORTED = ("weight_norm", "bias_norm", "gradient_norm", "dead", "saturated", "distinct")


class LayersSection(Section):
    """The layers in the order in which a sample passes them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Layers", "How each layer fares with the weights of this moment.", parent)
        self._model = TextModel(LAYERS, self)
        self.table = Table(self._model, "measures_layers", "Statistics of each layer", self)
        self._histograms = HistogramDelegate(self.table)
        self.table.setItemDelegateForColumn(PICTURE, self._histograms)
        self._samples = muted_label("", self)
        self._samples.setToolTip(
            wrapped("The gradient is that of all training samples; the other columns are taken on so many of them.")
        )
        self.more = _more_button(self)
        self.head.addWidget(self._samples)
        self.head.addWidget(self.more)
        self.head.addStretch(1)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the last column gives way
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self._layers: tuple[LayerReport, ...] = ()
        self._names: tuple[str, ...] = ()
        self._fitted: tuple[str, ...] = ()  # the texts that the columns have been made for
        self.use_font(self.font())

    def show_report(self, report: Report, numbers: LayerNumbers) -> None:
        """Show the statistics; `numbers` has the number of each layer of the network, by its place."""
        self._samples.setText(f"on {report.layer_samples:,} training samples")
        rows = [_row(layer, numbers[layer.place - 1]) for layer in report.layers]
        self._model.show_rows(rows)
        self._layers, self._names = report.layers, tuple(row.name for row in rows)
        units = max(one.units for one in report.layers)
        neurons = max(one.neurons or 0 for one in report.layers)
        self._fit((*(row.name for row in rows), of(units, units), of(neurons, neurons)))

    def export_table(self) -> dict[str, Column]:
        """Return the numbers of each layer, in full."""
        found = [layer.statistics for layer in self._layers]
        table: dict[str, Column] = {"layer": list(self._names)} if found else {}
        for name in EXPORTED if found else ():
            table[name.replace("_", " ")] = np.array([getattr(one, name) for one in found], dtype=np.float64)
        return table

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._model.set_theme(theme)
        self._histograms.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self.table.use_font(font)
        fitted, self._fitted = self._fitted, ()
        self._fit(fitted)

    def _fit(self, texts: tuple[str, ...]) -> None:
        """Make the columns wide enough for the names and the two counts at the end, where they are new."""
        if texts == self._fitted:
            return
        self._fitted = texts
        *names, units, neurons = texts
        self.table.verticalHeader().setFixedWidth(min(self.table.room_for(*names), WIDEST_NAME))
        self.table.set_columns((WIDEST_NUMBERS, WIDEST_NUMBERS, (units,), ("88.8 %",), (neurons,)))
        self.table.setColumnWidth(PICTURE, NARROWEST_PICTURE)
        others = sum(map(self.table.columnWidth, range(PICTURE))) + self.table.verticalHeader().width()
        self.table.setMinimumWidth(others + NARROWEST_PICTURE)
        self.table.setMaximumWidth(others + WIDEST_PICTURE)
        self.table.updateGeometry()


def _more_button(parent: QWidget) -> QToolButton:
    """Return the button that leads on to how the numbers are spread."""
    button = QToolButton(parent)
    button.setObjectName("measures_more")
    button.setText("Histograms…")
    button.setAccessibleName("Show histograms of each layer")
    button.setToolTip(
        wrapped("Show how weights, activations and gradients of each layer are spread, now and at the start.")
    )
    button.setProperty("slim", True)
    button.setMinimumSize(HIT_AREA, HIT_AREA)
    return button


def _row(layer: LayerReport, place: int | None) -> Row:
    """Return the row of one layer, which has this number."""
    found = layer.statistics
    dead = round(found.dead * layer.units)
    cells = (
        Cell(number(found.weight_norm), _with_biases(layer)),
        Cell(number(found.gradient_norm)),
        Cell(of(dead, layer.units), warns=dead > 0),
        Cell(percent(found.saturated)),
        Cell(of(found.distinct or 0, layer.neurons), warns=(found.distinct or 0) < (layer.neurons or 0)),
        Cell("", _spread(layer), drawn=found.histogram),
    )
    return Row(layer_name(layer, place), layer_help(layer, place), cells)


def _with_biases(layer: LayerReport) -> str:
    """Return the help for the weights, with the size of the biases."""
    if layer.statistics.bias_norm is None:
        return "This layer has no weights."
    return f"{LAYERS['weights'].help} The biases alone: {number(layer.statistics.bias_norm)}."


def _spread(layer: LayerReport) -> str:
    """Return the histogram in words."""
    found = layer.statistics.histogram
    if not found.counts.any():
        return "No answer of this layer is a finite number: its weights have grown too large."
    ends = f"From {number(float(found.edges[0]))} to {number(float(found.edges[-1]))}"
    others = f" {found.not_finite:,} answers are no finite numbers." if found.not_finite else ""
    return (
        f"{ends}, mean {number(found.mean)}, standard deviation {number(found.standard_deviation)}.{others} "
        f"{LAYERS['activations'].help}"
    )
