"""The way of a run through time: where one can go back to, what was left on the way, what has happened.

It outlives a run: an edit that keeps the weights goes on with a new run on the same branch history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnplayground.project.differences import Difference
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import Stop
from nnplayground.training.time_travel.history_record import Branch, Event, EventKind, HistoryRecord
from nnplayground.training.time_travel.timeline import Timeline

MOST_BRANCHES, MOST_EVENTS = 5, 200


@dataclass(frozen=True, eq=False)
class BranchHistoryState:
    """All that a branch history knows: the moments that it has `kept`, those of other networks too, and the `best` one.

    While the run stands at an earlier moment, `present` is its newest one, and `trained_then` how the moment on the
    screen was trained, where that is another way. The place of the `undecided` changes on the curve is not known yet.
    """

    kept: tuple[Checkpoint, ...]
    best: Checkpoint | None
    branches: tuple[Branch, ...]
    events: tuple[Event, ...]
    present: Checkpoint | None
    trained_then: TrainingSpec | None
    undecided: tuple[Difference, ...]


class BranchHistory:
    """Attached to one run at a time; `is_back` while that stands at an earlier moment than its newest."""

    def __init__(self) -> None:
        self._timeline = Timeline()
        self._branches: tuple[Branch, ...] = ()
        self._events: tuple[Event, ...] = ()
        self._present: Checkpoint | None = None  # the newest moment, while the run stands at an earlier one
        self._then: TrainingSpec | None = None  # how the moment on the screen was trained, while that is another way
        self._undecided: tuple[Difference, ...] = ()  # changes whose place on the curve is not known yet

    @classmethod
    def known(cls, record: HistoryRecord) -> BranchHistory:
        """Return a branch history that has come as far as another one, of which this past is known."""
        branch_history = cls()
        branch_history._timeline.adopt(record.checkpoints)
        branch_history._branches = record.branches[:-1] if record.is_back else record.branches
        branch_history._events = record.events
        return branch_history

    @classmethod
    def of(cls, state: BranchHistoryState) -> BranchHistory:
        """Return a branch history that knows the same as another one, not attached to a run."""
        history = cls()
        history._timeline.adopt(state.kept, state.best)
        history._branches, history._events = state.branches, state.events
        history._present, history._then, history._undecided = state.present, state.trained_then, state.undecided
        return history

    def state(self) -> BranchHistoryState:
        """Return all that is known at this moment."""
        return BranchHistoryState(
            kept=self._timeline.kept,
            best=self._timeline.best,
            branches=self._branches,
            events=self._events,
            present=self._present,
            trained_then=self._then,
            undecided=self._undecided,
        )

    @property
    def is_back(self) -> bool:
        """Whether the run stands at an earlier moment."""
        return self._present is not None

    def attach(self, run: Run) -> None:
        """Keep the moments of a run from now on, beginning with this one."""
        run.after_epoch = self._timeline.note
        self._timeline.begin(run)

    def reattach(self, run: Run) -> None:
        """Keep the moments of a run that was set up again where this history stands, which it knows already."""
        self._timeline.adopt(self._timeline.kept, self._timeline.best)  # so that it finds out anew which of them fit
        run.after_epoch = self._timeline.note

    def moment(self, run: Run, epoch: int | None) -> Checkpoint | None:
        """Return the moment to set the run back to: the nearest at or before an epoch, or the newest (`None`).

        `None` where the run stands at the newest already, or nothing has been kept.
        """
        present = self._present
        last = run.epoch if present is None else present.epoch
        if epoch is None or epoch >= last:
            return present
        nearest = HistoryRecord(self._timeline.moments(run)).nearest(epoch)
        # The first moment of a run that goes on from a trained network may be the newest one as well.
        return present if nearest is None or nearest.epoch >= last else nearest

    def leave(self, run: Run) -> None:
        """Keep the newest moment, as the run goes back from it."""
        if self._present is None:
            self._present = run.checkpoint()

    def arrive(self, moment: Checkpoint, now: TrainingSpec) -> None:
        """Note at which moment the run has arrived, and how it is trained `now`."""
        self._then = None if moment.training == now else moment.training
        if moment is self._present:
            self._present = self._then = None
            self._decide(moment.epoch)

    def branch(self, run: Run) -> None:
        """Leave behind what came after the moment at which the run stands; it may go another way now."""
        if self._present is None:
            return
        epoch, left = run.epoch, Branch(run.epoch, self._present.curve)
        self._branches = (*self._branches, left)[-MOST_BRANCHES:]
        self._present = self._then = None
        self._timeline.forget_after(run)
        self._events = tuple(event for event in self._events if event.epoch <= epoch)
        self._add(Event(epoch, "branched"))
        self._decide(epoch)

    def record_changes(self, epoch: int, changes: Sequence[Difference]) -> None:
        """Note that settings have changed; while the run is back, the mark waits until it is clear on which curve."""
        self._undecided = merged(self._undecided, changes)
        if not self.is_back:
            self._decide(epoch)

    def record_event(self, epoch: int, kind: EventKind, stop: Stop | None = None) -> None:
        """Record that something has happened; the same once more at the same epoch is not recorded again."""
        event = Event(epoch, kind, stop=stop)
        if event not in self._events[-2:]:
            self._add(event)

    def record(self, run: Run) -> HistoryRecord:
        """Return what is known of the past at this moment."""
        present = self._present
        if present is None:
            return HistoryRecord(self._timeline.moments(run), self._branches, self._events, run.best_epoch, run.epoch)
        return HistoryRecord(
            checkpoints=(*(one for one in self._timeline.moments(run) if one.epoch < present.epoch), present),
            branches=(*self._branches, Branch(run.epoch, present.curve)),
            events=self._events,
            best_epoch=present.best_epoch,
            last_epoch=present.epoch,
            is_back=True,
            trained_then=self._then,
        )

    def _decide(self, epoch: int) -> None:
        """Put the changes that have waited at an epoch; those of one epoch are one event."""
        changes, self._undecided = self._undecided, ()
        last = self._events[-1] if self._events else None
        if last is not None and last.kind == "changed" and last.epoch == epoch:
            self._events = self._events[:-1]
            changes = merged(last.changes, changes)
        if changes:
            self._add(Event(epoch, "changed", changes))

    def _add(self, event: Event) -> None:
        self._events = (*self._events, event)[-MOST_EVENTS:]


def merged(first: Sequence[Difference], then: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return two steps of changes as one; what leads back to where it began is left out."""
    result = {one.path: one for one in first}
    for one in then:
        before = result.get(one.path)
        result[one.path] = one if before is None else replace(before, after=one.after)
    return tuple(one for one in result.values() if one.before != one.after)
