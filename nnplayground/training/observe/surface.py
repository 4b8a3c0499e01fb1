"""The cost surface: the cost on a slice through the space of all weights, as a map around the present weights.

What it shows is true for the slice and for nothing beside it. It is computed from a snapshot alone, on buffers of its
own, so that the run it looks at goes on bit for bit as without it. A coarse map comes first; each finer one computes
only the points between those that are known.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Evaluation, Network
from nnplayground.engine.regularizers import penalty
from nnplayground.errors import InputError
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.observe.surface_directions import Slice, SliceKind, path_slice, places_slice, random_slice
from nnplayground.training.observe.surface_path import ShownPath, shown_path, stacked
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.parts import Part
from nnplayground.training.run.start import held_places
from nnplayground.training.run.streams import Streams

MOST_SAMPLES = 2_000
"""Of a larger part of the data, so many samples are taken, spread evenly."""
RESOLUTIONS = (33, 65, 129)
COARSEST = 9
BLOCK_VALUES = 120_000
"""How many values of layers, and how many weights, are computed at a time: a few milliseconds, about a megabyte."""
MARGIN = 0.2
"""How much room a map leaves around the path, as a share of its size."""
ROOM = 0.06
"""The same for a map of two numbers."""
FLATTEST = 0.4
"""How high a map of the path is at least for its width, and the other way round."""
NEAR, BEYOND = 1.0, 1.25
"""How far a map of two numbers goes from them: so far, or so many times as far as zero is."""


@dataclass(frozen=True)
class SurfaceRequest:
    """Which map is wanted.

    `draw` counts the pairs of random directions; each has its own. `places` are the two numbers of that kind of slice.
    `zoom` 2 shows half of the range, around the present weights. `resolution` is the number of points on each side, a
    power of two and one more, so that every second point makes the next coarser grid. `penalized` adds what l1 and l2
    add to the cost.
    """

    kind: SliceKind = "random"
    draw: int = 0
    places: tuple[ParameterIndex, ParameterIndex] | None = None
    zoom: float = 1.0
    resolution: int = 65
    part: Part = "train"
    penalized: bool = False


@dataclass(frozen=True, eq=False)
class Surface:
    """The costs `[rows, columns]` on a slice, row 0 at the lowest coordinate `up`, column 0 at the lowest `across`.

    The coordinates are those of `plane`. A cost is not finite where the network's answers are beyond all numbers.
    `here` are the coordinates of the network from which the map was made, at `epoch` and its `batch`, and `here_cost`
    what it costs. `samples` of the `part_samples` that the part has were measured. `done` tells that no finer map
    follows. The network has this `architecture`, and its document was loaded as number `generation`.
    """

    request: SurfaceRequest
    plane: Slice
    architecture: Architecture
    generation: int
    across: Floats
    up: Floats
    costs: Floats
    here_cost: float
    path: ShownPath
    epoch: int
    batch: int
    samples: int
    part_samples: int
    done: bool = False

    @property
    def here(self) -> tuple[float, float]:
        """The coordinates of the weights around which the map was made."""
        return self.plane.start


def surfaces(snapshot: Snapshot, request: SurfaceRequest, progress: Progress = UNWATCHED) -> Iterator[Surface]:
    """Compute the map that is asked for around the weights of a snapshot, from a coarse one to the finest.

    Raises `InputError` with one sentence where there is no such slice or no such part, and `CancelledError` when the
    result is no longer wanted.
    """
    measure = CostMeter(snapshot, request)
    whole = _blank(snapshot, request, measure)
    costs, across, up = whole.costs.copy(), whole.across, whole.up
    known = np.zeros(costs.shape, dtype=bool)
    for step in _steps(request.resolution):
        wanted = np.zeros(costs.shape, dtype=bool)
        wanted[::step, ::step] = True
        rows, columns = np.nonzero(wanted & ~known)
        points, stretch = (across[columns], up[rows]), progress.part(known.mean(), wanted.mean())
        costs[rows, columns] = _measured(measure, whole.plane, points, stretch, polite=snapshot.running)
        known |= wanted
        found = read_only(costs[::step, ::step].copy())
        yield replace(whole, across=across[::step], up=up[::step], costs=found, done=step == 1)


def _blank(snapshot: Snapshot, request: SurfaceRequest, measure: CostMeter) -> Surface:
    """Return the map that is asked for before any of its points is known."""
    plane = slice_of(snapshot, request)
    path = _path_on(plane, snapshot, request)
    ends = _ends(plane, path, zoom=request.zoom)
    across, up = (np.linspace(low, high, request.resolution) for low, high in ends)
    return Surface(
        request=request,
        plane=plane,
        architecture=snapshot.architecture,
        generation=snapshot.generation,
        across=across,
        up=up,
        costs=np.full((request.resolution, request.resolution), np.nan),
        here_cost=float(measure(plane.origin[np.newaxis])[0]),
        path=path,
        epoch=snapshot.epoch,
        batch=snapshot.batch,
        samples=measure.samples,
        part_samples=measure.part_samples,
    )


def slice_of(snapshot: Snapshot, request: SurfaceRequest) -> Slice:
    """Return the slice that is asked for, through the weights of a snapshot."""
    architecture, parameters = snapshot.architecture, snapshot.parameters
    held = held_places(snapshot.project.network.frozen, architecture)
    if request.kind == "random":
        rng = Streams(snapshot.project).directions(request.draw)
        return random_slice(architecture, parameters, held, rng)
    if request.kind == "path":
        return path_slice(parameters, stacked(snapshot.record.checkpoints, len(parameters)), held)
    if request.places is None:
        raise InputError("No numbers are chosen for the axes; choose two weights or biases.")
    return places_slice(architecture, parameters, request.places, held)


class CostMeter:
    """The cost of many networks of one shape, on the samples of one part of a snapshot's data."""

    def __init__(self, snapshot: Snapshot, request: SurfaceRequest) -> None:
        data, self._spec = snapshot.data, snapshot.project.training
        self._architecture, self._penalized = snapshot.architecture, request.penalized
        inputs, targets = data.inputs_of(request.part), data.targets_of(request.part)
        if not len(inputs):
            raise InputError(f"There is no {request.part} part; keep some samples for it, or choose the training part.")
        rows = spread(len(inputs), MOST_SAMPLES)
        self.part_samples, self.samples = len(inputs), len(rows)
        self._inputs, self._targets, self._cost = inputs[rows], targets[rows], data.rule.cost
        per_network = self._architecture.values_per_sample * self.samples + self._architecture.parameter_count
        self.block = max(1, BLOCK_VALUES // per_network)
        self._evaluations: dict[int, tuple[Network, Evaluation]] = {}

    def __call__(self, parameters: Floats) -> Floats:
        """Return the costs `[networks]` of parameters `[networks, P]`."""
        count = len(parameters)
        if count not in self._evaluations:
            network = Network(self._architecture, np.zeros(parameters.shape))
            evaluation = Evaluation(network, self._inputs, self._targets, cost=self._cost)
            self._evaluations[count] = network, evaluation
        network, evaluation = self._evaluations[count]
        np.copyto(network.parameters, parameters)
        return evaluation.cost() + self.penalties(parameters)

    def penalties(self, parameters: Floats) -> Floats:
        """Return what is added to the costs `[networks]`: the penalties, if they are wanted."""
        spec, mask = self._spec, self._architecture.weight_mask
        if not self._penalized or not (spec.l1 or spec.l2):
            return np.zeros(len(parameters))
        return np.array([penalty(one, mask, l1=spec.l1, l2=spec.l2) for one in parameters])


def spread(count: int, most: int) -> Integers:
    """Return the places of at most `most` of `count` things, spread evenly."""
    kept = min(count, most)
    return np.arange(kept, dtype=np.int64) * count // kept


def _measured(
    measure: CostMeter, plane: Slice, points: tuple[Floats, Floats], progress: Progress, *, polite: bool
) -> Floats:
    """Return the costs at coordinates (across, up), `[points]` each, block by block.

    Between them others get the interpreter; a `polite` computation, beside one that trains, rests as long as it worked.
    """
    across, up = points
    result = np.empty(len(across))
    for start in range(0, len(across), measure.block):
        begun = time.perf_counter()
        part = slice(start, start + measure.block)
        result[part] = measure(plane.points(across[part], up[part]))
        progress.at(min(part.stop, len(across)) / len(across))
        time.sleep(time.perf_counter() - begun if polite else 0.0)
    return result


def _path_on(plane: Slice, snapshot: Snapshot, request: SurfaceRequest) -> ShownPath:
    record = snapshot.record
    cost = partial(_true_cost, snapshot, request)
    return shown_path(plane, record.checkpoints, cost, best_epoch=record.best_epoch, part=snapshot.data.deciding)


def _true_cost(snapshot: Snapshot, request: SurfaceRequest, moment: Checkpoint) -> float:
    """Return what the network of a moment cost on the whole part, with the penalty of today where that is wanted."""
    curve, spec = moment.curve, snapshot.project.training
    cost = float(curve.cost_of(request.part)[-1])
    if not request.penalized:
        return cost
    return cost + penalty(moment.parameters, snapshot.architecture.weight_mask, l1=spec.l1, l2=spec.l2)


def _ends(plane: Slice, path: ShownPath, *, zoom: float) -> Floats:
    """Return the ends `[2 axes, 2]` of the map."""
    here = np.array(plane.start)
    points = np.vstack([path.coordinates, here])
    low, high = points.min(axis=0), points.max(axis=0)
    if plane.kind == "random":
        low, high = here - 1.0, here + 1.0
    elif plane.kind == "places":
        reach = np.maximum(NEAR, BEYOND * np.abs(here))
        room = ROOM * (high - low)
        low, high = np.minimum(low - room, here - reach), np.maximum(high + room, here + reach)
    else:
        sizes = high - low
        spare = np.maximum(FLATTEST * sizes.max() - sizes, 0.0) / 2.0 + MARGIN * np.maximum(
            sizes, FLATTEST * sizes.max()
        )
        low, high = low - spare, high + spare
    return np.stack([here + (low - here) / zoom, here + (high - here) / zoom], axis=1)


def _steps(resolution: int) -> list[int]:
    """Return the distances of the points of each grid, from the coarsest to the finest, in those of the finest."""
    intervals = resolution - 1
    if resolution < COARSEST or intervals & (intervals - 1):
        raise InputError(f"The resolution is {resolution}; it must be one of {', '.join(map(str, RESOLUTIONS))}.")
    step = intervals // (COARSEST - 1)
    return [step >> turn for turn in range(step.bit_length())]
