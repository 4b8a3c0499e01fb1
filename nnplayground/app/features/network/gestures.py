"""Drawing layer sizes with the pointer: positions in, new hidden layers out, tested without a window.

One `Draw` lives from press to release. It works on the layout of the moment it began, so nothing moves away under
the pointer, and on the layers it has made itself, so it does not wait for the window to show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nnplayground.app.features.network.edits import Edit, resize
from nnplayground.app.features.network.layout import Layout
from nnplayground.project.blocks import UnitsBlock, blocks_of
from nnplayground.project.layer_edits import Layers

SET_BACK = "Set the layer sizes back"


@dataclass
class Draw:
    """One press, drag and release; every column the pointer passes becomes as tall as the pointer is low."""

    layout: Layout
    layers: Layers
    number: int
    _sizes: dict[int, int] = field(default_factory=dict)
    _start: Layers = ()
    _blocks: tuple[int, ...] = ()
    _last: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        self._start = self.layers
        self._blocks = tuple(block.index for block in blocks_of(self.layers) if isinstance(block, UnitsBlock))

    def move(self, x: float, y: float) -> Edit | None:
        """Take in the next position, the press first; returns the edit when it changes something.

        The edit is always told from the start of the gesture, so the last one describes all of it.
        """
        self._sizes |= self._passed(x, y)
        self._last = (x, y)
        edit = resize(self._start, self._sizes)
        new = edit.layers if edit else self._start
        if new == self.layers:
            return None
        self.layers = new
        return edit or Edit(new, SET_BACK)

    @property
    def has_changed(self) -> bool:
        """Whether the sizes are other ones than before the gesture."""
        return self.layers != self._start

    def cancel(self) -> Edit | None:
        """Return the edit that takes the whole gesture back, if it has changed anything."""
        return None if self.layers == self._start else Edit(self._start, SET_BACK)

    def height_at(self, column: int, y: float) -> int | None:
        """Return the size that this height means for a column; `None` in the lower part of a condensed one."""
        row, shown = self.layout.row_at(y), self.layout.columns[column]
        return None if shown.marker is not None and row >= shown.marker else row + 1

    def _passed(self, x: float, y: float) -> dict[int, int]:
        """Return the new sizes, by block, of the columns between the last position and this one."""
        sizes = {}
        for column in range(1, len(self.layout.columns) - 1):
            height = self._height_in(self.layout.columns[column].center, self._last or (x, y), (x, y))
            units = None if height is None else self.height_at(column, height)
            if units is not None:
                sizes[self._blocks[column - 1]] = units
        return sizes

    def _height_in(self, center: int, start: tuple[float, float], stop: tuple[float, float]) -> float | None:
        """Return how low the pointer is in a column: where it stops, or where it crosses the middle on its way out.

        Who leaves a column sideways has done with it, even when the way is slanted.
        """
        (x1, y1), (x2, y2) = start, stop
        is_leaving = abs(x2 - center) > abs(x1 - center) and abs(x2 - x1) > abs(y2 - y1) / 2
        if abs(x2 - center) <= self.layout.reach and not is_leaving:
            return y2
        if x1 != x2 and (x1 - center) * (x2 - center) <= 0:
            return y1 + (center - x1) / (x2 - x1) * (y2 - y1)
        return None
