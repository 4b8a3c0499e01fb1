"""The same network trained from many seeds at once, on a leading runs axis, to tell luck from effect.

Each run gets what it would get alone: its own data, split, first weights, order of samples and dropout, or first
weights of its own and all else as the others have it. Because a step of many small networks costs hardly more than a
step of one, 64 of them are trained in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar, get_args

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.training.many.batched_runs import BatchedRuns
from nnplayground.training.run.history import COLUMNS, Curve
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.prepare import Prepared, architecture_of, prepare
from nnplayground.training.run.stopping import Stop

LARGEST_TOGETHER = 150_000_000
"""How many numbers all runs may hold in all: about 1.2 GB."""

COPIES = {"samples": 4, "parameters": 10, "values": 4}
"""How often a run holds its samples, its parameters and the values of its layers, all buffers counted."""

EpochProgress = Callable[[int, int], bool]
Vary: TypeAlias = Literal["weights", "all"]
VARIES: tuple[Vary, ...] = get_args(Vary)
"""What differs from run to run: only the first weights, or everything that follows the seed of the project."""

Kind = TypeVar("Kind")


@dataclass(frozen=True, eq=False)
class ManyRuns:
    """What became of each run; entry k of everything belongs to `seeds[k]`.

    `parameters` is `[runs, parameters]` in the layout of `architecture`. `stops` says why each run ended; `None` for
    one that was cut short by `progress`.
    """

    seeds: tuple[int, ...]
    architecture: Architecture
    parameters: Floats
    curves: tuple[Curve, ...]
    stops: tuple[Stop | None, ...]

    @property
    def epochs(self) -> tuple[int, ...]:
        """How many whole epochs each run was trained."""
        return tuple(len(curve) - 1 for curve in self.curves)


def seeded(project: Project, seed: int, *, vary: Vary) -> Project:
    """Return the project that the run with this seed trains.

    For "all" it is the seed of the project, which what has a seed of its own does not follow. For "weights" it is the
    seed of the initializer; start values of the document give way to what is drawn.
    """
    if vary == "all":
        return replace(project, seed=seed)
    initializer = replace(project.network.initializer, seed=seed)
    return replace(project, network=replace(project.network, initializer=initializer), parameters=None)


class MultiSeedRuns:
    """The runs of a project from many seeds, trained together, one epoch after another.

    Raises `InputError` for no seed, a project without a limit of epochs, and data too large to be held once for each
    seed. `between` is called after each step and each preparation; what it raises comes through.
    """

    def __init__(
        self,
        project: Project,
        seeds: Iterable[int],
        *,
        vary: Vary = "all",
        keeps_rows: bool = True,
        between: Callable[[], object] | None = None,
    ) -> None:
        self.seeds, self._between = tuple(map(int, seeds)), between
        if not self.seeds:
            raise InputError("There is no seed; give at least one, for example 1.")
        if project.training.stop.max_epochs is None:
            raise InputError("training.stop.max_epochs is null; many runs at once need a number of epochs to end at.")
        projects = [seeded(project, seed, vary=vary) for seed in self.seeds]
        data = _prepare_all(projects, shared=vary == "weights", between=between)
        self.data = data[0]
        groups = _of_equal_size(data)
        self._groups = [
            BatchedRuns([projects[run] for run in group], [data[run] for run in group], keeps_rows=keeps_rows)
            for group in groups
        ]
        self._order = np.argsort(np.concatenate(groups))

    @property
    def is_training(self) -> bool:
        """Whether any run has not ended."""
        return self.active_count > 0

    @property
    def active_count(self) -> int:
        """How many runs have not ended."""
        return sum(group.active_count for group in self._groups)

    @property
    def epoch(self) -> int:
        """How many epochs the longest run was trained."""
        return max(group.epoch for group in self._groups)

    @property
    def epochs(self) -> tuple[int, ...]:
        """How many whole epochs each run was trained."""
        return self._in_order([epochs for group in self._groups for epochs in group.epochs])

    @property
    def stops(self) -> tuple[Stop | None, ...]:
        """Why each run ended; `None` for one that has not."""
        return self._in_order([stop for group in self._groups for stop in group.stops])

    @property
    def latest(self) -> Floats:
        """The last measurements `[6, runs]` of each run, those of an ended one as of its last epoch."""
        return np.concatenate([group.latest for group in self._groups], axis=1)[:, self._order]

    @property
    def results(self) -> Floats:
        """What each run ends with `[6, runs]`: one that got its best weights back counts with those."""
        return np.concatenate([group.results() for group in self._groups], axis=1)[:, self._order]

    def train_epoch(self) -> None:
        """Train all groups of runs side by side for one epoch."""
        for group in self._groups:
            if group.is_training:
                group.train_epoch(self._between)

    def runs(self) -> ManyRuns:
        """Return what became of each run; the rows must have been kept."""
        rows = self._in_order([rows for group in self._groups for rows in group.rows()])
        parameters = np.concatenate([group.parameters() for group in self._groups])
        return ManyRuns(
            seeds=self.seeds,
            architecture=self._groups[0].architecture,
            parameters=read_only(parameters[self._order]),
            curves=tuple(map(_curve, rows)),
            stops=self.stops,
        )

    def _in_order(self, of_groups: Sequence[Kind]) -> tuple[Kind, ...]:
        """Return what the groups have of each run, in the order of the seeds."""
        return tuple(of_groups[place] for place in self._order)


def train_many(
    project: Project, seeds: Iterable[int], *, vary: Vary = "all", progress: EpochProgress | None = None
) -> ManyRuns:
    """Train the project once for each seed, all together, until every run has stopped by itself.

    The numbers are those of `Run(seeded(project, seed, vary=vary))`, to 1e-12: the products of many small matrices at
    once may round the last bit in another way. After every epoch `progress(epoch, runs still training)` is asked
    whether to go on. Raises what `MultiSeedRuns` raises.
    """
    many = MultiSeedRuns(project, seeds, vary=vary)
    while many.is_training:
        many.train_epoch()
        if progress is not None and not progress(many.epoch, many.active_count):
            break
    return many.runs()


def _of_equal_size(data: Sequence[Prepared]) -> list[list[int]]:
    """Return the runs in groups that have equally many samples in each part.

    There is more than one only for drawn points, of which the seed may keep one more for the test.
    """
    groups: dict[tuple[int, ...], list[int]] = {}
    for run, one in enumerate(data):
        groups.setdefault(tuple(len(one.rows_of(part)) for part in ALL_PARTS), []).append(run)
    return list(groups.values())


def _prepare_all(projects: Sequence[Project], *, shared: bool, between: Callable[[], object] | None) -> list[Prepared]:
    """Prepare the data of every run, or once where they are `shared`; refuse more than the memory should hold."""
    data = [prepare(projects[0])]
    count = _numbers_of(projects[0], data[0], runs=len(projects), shared=shared)
    if count > LARGEST_TOGETHER:
        raise InputError(
            f"{len(projects)} runs would hold {count:,} numbers at once; up to {LARGEST_TOGETHER:,} are possible, so "
            "take fewer seeds, fewer samples or a smaller network."
        )
    if shared:
        return data * len(projects)
    for project in projects[1:]:
        if between is not None:
            between()
        data.append(prepare(project))
    return data


def _numbers_of(project: Project, data: Prepared, *, runs: int, shared: bool) -> int:
    """Return about how many numbers all runs hold; samples that they share count once, but for layers of pictures."""
    architecture = architecture_of(project, data)
    batch = min(project.training.batch_size, len(data.train_rows))
    once = shared and len(architecture.input_shape) == 1
    sizes = {
        "samples": sum(data.inputs_of(part).size for part in ALL_PARTS) * (1 if once else runs),
        "parameters": architecture.parameter_count * runs,
        "values": batch * architecture.values_per_sample * runs,
    }
    return sum(COPIES[name] * size for name, size in sizes.items())


def _curve(rows: Floats) -> Curve:
    """Return the curve in the rows `[6, epochs + 1]`."""
    return Curve(**dict(zip(COLUMNS, map(read_only, np.ascontiguousarray(rows)), strict=True)))
