"""The axes of a plot of costs by epoch, and labels at the ends of its lines, for any number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSimpleTextItem, QVBoxLayout, QWidget

from nnplayground.app.ui.plots.end_labels import apart
from nnplayground.app.ui.plots.envelope import Span
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.plots.scales import epoch_range, linear_range, log_range
from nnplayground.app.ui.plots.ticks import linear_ticks, log_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats, Integers

TOP, GAP = 6.0, 6.0
LEAST_SIZE = (150, 72)
NAMED_HEIGHT = 110
PIXELS_PER_TICK = (70, 30)
FAR = 3.0
"""How many times the highest cost before training an axis reaches."""


class CostAxes(QWidget):
    """A frame whose axes hold what they are told to; `resized` asks the owner to draw anew."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.log = False
        self.unit = ""  # of which targets the cost is, where these are scaled
        self._theme = LIGHT
        self._ranges: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        self.frame.setMinimumSize(*LEAST_SIZE)
        self.frame.resized.connect(self.resized)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the axes."""
        self._theme = theme
        self.frame.set_theme(theme)

    def add(self, item: QGraphicsItem, height: int) -> None:
        """Put an item into the plot; a greater height lies above a lower one."""
        item.setZValue(height)
        self.frame.box.addItem(item, ignoreBounds=True)

    def leave_room(self, widest: str) -> None:
        """Keep room for labels at the right."""
        room = QFontMetricsF(self.frame.small_font()).horizontalAdvance(widest) + 2.0 * GAP
        self.frame.set_margins(0.0, TOP, room, 0.0)

    def fit(self, last: int, span: Span) -> None:
        """Let the axes reach from epoch 0 to `last`, and over all costs of the span."""
        epochs = epoch_range(last)
        costs = log_range([span]) if self.log else linear_range([span])
        self.frame.set_axis("bottom", "epoch" if self.height() >= NAMED_HEIGHT else "", self._ticks(epochs, 0))
        most = _most(self.height(), PIXELS_PER_TICK[1])
        up = log_ticks(*costs, most=most) if self.log else linear_ticks(*costs, most=most)
        self.frame.set_axis("left", f"cost{self.unit}", up)
        if (epochs, costs) != self._ranges:
            self._ranges = (epochs, costs)
            self.frame.set_range(epochs, costs)
        self.frame.settle()

    def heights(self, costs: Floats) -> Floats:
        """Return costs as places on the axis; zero lies at the foot of a logarithmic one."""
        if not self.log:
            return costs
        with np.errstate(invalid="ignore"):
            result: Floats = np.log10(np.maximum(costs, 10.0 ** self._ranges[1][0]))
        return result

    def holds(self, cost: float) -> bool:
        """Tell whether a cost lies on the axis."""
        low, high = self._ranges[1]
        (height,) = self.heights(np.array([cost])).tolist()
        return bool(low <= height <= high)

    def in_scene(self, epoch: float, cost: float) -> QPointF:
        """Return where a point of a line is, in pixels of the scene."""
        (height,) = self.heights(np.array([cost])).tolist()
        place: QPointF = self.frame.box.mapViewToScene(QPointF(epoch, height))
        return place

    def end_label(self) -> EndText:
        """Return a label for the end of a line."""
        item = QGraphicsSimpleTextItem()
        item.setZValue(20)
        item.hide()
        self.frame.canvas.scene().addItem(item)
        return EndText(item)

    @property
    def area(self) -> QRectF:
        """The plot between the axes, in pixels of the scene."""
        rect: QRectF = self.frame.box.sceneBoundingRect()
        return rect

    def _ticks(self, ends: tuple[float, float], side: int) -> list[tuple[float, str]]:
        return linear_ticks(*ends, most=_most(self.width(), PIXELS_PER_TICK[side]))


@dataclass(frozen=True, eq=False)
class EndText:
    """A text in a scene that stands beside the end of a line."""

    item: QGraphicsSimpleTextItem

    def set_look(self, color: str, font: QFont) -> None:
        """Set colour and font."""
        self.item.setBrush(QColor(color))
        self.item.setFont(font)

    def put(self, text: str, across: float, middle: float) -> None:
        """Show the text right of a place, in pixels of the scene."""
        self.item.setText(text)
        self.item.setPos(across + GAP, middle - self.item.boundingRect().height() / 2.0)
        self.item.show()


def put_apart(labels: Sequence[tuple[EndText, str, QPointF]], area: QRectF) -> None:
    """Show each text beside its end, so that none covers another and none leaves the plot area."""
    height = QFontMetricsF(labels[0][0].item.font()).height() if labels else 0.0
    middles = apart([end.y() for _, _, end in labels], height=height, area=area)
    for (label, text, end), middle in zip(labels, middles, strict=True):
        label.put(text, end.x(), middle)


def thinned(count: int, most: int) -> Integers:
    """Return at most `most` of the places 0 to `count - 1`, evenly, the ends among them."""
    if count <= most:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, most).round().astype(np.int64))


def span_of(values: Iterable[Floats]) -> Span:
    """Return between which finite values the curves run."""
    whole = np.concatenate([one.ravel() for one in values])
    known = whole[np.isfinite(whole)]
    above = known[known > 0.0]
    nan = float("nan")
    if not len(known):
        return Span(nan, nan, nan)
    return Span(float(known.min()), float(known.max()), float(above.min()) if len(above) else nan)


def highest_shown(first: Floats) -> float:
    """Return up to which cost an axis reaches, from the costs before training: what explodes must not flatten all."""
    known = first[np.isfinite(first)]
    return FAR * float(np.abs(known).max()) if len(known) and np.abs(known).max() > 0.0 else np.inf


def within(costs: Floats, highest: float) -> Floats:
    """Return the costs with NaN for what lies above the axis; all of them where nothing would be left."""
    shown = np.where(costs <= highest, costs, np.nan)
    return costs if np.isnan(shown).all() else shown


def _most(length: int, pixels_per_tick: int) -> int:
    """Return how many ticks an axis of a widget of `length` pixels may have."""
    return max(2, min(6, length // pixels_per_tick))
