"""One row for each layer: how large its weights and its gradient are, and whether its units still learn."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.app.theme import LIGHT, Theme
from nnplayground.app.views.measures.explanations import LAYERS
from nnplayground.app.views.measures.histogram_picture import histogram_picture
from nnplayground.app.views.measures.sections import Section, muted_label
from nnplayground.app.views.measures.tables import PADDING, Cell, Row, Table, TextModel
from nnplayground.app.views.measures.words import layer_help, layer_name, number, of, percent
from nnplayground.training.reports import LayerReport, Report

PICTURE = len(LAYERS) - 1  # the column of the histograms
NARROWEST_PICTURE, WIDEST_PICTURE = 40, 160
WIDEST = "8.88e−8"
WIDEST_NAME = 130


class LayersSection(Section):
    """The layers in the order in which a sample passes them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Layers", "How each layer fares with the weights of this moment.", parent)
        self._theme = LIGHT
        self._model = TextModel(LAYERS, self)
        self.table = Table(self._model, "measures_layers", "Statistics of each layer", self)
        self._samples = muted_label("", self)
        self._samples.setToolTip(
            "The gradient is that of all training samples; the other columns are taken on so many of them."
        )
        self.head.addWidget(self._samples)
        self.head.addStretch(1)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().sectionResized.connect(self._picture_resized)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the last column gives way
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self._report: Report | None = None
        self._fitted: tuple[str, ...] = ()  # the texts that the columns have been made for
        self.use_font(self.font())

    def show_report(self, report: Report) -> None:
        """Show the statistics."""
        self._report = report
        self._samples.setText(f"on {report.layer_samples:,} training samples")
        names = [layer_name(layer) for layer in report.layers]
        self.table.setIconSize(self._picture_size())
        self._model.show_rows([self._row(name, layer) for name, layer in zip(names, report.layers, strict=True)])
        self._fit(names, report)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme; the pictures are drawn anew."""
        self._theme = theme
        self._model.set_theme(theme)
        self.use_font(self.font())

    def use_font(self, font: QFont) -> None:
        """Write in a font."""
        self._fitted = ()
        self.table.use_font(font)
        if self._report is not None:
            self.show_report(self._report)

    def _fit(self, names: list[str], report: Report) -> None:
        """Make the columns wide enough for these layers, where they are others than before."""
        units = max(one.units for one in report.layers)
        neurons = max(one.neurons or 0 for one in report.layers)
        fitted = (*names, of(units, units), of(neurons, neurons))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        self.table.verticalHeader().setFixedWidth(min(max(map(self.table.room_for, names)), WIDEST_NAME))
        self.table.set_columns((WIDEST, WIDEST, fitted[-2], "88.8 %", fitted[-1]))
        self.table.setColumnWidth(PICTURE, NARROWEST_PICTURE)
        others = sum(map(self.table.columnWidth, range(PICTURE))) + self.table.verticalHeader().width()
        self.table.setMinimumWidth(others + NARROWEST_PICTURE)
        self.table.setMaximumWidth(others + WIDEST_PICTURE)
        self.table.updateGeometry()

    def _picture_resized(self, column: int, _old: int, _new: int) -> None:
        """Draw the pictures anew, as wide as their column has become."""
        if column == PICTURE and self._report is not None and self._fitted:
            self.show_report(self._report)

    def _picture_size(self) -> QSize:
        width = max(NARROWEST_PICTURE, self.table.columnWidth(PICTURE)) - PADDING
        return QSize(width, self.table.verticalHeader().defaultSectionSize() - 4)

    def _row(self, name: str, layer: LayerReport) -> Row:
        """Return the row of one layer."""
        found = layer.statistics
        dead = round(found.dead * layer.units)
        cells = (
            Cell(number(found.weight_norm), _with_biases(layer)),
            Cell(number(found.gradient_norm)),
            Cell(of(dead, layer.units), warns=dead > 0),
            Cell(percent(found.saturated)),
            Cell(of(found.distinct or 0, layer.neurons), warns=(found.distinct or 0) < (layer.neurons or 0)),
            Cell("", _spread(layer), picture=self._picture(layer)),
        )
        return Row(name, layer_help(layer), cells)

    def _picture(self, layer: LayerReport) -> QPixmap:
        histogram = layer.statistics.histogram
        return histogram_picture(histogram, self._picture_size(), self._theme, ratio=self.devicePixelRatioF())


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
