"""Which scaling suits some inputs, and why."""

from __future__ import annotations

from nnplayground.arrays import Floats
from nnplayground.message import Message

SMALL = 3.0
"""Inputs that stay within ±3 are about the size that a network starts best with."""

ALIKE = 10.0
"""Up to this factor between the widths of two inputs, they count as of one size."""


def advise_scaling(inputs: Floats) -> tuple[str, Message]:
    """Return the name of a scaling for inputs `[samples, inputs]` and the reason.

    Inputs of 0 and 1 only, which text becomes, are of the right size already and do not count.
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    measured = ~((low >= 0.0) & (high <= 1.0) & ((inputs == 0.0) | (inputs == 1.0)).all(axis=0))
    if not measured.any():
        return "none", Message("scaling.binary")
    low, high = low[measured], high[measured]
    ends = {"low": float(low.min()), "high": float(high.max())}
    widths = (high - low)[high > low]
    if len(widths) and widths.max() > ALIKE * widths.min():
        sizes = {"least": float(widths.min()), "most": float(widths.max())}
        return "standardize", Message("scaling.sizes_differ", sizes)
    if low.min() >= -SMALL and high.max() <= SMALL:
        return "none", Message("scaling.small", ends)
    if len(low) > 1 and low.min() == low.max() and high.max() <= 2.0 * high.min():
        return "min_max", Message("scaling.one_range", ends)
    return "standardize", Message("scaling.far", ends)
