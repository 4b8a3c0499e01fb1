"""A look into one layer: where the weighted sums of its neurons lie, and which neurons are dead or saturated.

An inspection only looks: it computes on buffers of its own and draws no random numbers, so a run that is looked into
gives the same bits as one that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.statistics import Histogram, UnitStatistics, histogram, unit_statistics
from nnplayground.training.observe.observation import Request, Subject
from nnplayground.training.observe.reports import shown_inputs


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


@dataclass(frozen=True)
class InspectionRequest(Request[Inspection]):
    """A look into one layer, or into one of its neurons.

    `layer` counts the layers with weights from 0, the last one is the output; a neuron of a convolution is a filter.
    """

    layer: int
    unit: int | None = None


LEFT_OUT = 5.0
"""So many per cent of the sums lie below the operating range of a neuron, and as many above."""


def inspections_of(subject: Subject) -> Callable[[InspectionRequest], Inspection | None]:
    """Return what looks into the layers of a run with the weights of the moment; call it between batches.

    The answer is `None` for a layer or a neuron that the network does not have.
    """
    run = subject.run
    architecture = run.architecture
    shown = shown_inputs(run)
    forward = run.network.forward(shown.shape[1])

    def units(layer: int) -> UnitStatistics:
        """Return how the neurons of a layer fare, for the samples that have just gone through."""
        rows = architecture.shapes[layer][0]
        preactivations, activations = (
            values[layer].reshape(rows, -1) for values in (forward.preactivations, forward.activations)
        )
        off = architecture.weighted[layer].off
        return unit_statistics(preactivations, activations, activation=architecture.activations[layer], off=off)

    def inspect(request: InspectionRequest) -> Inspection | None:
        layer, unit = request.layer, request.unit
        if not 0 <= layer < len(architecture.shapes) or not 0 <= (unit or 0) < architecture.shapes[layer][0]:
            return None
        with np.errstate(all="ignore"):
            forward(shown)
            own = units(layer)
            is_one_by_one = layer > 0 and architecture.shapes[layer - 1][0] == architecture.shapes[layer][1]
            below = units(layer - 1) if is_one_by_one else None
        return Inspection(
            request=request,
            samples=shown.shape[1],
            dead=read_only(own.dead),
            saturated=read_only(own.saturated),
            below_dead=None if below is None else read_only(below.dead),
            below_saturated=None if below is None else read_only(below.saturated),
            range=None if unit is None else _range(own.preactivations[unit]),
        )

    return inspect


def _range(preactivations: Floats) -> Range:
    """Return where these sums lie."""
    finite = preactivations[np.isfinite(preactivations)]
    low, high = np.percentile(finite, [LEFT_OUT, 100.0 - LEFT_OUT]) if finite.size else (np.nan, np.nan)
    return Range(histogram(preactivations), float(low), float(high))
