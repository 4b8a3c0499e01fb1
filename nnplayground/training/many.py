"""The same network trained from many seeds at once, on a leading runs axis, to tell luck from effect.

Each run gets what it would get alone: its own data, split, first weights, order of samples and dropout. Because a step
of many small networks costs hardly more than a step of one, 64 of them are trained in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.training.history import COLUMNS, Curve
from nnplayground.training.prepare import Prepared, architecture_of, prepare
from nnplayground.training.stopping import Stop
from nnplayground.training.together import Together

LARGEST_TOGETHER = 150_000_000
"""How many numbers all runs may hold in all: about 1.2 GB."""

COPIES = {"samples": 4, "parameters": 10, "values": 4}
"""How often a run holds its samples, its parameters and the values of its layers, all buffers counted."""

Progress = Callable[[int, int], bool]


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


def train_many(project: Project, seeds: Iterable[int], *, progress: Progress | None = None) -> ManyRuns:
    """Train the project once for each seed, all together, until every run has stopped by itself.

    The numbers are those of `Run(replace(project, seed=seed))`, to 1e-12: the products of many small matrices at
    once may round the last bit in another way. After every epoch `progress(epoch, runs still training)` is asked
    whether to go on. Raises `InputError` for no seed, a project without a limit of epochs, and data too large to be
    held once for each seed.
    """
    seeds = tuple(map(int, seeds))
    if not seeds:
        raise InputError("There is no seed; give at least one, for example 1.")
    if project.training.stop.max_epochs is None:
        raise InputError("training.stop.max_epochs is null; many runs at once need a number of epochs to end at.")
    projects = [replace(project, seed=seed) for seed in seeds]
    data = _prepare_all(projects)
    groups = _of_equal_size(data)
    all_together = [Together([projects[run] for run in group], [data[run] for run in group]) for group in groups]
    _train(all_together, progress)
    order = np.argsort(np.concatenate(groups))
    rows = [rows for together in all_together for rows in together.rows()]
    stops = [stop for together in all_together for stop in together.stops]
    parameters = np.concatenate([together.parameters() for together in all_together])
    return ManyRuns(
        seeds=seeds,
        architecture=all_together[0].architecture,
        parameters=read_only(parameters[order]),
        curves=tuple(_curve(rows[place]) for place in order),
        stops=tuple(stops[place] for place in order),
    )


def _train(all_together: Sequence[Together], progress: Progress | None) -> None:
    """Train all groups of runs side by side, until all have stopped or `progress` says no."""
    while any(together.is_training for together in all_together):
        for together in all_together:
            if together.is_training:
                together.train_epoch()
        epoch, active = max(one.epoch for one in all_together), sum(one.active_count for one in all_together)
        if progress is not None and not progress(epoch, active):
            break


def _of_equal_size(data: Sequence[Prepared]) -> list[list[int]]:
    """Return the runs in groups that have equally many samples to train and to test.

    There is more than one only for drawn points, of which the seed may keep one more for the test.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for run, one in enumerate(data):
        groups.setdefault((len(one.train_rows), len(one.test_rows)), []).append(run)
    return list(groups.values())


def _prepare_all(projects: Sequence[Project]) -> list[Prepared]:
    """Prepare the data of every run; refuse more than the memory should hold."""
    data = [prepare(projects[0])]
    count = len(projects) * _numbers_of(projects[0], data[0])
    if count > LARGEST_TOGETHER:
        raise InputError(
            f"{len(projects)} runs would hold {count:,} numbers at once; up to {LARGEST_TOGETHER:,} are possible, so "
            "take fewer seeds, fewer samples or a smaller network."
        )
    return [*data, *(prepare(project) for project in projects[1:])]


def _numbers_of(project: Project, data: Prepared) -> int:
    """Return about how many numbers one run holds."""
    architecture = architecture_of(project, data)
    batch = min(project.training.batch_size, len(data.train_rows))
    sizes = {
        "samples": data.train_inputs.size + data.test_inputs.size,
        "parameters": architecture.parameter_count,
        "values": batch * architecture.values_per_sample,
    }
    return sum(COPIES[name] * size for name, size in sizes.items())


def _curve(rows: Floats) -> Curve:
    """Return the curve in the rows `[4, epochs + 1]`."""
    return Curve(**dict(zip(COLUMNS, map(read_only, np.ascontiguousarray(rows)), strict=True)))
