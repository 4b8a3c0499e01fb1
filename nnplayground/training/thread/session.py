"""A run that can be played, paused, stepped and restarted, and photographed for the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count

from nnplayground.arrays import read_only
from nnplayground.project.changes import Consequence, EditPlan, plan
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.observation import Request, Subject
from nnplayground.training.observe.observers import Observers
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.time_travel.branch_history import BranchHistory


class Session:
    """One loaded document: its run, and whether it is being played."""

    def __init__(
        self, run: Run, generation: int, *, playing: bool = False, branch_history: BranchHistory | None = None
    ) -> None:
        self.run = run
        self.branch_history = branch_history or BranchHistory()
        self.branch_history.attach(run)
        self._sample: int | None = None  # the one that was trained alone last
        self.playing = playing
        self._generation = generation
        self._numbers = count(1)
        self._observers = Observers()
        # What is left of a step that was asked for: so many batches, or until so many epochs are done.
        self._batches_left: int | None = None
        self._last_epoch: int | None = None

    @property
    def steps(self) -> int:
        """Batches done since the first weights."""
        return self.run.steps

    @property
    def batches(self) -> int:
        """Batches in an epoch."""
        return self.run.batches

    @property
    def is_stepping(self) -> bool:
        """Whether it trains only as far as a step goes."""
        return self._batches_left is not None or self._last_epoch is not None

    def play(self) -> None:
        """Train until told otherwise; also past a stop that has already fired."""
        self.branch_history.branch(self.run)
        self.run.go_on()
        self.playing = True
        self._sample = None
        self._end_step()

    def pause(self) -> None:
        """Stop training, and with it a step; the state stays as it is, but an epoch that is being measured ends."""
        self.playing, self.run.pauses = False, True
        self._end_step()

    def train_samples(self, samples: int) -> None:
        """Train on the next samples of the epoch one by one, here and now, and pause."""
        self.play()
        for _ in range(samples):
            trained = self.run.train_sample()
            if trained is None:
                break
            self._sample = trained
        self.playing = False
        self._tell_stop()

    def train_until(self, epoch: int) -> None:
        """Train to the end of an epoch and pause there; one that is over already asks for nothing."""
        if epoch > self.run.epoch:
            self.play()
            self._batches_left, self._last_epoch = None, epoch

    def retune(self, edit: EditPlan) -> None:
        """Use the settings after an edit from the next batch on, and freeze what is frozen then."""
        self.run.retune(edit.new.training)
        self.run.freeze(edit.new.network.frozen)
        self.branch_history.record_changes(self.run.epoch, edit.differences)

    def set_values(self, values: Sequence[tuple[ParameterIndex, float]]) -> None:
        """Change single weights and biases; where the run has gone back, it goes another way from there."""
        self.branch_history.branch(self.run)
        self.run.set_values(values)
        self.branch_history.record_event(self.run.epoch, "edited")

    def travel(self, epoch: int | None) -> None:
        """Pause at the nearest moment that was kept at or before an epoch, or at the newest one.

        Training goes on from there with the settings of now.
        """
        self.playing, self._sample = False, None
        self._end_step()
        moment = self.branch_history.moment(self.run, epoch)
        if moment is None:
            return
        self.branch_history.leave(self.run)
        now = self.run.project.training
        self.run.restore(moment)
        edit = plan(self.run.project, replace(self.run.project, training=now), keep_weights=True)
        if edit.consequence is Consequence.KEEP:
            after_epoch = self.run.after_epoch
            self.run = Run(edit.new, self.run.data, after=self.run.transferred(edit))
            self.run.after_epoch = after_epoch
        else:
            self.run.retune(now)
        self.branch_history.arrive(moment, now)

    def train(self, batches: int, epochs: int) -> None:
        """Train to the end of so many epochs, then so many batches, and pause; a step under way grows by these."""
        batches += self._batches_left or 0
        done = self.run.epoch if self._last_epoch is None else self._last_epoch
        epochs += done - self.run.epoch
        self.play()
        self._batches_left = batches or None
        self._last_epoch = self.run.epoch + epochs if epochs else None

    def advance(self, batches: int) -> int:
        """Train on up to this many batches and pause where that was asked for, or where the run stops by itself."""
        done = 0
        while self.playing and done < batches:
            room = batches - done
            if self._last_epoch is not None:
                room = min(room, self.run.batches_left)  # so as to look up at the end of each epoch
            elif self._batches_left is not None:
                room = min(room, self._batches_left)
            trained = self.run.train(room)
            done += trained
            self._look_up(trained)
        return done

    def _look_up(self, trained: int) -> None:
        """Pause when the run has stopped by itself or a step is done."""
        was_stepping = self.is_stepping
        if self._last_epoch is not None:
            if self.run.epoch >= self._last_epoch:
                self._last_epoch = None
        elif self._batches_left is not None:
            self._batches_left = self._batches_left - trained or None
        if (was_stepping and not self.is_stepping) or self.run.stop is not None:
            self.playing = False
            self._end_step()
            self._tell_stop()

    def _tell_stop(self) -> None:
        if self.run.stop is not None:
            self.branch_history.record_event(self.run.epoch, "stopped", self.run.stop)

    def _end_step(self) -> None:
        self._batches_left = self._last_epoch = None

    def restart(self) -> None:
        """Go back to the first weights of the document, on the same data; a step that is under way ends."""
        if self.is_stepping:
            self.playing = False
            self._end_step()
        self.run = Run(self.run.project, self.run.data)
        self.branch_history, self._sample = BranchHistory(), None
        self.branch_history.attach(self.run)

    def snapshot(
        self,
        wants: Collection[Request[object]] = (),
        *,
        epochs_per_second: float,
        hasty: bool = False,
    ) -> Snapshot:
        """Return the state of this moment, with the observations that are wanted and due; nothing in it changes.

        A `hasty` snapshot takes no longer at rest than while training: it has what was measured last, and maps as
        coarse.
        """
        run, record = self.run, self.branch_history.record(self.run)
        busy = self.playing or hasty
        is_measured = busy or (run.batch == 0 and not run.is_best_restored and not run.is_edited)
        start = record.checkpoints[0] if record.checkpoints else None
        measured = run.last_measures_by_part() if is_measured else run.measures_by_part()
        return Snapshot(
            generation=self._generation,
            number=next(self._numbers),
            project=run.project,
            data=run.data,
            architecture=run.architecture,
            parameters=read_only(run.network.parameters.copy()),
            epoch=run.epoch,
            batch=run.batch,
            batches=run.batches,
            steps=run.steps,
            running=self.playing,
            train=measured.train,
            test=measured.test,
            validation=measured.validation,
            penalty=run.penalty(),
            curve=run.history.curve(),
            stop=run.stop,
            epochs_per_second=epochs_per_second if self.playing else 0.0,
            gradient=read_only(run.network.gradient.copy()) if run.has_gradient else None,
            record=record,
            sample=self._sample,
            standing=run.standing,
            seen=self._observers.see(wants, Subject(run, start), busy=busy),
        )
