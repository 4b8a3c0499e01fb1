"""Ticks as a plot writes them: few, at round places."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TypeAlias

from nnplayground.explain.figures import tidy

Ticks: TypeAlias = list[tuple[float, str]]

ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)


def linear_ticks(low: float, high: float, *, most: int) -> Ticks:
    """Return at most `most` round places between `low` and `high` (about as many as fit) with their texts."""
    step = _round_step((high - low) / max(most, 1))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    while last - first + 1 > max(most, 2):
        step = _round_step(step * 1.01)
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(place * step, _step_text(place * step, step)) for place in range(first, last + 1)]


def log_ticks(low: float, high: float, *, most: int) -> Ticks:
    """Return places on an axis of decimal logarithms from `low` to `high`: powers of ten, or 1-2-5 on short axes."""
    first, last = ceil(low - 1e-9), floor(high + 1e-9)
    count = last - first + 1
    if count > max(most, 2):
        every = ceil(count / max(most, 2))
        return [(float(power), _power_text(10.0**power)) for power in range(first, last + 1) if power % every == 0]
    values = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in (1.0, 2.0, 5.0)]
    fine = [(log10(value), _power_text(value)) for value in values if low - 1e-9 <= log10(value) <= high + 1e-9]
    return fine if len(fine) <= most or count < 2 else [tick for tick in fine if tick[0] == round(tick[0])]


def round_up(value: float, *, steps: tuple[float, ...] = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)) -> float:
    """Return the smallest of `steps` times a power of ten that is not below the positive `value`."""
    power = 10.0 ** floor(log10(value))
    for step in steps:
        if step * power >= value * (1.0 - 1e-12):
            return step * power
    return 10.0 * power


def _round_step(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is not below `least`."""
    return round_up(least, steps=ROUND_STEPS)


def _step_text(value: float, step: float) -> str:
    """Return a tick's text with as many decimals as its step needs."""
    if step >= 1e7 or step < 1e-4:
        return tidy(f"{value:.3g}")
    decimals = max(0, -floor(log10(step) + 1e-9))
    return tidy(f"{value + 0.0:,.{decimals}f}") if value else "0"


def _power_text(value: float) -> str:
    """Return 0.001, 0.5, 20 or 1e−6."""
    return tidy(f"{value:.0e}" if value < 0.9e-4 or value >= 1e5 else f"{value:,.5g}")
