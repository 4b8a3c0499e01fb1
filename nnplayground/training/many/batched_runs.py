"""Several runs that are trained in one go, each exactly as a `Run` trains it alone.

Runs end one by one. What has ended keeps its parameters and is still computed along, which changes nothing; once half
of the runs have ended, the arrays are made anew for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.network import Network
from nnplayground.project.model import Project
from nnplayground.training.run.epoch_loop import EpochLoop, RunState
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.prepare import Prepared, architecture_of
from nnplayground.training.run.start import has_tied_neurons, initial_parameters
from nnplayground.training.run.stopping import Rules, Stop
from nnplayground.training.run.streams import Streams
from nnplayground.training.run.tuning import rate_of


class BatchedRuns:
    """The runs of projects that differ in their seeds only, with the data of each.

    Without `keeps_rows` the measurements of the epochs before are forgotten.
    """

    def __init__(self, projects: Sequence[Project], data: Sequence[Prepared], *, keeps_rows: bool = True) -> None:
        first = projects[0]
        self._data, self._training, self._frozen = data, first.training, first.network.frozen
        self.architecture = architecture_of(first, data[0])
        # Runs on the same samples in the same order take the same batches; a picture layer needs one copy for each.
        is_same = all(one is data[0] for one in data) and len({project.seed for project in projects}) == 1
        self._is_shared = is_same and len(self.architecture.input_shape) == 1
        starts = np.array([initial_parameters(project, self.architecture) for project in projects])
        self._keep_ties = any(has_tied_neurons(self.architecture, start) for start in starts)
        self._states = [_state_of(project, one) for project, one in zip(projects, data, strict=True)]
        if self._is_shared:  # and so one generator for the order that all of them have, whichever of them are left
            for state in self._states:
                state.shuffling = self._states[0].shuffling
        self._recorder = _BatchRecorder(self._states, keeps_rows=keeps_rows)
        self._results = starts.copy()  # of the runs that the arrays no longer hold
        self._runs = list(range(len(projects)))  # which runs the arrays hold
        self._loop = self._make_loop(starts)
        self._loop.start()
        self._recorder.keep_best()
        self._loop.begin_epoch()

    @property
    def stops(self) -> list[Stop | None]:
        """Why each run ended; `None` for one that has not."""
        return [state.stop for state in self._states]

    @property
    def active_count(self) -> int:
        """How many runs have not ended."""
        return self.stops.count(None)

    @property
    def is_training(self) -> bool:
        """Whether any run has not ended."""
        return self._loop.is_training

    @property
    def epoch(self) -> int:
        """How many epochs the longest run was trained."""
        return self._loop.epoch

    @property
    def epochs(self) -> tuple[int, ...]:
        """How many whole epochs each run was trained."""
        return tuple(length - 1 for length in self._recorder.lengths)

    @property
    def latest(self) -> Floats:
        """The last measurements `[6, runs]` of each run, in the order of the rows of a curve."""
        return self._recorder.latest

    def train_epoch(self, between: Callable[[], object] | None = None) -> None:
        """Train every run that has not ended for one epoch; `between` is called after each step.

        What it raises comes through, and then only what was measured so far may still be used.
        """
        self._loop.train(self._loop.batches_left(self._training.batch_size), after_step=between)
        self._recorder.keep_best()
        if 0 < self.active_count <= len(self._runs) // 2:
            self._narrow()

    def parameters(self) -> Floats:
        """Return the parameters `[runs, parameters]` that every run has, or ended with."""
        result = self._results.copy()
        result[self._runs] = self._loop.network.parameters
        return result

    def results(self) -> Floats:
        """Return what each run ends with `[6, runs]`: one that got its best weights back counts with those."""
        return np.where([state.is_best_restored for state in self._states], self._recorder.best, self._recorder.latest)

    def rows(self) -> list[Floats]:
        """Return the measurements `[6, epochs + 1]` of every run."""
        return self._recorder.by_run()

    def _make_loop(self, parameters: Floats) -> EpochLoop:
        """Return the loop for the runs at hand, with these parameters `[runs, parameters]`."""
        runs = self._runs
        self._recorder.runs = runs
        return EpochLoop(
            Network(self.architecture, parameters, keep_ties=self._keep_ties),
            [self._data[run] for run in runs],
            [self._states[run] for run in runs],
            self._recorder,
            training=self._training,
            frozen=self._frozen,
            is_shared=self._is_shared,
        )

    def _narrow(self) -> None:
        """Make the arrays anew for the runs that have not ended."""
        before, self._results = self._loop, self.parameters()
        places = before.active
        self._runs = [self._runs[place] for place in places]
        self._loop = loop = self._make_loop(before.network.parameters[places])
        loop.best, loop.last_finite = read_only(before.best[places]), read_only(before.last_finite[places])
        np.copyto(loop.kernel.memory.vectors, before.kernel.memory.vectors[:, places])
        loop.kernel.memory.steps = before.kernel.memory.steps
        loop.epoch, loop.steps = before.epoch, before.steps
        orders = before.samples.orders
        loop.resume(orders if orders is None or self._is_shared else tuple(orders[place] for place in places))


def _state_of(project: Project, data: Prepared) -> RunState:
    """Return how a run begins."""
    streams = Streams(project)
    rate, shuffling, dropout = rate_of(project.training), streams.shuffling(), streams.dropout()
    return RunState(rate, Rules(), shuffling, dropout, scaled_targets=data.scaled_targets)


class _BatchRecorder:
    """An `EpochRecorder` for the `runs` that are trained now, of all those of `states`.

    `latest` `[6, runs]` holds the last measurements of each run, `best` those of its best epoch.
    """

    def __init__(self, states: Sequence[RunState], *, keeps_rows: bool) -> None:
        self.runs: list[int] = []
        self.latest: Floats = np.full((len(COLUMNS), len(states)), np.nan)
        self.best = self.latest.copy()
        self.lengths = [0] * len(states)
        self._states, self._keeps_rows = states, keeps_rows
        self._rows: list[tuple[list[int], Floats]] = []

    def record(self, row: Floats, _: EpochLoop, /) -> None:
        """Keep what the runs that have not ended measure `[6, runs at hand]`."""
        if self._keeps_rows:
            self._rows.append((self.runs, row))
        places = [place for place, run in enumerate(self.runs) if self._states[run].stop is None]
        runs = [self.runs[place] for place in places]
        self.latest[:, runs] = row[:, places]
        for run in runs:
            self.lengths[run] += 1

    def keep_best(self) -> None:
        """Keep what was measured last of the runs whose best epoch that was."""
        for run in self.runs:
            if self._states[run].rules.best_epoch == self.lengths[run] - 1:
                self.best[:, run] = self.latest[:, run]

    def by_run(self) -> list[Floats]:
        """Return the measurements `[6, epochs + 1]` of every run."""
        result: list[list[Floats]] = [[] for _ in self._states]
        for runs, row in self._rows:
            for place, run in enumerate(runs):
                if len(result[run]) < self.lengths[run]:
                    result[run].append(row[:, place])
        return [np.array(rows).T for rows in result]
