"""What every neuron answers on a grid over a plane of the input space: the maps that the window draws.

A frame costs one forward pass over the grid and nothing else, because the grid itself is made only once.
"""

from __future__ import annotations

from dataclasses import replace
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, read_only
from nnplayground.data.samples import Samples
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import with_ones
from nnplayground.training.prepare import Prepared
from nnplayground.training.snapshot import MapRequest, Maps

COARSEST, FINEST = 10, 400
MOST_PRODUCTS = 150_000_000
"""How many multiplications one frame of maps may cost, about 10 ms; large networks get a coarser grid."""
MOST_VALUES = 4_000_000
"""How many numbers one frame of maps may hold, 16 MB."""


class MapMaker:
    """Makes the maps of a network again and again while it trains; keeps the grid for the next frame."""

    def __init__(self) -> None:
        self._made_for: tuple[Architecture, Prepared, MapRequest] | None = None
        self._plane = MapRequest()
        self._inputs: NDArray[Any] = np.empty((0, 0))
        self._sums: NDArray[Any] = np.empty((0, 0))

    def make(self, architecture: Architecture, parameters: Floats, prepared: Prepared, request: MapRequest) -> Maps:
        """Return the maps of the flat vector `parameters`; they are frozen and do not follow it."""
        if not self._is_made_for(architecture, prepared, request):
            self._prepare(architecture, prepared, request)
        low, high = prepared.samples.bounds.T
        across, up = self._plane.across, self._plane.up
        return Maps(
            across=across,
            up=up,
            low=(float(low[across]), float(low[up])),
            high=(float(high[across]), float(high[up])),
            layers=self._forward(architecture, parameters),
        )

    def _is_made_for(self, architecture: Architecture, prepared: Prepared, request: MapRequest) -> bool:
        """Tell whether the grid at hand is the one that is asked for, of the very same data."""
        made = self._made_for
        return made is not None and made[1] is prepared and made[0] == architecture and made[2] == request

    def _prepare(self, architecture: Architecture, prepared: Prepared, request: MapRequest) -> None:
        """Make the grid as the network sees it, and a buffer for the weighted sums of a layer."""
        resolution = affordable_resolution(architecture, request.resolution)
        self._plane = legal_request(replace(request, resolution=resolution), prepared.samples)
        seen = prepared.network_inputs(grid(prepared, self._plane))
        kind = np.float32 if _fits_single(seen, resolution) else np.float64
        self._inputs = read_only(np.ascontiguousarray(with_ones(seen).T, dtype=kind))
        self._sums = np.empty((max(architecture.sizes[1:]), len(seen)), dtype=kind)
        self._made_for = (architecture, prepared, request)

    def _forward(self, architecture: Architecture, parameters: Floats) -> tuple[NDArray[Any], ...]:
        """Return each layer's answers `[units, rows, columns]`, the network's inputs first."""
        below, side = self._inputs, self._plane.resolution
        layers = [below[:-1]]
        with np.errstate(all="ignore"):
            matrices = architecture.matrices(parameters.astype(below.dtype))
            for matrix, name in zip(matrices, architecture.activations, strict=True):
                # New for every frame: the window draws the last one while this one is computed.
                whole = np.empty((len(matrix) + 1, side * side), dtype=below.dtype)
                whole[-1] = 1.0
                sums = np.dot(matrix, below, out=self._sums[: len(matrix)])
                ACTIVATIONS[name].value(sums, whole[:-1])
                layers.append(whole[:-1])
                below = whole
        return tuple(read_only(layer.reshape(-1, side, side)) for layer in layers)


def legal_request(request: MapRequest, samples: Samples) -> MapRequest:
    """Return the nearest request that the data can answer: two different inputs, or twice the only one."""
    last = len(samples.input_names) - 1
    across = min(max(request.across, 0), last)
    up = min(max(request.up, 0), last)
    if up == across and last > 0:
        up = across - 1 if across else 1
    return MapRequest(across, up, min(max(request.resolution, COARSEST), FINEST))


def grid(prepared: Prepared, request: MapRequest) -> Floats:
    """Return the cell centres as raw inputs `[cells, inputs]`, row by row from the bottom left.

    All inputs but the two of the request stay at their mean over the training part.
    """
    side = request.resolution
    low, high = prepared.samples.bounds.T
    centres = (np.arange(side) + 0.5) / side
    cells = np.tile(prepared.input_means, (side * side, 1))
    up, across = request.up, request.across
    cells[:, up] = np.repeat(low[up] + (high[up] - low[up]) * centres, side)
    # After `up`, so that with a single input all rows are equal.
    cells[:, across] = np.tile(low[across] + (high[across] - low[across]) * centres, side)
    return cells


def affordable_resolution(architecture: Architecture, wanted: int) -> int:
    """Return `wanted`, or less where the maps of a large network would hold up its training."""
    cells = min(MOST_PRODUCTS // architecture.parameter_count, MOST_VALUES // sum(architecture.sizes))
    return max(COARSEST, min(wanted, isqrt(cells), FINEST))


def _fits_single(inputs: Floats, resolution: int) -> bool:
    """Tell whether float32, more than twice as fast, still tells neighbouring cells apart, a hundredfold."""
    spread = np.ptp(inputs, axis=0)
    largest = float(np.abs(inputs).max())
    if largest > 1e18 or not (spread > 0.0).any():
        return False
    step = float(spread[spread > 0.0].min()) / resolution
    return largest * float(np.finfo(np.float32).eps) < step / 100.0
