"""One reproducible training run: same project in, same numbers out, however it is cut into slices.

A run counts steps and never looks at a clock. It belongs to one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.engine.network import Network
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.engine.regularizers import penalty
from nnplayground.errors import InputError
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import FrozenParameters, ParameterIndex
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run import stopping
from nnplayground.training.run.batches import Batch, EpochBatches, Trainer
from nnplayground.training.run.checkpoints import Checkpoint, frozen_copy, remember, state_of
from nnplayground.training.run.history import History, MeasurementRow
from nnplayground.training.run.measures import Measures, PartMeasures, measures_of
from nnplayground.training.run.measuring import Measuring
from nnplayground.training.run.prepare import Prepared, architecture_of, prepare
from nnplayground.training.run.start import (
    has_tied_neurons,
    has_tied_neurons_pinned,
    held_places,
    initial_parameters,
    pin,
)
from nnplayground.training.run.stopping import Rules, Stop, divergence, hopeless_start
from nnplayground.training.run.streams import Streams
from nnplayground.training.run.trained_state import Standing, TrainedState
from nnplayground.training.run.tuning import check_tuning, rate_of
from nnplayground.training.run.weight_transfer import carry_weights, have_same_costs, have_same_steps


class Run:
    """Training of one project. Raises `InputError` at construction when data and document do not fit."""

    def __init__(
        self,
        project: Project,
        prepared: Prepared | None = None,
        *,
        after: Run | None = None,
        trained: TrainedState | None = None,
        progress: Progress = UNWATCHED,
    ) -> None:
        """Start a run; with `after`, carry on with the weights, the epoch and the curve of another one.

        With `trained`, go on from a network that was trained before; nothing is known of its curve. `progress` is told
        how far the reading of the data is, and can end it.
        """
        self.project = project
        self.data = prepared or _data_of(project, trained, progress)
        self.architecture = architecture_of(project, self.data)
        start = self._start(after, trained)
        begun = _standing_of(after, trained)
        self._keep_ties = begun.keep_ties if trained is not None else has_tied_neurons(self.architecture, start)
        self.network: Network = Network(self.architecture, start, keep_ties=self._keep_ties)
        self.stop: Stop | None = None
        self.steps: int = begun.steps
        self._ignored: set[str] = set()
        self._shuffling, self._dropout = Streams(project).shuffling(), Streams(project).dropout()
        self._trainer = self._make_trainer()
        self._is_edited = after is not None
        self.has_gradient = False
        self._rate, self._schedule_start = rate_of(project.training, begun.plateau), begun.schedule_start
        self._epoch = EpochBatches(self.data.train_inputs, self.data.train_targets)
        self._rules = Rules.begun_at(begun.epoch)
        self._best = self._last_finite = frozen_copy(start)
        if after is not None:
            self._take_over(after)
        # Called now and then while many samples are measured, and after each whole epoch.
        self.between: Callable[[], object] | None = None
        self.after_epoch: Callable[[Run], object] | None = None
        # Whoever sets `pauses` in between ends `train` with the epoch that is being measured.
        self.is_best_restored = self.pauses = False
        self._measuring = Measuring(self.network, [self.data])
        self._gradients = self._gradients_by_layer()
        begins = after is None or after.steps == 0  # what was measured of a network that never trained is forgotten
        fresh = History(layers=len(self._gradients), unknown=begun.epoch if begins else 0)
        self.history: History = after.history if after and not begins else fresh
        self.history.expect_layers(len(self._gradients))
        self._queue: list[Batch] = []
        self._position = self._sample = 0
        if begins:
            self.history.append(self._measure(), self.penalty())
            self._judge()
        if not np.isfinite(self._measure()[0]):
            self.stop = hopeless_start()
        self._begin_epoch()

    def _start(self, after: Run | None, trained: TrainedState | None) -> Floats:
        """Return the flat vector with which the run begins."""
        start = initial_parameters(self.project, self.architecture)
        if after is not None:
            carry_weights(after, self, start)
        if trained is not None:
            trained.check_count(len(start))
            np.copyto(start, trained.parameters)
        return start

    def _take_over(self, before: Run) -> None:
        """Go on with what another run remembers, where that has a meaning for this one."""
        if have_same_steps(before, self):
            self._trainer.memory.take_over(before.memory)
        if have_same_costs(before, self):
            known = before.checkpoint()
            self._rules, self._best = known.rules.waiting_anew(), known.best

    @property
    def memory(self) -> OptimizerState:
        """What the optimizer remembers."""
        return self._trainer.memory

    @property
    def standing(self) -> Standing:
        """How far the weights of this moment have come, for a run that goes on from them.

        Where the best weights are back, they are those of the best epoch.
        """
        epoch = self.best_epoch if self.is_best_restored else self.epoch
        return Standing(epoch, self.steps, min(self._schedule_start, epoch), self._rate.plateau, self._keep_ties)

    @property
    def is_edited(self) -> bool:
        """Whether numbers were changed by hand since the last whole epoch."""
        return self._is_edited

    @property
    def epoch(self) -> int:
        """How many whole epochs are done."""
        return len(self.history) - 1

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest cost so far of the part that decides (`data.deciding`)."""
        return self._rules.best_epoch

    @property
    def training_samples(self) -> int:
        """How many samples an epoch has."""
        return len(self._epoch)

    @property
    def batch(self) -> int:
        """How many batches of the current epoch are done."""
        return self._position + self._sample // self.project.training.batch_size

    @property
    def batches(self) -> int:
        """How many batches an epoch has."""
        return -(-len(self._epoch) // self.project.training.batch_size)

    @property
    def batches_left(self) -> int:
        """How many batches of the current epoch are left."""
        return len(self._queue) - self._position

    def train(self, batches: int) -> int:
        """Train on up to this many batches; returns how many were done before it stopped by itself or was to pause."""
        done, self.pauses = 0, False
        with np.errstate(all="ignore"):
            while done < batches and self.stop is None and not self.pauses:
                for batch in self._queue[self._position : self._position + batches - done]:
                    if not self._trainer.step(batch):
                        self._diverge()
                        return done
                    self._position += 1
                    self.steps += 1
                    done += 1
                self.has_gradient = True
                if self._position == len(self._queue):
                    self._end_epoch()
        return done

    def train_sample(self) -> int | None:
        """Train on the next sample of the epoch alone, as if the batch size were 1; the rest is cut into batches anew.

        Returns its row in `data.samples`, or `None` where the run has stopped.
        """
        if self.stop is not None:
            return None
        self._sample += self._position * self.project.training.batch_size
        self._position = 0
        place, orders = self._sample, self._epoch.orders
        row = int(self.data.train_rows[place if orders is None else orders[0][place]])
        (batch,) = self._epoch.batches(1, start=place, trainer=self._trainer, end=place + 1)
        with np.errstate(all="ignore"):
            if not self._trainer.step(batch):
                self._cut()
                self._diverge()
                return row
            self.has_gradient = True
            self.steps += 1
            self._sample += 1
            self._cut()
            if not self._queue:
                self._end_epoch()
        return row

    def train_epochs(self, epochs: int) -> None:
        """Train to the end of the current epoch, and then on until this many are done or the run stops."""
        for _ in range(epochs):
            self.train(self.batches_left)

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next batch on, without touching the weights.

        Raises `InputError` for another optimizer or cost, which need a run of their own (`Run(project, after=run)`).
        """
        check_tuning(self.project.training, spec)
        old, self.project = self.project.training, replace(self.project, training=spec)
        self._trainer.retune(spec)
        if (spec.schedule, spec.optimizer.learning_rate) != (old.schedule, old.optimizer.learning_rate):
            self._rate = rate_of(spec)
            self._trainer.learning_rate = self._rate.at(self.epoch - self._schedule_start)
        if spec.batch_size != old.batch_size:
            self._trainer.forget_buffers()
            self._sample += self._position * old.batch_size
            self._cut()
        if spec.stop != old.stop:
            self._ignored.clear()
            self.stop = self.stop if self.stop and self.stop.rule == "diverged" else None
            self.is_best_restored = self.is_best_restored and self.stop is not None

    def freeze(self, frozen: FrozenParameters) -> None:
        """Freeze these weights and biases, and no others, at their values from the next batch on."""
        if frozen == self.project.network.frozen:
            return
        self.project = replace(self.project, network=replace(self.project.network, frozen=frozen))
        self._change(self.network.parameters.copy())

    def set_values(self, values: Sequence[tuple[ParameterIndex, float]]) -> None:
        """Change single weights and biases between two batches; what is frozen stays, and so does what is nowhere."""
        parameters = self.network.parameters.copy()
        for place, value in values:
            index = self.architecture.place(place.layer, place.unit, place.source)
            if index is not None:
                parameters[index] = value
        self._change(parameters)

    def _change(self, parameters: Floats) -> None:
        """Go on with other numbers; neurons that are equal now stay equal."""
        pin(parameters, self.project.network.frozen, self.architecture)
        if not np.array_equal(parameters, self.network.parameters):
            self._is_edited = True
        self._take(parameters)
        if has_tied_neurons(self.architecture, parameters) != self._keep_ties:
            moment = self.checkpoint()
            self.restore(replace(moment, keep_ties=not moment.keep_ties))

    def _take(self, parameters: Floats) -> None:
        """Use these numbers from now on, but for what is frozen."""
        np.copyto(self.network.parameters, parameters)
        pin(self.network.parameters, self.project.network.frozen, self.architecture)
        self._trainer.hold(held_places(self.project.network.frozen, self.architecture))

    def _rebuild(self) -> None:
        """Set the network up anew with the same numbers, because equal neurons have come or gone."""
        self._keep_ties = not self._keep_ties
        self.network = Network(self.architecture, self.network.parameters, keep_ties=self._keep_ties)
        self._measuring = Measuring(self.network, [self.data])
        self._gradients = self._gradients_by_layer()

    def go_on(self) -> None:
        """Take up training again after the run has stopped; the rule that fired is not asked again."""
        if self.stop is not None:
            self._ignored.add(self.stop.rule)
            self.stop = None
            self.is_best_restored = False

    def restore_best(self) -> None:
        """Take the weights of the best epoch, as patience does when it ends a run."""
        self._take(self._best)
        self.is_best_restored = True

    def checkpoint(self) -> Checkpoint:
        """Return this moment, from which `restore` lets a run go on exactly as this one does."""
        return Checkpoint(
            architecture=self.architecture,
            cost=self.data.rule.cost,
            samples=len(self._epoch),
            training=self.project.training,
            keep_ties=self._keep_ties,
            parameters=self._frozen_parameters(),
            best=self._best,
            best_epoch=self._rules.best_epoch,
            last_finite=self._last_finite,
            memory=frozen_copy(self._trainer.memory.vectors),
            memory_steps=self._trainer.memory.steps,
            shuffling=state_of(self._shuffling),
            dropout=state_of(self._dropout),
            orders=self._epoch.orders,
            sample=self._sample,
            position=self._position,
            steps=self.steps,
            schedule_start=self._schedule_start,
            rate=self._rate,
            rules=self._rules,
            curve=self.history.curve(),
            stop=self.stop,
            ignored=frozenset(self._ignored),
            is_best_restored=self.is_best_restored,
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back, or forth, to a moment of a run of the same network on the same data.

        Raises `InputError`, with nothing changed, when the checkpoint is of another network or of other data.
        """
        if (checkpoint.architecture, checkpoint.cost) != (self.architecture, self.data.rule.cost):
            raise InputError("The checkpoint is of another network or cost; restore one of this run.")
        if checkpoint.samples != len(self._epoch):
            raise InputError(
                f"The checkpoint is of {checkpoint.samples:,} training samples, but there are {len(self._epoch):,}; "
                "restore one of the same data."
            )
        self.project = replace(self.project, training=checkpoint.training)
        self._shuffling.bit_generator.state = checkpoint.shuffling
        self._dropout.bit_generator.state = checkpoint.dropout
        numbers, frozen = checkpoint.parameters, self.project.network.frozen
        if has_tied_neurons_pinned(self.architecture, numbers, frozen, had=checkpoint.keep_ties) != self._keep_ties:
            self._rebuild()
        self._trainer = self._make_trainer()
        remember(self._trainer.memory, checkpoint)
        self._take(checkpoint.parameters)
        self._best, self._last_finite = checkpoint.best, checkpoint.last_finite
        self._rate, self._rules = checkpoint.rate, checkpoint.rules
        self._schedule_start, self.steps = checkpoint.schedule_start, checkpoint.steps
        self.history = History(checkpoint.curve)
        self.history.expect_layers(len(self._gradients))
        self.stop, self._ignored = checkpoint.stop, set(checkpoint.ignored)
        self.is_best_restored = checkpoint.is_best_restored
        self._trainer.learning_rate = self._rate.at(self.epoch - self._schedule_start)
        self._epoch.arrange(checkpoint.orders)
        self._sample = checkpoint.sample
        self._cut()
        self._position = checkpoint.position
        self._is_edited, self.has_gradient = True, False

    def measures(self) -> tuple[Measures, Measures]:
        """Return cost and score of the training and the test part with the weights of this moment."""
        return self.measures_by_part()[:2]

    def measures_by_part(self) -> PartMeasures:
        """Return cost and score of every part with the weights of this moment."""
        return measures_of(self._measure())

    def last_measures(self) -> tuple[Measures, Measures]:
        """Return cost and score as of the last whole epoch, which costs nothing."""
        return self.last_measures_by_part()[:2]

    def last_measures_by_part(self) -> PartMeasures:
        """Return cost and score of every part as of the last whole epoch, which costs nothing."""
        return measures_of(self.history.last)

    def penalty(self) -> float:
        """Return what l1 and l2 add to the cost that training makes small; the reported cost leaves it out."""
        l1, l2 = self.project.training.l1, self.project.training.l2
        return penalty(self.network.parameters, self.architecture.weight_mask, l1=l1, l2=l2) if l1 or l2 else 0.0

    def _begin_epoch(self) -> None:
        self._trainer.learning_rate = self._rate.at(self.epoch - self._schedule_start)
        shuffle = self.project.training.shuffle
        self._epoch.arrange([self._shuffling.permutation(len(self._epoch))] if shuffle else None)
        # While the batch size stays, the batches are views into the arranged samples and stay too.
        if self._sample or not self._queue:
            self._sample = 0
            self._cut()
        self._position = 0

    def _cut(self) -> None:
        """Cut what is left of the epoch into batches."""
        size = self.project.training.batch_size
        self._queue = self._epoch.batches(size, start=self._sample, trainer=self._trainer)
        self._position = 0

    def _end_epoch(self) -> None:
        row = self._measure()
        if not (np.isfinite(row[0]) and np.isfinite(self.network.parameters).all()):
            self._diverge()
            self._sample = 0  # the weights are those of its beginning again, so whoever goes on has all of it to do
            self._cut()
            return
        self._last_finite = frozen_copy(self.network.parameters)
        self._is_edited = False
        self.history.append(row, self.penalty(), tuple(sqrt(one.dot(one)) for one in self._gradients))
        self._rate = self._rate.watched(stopping.watched_cost(row))
        self._judge()
        self._begin_epoch()
        if self.after_epoch is not None:
            self.after_epoch(self)

    def _frozen_parameters(self) -> Floats:
        """Return the numbers of this moment, those of the last whole epoch where they still are the same."""
        now = self.network.parameters
        return self._last_finite if np.array_equal(now, self._last_finite) else frozen_copy(now)

    def _gradients_by_layer(self) -> list[Floats]:
        """Return views of the gradient, a flat one for each layer with weights."""
        return [matrix.reshape(-1) for matrix in self.architecture.matrices(self.network.gradient)]

    def _diverge(self) -> None:
        """Stop, and keep the last weights that are finite numbers and whose cost is one."""
        if not (np.isfinite(self._measure()[0]) and np.isfinite(self.network.parameters).all()):
            self._take(self._last_finite)
        self.stop = divergence(epoch=self.epoch, learning_rate=self.project.training.optimizer.learning_rate)

    def _judge(self) -> None:
        """Ask the stopping rules about the last epoch."""
        spec = self.project.training.stop
        norm = self.gradient_norm() if spec.gradient_norm is not None else float("nan")
        epoch = stopping.epoch_of(self.epoch, self.history.last, norm, unit=self.data.cost_unit)
        before, self._rules = self._rules, self._rules.watched(spec, epoch)
        if self._rules.lowest is not before.lowest:
            self._best = self._last_finite  # the numbers that have just been measured
        self.stop = self._rules.stop(spec, epoch, ignored=self._ignored)
        if self.stop is not None and self.stop.restores_best:
            self._take(self._best)
            self.is_best_restored = True

    def gradient_norm(self) -> float:
        """Return the length of the gradient of the cost over all training samples, penalties left out.

        What training leaves alone does not count, as it would never become small.
        """
        gradient = self._measuring.gradient()
        gradient[held_places(self.project.network.frozen, self.architecture)] = 0.0
        with np.errstate(all="ignore"):
            return float(np.linalg.norm(gradient))

    def _make_trainer(self) -> Trainer:
        trainer = Trainer(self.network, self.project.training, cost=self.data.rule.cost, generators=(self._dropout,))
        trainer.hold(held_places(self.project.network.frozen, self.architecture))
        return trainer

    def _measure(self) -> MeasurementRow:
        """Return what is measured now, in the order of the rows of a curve; NaN where there is none."""
        train_cost, test_cost, train_score, test_score, *validation = self._measuring.row(self.between).tolist()
        return train_cost, test_cost, train_score, test_score, validation[0], validation[1]


def _data_of(project: Project, trained: TrainedState | None, progress: Progress) -> Prepared:
    """Return the data that a trained network brings along, or those of the project."""
    return prepare(project, progress) if trained is None else trained.data


def _standing_of(after: Run | None, trained: TrainedState | None) -> Standing:
    """Return how far a run has come when it begins; a schedule begins anew after an edit of the document."""
    if trained is not None:
        return trained.standing
    return Standing() if after is None else Standing(after.epoch, after.steps, after.epoch)
