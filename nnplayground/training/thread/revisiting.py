"""What it takes to show the past of a run elsewhere, while the run goes on: all its moments, to the newest."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.time_travel.history_record import HistoryRecord


def whole_record(snapshot: Snapshot) -> HistoryRecord:
    """Return the past of a snapshot with the moment of the snapshot itself at its end, where that is the newest.

    That moment is there to be shown; training cannot go on from it, as the optimizer's memory in it is of before.
    """
    record = snapshot.record
    last = record.checkpoints[-1] if record.checkpoints else None
    if last is None or record.is_back or snapshot.epoch <= last.epoch:
        return record
    return replace(record, checkpoints=(*record.checkpoints, _shown_by(snapshot, last)), last_epoch=snapshot.epoch)


def _shown_by(snapshot: Snapshot, before: Checkpoint) -> Checkpoint:
    return replace(
        before,
        training=snapshot.project.training,
        parameters=snapshot.parameters,
        curve=snapshot.curve,
        steps=snapshot.steps,
        stop=snapshot.stop,
    )
