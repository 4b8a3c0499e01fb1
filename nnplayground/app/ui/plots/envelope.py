"""A curve of any length, and any part of it, as a few hundred points that look the same.

Blocks of 16 values, of 32, of 64 and so on keep their lowest and their highest value, so that every width of the window
finds blocks of about one pixel, and each value is looked at once, however long the curve grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, nan

import numpy as np

from nnplayground.arrays import Floats

FINEST = 16
"""Values in a block of the lowest level; smaller blocks are made from the values when they are drawn."""
FIRST_ROOM = 64


@dataclass(frozen=True)
class Span:
    """The lowest and the highest finite value of a curve, and the lowest above zero; NaN where there is none."""

    lowest: float
    highest: float
    lowest_above_zero: float


NOTHING = Span(nan, nan, nan)


@dataclass
class _Level:
    """The lowest and highest values `[2, blocks]` of blocks of one size; only the first `count` are set."""

    room: Floats = field(default_factory=lambda: np.empty((2, FIRST_ROOM)))
    count: int = 0

    def take(self, fresh: Floats) -> None:
        """Add blocks `[2, blocks]`."""
        end = self.count + fresh.shape[1]
        if end > self.room.shape[1]:
            roomier = np.empty((2, max(end, 2 * self.room.shape[1])))
            roomier[:, : self.count] = self.room[:, : self.count]
            self.room = roomier
        self.room[:, self.count : end] = fresh
        self.count = end


class Envelope:
    """Follows a curve that grows or is cut short; what is not a finite number leaves a gap.

    `only_above_zero` makes gaps of everything else; `rises` draws the lower value of a block first.
    """

    def __init__(self, *, rises: bool = False, only_above_zero: bool = False) -> None:
        self._rises, self._only_above_zero = rises, only_above_zero
        self._levels: list[_Level] = []

    def start_again(self) -> None:
        """Forget the curve: another one follows."""
        self._levels = []

    def follow(self, values: Floats) -> None:
        """Take in the curve `[epochs]`, which begins as it did in the last call, and may have become shorter."""
        block, below, place = FINEST, None, 0
        while len(values) >= block:
            if place == len(self._levels):
                self._levels.append(_Level())
            level, whole = self._levels[place], len(values) // block
            if level.count == whole:
                return  # and so for all levels above
            level.count = min(level.count, whole)
            if level.count < whole:
                level.take(self._fresh(values, below, level.count, whole))
            block, below, place = 2 * block, level, place + 1
        for level in self._levels[place:]:
            level.count = 0

    def line(self, values: Floats, first: float, last: float, *, most: int) -> tuple[Floats, Floats]:
        """Return the points (epochs, values) that draw the curve between two epochs, a little beyond them.

        There are at most `2 most + 6` of them; the lowest and the highest value of the window are among them.
        """
        start, end = max(0, floor(first) - 1), min(len(values) - 1, ceil(last) + 1)
        if start > end:
            return np.empty(0), np.empty(0)
        block = 1
        while (end - start) // block >= most:
            block *= 2
        if block == 1:
            return np.arange(start, end + 1, dtype=np.float64), self._usable(values[start : end + 1])
        return self._blocks(values, start, end, block)

    def _blocks(self, values: Floats, start: int, end: int, block: int) -> tuple[Floats, Floats]:
        """Return two points for each whole block and for what is left at either end, and both ends themselves."""
        first, stop = -(-start // block), (end + 1) // block
        places = np.arange(first, stop) * float(block)
        pairs = self._ordered(self._low_high(values, first, stop, block))
        head, tail = self._rest(values, start, first * block), self._rest(values, stop * block, end + 1)
        ends = self._usable(values[[start, end]])
        return (
            np.concatenate([[start], head[0], np.column_stack([places, places + block / 2]).ravel(), tail[0], [end]]),
            np.concatenate([ends[:1], head[1], pairs, tail[1], ends[1:]]),
        )

    def _low_high(self, values: Floats, first: int, stop: int, block: int) -> Floats:
        """Return the lowest and the highest values `[2, blocks]` of the whole blocks from `first` to before `stop`."""
        if block < FINEST:
            return _reduced(self._usable(values[first * block : stop * block]), block)
        return self._levels[(block // FINEST).bit_length() - 1].room[:, first:stop]

    def _rest(self, values: Floats, start: int, stop: int) -> tuple[Floats, Floats]:
        """Return a part that fills no block as two points, or as none where it is empty."""
        if start >= stop:
            return np.empty(0), np.empty(0)
        return np.full(2, float(start)), self._ordered(_reduced(self._usable(values[start:stop]), stop - start))

    def _ordered(self, low_high: Floats) -> Floats:
        """Return the values `[2, blocks]` one after the other; a cost mostly falls, so the higher one comes first."""
        ordered: Floats = (low_high if self._rises else low_high[::-1]).T.ravel()
        return ordered

    def _fresh(self, values: Floats, below: _Level | None, first: int, stop: int) -> Floats:
        """Return the blocks of a level that have become whole, from the values or from the level below."""
        if below is None:
            return _reduced(self._usable(values[first * FINEST : stop * FINEST]), FINEST)
        low, high = below.room[:, 2 * first : 2 * stop]
        return np.stack([np.fmin(low[::2], low[1::2]), np.fmax(high[::2], high[1::2])])

    def _usable(self, values: Floats) -> Floats:
        """Return the values with NaN for all that cannot be drawn."""
        drawn = np.isfinite(values)
        if self._only_above_zero:
            drawn &= values > 0.0
        return np.where(drawn, values, np.nan)


def span_of(values: Floats) -> Span:
    """Return between which values the points of a line run."""
    if not len(values):
        return NOTHING
    above = values[values > 0.0]
    lowest_above = float(np.fmin.reduce(above)) if len(above) else nan
    return Span(float(np.fmin.reduce(values)), float(np.fmax.reduce(values)), lowest_above)


def _reduced(values: Floats, block: int) -> Floats:
    """Return the lowest and the highest values `[2, blocks]` of blocks of equal size; NaN only where all are."""
    blocks = values.reshape(-1, block)
    return np.stack([np.fmin.reduce(blocks, axis=1), np.fmax.reduce(blocks, axis=1)])
