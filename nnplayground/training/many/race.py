"""A small race: several ways to train, from the same start on the same data, in parallel lanes.

The lanes are trained in turn, so many epochs each, and every lane is a run like any other: bit by bit what it would be
alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite

from nnplayground.arrays import Floats, read_only
from nnplayground.data.progress import UNWATCHED, CancelledError, Progress
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.many.cooperative_yield import CooperativeYield
from nnplayground.training.observe.maps import MapMaker, MapRequest, Maps, PlaneKind
from nnplayground.training.run.history import Curve
from nnplayground.training.run.measures import NOT_MEASURED, Measures, PartMeasures
from nnplayground.training.run.parts import HELD_OUT, deciding_part
from nnplayground.training.run.prepare import FEWEST_FOR_COMPONENTS, Prepared, prepare
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import Stop

FEWEST_LANES, MOST_LANES = 2, 6
RESOLUTION = 40
"""Cells on each side of the small picture of a lane's boundary."""
TELL_SECONDS = 0.25
STEPS_AT_ONCE = 16


@dataclass(frozen=True)
class Lane:
    """One way to train, and the name that tells it from the others."""

    name: str
    training: TrainingSpec


@dataclass(frozen=True, eq=False)
class LaneStanding:
    """Where one lane is: `rank` counts from 1, lanes with the same cost share one; `maps` only where there are any."""

    lane: Lane
    rank: int
    epoch: int
    curve: Curve
    train: Measures
    test: Measures
    stop: Stop | None
    maps: Maps | None
    parameters: Floats
    validation: Measures = NOT_MEASURED

    @property
    def decides(self) -> Measures:
        """What was measured of the part that decides the race: validation, where there is one, else test."""
        parts = PartMeasures(self.train, self.test, self.validation)
        return parts.of(deciding_part([part for part in HELD_OUT if parts.of(part) != NOT_MEASURED]))

    @property
    def has_diverged(self) -> bool:
        """Whether its numbers have grown beyond all bounds."""
        return self.stop is not None and self.stop.has_diverged


@dataclass(frozen=True, eq=False)
class Standings:
    """All lanes at one moment, in the order in which they were given."""

    project: Project
    data: Prepared
    epochs: int
    lanes: tuple[LaneStanding, ...]

    @property
    def is_over(self) -> bool:
        """Whether every lane has ended by itself."""
        return all(lane.stop is not None for lane in self.lanes)


def optimizer_lanes(training: TrainingSpec, names: Sequence[str]) -> tuple[Lane, ...]:
    """Return a lane for each optimizer, with everything else as it is, the learning rate too."""
    return tuple(Lane(name, replace(training, optimizer=replace(training.optimizer, name=name))) for name in names)


def rate_lanes(training: TrainingSpec, rates: Sequence[float]) -> tuple[Lane, ...]:
    """Return a lane for each learning rate."""
    optimizer = training.optimizer
    return tuple(
        Lane(f"{rate:g}", replace(training, optimizer=replace(optimizer, learning_rate=rate))) for rate in rates
    )


def batch_lanes(training: TrainingSpec, sizes: Sequence[int]) -> tuple[Lane, ...]:
    """Return a lane for each size of the batches."""
    return tuple(Lane(f"{size:,}", replace(training, batch_size=size)) for size in sizes)


