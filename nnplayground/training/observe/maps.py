"""What every neuron answers on a grid over a plane of the input space: the maps that the window draws.

A frame costs one forward pass over the grid and little else, because grid and buffers are made only once. Of a network
that looks at pictures only inputs and outputs have maps; what its layers answer are whole pictures for every cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isqrt, prod
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, read_only
from nnplayground.data.samples import LARGEST, Samples
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Forward, with_ones
from nnplayground.training.observe.observation import Request
from nnplayground.training.run.prepare import FEWEST_FOR_COMPONENTS, Prepared

PlaneKind: TypeAlias = Literal["inputs", "components"]

COARSEST, FINEST = 10, 400
MOST_PRODUCTS = 150_000_000
"""How many multiplications one frame of maps may cost, about 10 ms; large networks get a coarser grid."""
MOVE_COST = 12
"""How many multiplications cost as much as one value that is written on the way, with the waiting between threads."""
MOST_VALUES = 4_000_000
"""How many numbers one frame of maps may hold, 16 MB."""
MOST_ON_THE_WAY = 16_000_000
"""How many numbers may lie in buffers while a frame is made, 64 MB; a larger grid goes through in parts."""


@dataclass(frozen=True)
class Maps:
    """What every neuron answers on a grid over a plane of the input space.

    `layers[0]` holds the network's inputs (features after scaling), then one entry per layer, the last is the output;
    each is `[units, rows, columns]`, row 0 at the bottom (lowest `up`), column 0 at the left (lowest `across`).
    `low` and `high` are the corners (across, up) in the units of the data. `across` equals `up` for data with one
    input: then the vertical direction has no meaning and all rows are equal. `kind` and `others` are those of the
    request; the corners of a plane of components are scores, and its `across` and `up` only count them.
    """

    across: int
    up: int
    low: tuple[float, float]
    high: tuple[float, float]
    layers: tuple[Floats, ...]
    kind: PlaneKind = "inputs"
    others: tuple[tuple[int, float], ...] = ()

    def of_target(self, data: Prepared, place: int) -> Maps:
        """Return the maps with a single output: the answers for one target, as `data.of_target(place)` reads them."""
        if data.of_target(place) is data:
            return self
        return replace(self, layers=(*self.layers[:-1], data.answers_for(place, self.layers[-1])))


@dataclass(frozen=True)
class MapRequest(Request[Maps]):
    """Which maps of the input space the window wants to see.

    A plane of `inputs` is spanned by the two raw inputs with the indices `across` and `up`; `others` fixes further
    ones, as pairs of an index and a value in original units, and what is not named stays at its mean. The plane of
    `components` goes through the mean along the first two principal components of three inputs or more, and heeds
    neither. `resolution` is the number of grid cells on each side; where the request `adapts`, maps are coarser while
    that would hold up the training, and finer at rest.
    """

    across: int = 0
    up: int = 1
    resolution: int = 100
    kind: PlaneKind = "inputs"
    others: tuple[tuple[int, float], ...] = ()
    adapts: bool = field(default=False, compare=False)  # the same maps, only made with more or less care


class GridForward:
    """A network at work on the cells of a grid, `inputs` `[inputs + 1, cells]`, the last row ones."""

    def __init__(self, architecture: Architecture, inputs: NDArray[Any]) -> None:
        self._inputs = read_only(inputs)
        self._parameters = np.empty(architecture.parameter_count, inputs.dtype)
        cells = inputs.shape[1]
        self._size = min(cells, max(1, MOST_ON_THE_WAY // architecture.values_per_sample))
        # The last part overlaps the one before it where the cells do not divide evenly.
        self._starts = (*range(0, cells - self._size, self._size), cells - self._size)
        self._forward = Forward(architecture, self._parameters, samples=self._size, product=np.dot)
        self._shown = self._forward.activations[-len(_shown_sizes(architecture)) + 1 :]

    def answers(self, parameters: Floats) -> list[NDArray[Any]]:
        """Return the inputs and what the layers answer, each `[units, cells]`, for the flat vector `parameters`."""
        kind, cells = self._inputs.dtype, self._inputs.shape[1]
        # New for every frame: the window draws the last one while this one is computed.
        layers = [np.empty((len(shown), cells), kind) for shown in self._shown]
        with np.errstate(all="ignore"):
            self._parameters[:] = parameters
            for start in self._starts:
                part = slice(start, start + self._size)
                self._forward(self._inputs[:, part])
                for layer, shown in zip(layers, self._shown, strict=True):
                    layer[:, part] = shown
        return [self._inputs[:-1], *layers]


class MapMaker:
    """Makes the maps of a network again and again while it trains; keeps the grid for the next frame."""

    def __init__(self) -> None:
        self._made_for: tuple[Architecture, Prepared, MapRequest] | None = None
        self._plane = MapRequest()
        self._grid: GridForward | None = None

    def make(self, architecture: Architecture, parameters: Floats, prepared: Prepared, request: MapRequest) -> Maps:
        """Return the maps of the flat vector `parameters`; they are frozen and do not follow it.

        `Maps.layers` holds the inputs and one entry for each layer with weights. Where the network looks at pictures
        it holds the inputs and the outputs alone.
        """
        if self._grid is None or not self._is_made_for(architecture, prepared, request):
            self._grid = self._prepare(architecture, prepared, request)
        plane, side = self._plane, self._plane.resolution
        low, high = corners(prepared, plane)
        answers = self._grid.answers(parameters)
        return Maps(
            across=plane.across,
            up=plane.up,
            low=low,
            high=high,
            layers=tuple(read_only(layer.reshape(-1, side, side)) for layer in answers),
            kind=plane.kind,
            others=plane.others,
        )

    def forget(self) -> None:
        """Give back the memory of grid and buffers."""
        self._grid = self._made_for = None

    def _is_made_for(self, architecture: Architecture, prepared: Prepared, request: MapRequest) -> bool:
        """Tell whether the grid at hand is the one that is asked for, of the very same data."""
        made = self._made_for
        return made is not None and made[1] is prepared and made[0] == architecture and made[2] == request

    def _prepare(self, architecture: Architecture, prepared: Prepared, request: MapRequest) -> GridForward:
        """Make the grid as the network sees it, and set the network up for it."""
        resolution = affordable_resolution(architecture, request.resolution)
        self._plane = legal_request(replace(request, resolution=resolution), prepared.samples)
        seen = prepared.network_inputs(grid(prepared, self._plane))
        # A formula may have no value where there are no samples; neither has the network there.
        seen = np.where(np.isfinite(seen), seen, np.nan)
        kind = np.float32 if _fits_single(seen, resolution) else np.float64
        self._made_for = (architecture, prepared, request)
        return GridForward(architecture, np.ascontiguousarray(with_ones(seen).T, dtype=kind))


def legal_request(request: MapRequest, samples: Samples) -> MapRequest:
    """Return the nearest request that the data can answer: two different inputs, or twice the only one.

    Values for inputs that there are not, or that are no numbers, are left out, and so are those of the plane itself.
    """
    last = len(samples.input_names) - 1
    resolution = min(max(request.resolution, COARSEST), FINEST)
    if request.kind == "components" and last + 1 >= FEWEST_FOR_COMPONENTS:
        return MapRequest(0, 1, resolution, "components", adapts=request.adapts)
    across = min(max(request.across, 0), last)
    up = min(max(request.up, 0), last)
    if up == across and last > 0:
        up = across - 1 if across else 1
    others = {place: value for place, value in request.others if 0 <= place <= last and abs(value) <= LARGEST}
    fixed = tuple((place, others[place]) for place in sorted(others) if place not in (across, up))
    return MapRequest(across, up, resolution, others=fixed, adapts=request.adapts)


def corners(prepared: Prepared, request: MapRequest) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the lower left and upper right corner of the plane of a legal request, as (across, up)."""
    if request.kind == "components":
        bounds = prepared.score_bounds
        places = (0, 1)
    else:
        bounds = prepared.samples.bounds
        places = (request.across, request.up)
    low, high = bounds.T
    across, up = places
    return (float(low[across]), float(low[up])), (float(high[across]), float(high[up]))


