"""The band of many cost curves: the median as a line, the middle half and the middle 80 % as shades."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QVBoxLayout, QWidget

from nnplayground.app.features.compare.axes import CostAxes, highest_shown, put_apart, span_of, thinned, within
from nnplayground.app.ui.plots.frame import hairlines, thin_pen
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import cost_unit
from nnplayground.training.many.seeds import QUANTILES, Study

MOST_POINTS = 300
WIDEST = "median 0.00000"
SHADES = {(1, 5): 45, (2, 4): 80}
"""Which quantiles bound a shade, and how much of its colour covers what lies under it (of 255)."""
FAINT = 70
LABELS = {5: "90 %", 3: "median", 1: "10 %"}
NAMES = ("lowest", "10 %", "25 %", "median", "75 %", "90 %", "highest")


class BandPlot(QWidget):
    """Draws a study: its validation part, where there is one, else its test part, else the training part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("seeds_band")
        self.setAccessibleName("Band of the cost curves of all seeds")
        self._theme = LIGHT
        self._study: Study | None = None
        self.axes = CostAxes(self)
        self._shades = {pair: QGraphicsPathItem() for pair in SHADES}
        self._singles, self._chosen, self._median = QGraphicsPathItem(), QGraphicsPathItem(), QGraphicsPathItem()
        for height, item in enumerate((*self._shades.values(), self._singles, self._median, self._chosen), start=2):
            self.axes.add(item, height)
        self._labels = {row: self.axes.end_label() for row in LABELS}
        self._place: int | None = None
        self.axes.resized.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.axes)

    def show_study(self, study: Study) -> None:
        """Draw what is known; a few times a second at most."""
        self._study = study
        self._draw()

    def show_log(self, *, log: bool) -> None:
        """Switch between a logarithmic and a linear cost axis."""
        self.axes.log = log
        self._draw()

    def show_seed(self, place: int | None) -> None:
        """Bring out the curve of one run, where single curves are kept."""
        self._place = place
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.axes.set_theme(theme)
        for pair, item in self._shades.items():
            item.setPen(pg.mkPen(None))
            item.setBrush(_with_alpha(theme.accent, SHADES[pair]))
        self._singles.setPen(_pen(theme.muted, FAINT))
        self._median.setPen(thin_pen(theme.accent))
        self._chosen.setPen(thin_pen(theme.text))
        for row, label in self._labels.items():
            color = theme.accent if LABELS[row] == "median" else theme.muted
            label.set_look(color, self.axes.frame.small_font())
        self.axes.leave_room(WIDEST)
        self._draw()

    def export_table(self) -> dict[str, Floats]:
        """Return the columns of what is drawn: the epochs, the quantiles of all parts, single runs where kept."""
        study = self._study
        if study is None:
            return {}
        table = {"epoch": np.arange(len(study.train), dtype=np.float64)}
        for part, band in study.bands.items():
            table |= {f"{part} {name}": row for name, row in zip(NAMES, band.quantiles, strict=True)}
            singles = () if band.singles is None else tuple(band.singles)
            table |= {f"{part} seed {seed}": row for seed, row in zip(study.seeds, singles, strict=False)}
        return table

    def _draw(self) -> None:
        """Draw the whole study anew."""
        if self._study is None:
            return
        band = self._study.band
        places = thinned(len(band), MOST_POINTS)
        lines, epochs = band.quantiles[:, places], places.astype(np.float64)
        singles = None if band.singles is None else band.singles[:, places]
        # The worst of many runs may lie far above all others; what is shaded must not become a line for it.
        shown = lines[1:6] if singles is None else lines
        self.axes.unit = cost_unit(self._study.data.scaled_targets)
        self.axes.fit(len(band) - 1, span_of([within(shown, highest_shown(lines[:, 0]))]))
        for (low, high), item in self._shades.items():
            item.setPath(_area(epochs, self.axes.heights(lines[low]), self.axes.heights(lines[high])))
        pixel = self.axes.frame.pixel()
        median = self.axes.heights(lines[QUANTILES.index(0.5)])
        self._median.setPath(hairlines(epochs, median, connect="finite", pixel=pixel))
        self._draw_singles(epochs, singles)
        self._put_labels(float(len(band) - 1), lines[:, -1])

    def _draw_singles(self, epochs: Floats, singles: Floats | None) -> None:
        """Draw every single curve faintly, and the chosen one clearly."""
        if singles is None:
            self._singles.setPath(QPainterPath())
            self._chosen.setPath(QPainterPath())
            return
        heights = self.axes.heights(singles)
        gap = np.full((len(singles), 1), np.nan)  # ends one curve before the next begins
        across = np.broadcast_to(np.append(epochs, np.nan), (len(singles), len(epochs) + 1))
        self._singles.setPath(pg.arrayToQPath(across.ravel(), np.hstack([heights, gap]).ravel(), connect="finite"))
        is_kept = self._place is not None and self._place < len(singles)
        chosen = heights[self._place] if is_kept else np.empty(0)
        pixel = self.axes.frame.pixel()
        self._chosen.setPath(hairlines(epochs[: len(chosen)], chosen, connect="finite", pixel=pixel))

    def _put_labels(self, last: float, ends: Floats) -> None:
        """Name the median and the edges of the wide shade where they end."""
        for label in self._labels.values():
            label.item.hide()
        shown = [
            (self._labels[row], f"{name} {number_text(float(ends[row]))}", self.axes.in_scene(last, float(ends[row])))
            for row, name in LABELS.items()
            if isfinite(ends[row]) and self.axes.holds(float(ends[row]))
        ]
        put_apart(shown, self.axes.area)


def _area(epochs: Floats, low: Floats, high: Floats) -> QPainterPath:
    """Return the shape between two lines, without what has no place on the axis."""
    known = np.isfinite(low) & np.isfinite(high)
    across = np.concatenate([epochs[known], epochs[known][::-1]])
    up = np.concatenate([high[known], low[known][::-1]])
    path: QPainterPath = pg.arrayToQPath(across, up, connect="all")
    path.closeSubpath()
    return path


def _with_alpha(color: str, alpha: int) -> QColor:
    result = QColor(color)
    result.setAlpha(alpha)
    return result


def _pen(color: str, alpha: int) -> QPen:
    """Return a thin pen that lets through what lies under it."""
    pen = thin_pen(color)
    pen.setColor(_with_alpha(color, alpha))
    return pen