class Race:
    """The lanes under way. Raises `InputError` for fewer than two or more than six of them, and for bad data."""

    def __init__(self, project: Project, lanes: Sequence[Lane], *, epochs: int) -> None:
        if not FEWEST_LANES <= len(lanes) <= MOST_LANES:
            raise InputError(f"A race has {FEWEST_LANES} to {MOST_LANES} lanes, not {len(lanes)}.")
        self.epochs, self._lanes, self._project = epochs, tuple(lanes), project
        projects = [replace(project, training=_limited(lane.training, epochs)) for lane in lanes]
        self._data = prepare(projects[0])
        self._runs = [Run(project, self._data) for project in projects]
        self._makers = [MapMaker() for _ in lanes]

    @property
    def is_over(self) -> bool:
        """Whether every lane has ended by itself."""
        return all(run.stop is not None for run in self._runs)

    @property
    def share(self) -> float:
        """How much of the way the lanes have gone together, 0 to 1; one that has ended has gone all of it."""
        gone = [1.0 if run.stop is not None else run.epoch / self.epochs for run in self._runs]
        return sum(gone) / len(gone)

    def advance(self, epochs: int, *, between: Callable[[], None]) -> None:
        """Train every lane for so many epochs, one after another; `between` is called after every few steps."""
        for run in self._runs:
            until = run.epoch + epochs
            while run.stop is None and run.epoch < until:
                run.train(min(STEPS_AT_ONCE, run.batches_left))
                between()

    def standings(self) -> Standings:
        """Return where every lane is."""
        parts = [
            run.measures_by_part() if run.is_best_restored or run.batch else run.last_measures_by_part()
            for run in self._runs
        ]
        ranks = _ranks([_deciding_cost(run, part) for run, part in zip(self._runs, parts, strict=True)])
        lanes = [self._standing(place, rank, part) for place, (rank, part) in enumerate(zip(ranks, parts, strict=True))]
        return Standings(self._project, self._data, self.epochs, tuple(lanes))

    def _standing(self, place: int, rank: int, measured: PartMeasures) -> LaneStanding:
        run = self._runs[place]
        parameters = read_only(run.network.parameters.copy())
        return LaneStanding(
            lane=self._lanes[place], rank=rank, epoch=run.epoch, curve=run.history.curve(), train=measured.train,
            test=measured.test, stop=run.stop, maps=self._maps(place), parameters=parameters,
            validation=measured.validation,
        )  # fmt: skip

    def _maps(self, place: int) -> Maps | None:
        """Return what the outputs answer on the plane; pictures have no plane that says anything so small."""
        samples = self._data.samples
        if samples.image_shape is not None:
            return None
        kind: PlaneKind = "components" if len(samples.input_names) >= FEWEST_FOR_COMPONENTS else "inputs"
        request = MapRequest(resolution=RESOLUTION, kind=kind)
        run = self._runs[place]
        maps = self._makers[place].make(run.architecture, run.network.parameters, self._data, request)
        return replace(maps, layers=maps.layers[-1:])


def run_race(
    project: Project,
    lanes: Sequence[Lane],
    epochs: int,
    tell: Callable[[Standings], None],
    progress: Progress = UNWATCHED,
) -> Standings:
    """Let the lanes race for so many epochs and return how it ended; `tell` is given the standings now and then.

    To cancel `progress` ends it after the step under way; the standings of that moment are told and returned.
    """
    race = Race(project, lanes, epochs=epochs)
    turns = CooperativeYield(progress)
    tell(race.standings())
    told = time.perf_counter()
    try:
        while not race.is_over:
            race.advance(1, between=turns)
            turns.share = race.share
            if time.perf_counter() - told > TELL_SECONDS:
                tell(race.standings())
                told = time.perf_counter()
    except CancelledError:
        pass  # what is done so far is kept
    standings = race.standings()
    tell(standings)
    return standings


def _limited(training: TrainingSpec, epochs: int) -> TrainingSpec:
    """Return the settings of a lane: they end after so many epochs, or before, where a rule of the document says so."""
    return replace(training, stop=replace(training.stop, max_epochs=epochs))


def _deciding_cost(run: Run, measured: PartMeasures) -> float:
    """Return the cost by which a lane is ranked; what has diverged comes last."""
    if run.stop is not None and run.stop.has_diverged:
        return inf
    cost = measured.of(run.data.deciding).cost
    return cost if cost is not None and isfinite(cost) else inf


def _ranks(costs: Sequence[float]) -> list[int]:
    """Return the rank of each cost, from 1; equal ones share a rank."""
    return [1 + sum(other < cost for other in costs) for cost in costs]
