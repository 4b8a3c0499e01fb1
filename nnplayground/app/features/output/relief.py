"""A field of heights as a solid block that one looks down on, drawn by NumPy alone.

Parallel rays fall onto the block, so that each column of pixels looks along one straight line of the plane. From near
to far a place of it is seen when it stands higher on the screen than everything before it (the floating horizon of
Wright 1973); how many pixels it adds is how often its colour is repeated. Whole pictures are a handful of operations on
arrays, and there is no loop over the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers

TALL = 0.5
"""The height of a step from the middle of the scale to its end; half the width of the plane is 1."""
HIGHEST = 1.2
"""Beyond this share of the scale a surface is cut, so that it stays in the picture."""
REACH = sqrt(2.0)
SHADES = 32
"""How many degrees of light a colour has."""
LIGHT = (0.55, -0.45)
"""How a slope that rises to the right, and one that rises away from the eye, turns from the light."""

Colors = NDArray[np.uint32]


@dataclass(frozen=True)
class Camera:
    """Where one looks from, in degrees: `turn` around the upright axis, and `tilt` down onto the plane."""

    turn: float = 30.0
    tilt: float = 38.0

    @property
    def directions(self) -> tuple[float, float, float, float]:
        """Cosine and sine of turn and tilt."""
        turn, tilt = radians(self.turn), radians(self.tilt)
        return cos(turn), sin(turn), cos(tilt), sin(tilt)


@dataclass(frozen=True)
class Sight:
    """The camera in front of a picture of `width` by `height` pixels, `margin` of them free around the block.

    Places of the plane are (across, up) from -1 to 1, heights are places on the scale from -1 to 1.
    """

    camera: Camera
    width: int
    height: int
    margin: float = 0.0

    @cached_property
    def scale(self) -> float:
        """How many pixels half the width of the plane takes; the same however the block is turned."""
        _, _, level, down = self.camera.directions
        upright = 2.0 * (REACH * down + HIGHEST * TALL * level)
        wide, high = self.width - 2.0 * self.margin, self.height - 2.0 * self.margin
        return max(min(wide / (2.0 * REACH), high / upright), 1.0)

    def points(self, across: Floats, up: Floats, heights: Floats) -> tuple[Floats, Floats]:
        """Return where places stand on the screen: pixels from the left and from the top."""
        turn, side, level, down = self.camera.directions
        right, depth = turn * across + side * up, turn * up - side * across
        rise = depth * down + TALL * level * heights
        return self.width / 2.0 + self.scale * right, self.height / 2.0 - self.scale * rise

    def depths(self, across: Floats, up: Floats) -> Floats:
        """Return how far away places are."""
        turn, side, _, _ = self.camera.directions
        depth: Floats = turn * up - side * across
        return depth


class Relief:
    """Draws fields of `cells` by `cells` heights as one sees them; what does not change with them is made once."""

    def __init__(self, sight: Sight, cells: int) -> None:
        self.sight, self.cells = sight, cells
        turn, side, level, down = sight.camera.directions
        self._lift = sight.scale * TALL * level
        columns = np.arange(sight.width, dtype=np.float64)
        right: Floats = (columns + 0.5 - sight.width / 2.0) / sight.scale
        near, far = _ways(right, turn, side)
        self._seen = np.flatnonzero(far > near)
        self._near, self._far, right = near[self._seen], far[self._seen], right[self._seen]
        steps = np.linspace(0.0, 1.0, max(2, round(1.6 * max(sight.scale, cells / REACH))))
        depth = self._near[:, np.newaxis] + (self._far - self._near)[:, np.newaxis] * steps
        self._across = turn * right[:, np.newaxis] - side * depth
        self._up = side * right[:, np.newaxis] + turn * depth
        self._base = (sight.height / 2.0 + sight.scale * down * depth).astype(np.float32)
        self._cells = self._corners()
        self._walls = _walls(self._across[:, 0], self._up[:, 0])
        self._rows: Integers = np.zeros((len(self._seen), len(steps)), dtype=np.int64)

    def picture(self, field: Floats, table: Colors, walls: tuple[int, int], ground: int) -> Colors:
        """Return the pixels `[rows, columns]`, from the top, of a field `[cells, cells]` of places on the scale.

        Row 0 of the field is the lowest `up`. `table` `[levels, SHADES]` has the colours of the scale from its lowest
        place to its highest in all degrees of light, `walls` those of the two sides, `ground` what lies behind.
        """
        field = np.clip(np.nan_to_num(field, nan=0.0), -HIGHEST, HIGHEST).astype(np.float32)
        heights = self._between(field)
        levels = len(table)
        places = np.clip((heights + 1.0) * ((levels - 1) / 2.0) + 0.5, 0, levels - 1).astype(np.intp)
        colors = np.take(table.ravel(), places * SHADES + self._light(field).ravel()[self._cells[0]])
        rows = np.clip(self._base + self._lift * heights + 0.5, 0, self.sight.height).astype(np.int64)
        self._rows = np.maximum.accumulate(rows, axis=1)
        return self._filled(colors, np.array(walls, dtype=np.uint32), ground)

    def place_at(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the place (across, up) of the last picture under a pixel, or `None` beside the surface."""
        column = int(np.searchsorted(self._seen, int(x)))
        if column >= len(self._seen) or self._seen[column] != int(x):
            return None
        row = self.sight.height - 1 - int(y)
        step = int(np.searchsorted(self._rows[column], row, side="right"))
        if step >= self._rows.shape[1] or row < self._rows[column, 0]:
            return None
        return float(self._across[column, step]), float(self._up[column, step])

    def is_hidden(self, across: Floats, up: Floats, heights: Floats) -> NDArray[np.bool_]:
        """Tell which of some places in the room the surface of the last picture hides."""
        if not len(self._seen):
            return np.zeros(len(across), dtype=bool)
        x, y = self.sight.points(across, up, heights)
        columns = np.clip(x.astype(np.intp) - self._seen[0], 0, len(self._seen) - 1)
        share = (self.sight.depths(across, up) - self._near[columns]) / (self._far - self._near)[columns]
        last = self._rows.shape[1] - 1
        steps = np.clip((share * last).astype(np.intp) - 1, 0, last)
        hidden: NDArray[np.bool_] = self._rows[columns, steps] > self.sight.height - y + 1.0
        return hidden

    def _corners(self) -> tuple[NDArray[np.intp], Any, Any]:
        """Return the cell below and left of each place that is looked at, and how far it lies beyond its centre."""
        last = self.cells - 1
        columns = np.clip((self._across + 1.0) * (self.cells / 2.0) - 0.5, 0.0, last)
        rows = np.clip((self._up + 1.0) * (self.cells / 2.0) - 0.5, 0.0, last)
        left, below = np.minimum(columns.astype(np.intp), last - 1), np.minimum(rows.astype(np.intp), last - 1)
        return below * self.cells + left, (columns - left).astype(np.float32), (rows - below).astype(np.float32)

    def _between(self, field: Any) -> Any:
        """Return the heights at all places that are looked at, between the centres of the cells."""
        corner, right, above = self._cells
        flat = field.ravel()
        first = flat[corner]
        first += right * (flat[corner + 1] - first)
        second = flat[corner + self.cells]
        second += right * (flat[corner + (self.cells + 1)] - second)
        return first + above * (second - first)

    def _light(self, field: Any) -> NDArray[np.intp]:
        """Return the degree of light of each cell: what looks to the upper left of the eye is bright."""
        turn, side, _, _ = self.sight.camera.directions
        up, across = np.gradient(field * np.float32(TALL * self.cells / 2.0))
        right, away = turn * across + side * up, turn * up - side * across
        cosine = (1.0 - LIGHT[0] * right - LIGHT[1] * away) / np.sqrt(1.0 + right**2 + away**2)
        share = np.clip(0.5 + 0.5 * (cosine - 1.0), 0.0, 1.0) + np.clip(cosine - 1.0, 0.0, 0.5)
        shades: NDArray[np.intp] = (np.clip(share + 0.25, 0.0, 1.0) * (SHADES - 1)).astype(np.intp)
        return shades

    def _filled(self, colors: Colors, walls: Colors, ground: int) -> Colors:
        """Return the picture in which each place that is seen fills the pixels by which it rises above those before."""
        count, height, steps = len(self._seen), self.sight.height, colors.shape[1]
        floor = np.clip(self._base[:, 0] - self._lift * HIGHEST, 0, height).astype(np.int64)
        times = np.empty((count, steps + 3), dtype=np.int64)
        times[:, 0] = np.minimum(floor, self._rows[:, 0])
        times[:, 1] = self._rows[:, 0] - times[:, 0]
        times[:, 2] = 0
        times[:, 3:-1] = np.diff(self._rows, axis=1)
        times[:, -1] = height - self._rows[:, -1]
        painted = np.empty((count, steps + 3), dtype=np.uint32)
        painted[:, [0, -1]] = ground
        painted[:, 1] = walls[self._walls]
        painted[:, 2:-1] = colors
        picture = np.full((height, self.sight.width), ground, dtype=np.uint32)
        filled = np.repeat(painted.ravel(), times.ravel()).reshape(count, height)
        picture[:, self._seen] = filled[:, ::-1].T
        return picture


def _ways(right: Floats, turn: float, side: float) -> tuple[Floats, Floats]:
    """Return where the line of sight of each column enters the plane from -1 to 1, and where it leaves it.

    Where it passes by, the second is no larger than the first.
    """
    near, far = np.full(len(right), -REACH), np.full(len(right), REACH)
    for start, slope in ((turn * right, -side), (side * right, turn)):
        if abs(slope) < 1e-9:
            far = np.where(np.abs(start) > 1.0, near - 1.0, far)
            continue
        first, second = (-1.0 - start) / slope, (1.0 - start) / slope
        near = np.maximum(near, np.minimum(first, second))
        far = np.minimum(far, np.maximum(first, second))
    return near, far


def _walls(across: Floats, up: Floats) -> NDArray[np.intp]:
    """Return which of the two sides each column of pixels looks at, by the edge at which it enters the plane."""
    side: NDArray[np.intp] = (np.abs(across) < np.abs(up)).astype(np.intp)
    return side
