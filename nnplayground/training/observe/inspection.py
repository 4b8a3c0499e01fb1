"""What is told of one layer and one of its neurons to somebody who has selected it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.engine.statistics import Histogram


@dataclass(frozen=True)
class InspectionRequest:
    """Which layer somebody looks at, and which of its neurons, if it is one.

    `layer` counts the layers with weights from 0, the last one is the output; a neuron of a convolution is a filter.
    """

    layer: int
    unit: int | None = None


@dataclass(frozen=True, eq=False)
class Range:
    """Where the weighted sums z of a neuron lie: their `histogram`, and between what 90 % of them are.

    `low` and `high` leave out 5 % on each side. Only finite sums are counted; without any both are NaN.
    """

    histogram: Histogram
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Inspection:
    """How one layer fares on `samples` training samples, as `request` asked for.

    `dead` and `saturated` `[neurons]` are those of the layer as `engine.statistics` defines them, a filter taken over
    all its places; `below_dead` and `below_saturated` those of the layer with weights just below, `None` for the first
    one and where the neurons below are not the inputs of this layer one by one. `range` is that of the neuron that was
    asked for: for softmax not of its weighted sum, but of its lead over the other outputs.
    """

    request: InspectionRequest
    samples: int
    dead: NDArray[np.bool_]
    saturated: Floats
    below_dead: NDArray[np.bool_] | None
    below_saturated: Floats | None
    range: Range | None
