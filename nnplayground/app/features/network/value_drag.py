"""Changing a number by dragging up and down: positions in, values out, tested without a window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from nnplayground.project.parameter_index import VALUE

# How far, in pixels, the pointer moves before a press is more than a click.
THRESHOLD = 4.0
# A pixel changes a number by this part of its size; numbers below 10 change by hundredths.
PER_PIXEL = 0.01
FINE = 0.1


def pixel_step(value: float) -> float:
    """Return by how much one pixel changes a number of this size, a power of ten."""
    size = math.floor(math.log10(max(abs(value), 1.0)))
    return float(f"{PER_PIXEL * 10.0**size:.0e}")


def wants_number(dx: float, dy: float) -> bool | None:
    """Tell whether a press that has moved so far changes the number, or is a line drawn across; `None`: not yet."""
    if math.hypot(dx, dy) < THRESHOLD:
        return None
    return abs(dy) >= abs(dx)


@dataclass
class ValueDrag:
    """One drag on a number that was `start`; `y` is where the pointer was last, downwards."""

    start: float
    y: float
    _exact: float = field(init=False)
    _step: float = field(init=False)

    def __post_init__(self) -> None:
        self._exact, self._step = self.start, pixel_step(self.start)

    def move(self, y: float, *, fine: bool) -> float:
        """Return the number with the pointer at this height: up is larger; `fine` goes a tenth as fast."""
        step = self._step * (FINE if fine else 1.0)
        self._exact = min(max(self._exact + (self.y - y) * step, VALUE.low), VALUE.high)
        self.y = y
        return self._rounded()

    def _rounded(self) -> float:
        """Return the number without the digits that the hand cannot mean."""
        digits = 1 - math.floor(math.log10(self._step))
        return round(self._exact, digits) + 0.0  # and without a sign of its own at zero
