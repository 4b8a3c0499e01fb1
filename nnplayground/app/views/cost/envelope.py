"""A curve of any length as a few hundred points that look the same: the lowest and highest value of equal blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats


@dataclass(frozen=True)
class Span:
    """The lowest and the highest finite value of a curve, and the lowest above zero; NaN where there is none."""

    lowest: float
    highest: float
    lowest_above_zero: float


class Envelope:
    """Follows a growing curve and looks at each value only once.

    It keeps between `most / 2` and `most` blocks; when there would be more, neighbours are joined. What is not a finite
    number leaves a gap.
    """

    def __init__(self, *, most: int) -> None:
        self.most = most
        self._block = 1
        self._low: Floats = np.empty(0)
        self._high: Floats = np.empty(0)

    def start_again(self) -> None:
        """Forget the curve: another one follows."""
        self._block, self._low, self._high = 1, np.empty(0), np.empty(0)

    def follow(self, values: Floats) -> None:
        """Take in what was appended to the curve `[epochs]` since the last call."""
        while not len(self._low) and len(values) // self._block > self.most:
            self._block *= 2
        seen = len(self._low) * self._block
        whole = (len(values) - seen) // self._block
        if whole > 0:
            fresh = _finite(values[seen : seen + whole * self._block]).reshape(whole, self._block)
            self._low = np.concatenate([self._low, np.fmin.reduce(fresh, axis=1)])
            self._high = np.concatenate([self._high, np.fmax.reduce(fresh, axis=1)])
        while len(self._low) > self.most:
            self._join()

    def line(self, values: Floats) -> tuple[Floats, Floats]:
        """Return the points (epochs, values) to draw for the curve that was followed, its last value included."""
        seen = len(self._low) * self._block
        rest = _finite(values[seen:])
        if self._block == 1:
            return np.arange(len(values), dtype=np.float64), np.concatenate([self._low, rest])
        starts = np.arange(len(self._low)) * float(self._block)
        epochs = np.column_stack([starts, starts + self._block / 2]).ravel()
        # A cost mostly falls, so the higher one comes first.
        costs = np.column_stack([self._high, self._low]).ravel()
        if len(rest) > 1:
            epochs = np.append(epochs, [seen, seen])
            costs = np.append(costs, [np.fmax.reduce(rest), np.fmin.reduce(rest)])
        ends = _finite(values[[0, -1]])
        return (
            np.concatenate([[0.0], epochs, [len(values) - 1.0]]),
            np.concatenate([ends[:1], costs, ends[1:]]),
        )

    def span(self, values: Floats) -> Span:
        """Return between which values the curve runs."""
        rest = _finite(values[len(self._low) * self._block :])
        low, high = np.concatenate([self._low, rest]), np.concatenate([self._high, rest])
        both = np.concatenate([low, high])
        return Span(_reduced(np.fmin, low), _reduced(np.fmax, high), _reduced(np.fmin, both[both > 0.0]))

    def _join(self) -> None:
        """Make one block of every two; one left over at the end is read again later."""
        even = len(self._low) // 2 * 2
        self._low = np.fmin.reduce(self._low[:even].reshape(-1, 2), axis=1)
        self._high = np.fmax.reduce(self._high[:even].reshape(-1, 2), axis=1)
        self._block *= 2


def _finite(values: Floats) -> Floats:
    """Return the values with everything infinite turned into NaN."""
    return np.where(np.isfinite(values), values, np.nan)


def _reduced(ufunc: np.ufunc, values: Floats) -> float:
    """Return the smallest (`fmin`) or largest (`fmax`) number, NaN if there is none."""
    return float(ufunc.reduce(values)) if len(values) else float("nan")
