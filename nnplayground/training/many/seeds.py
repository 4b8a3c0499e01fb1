"""What many seeds tell: the band of their curves, how many of them succeeded, and how sure that share is.

The runs are trained together (`many`) and looked at a few times a second while they go on, so that a first answer is
there at once and a study that is cut short keeps what it has found.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, read_only
from nnplayground.data.progress import UNWATCHED, CancelledError, Progress
from nnplayground.project.model import Project
from nnplayground.training.many.cooperative_yield import CooperativeYield
from nnplayground.training.many.multi_seed_runs import MultiSeedRuns, Vary
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.parts import ALL_PARTS, Part, deciding_part
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.stopping import Stop

QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
MOST_SINGLES = 32
"""With more runs than this their single curves are not kept: they could not be told apart."""
TELL_SECONDS = 0.25
FIRST_ROOM = 256
SURE = 1.959963984540054
"""The quantile of the normal distribution for an interval of 95 %."""

Goal: TypeAlias = Literal["score", "cost"]


@dataclass(frozen=True)
class SeedsRequest:
    """Which seeds to train from, what differs between them, and for how many epochs."""

    seeds: tuple[int, ...]
    vary: Vary
    epochs: int


@dataclass(frozen=True)
class Criterion:
    """When a run has succeeded: a score (accuracy, R²) of at least `limit`, or a cost of at most that."""

    goal: Goal
    limit: float


@dataclass(frozen=True, eq=False)
class Band:
    """The costs of one part by epoch: `quantiles` `[7, epochs + 1]` over the runs (see `QUANTILES`).

    `singles` `[runs, epochs + 1]` are the curves themselves, `None` for more than `MOST_SINGLES` runs. A run that has
    ended keeps its last value.
    """

    quantiles: Floats
    singles: Floats | None

    def __len__(self) -> int:
        return int(self.quantiles.shape[1])


@dataclass(frozen=True, eq=False)
class Study:
    """What is known of the runs so far; entry k of everything belongs to `seeds[k]`.

    `project` is what was trained, with its limit of epochs. `results` `[6, runs]` has the rows of a curve: what each
    run stands at, or ended with. `epochs` tells how far each came, `stops` why it ended, `None` for one that has not.
    """

    project: Project
    data: Prepared
    vary: Vary
    seeds: tuple[int, ...]
    limit: int
    train: Band
    test: Band | None
    results: Floats
    epochs: tuple[int, ...]
    stops: tuple[Stop | None, ...]
    validation: Band | None = None

    @property
    def part(self) -> Part:
        """The part of the data that counts: validation, where there is one, else test, else training."""
        return deciding_part(tuple(self.bands))

    @property
    def band(self) -> Band:
        """The costs of the part that counts."""
        return self.bands[self.part]

    @property
    def bands(self) -> dict[Part, Band]:
        """The costs of every part that there is."""
        bands: dict[Part, Band | None] = {"train": self.train, "validation": self.validation, "test": self.test}
        return {part: band for part, band in bands.items() if band is not None}

    @property
    def costs(self) -> Floats:
        """The cost `[runs]` of the part that counts."""
        return self._row("cost")

    @property
    def scores(self) -> Floats:
        """The score `[runs]` (accuracy or R²) of the part that counts."""
        return self._row("score")

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """Which runs `[runs]` have left everything that can be computed with."""
        return np.array([stop is not None and stop.has_diverged for stop in self.stops])

    @property
    def is_whole(self) -> bool:
        """Whether every run has ended by itself."""
        return None not in self.stops

    def succeeded(self, criterion: Criterion) -> NDArray[np.bool_]:
        """Return which runs `[runs]` meet the criterion; one that diverged never does."""
        with np.errstate(invalid="ignore"):
            met = self.scores >= criterion.limit if criterion.goal == "score" else self.costs <= criterion.limit
        return np.logical_and(met, ~self.diverged)

    def _row(self, measure: Goal) -> Floats:
        row: Floats = self.results[COLUMNS.index(f"{self.part}_{measure}")]
        return row


def seeds_from(first: int, count: int) -> tuple[int, ...]:
    """Return so many seeds, one after another."""
    return tuple(range(first, first + count))


def unpinned(project: Project, wish: SeedsRequest) -> Project:
    """Return the project of which everything that varies follows the seed, with the limit of epochs that is wished.

    Seeds of its own and start values, which "New weights" or "Start from these weights" leave in the document, would
    keep a part of "everything" from varying.
    """
    stop = replace(project.training.stop, max_epochs=wish.epochs)
    limited = replace(project, training=replace(project.training, stop=stop))
    return free(limited) if wish.vary == "all" else limited


def free(project: Project) -> Project:
    """Return the project without seeds of its own for weights and split, and without start values."""
    initializer = replace(project.network.initializer, seed=None)
    network, data = replace(project.network, initializer=initializer), replace(project.data, split_seed=None)
    return replace(project, network=network, data=data, parameters=None)


def study_seeds(
    project: Project, wish: SeedsRequest, tell: Callable[[Study], None], progress: Progress = UNWATCHED
) -> Study:
    """Train from every seed and return what they tell; `tell` is given what is known a few times a second.

    To cancel `progress` ends it after the step under way; what is done so far is told and returned. Raises what
    `MultiSeedRuns` raises.
    """
    project = unpinned(project, wish)
    turns = CooperativeYield(progress)
    many = MultiSeedRuns(project, wish.seeds, vary=wish.vary, keeps_rows=False, between=turns)
    record = _Record(project, wish, many)
    told = time.perf_counter()
    try:
        while many.is_training:
            many.train_epoch()
            record.follow()
            turns.share = many.epoch / wish.epochs
            if time.perf_counter() - told > TELL_SECONDS:
                tell(record.study())
                told = time.perf_counter()
    except CancelledError:
        pass  # what is done so far is kept
    study = record.study()
    tell(study)
    return study


def wilson(successes: int, runs: int) -> tuple[float, float]:
    """Return the interval that holds the true share with 95 % confidence, for a share of runs that succeeded.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference". It stays within 0 and 1
    and is honest for few runs and for shares near the ends.
    """
    share, square = successes / runs, SURE**2
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = SURE / (1 + square / runs) * sqrt(share * (1 - share) / runs + square / (4 * runs**2))
    low = 0.0 if successes == 0 else middle - half
    return low, 1.0 if successes == runs else middle + half


def quantiles(values: Floats) -> Floats:
    """Return the `QUANTILES` `[7, ...]` of values `[runs, ...]`; what is infinite is larger than everything else.

    Between two neighbours they lie in proportion (Hyndman and Fan 1996, definition 7).
    """
    ordered = np.sort(values, axis=0)
    places = np.array(QUANTILES) * (len(values) - 1)
    low = np.floor(places).astype(np.int64)
    below, above = ordered[low], ordered[np.minimum(low + 1, len(values) - 1)]
    share = (places - low).reshape(-1, *([1] * (values.ndim - 1)))
    with np.errstate(invalid="ignore", over="ignore"):
        between = below + share * (above - below)
    result: Floats = np.where((above == below) | (share == 0.0), below, between)
    return result


class _Record:
    """Follows the runs epoch by epoch; what it hands out shares the arrays and never changes."""

    def __init__(self, project: Project, wish: SeedsRequest, many: MultiSeedRuns) -> None:
        self._project, self._wish, self._many = project, wish, many
        runs = len(many.seeds)
        kept = runs if runs <= MOST_SINGLES else 0
        self._parts = {part: _Columns(len(QUANTILES) + kept) for part in ALL_PARTS if part in many.data.present}
        self.follow()

    def follow(self) -> None:
        """Take in the epoch that was just trained."""
        latest = self._many.latest
        for part, columns in self._parts.items():
            costs = latest[COLUMNS.index(f"{part}_cost")]
            columns.append(np.concatenate([quantiles(costs), costs])[: columns.rows])

    def study(self) -> Study:
        """Return what is known so far."""
        bands = {part: _band(columns) for part, columns in self._parts.items()}
        many, wish = self._many, self._wish
        return Study(
            project=self._project, data=many.data, vary=wish.vary, seeds=many.seeds, limit=wish.epochs,
            train=bands["train"], test=bands.get("test"), results=read_only(many.results), epochs=many.epochs,
            stops=many.stops, validation=bands.get("validation"),
        )  # fmt: skip


class _Columns:
    """An array `[rows, epochs + 1]` that only ever grows; what was handed out stays as it is."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._count, self._room = 0, np.empty((rows, FIRST_ROOM))

    def append(self, column: Floats) -> None:
        """Add one epoch `[rows]`."""
        if self._count == self._room.shape[1]:
            roomier = np.empty((self.rows, 2 * self._count))
            roomier[:, : self._count] = self._room
            self._room = roomier
        self._room[:, self._count] = column
        self._count += 1

    def view(self) -> Floats:
        """Return what there is, read-only and without copying."""
        return read_only(self._room[:, : self._count])


def _band(part: _Columns) -> Band:
    """Return quantiles and single curves."""
    whole, count = part.view(), len(QUANTILES)
    return Band(whole[:count], whole[count:] if part.rows > count else None)
