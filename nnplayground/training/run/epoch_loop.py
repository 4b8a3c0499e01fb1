"""The training algorithm: one epoch after another, for one run, or for several runs side by side.

Each epoch

1. takes the learning rate of its number and puts the samples in an order of its own (`begin_epoch`),
2. takes a step for every batch (`train`, by the kernel),
3. measures cost and score of every part of the data, and records them (`_end_epoch`),
4. shows the cost to the learning rate and the stopping rules, and remembers the best parameters (`_judge`).

Results depend on steps and never on time: `train` may end after any batch, and its next call goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from types import EllipsisType
from typing import Protocol, TypeAlias

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.network import Network
from nnplayground.engine.schedules import Rate
from nnplayground.project.parameter_index import FrozenParameters
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.epoch_samples import EpochSamples, Orders
from nnplayground.training.run.kernel import Kernel
from nnplayground.training.run.measuring import Measuring, side_by_side
from nnplayground.training.run.numpy_kernel import NumpyKernel
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.start import held_places, pin
from nnplayground.training.run.stopping import (
    Rules,
    Stop,
    divergence,
    epoch_of,
    hopeless_start,
    only_counts,
    watched_cost,
)

Place: TypeAlias = int | EllipsisType
"""Where a run lies on the leading axis of arrays `[runs, ...]`; the only run is all of an array without that axis."""


@dataclass
class RunState:
    """What one run remembers beside its parameters; the epoch loop replaces the values as the run goes on.

    `shuffling` draws the orders of its samples, `dropout` what is switched off. The schedule counts epochs from
    `schedule_start`. Stopping rules in `ignored` are not asked. `scaled_targets` is how many targets are scaled.
    """

    rate: Rate
    rules: Rules
    shuffling: np.random.Generator
    dropout: np.random.Generator
    schedule_start: int = 0
    scaled_targets: int = 0
    stop: Stop | None = None
    ignored: frozenset[str] = frozenset()
    is_best_restored: bool = False


class EpochRecorder(Protocol):
    """Keeps what is measured, of the first weights and after every epoch."""

    def record(self, row: Floats, loop: EpochLoop, /) -> None:
        """Record the measurements `[6, ...]` of this moment, in the order of the rows of a curve."""
        ...


class EpochLoop:
    """Trains a network without a leading axis for the only one of `states`, or one `[runs, ...]` for all of them.

    `data` has one entry for each run. Where all runs see the same samples in the same order, `is_shared` spares them
    the copies. `best` and `last_finite` have the shape of the parameters and never change
    in place. `sample` is the one of the current epoch that is trained next.

    `between` is called now and then while many samples are measured; what sets `pauses` there ends `train` with the
    epoch.
    """

    def __init__(
        self,
        network: Network,
        data: Sequence[Prepared],
        states: Sequence[RunState],
        recorder: EpochRecorder,
        *,
        training: TrainingSpec,
        frozen: FrozenParameters,
        is_shared: bool = False,
    ) -> None:
        self.network, self.states, self.training, self.frozen = network, states, training, frozen
        self._data, self._recorder, self._is_shared = data, recorder, is_shared
        self._places: list[Place] = list(range(len(states))) if network.lead else [...]
        inputs, targets = ([getattr(one, name) for one in data] for name in ("train_inputs", "train_targets"))
        self.samples = EpochSamples(*(side_by_side(arrays, network, shared=is_shared) for arrays in (inputs, targets)))
        self.measuring = Measuring(network, data, shared=is_shared)
        self.kernel: Kernel = self._make_kernel()
        self.best = self.last_finite = read_only(network.parameters.copy())
        self.epoch = self.steps = self.sample = 0
        self.has_gradient = self.pauses = False
        self.between: Callable[[], object] | None = None

    @property
    def is_training(self) -> bool:
        """Whether any run has not ended."""
        return bool(self.active)

    @property
    def active(self) -> list[int]:
        """The runs that have not ended, by their place in `states`."""
        return [run for run, state in enumerate(self.states) if state.stop is None]

    def batches_left(self, size: int) -> int:
        """Return how many batches of so many samples are left of the epoch."""
        return -(-(len(self.samples) - self.sample) // size)

    def start(self) -> None:
        """Measure, record and judge the first weights; a run that cannot even begin ends."""
        with np.errstate(all="ignore"):
            row = self.measuring.row(self.between)
            self._recorder.record(row, self)
            self._judge(row)
            self.check_start(row)

    def check_start(self, row: Floats) -> None:
        """End the runs whose cost, of what was measured now, is no finite number."""
        for run, is_finite in enumerate(np.atleast_1d(np.isfinite(row[0]))):
            if not is_finite:
                self._end(run, hopeless_start())

    def train(
        self,
        batches: int,
        *,
        size: int | None = None,
        after_step: Callable[[], object] | None = None,
        after_epoch: Callable[[], object] | None = None,
    ) -> int:
        """Train on up to this many batches; returns how many were done before all runs had ended or it was to pause.

        A batch has `size` samples, by default as many as the settings say. `after_step` is called after each batch,
        `after_epoch` when the next epoch has been set up.
        """
        done, count, self.pauses = 0, len(self.samples), False
        size = self.training.batch_size if size is None else size
        with np.errstate(all="ignore"):
            while done < batches and self.is_training and not self.pauses:
                wanted = min(batches - done, self.batches_left(size))
                trained, beyond = self.kernel.train(self.sample, size, wanted, after_step)
                done += trained
                self.steps += trained
                self.sample = min(self.sample + trained * size, count)
                if beyond:
                    self._diverge(beyond)
                else:
                    self.has_gradient = True
                if self.sample == count and not (beyond and not self.is_training):
                    self._end_epoch(after_epoch)
        return done

    def begin_epoch(self) -> None:
        """Set the learning rate of the epoch, and put the samples in a new order."""
        if not self.training.shuffle:
            self.resume(None)
            return
        states = self.states[:1] if self._is_shared else self.states
        count = len(self.samples)
        self.resume(tuple([state.shuffling.permutation(count) for state in states]))

    def resume(self, orders: Orders | None, sample: int = 0) -> None:
        """Go on at a sample of an epoch in which the samples have these orders."""
        self.set_learning_rate()
        self.samples.arrange(orders)
        self.sample = sample

    def set_learning_rate(self) -> None:
        """Use the learning rate of the current epoch."""
        rates = [state.rate.at(self.epoch - state.schedule_start) for state in self.states]
        self.kernel.learning_rate = np.array(rates)[:, np.newaxis] if self.network.lead else rates[0]

    def take(self, parameters: Floats, run: int = 0) -> None:
        """Use these numbers `[..., parameters]` for a run from now on, but for what is frozen."""
        place, architecture = self._places[run], self.network.architecture
        np.copyto(self.network.parameters[place], parameters[place])
        pin(self.network.parameters[place], self.frozen, architecture)
        self.kernel.hold(held_places(self.frozen, architecture))

    def retune(self, training: TrainingSpec) -> None:
        """Use other numbers from the next batch on; the optimizer stays the same and forgets nothing."""
        self.training = training
        self.kernel.retune(training)

    def start_optimizer(self, network: Network, training: TrainingSpec) -> None:
        """Go on with a network of the same shape and an optimizer that remembers nothing."""
        if network is not self.network:
            self.network, self.measuring = network, Measuring(network, self._data, shared=self._is_shared)
        self.training = training
        self.kernel = self._make_kernel()

    def gradient_norms(self) -> Floats:
        """Return the length `[...]` of the gradient of the cost over all training samples, penalties left out.

        What training leaves alone does not count, as it would never become small.
        """
        return self.measuring.gradient_norms(held_places(self.frozen, self.network.architecture))

    def _make_kernel(self) -> Kernel:
        kernel = NumpyKernel(
            self.network,
            self.samples,
            self.training,
            cost=self._data[0].rule.cost,
            generators=[state.dropout for state in self.states],
        )
        kernel.hold(held_places(self.frozen, self.network.architecture))
        return kernel

    def _end_epoch(self, after_epoch: Callable[[], object] | None) -> None:
        row = self.measuring.row(self.between)
        is_finite = self._is_finite(row)
        if not all(is_finite):
            self._end_diverged([run for run in self.active if not is_finite[run]], is_finite)
            if not self.is_training:
                self.sample = 0  # the weights are those of its beginning again, so all of it is left to do
                return
        self.epoch += 1
        self.last_finite = read_only(self.network.parameters.copy())
        self._recorder.record(row, self)
        self._adapt_rates(row)
        self._judge(row)
        self.begin_epoch()
        if after_epoch is not None:
            after_epoch()

    def _adapt_rates(self, row: Floats) -> None:
        """Show the cost that decides to the learning rates that depend on it."""
        for run, state in enumerate(self.states):
            if state.rate.watches_cost and state.stop is None:
                state.rate = state.rate.watched(watched_cost(row[:, self._places[run]].tolist()))

    def _judge(self, row: Floats) -> None:
        """Ask the stopping rules about what was measured, and keep the best parameters."""
        spec = self.training.stop
        if self.network.lead and only_counts(spec) and self.epoch < (spec.max_epochs or 0):
            return  # no rule can fire, and none that could gives back the best parameters
        norms = [nan] * len(self.states)
        if spec.gradient_norm is not None:
            norms = np.atleast_1d(self.gradient_norms()).tolist()
        judged, improved = [], []
        for run, state in enumerate(self.states):
            if state.stop is None:
                measured = row[:, self._places[run]].tolist()
                epoch = epoch_of(self.epoch, measured, norms[run], scaled_targets=state.scaled_targets)
                lowest, state.rules = state.rules.lowest, state.rules.watched(spec, epoch)
                judged.append((run, state, epoch))
                if state.rules.lowest is not lowest:
                    improved.append(run)
        self._keep_best(improved)
        for run, state, epoch in judged:
            stop = state.rules.stop(spec, epoch, ignored=state.ignored)
            if stop is not None:
                self._end(run, stop, self.best if stop.restores_best else None)

    def _keep_best(self, runs: list[int]) -> None:
        """Keep the parameters that have just been measured as the best ones of these runs."""
        if len(runs) == len(self.states):
            self.best = self.last_finite
        elif runs:
            best = self.best.copy()
            best[runs] = self.last_finite[runs]
            self.best = read_only(best)

    def _diverge(self, runs: Sequence[int]) -> None:
        """End runs in mid-epoch; they keep their present weights where their cost still is a finite number."""
        self._end_diverged(runs, self._is_finite(self.measuring.row(self.between)))

    def _end_diverged(self, runs: Sequence[int], is_finite: list[bool]) -> None:
        learning_rate = self.training.optimizer.learning_rate
        for run in runs:
            stop = divergence(epoch=self.epoch, learning_rate=learning_rate)
            self._end(run, stop, None if is_finite[run] else self.last_finite)

    def _end(self, run: int, stop: Stop, parameters: Floats | None = None) -> None:
        """End a run with its present parameters, or with others."""
        state = self.states[run]
        state.stop = stop
        state.is_best_restored = state.is_best_restored or stop.restores_best
        if parameters is not None:
            self.take(parameters, run)
        if self.network.lead:
            self.kernel.leave(tuple(run for run, state in enumerate(self.states) if state.stop is not None))

    def _is_finite(self, row: Floats) -> list[bool]:
        """Tell of each run whether its cost, of what was measured now, and its parameters are finite."""
        is_finite = np.isfinite(self.network.parameters)
        if not self.network.lead:
            return [isfinite(row[0]) and bool(is_finite.all())]
        both: list[bool] = (np.isfinite(row[0]) & is_finite.all(axis=-1)).tolist()
        return both
