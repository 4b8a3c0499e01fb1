"""The same network trained from many seeds at once, on a leading runs axis, to tell luck from effect.

Each run gets what it would get alone: its own data, split, first weights, order of samples and dropout. Because a step
of many small networks costs hardly more than a step of one, 64 of them are trained in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.training.history import COLUMNS, Curve
from nnplayground.training.prepare import Prepared, prepare
from nnplayground.training.stopping import Stop
from nnplayground.training.together import Together

LARGEST_TOGETHER = 60_000_000
"""How many numbers the samples and the parameters of all runs may have, about 1 GB with the working memory."""

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


def train_many(project: Project, seeds: Sequence[int], *, progress: Progress | None = None) -> ManyRuns:
    """Train the project once for each seed, all together, until every run has stopped by itself.

    The numbers are those of `Run(replace(project, seed=seed))`, to 1e-12: the products of many small matrices at
    once may round the last bit in another way. After every epoch `progress(epoch, runs still training)` is asked
    whether to go on. Raises `InputError` for no seed, a project without a limit of epochs, and data too large to be
    held once for each seed.
    """
    if not seeds:
        raise InputError("There is no seed; give at least one, for example 1.")
    if project.training.stop.max_epochs is None:
        raise InputError("training.stop.max_epochs is null; many runs at once need a number of epochs to end at.")
    projects = [replace(project, seed=seed) for seed in seeds]
    data = _prepare_all(projects)
    together = Together(projects, data)
    while together.is_training:
        together.train_epoch()
        if progress is not None and not progress(together.epoch, together.active_count):
            break
    return ManyRuns(
        seeds=tuple(seeds),
        architecture=together.architecture,
        parameters=read_only(together.parameters()),
        curves=tuple(_curve(rows) for rows in together.rows()),
        stops=tuple(together.stops),
    )


def _prepare_all(projects: Sequence[Project]) -> list[Prepared]:
    """Prepare the data of every run; refuse more than the memory should hold."""
    data = [prepare(projects[0])]
    count = len(projects) * (data[0].train_inputs.size + data[0].test_inputs.size)
    if count > LARGEST_TOGETHER:
        raise InputError(
            f"The samples of {len(projects)} runs are {count:,} numbers; up to {LARGEST_TOGETHER:,} can be held at "
            "once, so take fewer seeds or fewer samples."
        )
    return [*data, *(prepare(project) for project in projects[1:])]


def _curve(rows: Floats) -> Curve:
    """Return the curve in the rows `[4, epochs + 1]`."""
    return Curve(**dict(zip(COLUMNS, map(read_only, np.ascontiguousarray(rows)), strict=True)))
