"""One reproducible training run: same project in, same numbers out, however it is cut into slices.

A run counts steps and never looks at a clock. It belongs to one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.engine.network import Network
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.errors import InputError
from nnplayground.project.changes import EditPlan, plan
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import FrozenParameters, ParameterIndex
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.checkpoints import Checkpoint, frozen_copy, remember
from nnplayground.training.run.curve_recorder import CurveRecorder, penalty_of
from nnplayground.training.run.epoch_loop import EpochLoop, RunState
from nnplayground.training.run.history import History
from nnplayground.training.run.measures import Measures, PartMeasures, measures_of
from nnplayground.training.run.prepare import Prepared, architecture_of, prepare
from nnplayground.training.run.start import has_tied_neurons, has_tied_neurons_pinned, initial_parameters, pin
from nnplayground.training.run.stopping import Rules, Stop
from nnplayground.training.run.streams import GeneratorState, Streams
from nnplayground.training.run.trained_state import Standing, TrainedState
from nnplayground.training.run.tuning import check_tuning, rate_of
from nnplayground.training.run.weight_transfer import TransferredState


class Run:
    """Training of one project. Raises `InputError` at construction when data and document do not fit."""

    def __init__(
        self,
        project: Project,
        prepared: Prepared | None = None,
        *,
        after: Run | TransferredState | None = None,
        trained: TrainedState | None = None,
        progress: Progress = UNWATCHED,
    ) -> None:
        """Start a run; with `after`, carry on with the weights, the epoch and the curve of another one.

        That is a run, or what one hands over by a plan that is made already (`transferred`). With `trained`, go on from
        a network that was trained before; nothing is known of its curve. `progress` is told how far the reading of the
        data is, and can end it.
        """
        before = _state_of(after, project)
        self.project: Project = project
        self.data = prepared or _data_of(project, trained, progress)
        self.architecture = architecture_of(project, self.data)
        start = self._start(before, trained)
        begun = _standing_of(before, trained)
        self._keep_ties = begun.keep_ties if trained is not None else has_tied_neurons(self.architecture, start)
        network = Network(self.architecture, start, keep_ties=self._keep_ties)
        self._state = RunState(
            rate_of(project.training, begun.plateau),
            Rules.begun_at(begun.epoch),
            shuffling=Streams(project).shuffling(),
            dropout=Streams(project).dropout(),
            schedule_start=begun.schedule_start,
            scaled_targets=self.data.scaled_targets,
        )
        goes_on = before is not None and before.has_trained
        layers = len(self.architecture.shapes)
        fresh = History(layers=layers, unknown=0 if goes_on else begun.epoch)
        self._recorder = CurveRecorder(before.history if before and goes_on else fresh)
        self.history.expect_layers(layers)
        self._loop = EpochLoop(
            network,
            [self.data],
            [self._state],
            self._recorder,
            training=project.training,
            frozen=project.network.frozen,
        )
        self._loop.epoch, self._loop.steps = begun.epoch, begun.steps
        self._is_edited = before is not None
        self.after_epoch: Callable[[Run], object] | None = None  # called after each whole epoch
        if before is not None:
            self._take_over(before)
        if goes_on:
            self._loop.check_start(self._loop.measuring.row())
        else:
            self._loop.start()
        self._loop.begin_epoch()

    def _start(self, before: TransferredState | None, trained: TrainedState | None) -> Floats:
        """Return the flat vector with which the run begins."""
        start = initial_parameters(self.project, self.architecture)
        if before is not None:
            before.write_weights(start, self.architecture, self.data)
        if trained is not None:
            trained.check_count(len(start))
            np.copyto(start, trained.parameters)
        return start

    def _take_over(self, before: TransferredState) -> None:
        """Go on with what another run remembers, where that has a meaning for this one."""
        if before.has_same_steps(self.architecture, self.data):
            self.memory.take_over(before.memory)
        if before.has_same_costs(self.architecture, self.data):
            self._state.rules, self._loop.best = before.rules.waiting_anew(), before.best

    def transferred(self, edit: EditPlan) -> TransferredState:
        """Return what a run of the project `edit.new` takes over from this one, which does not go on meanwhile."""
        return TransferredState(
            plan=edit,
            architecture=self.architecture,
            data=self.data,
            parameters=read_only(self.network.parameters),
            best=self._loop.best,
            memory=self.memory,
            rules=self._state.rules,
            history=self.history.handed_over(),
            # The schedule of the learning rate begins anew after an edit.
            standing=Standing(self.epoch, self.steps, self.epoch),
        )

    @property
    def network(self) -> Network:
        """The network as it is now; training changes its parameters in place."""
        return self._loop.network

    @property
    def history(self) -> History:
        """What was measured so far."""
        return self._recorder.history

    @property
    def memory(self) -> OptimizerState:
        """What the optimizer remembers."""
        return self._loop.kernel.memory

    @property
    def learning_rate(self) -> float:
        """The learning rate of this epoch."""
        return float(self._loop.kernel.learning_rate)

    @property
    def steps(self) -> int:
        """How many batches were trained on since the first weights."""
        return self._loop.steps

    @property
    def stop(self) -> Stop | None:
        """Why the run has stopped by itself, if it has."""
        return self._state.stop

    @property
    def is_best_restored(self) -> bool:
        """Whether the weights of the best epoch are back."""
        return self._state.is_best_restored

    @property
    def has_gradient(self) -> bool:
        """Whether the gradient of the network is that of a batch."""
        return self._loop.has_gradient

    @property
    def between(self) -> Callable[[], object] | None:
        """What is called now and then while many samples are measured."""
        return self._loop.between

    @between.setter
    def between(self, call: Callable[[], object] | None) -> None:
        self._loop.between = call

    @property
    def pauses(self) -> bool:
        """Whether training is to pause after this epoch; to be set by what is called in `between`."""
        return self._loop.pauses

    @pauses.setter
    def pauses(self, pauses: bool) -> None:
        self._loop.pauses = pauses

    @property
    def standing(self) -> Standing:
        """How far the weights of this moment have come, for a run that goes on from them.

        Where the best weights are back, they are those of the best epoch.
        """
        epoch = self.best_epoch if self.is_best_restored else self.epoch
        start, plateau = self._state.schedule_start, self._state.rate.plateau
        return Standing(epoch, self.steps, min(start, epoch), plateau, self._keep_ties)

    @property
    def is_edited(self) -> bool:
        """Whether numbers were changed by hand since the last whole epoch."""
        return self._is_edited

    @property
    def epoch(self) -> int:
        """How many whole epochs are done."""
        return self._loop.epoch

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest cost so far of the part that decides (`data.deciding`)."""
        return self._state.rules.best_epoch

    @property
    def training_samples(self) -> int:
        """How many samples an epoch has."""
        return len(self._loop.samples)

    @property
    def batch(self) -> int:
        """How many batches of the current epoch are done."""
        is_over = self._loop.sample == self.training_samples  # while it is measured
        return self.batches if is_over else self._loop.sample // self.project.training.batch_size

    @property
    def batches(self) -> int:
        """How many batches an epoch has."""
        return -(-self.training_samples // self.project.training.batch_size)

    @property
    def batches_left(self) -> int:
        """How many batches of the current epoch are left."""
        return self._loop.batches_left(self.project.training.batch_size)

    def train(self, batches: int) -> int:
        """Train on up to this many batches; returns how many were done before it stopped by itself or was to pause."""
        return self._loop.train(batches, after_epoch=self._finish_epoch)

    def train_sample(self) -> int | None:
        """Train on the next sample of the epoch alone, as if the batch size were 1; the rest is cut into batches anew.

        Returns its row in `data.samples`, or `None` where the run has stopped.
        """
        if self.stop is not None:
            return None
        place, orders = self._loop.sample, self._loop.samples.orders
        row = int(self.data.train_rows[place if orders is None else orders[0][place]])
        self._loop.train(1, size=1, after_epoch=self._finish_epoch)
        return row

    def _finish_epoch(self) -> None:
        self._is_edited = False
        if self.after_epoch is not None:
            self.after_epoch(self)

    def train_epochs(self, epochs: int) -> None:
        """Train to the end of the current epoch, and then on until this many are done or the run stops."""
        for _ in range(epochs):
            self.train(self.batches_left)

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next batch on, without touching the weights.

        Raises `InputError` for another optimizer or cost, which need a run of their own (`Run(project, after=run)`).
        """
        tuned = replace(self.project, training=spec)
        check_tuning(self.project, tuned)
        old, self.project = self.project.training, tuned
        self._loop.retune(spec)
        if (spec.schedule, spec.optimizer.learning_rate) != (old.schedule, old.optimizer.learning_rate):
            self._state.rate = rate_of(spec)
            self._loop.set_learning_rate()
        if spec.stop != old.stop:
            state = self._state
            state.ignored = frozenset()
            state.stop = state.stop if state.stop and state.stop.has_diverged else None
            state.is_best_restored = state.is_best_restored and state.stop is not None

    def freeze(self, frozen: FrozenParameters) -> None:
        """Freeze these weights and biases, and no others, at their values from the next batch on."""
        if frozen == self.project.network.frozen:
            return
        self.project = replace(self.project, network=replace(self.project.network, frozen=frozen))
        self._loop.frozen = frozen
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
        self._loop.take(parameters)
        if has_tied_neurons(self.architecture, parameters) != self._keep_ties:
            moment = self.checkpoint()
            self.restore(replace(moment, keep_ties=not moment.keep_ties))

    def go_on(self) -> None:
        """Take up training again after the run has stopped; the rule that fired is not asked again."""
        state = self._state
        if state.stop is not None:
            state.ignored |= {state.stop.rule}
            state.stop, state.is_best_restored = None, False

    def restore_best(self) -> None:
        """Take the weights of the best epoch, as patience does when it ends a run."""
        self._loop.take(self._loop.best)
        self._state.is_best_restored = True

    def checkpoint(self) -> Checkpoint:
        """Return this moment, from which `restore` lets a run go on exactly as this one does."""
        loop, state = self._loop, self._state
        return Checkpoint(
            architecture=self.architecture,
            cost=self.data.rule.cost,
            samples=self.training_samples,
            training=self.project.training,
            keep_ties=self._keep_ties,
            parameters=self._frozen_parameters(),
            best=loop.best,
            last_finite=loop.last_finite,
            memory=frozen_copy(self.memory.vectors),
            memory_steps=self.memory.steps,
            shuffling=GeneratorState.of(state.shuffling),
            dropout=GeneratorState.of(state.dropout),
            orders=loop.samples.orders,
            sample=loop.sample,
            steps=loop.steps,
            schedule_start=state.schedule_start,
            rate=state.rate,
            rules=state.rules,
            curve=self.history.curve(),
            stop=state.stop,
            ignored=state.ignored,
            is_best_restored=state.is_best_restored,
        )

    def can_restore(self, checkpoint: Checkpoint) -> bool:
        """Tell whether a checkpoint is of the same network and cost, and of as many training samples."""
        return (
            checkpoint.samples == self.training_samples
            and checkpoint.cost == self.data.rule.cost
            and (checkpoint.architecture is self.architecture or checkpoint.architecture == self.architecture)
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back, or forth, to a moment of a run of the same network on the same data.

        Raises `InputError`, with nothing changed, when the checkpoint is of another network or of other data.
        """
        if not self.can_restore(checkpoint):
            raise InputError(
                f"The checkpoint is of another network or cost, or of {checkpoint.samples:,} training samples where "
                f"there are {self.training_samples:,}; restore one of this run."
            )
        self.project = replace(self.project, training=checkpoint.training)
        loop, state = self._loop, self._state
        checkpoint.shuffling.give(state.shuffling)
        checkpoint.dropout.give(state.dropout)
        loop.start_optimizer(self._network_for(checkpoint), checkpoint.training)
        remember(self.memory, checkpoint)
        loop.take(checkpoint.parameters)
        loop.best, loop.last_finite = checkpoint.best, checkpoint.last_finite
        loop.epoch, loop.steps = checkpoint.epoch, checkpoint.steps
        state.rate, state.rules, state.schedule_start = checkpoint.rate, checkpoint.rules, checkpoint.schedule_start
        state.stop, state.ignored = checkpoint.stop, checkpoint.ignored
        state.is_best_restored = checkpoint.is_best_restored
        self._recorder.go_on(checkpoint.curve, layers=len(self.architecture.shapes))
        loop.resume(checkpoint.orders, checkpoint.sample)
        self._is_edited, loop.has_gradient = True, False

    def _network_for(self, checkpoint: Checkpoint) -> Network:
        """Return the network, set up anew where equal neurons come or go with the numbers of a checkpoint."""
        numbers, frozen = checkpoint.parameters, self.project.network.frozen
        if has_tied_neurons_pinned(self.architecture, numbers, frozen, had=checkpoint.keep_ties) == self._keep_ties:
            return self.network
        self._keep_ties = not self._keep_ties
        return Network(self.architecture, self.network.parameters, keep_ties=self._keep_ties)

    def measures(self) -> tuple[Measures, Measures]:
        """Return cost and score of the training and the test part with the weights of this moment."""
        return self.measures_by_part()[:2]

    def measures_by_part(self) -> PartMeasures:
        """Return cost and score of every part with the weights of this moment."""
        return measures_of(self._measure())

    def last_measures_by_part(self) -> PartMeasures:
        """Return cost and score of every part as of the last whole epoch, which costs nothing."""
        return measures_of(self.history.last)

    def penalty(self) -> float:
        """Return what l1 and l2 add to the cost that training makes small; the reported cost leaves it out."""
        return penalty_of(self.network, self.project.training)

    def gradient_norm(self) -> float:
        """Return the length of the gradient of the cost over all training samples, penalties left out.

        What training leaves alone does not count, as it would never become small.
        """
        return float(self._loop.gradient_norms())

    def _frozen_parameters(self) -> Floats:
        """Return the numbers of this moment, those of the last whole epoch where they still are the same."""
        now, last_finite = self.network.parameters, self._loop.last_finite
        return last_finite if np.array_equal(now, last_finite) else frozen_copy(now)

    def _measure(self) -> list[float]:
        """Return what is measured now, in the order of the rows of a curve; NaN where there is none."""
        row: list[float] = self._loop.measuring.row(self.between).tolist()
        return row


def _data_of(project: Project, trained: TrainedState | None, progress: Progress) -> Prepared:
    """Return the data that a trained network brings along, or those of the project."""
    return prepare(project, progress) if trained is None else trained.data


def _standing_of(before: TransferredState | None, trained: TrainedState | None) -> Standing:
    """Return how far a run has come when it begins."""
    if trained is not None:
        return trained.standing
    return Standing() if before is None else before.standing


def _state_of(after: Run | TransferredState | None, project: Project) -> TransferredState | None:
    """Return what a run of a project goes on from; for a run alone, the plan is made here."""
    if not isinstance(after, Run):
        return after
    return after.transferred(plan(after.project, project, keep_weights=True))
