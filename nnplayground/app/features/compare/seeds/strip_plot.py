"""One dot for each seed at the cost with which it ended; dots at nearly the same cost are piled up."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.app.features.compare.axes import highest_shown, within
from nnplayground.app.features.compare.seeds.words import ranked
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.plots.ticks import linear_ticks, log_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.explain.words import cost_unit, part_word
from nnplayground.training.many.seeds import Criterion, Study
from nnplayground.training.run.history import COLUMNS

DOT = 8.0
SIDE = 10.0
LEAST_SIZE, MOST_HEIGHT, NAMED_HEIGHT = (150, 50), 150, 84
NEAR = 12.0
"""How far from a dot, in pixels, a click still means it."""
DEEPEST = 1e-12
MARGIN = 0.04
PIXELS_PER_TICK = 60


class StripPlot(QWidget):
    """`chosen(place)` tells the run that was clicked or reached by the arrow keys, `pointed(place or None)` hovers."""

    chosen = Signal(int)
    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("seeds_strip")
        self.setAccessibleName("One dot for each seed at its final cost")
        self.setAccessibleDescription("The arrow keys go from seed to seed, from the lowest cost to the highest.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme, self._log = LIGHT, False
        self._study: Study | None = None
        self._criterion = Criterion("score", 0.0)
        self._place: int | None = None
        self._places: Floats = np.empty((0, 2))
        self.frame = PlotFrame(self)
        self.frame.setMinimumSize(*LEAST_SIZE)
        self.setMaximumHeight(MOST_HEIGHT)
        self._dots = [pg.ScatterPlotItem(pxMode=True, size=DOT, symbol=symbol) for symbol in ("o", "o", "x")]
        self._ring = pg.ScatterPlotItem(pxMode=True, size=DOT + 7.0)
        for height, item in enumerate((*self._dots, self._ring)):
            item.setZValue(5 + height)
            self.frame.box.addItem(item, ignoreBounds=True)
        self.frame.resized.connect(self._draw)
        self.frame.canvas.viewport().installEventFilter(self)
        self.frame.canvas.viewport().setMouseTracking(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)

    def show_study(self, study: Study, criterion: Criterion) -> None:
        """Draw what is known; a few times a second at most."""
        self._study, self._criterion = study, criterion
        self._draw()

    def show_log(self, *, log: bool) -> None:
        """Switch between a logarithmic and a linear cost axis."""
        self._log = log
        self._draw()

    def show_seed(self, place: int | None) -> None:
        """Put a ring around the dot of one run."""
        self._place = place
        self._draw_ring()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self.frame.set_margins(SIDE, 2.0, SIDE, 0.0)
        looks = ((theme.positive, theme.positive), (theme.negative, theme.panel), (theme.error, theme.error))
        for dots, (ink, fill) in zip(self._dots, looks, strict=True):
            dots.setPen(pg.mkPen(ink, width=1.5))
            dots.setBrush(pg.mkBrush(fill))
        self._ring.setPen(pg.mkPen(theme.text, width=1.5))
        self._ring.setBrush(pg.mkBrush(None))
        self._draw()

    def export_table(self) -> dict[str, Floats]:
        """Return the columns of what is drawn: seed, epochs, costs, scores, and 1 for success."""
        study = self._study
        if study is None:
            return {}
        known = COLUMNS if study.validation is not None else COLUMNS[:4]
        names = [name.replace("_", " ") for name in known]
        table = {"seed": np.array(study.seeds, dtype=np.float64), "epochs": np.array(study.epochs, dtype=np.float64)}
        table |= dict(zip(names, study.results[: len(names)], strict=True))
        return table | {"succeeded": study.succeeded(self._criterion).astype(np.float64)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next better or worse seed."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._study is None:
            super().keyPressEvent(event)
            return
        order = ranked(self._study)
        rank = order.index(self._place) + step if self._place in order else 0
        self.chosen.emit(order[min(max(rank, 0), len(order) - 1)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer over the dots."""
        if isinstance(event, QMouseEvent):
            place = self._at(event)
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                if place is not None:
                    self.chosen.emit(place)
            elif event.type() == QEvent.Type.MouseMove:
                shape = Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
                self.frame.canvas.viewport().setCursor(shape)
                self.pointed.emit(place)
        elif event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        return False

    def _at(self, event: QMouseEvent) -> int | None:
        """Return the run whose dot is nearest to the pointer, if it is near at all."""
        if not len(self._places):
            return None
        here = self.frame.canvas.mapToScene(event.position().toPoint())
        place = self.frame.box.mapSceneToView(here)
        pixel = np.array(self.frame.pixel())
        distances = np.linalg.norm((self._places - [place.x(), place.y()]) / pixel, axis=1)
        nearest = int(distances.argmin())
        return nearest if distances[nearest] <= NEAR else None

    def _draw(self) -> None:
        """Draw all dots anew."""
        study = self._study
        if study is None:
            return
        lost = study.diverged | ~np.isfinite(study.costs)
        band = study.band
        shown = within(np.where(lost, np.nan, study.costs), highest_shown(band.quantiles[:, 0]))
        across, ends = _across(shown, log=self._log)
        across = np.where(np.isnan(across), ends[1], across)  # what lies above the axis is piled up at its end
        self.frame.set_axis("left", "", [])
        most = max(2, self.width() // PIXELS_PER_TICK)
        ticks = log_ticks(*ends, most=most) if self._log else linear_ticks(*ends, most=most)
        name = (
            f"final {part_word(study.part)} cost{cost_unit(study.data.scaled_targets)}"
            if self.height() >= NAMED_HEIGHT
            else ""
        )
        self.frame.set_axis("bottom", name, ticks)
        self.frame.settle()
        self._places = self._pile(across, ends)
        good = study.succeeded(self._criterion)
        self._show_dots(good, lost)
        self._draw_ring()

    def _pile(self, across: Floats, ends: tuple[float, float]) -> Floats:
        """Return the places `[runs, 2]` of the dots: each column is as wide as a dot, the best below."""
        rect = self.frame.box.rect()
        columns = max(1, int(rect.width() / DOT))
        rows = max(1.0, rect.height() / DOT)
        column = np.floor((across - ends[0]) / (ends[1] - ends[0]) * columns).clip(0, columns - 1).astype(np.int64)
        height, filled = np.zeros(len(across)), np.zeros(columns, dtype=np.int64)
        for run in np.argsort(across, kind="stable"):
            height[run] = filled[column[run]]
            filled[column[run]] += 1
        self.frame.set_range(ends, (-1.0, max(rows - 1.5, float(filled.max()) + 0.3)))
        centres = ends[0] + (column + 0.5) * (ends[1] - ends[0]) / columns
        return np.column_stack([centres, height])

    def _show_dots(self, good: NDArray[np.bool_], lost: NDArray[np.bool_]) -> None:
        """Give each dot its shape: full where the run succeeded, open where not, a cross where it diverged."""
        for dots, which in zip(self._dots, (good & ~lost, ~good & ~lost, lost), strict=True):
            dots.setData(x=self._places[which, 0], y=self._places[which, 1])

    def _draw_ring(self) -> None:
        """Draw the ring around the dot that is chosen."""
        places = self._places[:0] if self._place is None else self._places[self._place : self._place + 1]
        self._ring.setData(x=places[:, 0], y=places[:, 1])


def _across(costs: Floats, *, log: bool) -> tuple[Floats, tuple[float, float]]:
    """Return the places of costs on the axis, and its ends with a margin."""
    known = np.where(np.isfinite(costs), costs, np.nan)
    places = np.log10(np.maximum(known, DEEPEST)) if log else known
    if np.isnan(places).all():
        return places, (0.0, 1.0)
    low, high = float(np.nanmin(places)), float(np.nanmax(places))
    spread = (high - low) or max(abs(high), 1.0) * 0.1
    return places, (low - MARGIN * spread, high + MARGIN * spread)
