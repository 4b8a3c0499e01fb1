"""Several runs that are trained in one go, each exactly as a `Run` trains it alone.

Runs end one by one. What has ended is put aside and still computed along, which changes nothing; once half of the runs
have ended, the arrays are made anew for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.network import Network
from nnplayground.project.model import Project
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.run import stopping
from nnplayground.training.run.batches import LARGEST_SQUARE, Batch, EpochBatches, Trainer
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.measuring import Measuring, side_by_side
from nnplayground.training.run.prepare import Prepared, architecture_of
from nnplayground.training.run.start import has_tied_neurons, held_places, initial_parameters
from nnplayground.training.run.stopping import Rules, Stop, divergence, hopeless_start
from nnplayground.training.run.streams import Streams
from nnplayground.training.run.tuning import rate_of


def go_on() -> None:
    """Do nothing between two steps."""


class BatchedRuns:
    """The runs of projects that differ in their seeds only, with the data of each.

    `latest` `[6, runs]` holds the last measurements of each run, in the order of the rows of a curve. Without
    `keeps_rows` those of the epochs before are forgotten.
    """

    def __init__(self, projects: Sequence[Project], data: Sequence[Prepared], *, keeps_rows: bool = True) -> None:
        self._data, self._spec, self._keeps_rows = data, projects[0].training, keeps_rows
        self.architecture = architecture_of(projects[0], data[0])
        # Runs on the same samples in the same order take the same batches; a picture layer needs one copy for each.
        is_same = all(one is data[0] for one in data) and len({project.seed for project in projects}) == 1
        self._shared = is_same and len(self.architecture.input_shape) == 1
        self.latest: Floats = np.full((len(COLUMNS), len(projects)), np.nan)
        self._best_measured = self.latest.copy()
        starts = np.array([initial_parameters(project, self.architecture) for project in projects])
        self._held = held_places(projects[0].network.frozen, self.architecture)
        self._keep_ties = any(has_tied_neurons(self.architecture, start) for start in starts)
        streams = [Streams(project) for project in projects]
        self._shuffling = [stream.shuffling() for stream in streams]
        self._dropout = [stream.dropout() for stream in streams]
        self._rates = [rate_of(self._spec) for _ in projects]
        self._rules = [Rules() for _ in projects]
        self.stops: list[Stop | None] = [None] * len(projects)
        self.epoch = 0
        self._results = starts.copy()  # of the runs that have ended
        self._lengths = [0] * len(projects)
        self._rows: list[tuple[list[int], Floats]] = []
        self._runs = list(range(len(projects)))  # which runs the arrays hold
        self._assemble(starts)
        self._begin()

    @property
    def active_count(self) -> int:
        """How many runs have not ended."""
        return self.stops.count(None)

    @property
    def is_training(self) -> bool:
        """Whether any run has not ended."""
        return self.active_count > 0

    def train_epoch(self, between: Callable[[], None] = go_on) -> None:
        """Train every run that has not ended for one epoch; `between` is called after each step.

        What it raises comes through, and then only what was measured so far may still be used.
        """
        self._arrange()
        with np.errstate(all="ignore"):
            for batch in self._batches:
                self._step(batch)
                between()
            self._end_epoch()
        if 0 < self.active_count <= len(self._runs) // 2:
            self._narrow()

    def parameters(self) -> Floats:
        """Return the parameters `[runs, parameters]` that every run has, or ended with."""
        result = self._results.copy()
        for place, run in self._active():
            result[run] = self._network.parameters[place]
        return result

    def results(self) -> Floats:
        """Return what each run ends with `[6, runs]`: one that got its best weights back counts with those."""
        went_back = [stop is not None and stop.restores_best for stop in self.stops]
        return np.where(went_back, self._best_measured, self.latest)

    @property
    def epochs(self) -> tuple[int, ...]:
        """How many whole epochs each run was trained."""
        return tuple(length - 1 for length in self._lengths)

    def rows(self) -> list[Floats]:
        """Return the measurements `[6, epochs + 1]` of every run."""
        result: list[list[Floats]] = [[] for _ in self.stops]
        for runs, row in self._rows:
            for place, run in enumerate(runs):
                if len(result[run]) < self._lengths[run]:
                    result[run].append(row[:, place])
        return [np.array(rows).T for rows in result]

    def _assemble(self, parameters: Floats, memory: Floats | None = None, memory_steps: int = 0) -> None:
        """Make the arrays for the runs at hand, with these parameters `[runs, parameters]`."""
        data = [self._data[run] for run in self._runs]
        self._network = Network(self.architecture, parameters, keep_ties=self._keep_ties)
        generators = [self._dropout[run] for run in self._runs]
        self._trainer = Trainer(self._network, self._spec, cost=data[0].rule.cost, generators=generators)
        if memory is not None:
            np.copyto(self._trainer.memory.vectors, memory)
        self._trainer.memory.steps = memory_steps
        self._trainer.hold(self._held)
        inputs, targets = ([getattr(one, name) for one in data] for name in ("train_inputs", "train_targets"))
        samples = (side_by_side(arrays, self._network, shared=self._shared) for arrays in (inputs, targets))
        self._epoch = EpochBatches(*samples)
        self._batches = self._epoch.batches(self._spec.batch_size, start=0, trainer=self._trainer)
        self._measuring = Measuring(self._network, data, shared=self._shared)
        self._best, self._last_finite = self._network.parameters.copy(), self._network.parameters.copy()

    def _narrow(self) -> None:
        """Make the arrays anew for the runs that have not ended."""
        places = [place for place, _ in self._active()]
        self._runs = [self._runs[place] for place in places]
        best, last_finite, memory = self._best[places], self._last_finite[places], self._trainer.memory
        self._assemble(self._network.parameters[places], memory.vectors[:, places], memory.steps)
        np.copyto(self._best, best)
        np.copyto(self._last_finite, last_finite)

    def _active(self) -> list[tuple[int, int]]:
        """Return (place in the arrays, number of the run) of each run that has not ended."""
        return [(place, run) for place, run in enumerate(self._runs) if self.stops[run] is None]

    def _begin(self) -> None:
        """Measure the first weights; what cannot even begin ends."""
        with np.errstate(all="ignore"):
            row = self._measure()
            self._keep(row)
            for place, run in self._active():
                if not np.isfinite(row[0, place]):
                    self._end(place, run, hopeless_start())
            self._judge(row)

    def _arrange(self) -> None:
        """Set the learning rates and put the samples in the order of the next epoch."""
        rates = [self._rates[run].at(self.epoch) for run in self._runs]
        self._trainer.learning_rate = np.array(rates)[:, np.newaxis]
        runs = [0] if self._shared else self._runs
        count, generators = len(self._epoch), [self._shuffling[run] for run in runs]
        self._epoch.arrange([one.permutation(count) for one in generators] if self._spec.shuffle else None)

    def _step(self, batch: Batch) -> None:
        """Train all runs on one batch each; those whose gradient is beyond all bounds end."""
        self._trainer.find_gradient(batch)
        gradient = self._network.gradient
        squares = np.vecdot(gradient, gradient)
        bounded = squares < LARGEST_SQUARE
        if not bounded.all():
            for place, run in self._active():
                if not bounded[place]:
                    self._diverge(place, run, epoch=self.epoch)
        self._trainer.update(squares)

    def _end_epoch(self) -> None:
        self.epoch += 1
        row = self._measure()
        is_finite = np.isfinite(row[0]) & np.isfinite(self._network.parameters).all(axis=-1)
        for place, run in self._active():
            if is_finite[place]:
                self._rates[run] = self._rates[run].watched(stopping.watched_cost(row[:, place].tolist()))
            else:
                self._lengths[run] -= 1  # a `Run` does not write down an epoch that ends beyond all bounds
                self._diverge(place, run, epoch=self.epoch - 1)
        np.copyto(self._last_finite, self._network.parameters)
        self._keep(row)
        self._judge(row)

    def _measure(self) -> Floats:
        """Return and write down the measurements `[6, runs]` of this moment."""
        row = self._measuring.row()
        if self._keeps_rows:
            self._rows.append((self._runs, row))
        for _, run in self._active():
            self._lengths[run] += 1
        return row

    def _keep(self, row: Floats) -> None:
        """Take over what the runs that have not ended measure `[6, runs at hand]`."""
        places = [place for place, _ in self._active()]
        self.latest[:, [self._runs[place] for place in places]] = row[:, places]

    def _judge(self, row: Floats) -> None:
        """Ask the stopping rules about the last epoch."""
        spec = self._spec.stop
        if _only_counts(spec) and self.epoch < (spec.max_epochs or 0):
            return
        norms = np.full(len(self._runs), np.nan)
        if spec.gradient_norm is not None:
            gradient = self._measuring.gradient()
            gradient[:, self._held] = 0.0
            norms = np.linalg.norm(gradient, axis=-1)
        for place, run in self._active():
            unit = self._data[run].cost_unit
            epoch = stopping.epoch_of(self.epoch, row[:, place].tolist(), float(norms[place]), unit=unit)
            before, self._rules[run] = self._rules[run], self._rules[run].watched(spec, epoch)
            if self._rules[run].lowest is not before.lowest:
                self._best[place] = self._network.parameters[place]
                self._best_measured[:, run] = row[:, place]
            stop = self._rules[run].stop(spec, epoch)
            if stop is not None:
                self._end(place, run, stop, self._best[place] if stop.restores_best else None)

    def _diverge(self, place: int, run: int, *, epoch: int) -> None:
        """End a run with the last weights with which its cost is still a finite number."""
        now = self._network.parameters[place]
        alone = Network(self.architecture, now, keep_ties=self._keep_ties)
        is_finite = np.isfinite(Measuring(alone, [self._data[run]]).row()[0]) and np.isfinite(now).all()
        stop = divergence(epoch=epoch, learning_rate=self._spec.optimizer.learning_rate)
        self._end(place, run, stop, now if is_finite else self._last_finite[place])

    def _end(self, place: int, run: int, stop: Stop, parameters: Floats | None = None) -> None:
        """Put a run aside with the parameters of this moment, or others."""
        self._results[run] = self._network.parameters[place] if parameters is None else parameters
        self.stops[run] = stop


def _only_counts(spec: StopSpec) -> bool:
    """Tell whether no rule but the number of epochs can end a run."""
    return all(rule is None for rule in (spec.patience, spec.flat_epochs, spec.target_cost, spec.gradient_norm))
