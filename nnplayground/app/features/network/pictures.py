"""From a snapshot to what the editor paints: small pictures of the maps, and steps of width and colour for weights.

Everything is done for many units at once, and only for those that have a place on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPen

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats

# The weight at which a line has its full width, and into how many steps the way there is cut.
FULL_WEIGHT = 2.5
STEPS = 25
THIN, THICK = 0.8, 6.0
# The step of a weight that is not known yet.
UNKNOWN = STEPS + 1

Colors = NDArray[np.uint32]
Steps = NDArray[np.int64]


def packed_table(theme: Theme) -> Colors:
    """Return the 256 colours of the value scale as `0xffRRGGBB`, `[256]`."""
    red, green, blue, alpha = theme.value_table().astype(np.uint32).T
    return np.asarray((alpha << 24) | (red << 16) | (green << 8) | blue, dtype=np.uint32)


@dataclass(frozen=True)
class Frame:
    """What surrounds a map. `pixels` `[side, side]` are the frame alone; the map fills the pixels `inside`.

    The few pixels at `edges`, counted row by row, belong to both: the map shows through with the share `room`.
    """

    pixels: Colors
    inside: NDArray[np.bool_]
    edges: NDArray[np.intp]
    room: Floats

    @classmethod
    def of(cls, line: QImage, shape: QImage) -> Frame:
        """Return the frame that `line` draws on nothing around a map that fills the opaque part of `shape`."""
        lines, shapes = _pixels(line), _pixels(shape)
        room = (shapes >> 24) / 255.0 * (1.0 - (lines >> 24) / 255.0)
        edges = np.flatnonzero((room > 0.0) & (room < 1.0))
        return cls(lines, room == 1.0, edges, room.ravel()[edges])

    def around(self, maps: Colors) -> Colors:
        """Return the maps `[units, side, side]` in this frame."""
        framed = np.where(self.inside, maps, self.pixels)
        seen = _channels(maps.reshape(len(maps), -1)[:, self.edges]) * self.room[:, None]
        mixed = (seen + _channels(self.pixels.ravel()[self.edges])).round().astype(np.uint8)
        framed.reshape(len(maps), -1)[:, self.edges] = mixed.view(np.uint32)[..., 0]
        return framed


def _pixels(picture: QImage) -> Colors:
    """Return the pixels `[rows, columns]` of a picture with 32 bits a pixel."""
    rows = np.frombuffer(picture.constBits(), dtype=np.uint32).reshape(picture.height(), -1)
    return rows[:, : picture.width()].copy()


def _channels(colors: Colors) -> NDArray[np.uint8]:
    """Return packed colours `[...]` as bytes `[..., 4]`."""
    return np.ascontiguousarray(colors)[..., None].view(np.uint8)


def map_cells(maps: Floats, units: Sequence[int], side: int) -> Floats:
    """Return the cells `[units, side, side]` of `maps` `[units, rows, columns]` that are seen, from the top down."""
    rows, columns = (_stride(length, side) for length in maps.shape[1:])
    lines = maps[np.ix_(np.asarray(units, dtype=np.intp), rows[::-1])]
    return lines[:, :, columns]  # lines first, cells then: three times as fast as both at once


def map_pictures(cells: Floats, frame: Frame, table: Colors) -> list[QImage]:
    """Return one picture for each unit of `cells` `[units, side, side]`, put into the frame.

    Values are cut to -1 to +1; a cell that is not a number has the colour of 0.
    """
    if not np.isfinite(cells).all():
        cells = np.nan_to_num(cells, nan=0.0, posinf=1.0, neginf=-1.0)
    index = (np.clip(cells, -1.0, 1.0) * 127.5 + 128.0).astype(np.uint8)
    return [_picture(pixels) for pixels in frame.around(table[index])]


def _stride(length: int, side: int) -> NDArray[np.intp]:
    """Return which of `length` cells each of `side` pixels shows: the one under its middle."""
    return ((np.arange(side) + 0.5) * length / side).astype(np.intp)


def _picture(pixels: NDArray[Any]) -> QImage:
    """Return a picture that owns its pixels `[rows, columns]`."""
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def weight_steps(weights: Floats, outs: Sequence[int], ins: Sequence[int]) -> Steps:
    """Return the step, -`STEPS` to `STEPS`, of each weight between the units shown, `[outs, ins]`."""
    shown = np.nan_to_num(weights[np.ix_(np.asarray(outs, dtype=np.intp), np.asarray(ins, dtype=np.intp))])
    return np.rint(np.clip(shown / FULL_WEIGHT, -1.0, 1.0) * STEPS).astype(np.int64)


def weight_pens(theme: Theme) -> dict[int, QPen]:
    """Return the pen of every step: its colour tells the weight up to 1, its width up to `FULL_WEIGHT`."""
    pens = {step: weight_pen(theme, step * FULL_WEIGHT / STEPS) for step in range(-STEPS, STEPS + 1)}
    return pens | {UNKNOWN: QPen(QColor(theme.border), 1.0)}


def weight_pen(theme: Theme, weight: float) -> QPen:
    """Return the pen that draws the line of a weight."""
    share = min(abs(weight) / FULL_WEIGHT, 1.0)
    pen = QPen(QColor(theme.value_color(weight)), THIN + (THICK - THIN) * share)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
