"""The 255 colours of an animation: chosen from all its pictures and the same for all, so that nothing flickers.

Colours are counted in cells of 4 × 4 × 4 steps of red, green and blue; what falls into one cell looks the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnplayground.arrays import Floats, Integers
from nnplayground.export.moving import Picture

COLOURS = 255
"""One of the 256 that a GIF can have stays free to mean "as before"."""

CELLS = 64**3
EXACT = 48  # the colours with the most pixels, as backgrounds and texts, are taken as they are
SPREAD = 40  # how much more a frequent colour counts than a rare one, at most
AT_ONCE = 8192
# How much a difference in red, green and blue is seen; the usual simple weights.
SEEN = np.array([2.0, 4.0, 3.0])


class Colours:
    """Counts the colours of pictures, and chooses those that stand for all of them."""

    def __init__(self) -> None:
        self._counts = np.zeros(CELLS, dtype=np.int64)
        self._sums = np.zeros((3, CELLS))

    def add(self, picture: Picture) -> None:
        """Count the colours of one more picture `[height, width, 3]`."""
        cells = cells_of(picture).ravel()
        self._counts += np.bincount(cells, minlength=CELLS)
        for channel in range(3):
            self._sums[channel] += np.bincount(cells, weights=picture[..., channel].ravel(), minlength=CELLS)

    def choose(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the colours `[256, 3]`, the last one unused, and the number of the nearest for each cell `[cells]`."""
        used = np.flatnonzero(self._counts)
        counts, means = self._counts[used], (self._sums[:, used] / self._counts[used]).T
        chosen = np.zeros((COLOURS + 1, 3), dtype=np.uint8)
        found = _chosen(means, counts)
        chosen[: len(found)] = found
        nearest = np.zeros(CELLS, dtype=np.uint8)
        nearest[used] = _nearest(means, found)
        return chosen, nearest


def cells_of(picture: Picture) -> NDArray[np.int32]:
    """Return the number of the cell that the colour of each pixel falls into, `[height, width]`."""
    steps = (picture >> 2).astype(np.int32)
    return (steps[..., 0] << 12) | (steps[..., 1] << 6) | steps[..., 2]


def _chosen(means: Floats, counts: Integers) -> NDArray[np.uint8]:
    """Return up to `COLOURS` of the colours `[colours, 3]` that have so many pixels each."""
    colours = np.rint(means).astype(np.uint8)
    if len(colours) <= COLOURS:
        return colours
    order = np.argsort(-counts, kind="stable")
    exact, others = order[:EXACT], order[EXACT:]
    return np.concatenate([colours[exact], _grouped(colours[others], counts[others])])


def _grouped(colours: NDArray[np.uint8], counts: Integers) -> NDArray[np.uint8]:
    """Return what is left of the palette for the other colours, by median cut; rare ones count more than they are."""
    repeats = np.ceil(SPREAD * np.sqrt(counts / counts.max())).astype(np.int64)
    sample = np.repeat(colours, repeats, axis=0)
    image = Image.fromarray(sample[np.newaxis], "RGB")
    palette = image.quantize(COLOURS - EXACT, method=Image.Quantize.MEDIANCUT, kmeans=1).getpalette() or []
    return np.array(palette, dtype=np.uint8).reshape(-1, 3)[: COLOURS - EXACT]


def _nearest(means: Floats, colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return which colour looks most like each of `means [cells, 3]`."""
    result = np.empty(len(means), dtype=np.uint8)
    scaled = colours.astype(np.float64) * np.sqrt(SEEN)
    for start in range(0, len(means), AT_ONCE):
        part = means[start : start + AT_ONCE] * np.sqrt(SEEN)
        # |a - b|² = |a|² - 2ab + |b|², of which |a|² is the same for all colours b.
        result[start : start + AT_ONCE] = np.argmin((scaled**2).sum(axis=1) - 2 * part @ scaled.T, axis=1)
    return result
