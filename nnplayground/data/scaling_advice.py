"""Which scaling suits some inputs, and why, in words."""

from __future__ import annotations

from nnplayground.arrays import Floats

SMALL = 3.0
"""Inputs that stay within ±3 are about the size that a network starts best with."""

ALIKE = 10.0
"""Up to this factor between the widths of two inputs, they count as of one size."""


def advise_scaling(inputs: Floats) -> tuple[str, str]:
    """Return the name of a scaling for inputs `[samples, inputs]` and the reason, to follow the word "because".

    Inputs of 0 and 1 only, which text becomes, are of the right size already and do not count.
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    measured = ~((low >= 0.0) & (high <= 1.0) & ((inputs == 0.0) | (inputs == 1.0)).all(axis=0))
    if not measured.any():
        return "none", "all inputs are 0 or 1 already"
    low, high = low[measured], high[measured]
    reach = f"{short(low.min())} … {short(high.max())}"
    small = bool(low.min() >= -SMALL and high.max() <= SMALL)
    widths = (high - low)[high > low]
    alike = not len(widths) or widths.max() <= ALIKE * widths.min()
    if small and alike:
        return "none", f"the inputs are small and of one size: {reach}"
    if not alike:
        varying = f"one varies by {short(widths.min())}, another by {short(widths.max())}"
        return "standardize", f"the inputs differ in size: {varying}"
    if len(low) > 1 and low.min() == low.max() and high.max() <= 2.0 * high.min():
        return "min_max", f"all inputs share one range: {reach}"
    return "standardize", f"the inputs are far from 0 or large: {reach}"


def short(number: float) -> str:
    """Return a number with up to three significant digits, as one would say it."""
    number = float(number)
    if number and not 1e-3 <= abs(number) < 1e6:
        return f"{number:.1e}".replace("-", "−")
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2 if abs(number) >= 0.1 else 4
    text = f"{number:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
