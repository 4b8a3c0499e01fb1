"""A slider's way through the range of an input: round values, so that 0 or 20 can be met exactly."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

FINENESS = 200
"""A slider has at most about so many places; round steps leave no less than two fifths of them."""


@dataclass(frozen=True)
class SliderScale:
    """The values `start`, `start + step` and so on, `count` in all; `start` is a multiple of the round `step`."""

    start: float
    step: float
    count: int

    def value(self, position: int) -> float:
        """Return the value at a position from 0 on."""
        value = self.start + position * self.step
        # Rounding leaves 0.30000000000000004 of 3 times 0.1; a value on the slider is as short as its step.
        return round(value, max(0, 12 - floor(log10(max(abs(self.start), abs(self.end), self.step)))))

    def position(self, value: float) -> int:
        """Return the position nearest to a value."""
        return min(max(round((value - self.start) / self.step), 0), self.count - 1)

    @property
    def end(self) -> float:
        """The last value."""
        return self.start + (self.count - 1) * self.step


def slider_scale(low: float, high: float) -> SliderScale:
    """Return the round values between `low` and `high`, which differ."""
    least = (high - low) / FINENESS
    power = 10.0 ** floor(log10(least))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1.0 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return SliderScale(first * step, step, last - first + 1)
