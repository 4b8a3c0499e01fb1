"""A run that can be played, paused, stepped and restarted, and photographed for the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from nnplayground.arrays import read_only
from nnplayground.project.differences import differences
from nnplayground.project.parameter_index import FrozenParameters, ParameterIndex
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.answer_samples import MOST_SHARE, PAUSE_SECONDS, answers_of
from nnplayground.training.observe.answers import Answers
from nnplayground.training.observe.inspect_layer import inspections_of
from nnplayground.training.observe.inspection import Inspection, InspectionRequest
from nnplayground.training.observe.map_pace import PacedMaps
from nnplayground.training.observe.paced import Paced
from nnplayground.training.observe.paced_reports import PacedReports
from nnplayground.training.observe.report import Report
from nnplayground.training.observe.snapshot import MapRequest, Maps, Snapshot
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
        self._maps = PacedMaps()
        self._reports = PacedReports()
        self._inspections: Paced[InspectionRequest, Inspection | None] = Paced(inspections_of)
        self._answers: Paced[None, Answers] = Paced(answers_of, pause=PAUSE_SECONDS, most_share=MOST_SHARE)
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
            self._sample = self.run.train_sample()
        self.playing = False
        self._tell_stop()

    def train_until(self, epoch: int) -> None:
        """Train to the end of an epoch and pause there; one that is over already asks for nothing."""
        if epoch > self.run.epoch:
            self.play()
            self._last_epoch = epoch

    def retune(self, training: TrainingSpec, frozen: FrozenParameters) -> None:
        """Use other settings from the next batch on, and freeze these numbers."""
        before = self.run.project
        self.run.retune(training)
        self.run.freeze(frozen)
        self.branch_history.record_changes(self.run.epoch, differences(before, self.run.project))

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
        if moment.training.optimizer.name == now.optimizer.name:
            self.run.retune(now)
        else:
            after_epoch = self.run.after_epoch
            self.run = Run(replace(self.run.project, training=now), self.run.data, after=self.run)
            self.run.after_epoch = after_epoch
        self.branch_history.arrive(moment, now)

    def train(self, batches: int, epochs: int) -> None:
        """Train so many batches, or to the end of so many epochs, and pause; a step under way grows by the new one."""
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
            if self._batches_left is not None:
                room = min(room, self._batches_left)
            if self._last_epoch is not None:
                room = min(room, self.run.batches_left)  # so as to look up at the end of each epoch
            trained = self.run.train(room)
            done += trained
            self._look_up(trained)
        return done

    def _look_up(self, trained: int) -> None:
        """Pause when the run has stopped by itself or a step is done."""
        if self._batches_left is not None:
            self._batches_left -= trained
        is_done = self._batches_left == 0 or (self._last_epoch is not None and self.run.epoch >= self._last_epoch)
        if is_done or self.run.stop is not None:
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
        request: MapRequest | None,
        *,
        epochs_per_second: float,
        report: bool = False,
        inspect: InspectionRequest | None = None,
        answers: bool = False,
        hasty: bool = False,
    ) -> Snapshot:
        """Return the state of this moment; nothing in it changes any more.

        A report, a look into a layer and the answers for all samples come along if they are wanted and due. A `hasty`
        snapshot takes no longer at rest than while training: it has what was measured last, and maps as coarse.
        """
        run = self.run
        busy = self.playing or hasty
        is_measured = busy or (run.batch == 0 and not run.is_best_restored and not run.is_edited)
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
            maps=self._make_maps(request, busy=busy),
            epochs_per_second=epochs_per_second if self.playing else 0.0,
            report=self._make_report(wanted=report, busy=busy),
            inspection=self._inspect(inspect, busy=busy),
            gradient=read_only(run.network.gradient.copy()) if run.has_gradient else None,
            answers=self._make_answers(wanted=answers, busy=busy),
            record=self.branch_history.record(run),
            sample=self._sample,
            standing=run.standing,
        )

    def _make_maps(self, request: MapRequest | None, *, busy: bool) -> Maps | None:
        run = self.run
        if request is None:
            return None
        return self._maps.make(run.architecture, run.network.parameters, run.data, request, training=busy)

    def _make_report(self, *, wanted: bool, busy: bool) -> Report | None:
        if not wanted:
            self._reports.forget()
            return None
        moments = self.branch_history.record(self.run).checkpoints
        return self._reports.make(self.run, training=busy, start=moments[0] if moments else None)

    def _make_answers(self, *, wanted: bool, busy: bool) -> Answers | None:
        if not wanted:
            self._answers.forget()
            return None
        return self._answers.make(self.run, None, training=busy)

    def _inspect(self, request: InspectionRequest | None, *, busy: bool) -> Inspection | None:
        if request is None:
            self._inspections.forget()
            return None
        return self._inspections.make(self.run, request, training=busy)
