"""Which layers answer so often from a flat end of their activation that they hardly learn."""

from __future__ import annotations

from math import inf

from nnplayground.engine.statistics import flat_ends
from nnplayground.training.observe.reports import LayerReport

MOSTLY_FLAT = {2: 0.5, 1: 0.9}
"""The share of answers from flat ends that is too much, by how many such ends the activation has."""


def is_too_flat(layer: LayerReport) -> bool:
    """Tell whether a hidden layer answers so often from a flat end that it hardly learns."""
    if layer.is_output or not layer.activation:
        return False
    return layer.statistics.saturated >= MOSTLY_FLAT.get(flat_ends(layer.activation), inf)