def grid(prepared: Prepared, request: MapRequest) -> Floats:
    """Return the cell centres as raw inputs `[cells, inputs]`, row by row from the bottom left."""
    side = request.resolution
    low, high = corners(prepared, request)
    centres = (np.arange(side) + 0.5) / side
    rightward = np.tile(low[0] + (high[0] - low[0]) * centres, side)
    upward = np.repeat(low[1] + (high[1] - low[1]) * centres, side)
    return grid_inputs(prepared, request, np.column_stack((rightward, upward)))


def grid_inputs(prepared: Prepared, request: MapRequest, places: Floats) -> Floats:
    """Return the raw inputs `[cells, inputs]` at places (across, up) `[cells, 2]` of the plane of a legal request.

    On a plane of two inputs all others are as the request fixes them, or at their mean over the training part. On that
    of the principal components a cell is the mean, moved along both by its scores.
    """
    if request.kind == "components" and prepared.components is not None:
        return prepared.components.inputs(places)
    base = prepared.input_means.copy()
    for place, value in request.others:
        base[place] = value
    cells = np.tile(base, (len(places), 1))
    cells[:, request.up] = places[:, 1]
    # After `up`, so that with a single input all rows are equal.
    cells[:, request.across] = places[:, 0]
    return cells


def affordable_resolution(architecture: Architecture, wanted: int) -> int:
    """Return `wanted`, or less where the maps of a large network would hold up its training."""
    work = _products(architecture) + MOVE_COST * architecture.values_per_sample
    cells = min(MOST_PRODUCTS // work, MOST_VALUES // sum(_shown_sizes(architecture)))
    return max(COARSEST, min(wanted, isqrt(cells), FINEST))


def _products(architecture: Architecture) -> int:
    """Return how many multiplications one sample costs; a filter works anew at every place of the picture."""
    steps = zip(architecture.layers, architecture.steps, architecture.steps[1:], strict=False)
    sizes = ((layer.matrix_shape(below), prod(shape[1:])) for layer, below, shape in steps)
    return sum(matrix[0] * (matrix[1] + 1) * places for matrix, places in sizes if matrix is not None)


def _shown_sizes(architecture: Architecture) -> tuple[int, ...]:
    """Return how many maps the inputs and each layer with maps have."""
    sizes = architecture.sizes
    return sizes if len(architecture.input_shape) == 1 else (sizes[0], sizes[-1])


def _fits_single(inputs: Floats, resolution: int) -> bool:
    """Tell whether float32, more than twice as fast, still tells neighbouring cells apart, a hundredfold."""
    spread = np.ptp(inputs, axis=0)
    largest = float(np.abs(inputs).max())
    if largest > 1e18 or not (spread > 0.0).any():
        return False
    step = float(spread[spread > 0.0].min()) / resolution
    return largest * float(np.finfo(np.float32).eps) < step / 100.0
