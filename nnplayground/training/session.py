"""A run that can be played, paused, stepped and restarted, and photographed for the window."""

from __future__ import annotations

from itertools import count

from nnplayground.arrays import read_only
from nnplayground.training.inspecting import inspections_of
from nnplayground.training.inspections import Inspection, InspectionRequest
from nnplayground.training.maps import MapMaker
from nnplayground.training.paced import Paced
from nnplayground.training.paced_reports import PacedReports
from nnplayground.training.reports import Report
from nnplayground.training.run import Run
from nnplayground.training.snapshot import MapRequest, Maps, Snapshot


class Session:
    """One loaded document: its run, and whether it is being played."""

    def __init__(self, run: Run, generation: int, *, playing: bool = False) -> None:
        self.run = run
        self.playing = playing
        self._generation = generation
        self._numbers = count(1)
        self._maps = MapMaker()
        self._reports = PacedReports()
        self._inspections: Paced[InspectionRequest, Inspection | None] = Paced(inspections_of)
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
        self.run.go_on()
        self.playing = True
        self._batches_left = self._last_epoch = None

    def pause(self) -> None:
        """Stop training; the state stays as it is."""
        self.playing = False

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
            self._batches_left = self._last_epoch = None

    def restart(self) -> None:
        """Go back to the first weights of the document, on the same data; a step that is under way ends."""
        if self.is_stepping:
            self.playing = False
            self._batches_left = self._last_epoch = None
        self.run = Run(self.run.project, self.run.data)

    def snapshot(
        self,
        request: MapRequest | None,
        *,
        epochs_per_second: float,
        report: bool = False,
        inspect: InspectionRequest | None = None,
    ) -> Snapshot:
        """Return the state of this moment; nothing in it changes any more.

        A report and a look into a layer come along if they are wanted and due.
        """
        run = self.run
        is_measured = self.playing or (run.batch == 0 and not run.is_best_restored and not run.is_edited)
        train, test = run.last_measures() if is_measured else run.measures()
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
            train=train,
            test=test,
            penalty=run.penalty(),
            curve=run.history.curve(),
            stop=run.stop,
            maps=self._make_maps(request),
            epochs_per_second=epochs_per_second if self.playing else 0.0,
            report=self._make_report(wanted=report),
            inspection=self._inspect(inspect),
            gradient=read_only(run.network.gradient.copy()) if run.has_gradient else None,
        )

    def _make_maps(self, request: MapRequest | None) -> Maps | None:
        run = self.run
        if request is None:
            return None
        return self._maps.make(run.architecture, run.network.parameters, run.data, request)

    def _make_report(self, *, wanted: bool) -> Report | None:
        if not wanted:
            self._reports.forget()
            return None
        return self._reports.make(self.run, training=self.playing)

    def _inspect(self, request: InspectionRequest | None) -> Inspection | None:
        if request is None:
            self._inspections.forget()
            return None
        return self._inspections.make(self.run, request, training=self.playing)
