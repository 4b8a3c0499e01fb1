"""What is known of a run's past: the moments that one can go back to, the curves that were left, what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from nnplayground.project.differences import Difference
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.history import Curve
from nnplayground.training.run.stopping import Stop

EventKind: TypeAlias = Literal["changed", "edited", "stopped", "branched"]


@dataclass(frozen=True)
class Event:
    """Something that happened after `epoch` whole epochs, for a mark on the curve.

    `changed`: settings, told by `changes`. `edited`: weights or biases were set by hand. `stopped`: the run stopped by
    itself, `stop` says why. `branched`: the run went back to this epoch and was trained on from there.
    """

    epoch: int
    kind: EventKind
    changes: tuple[Difference, ...] = ()
    stop: Stop | None = None


@dataclass(frozen=True, eq=False)
class Branch:
    """A curve that was left at epoch `start`, whole: what would come after it came differently."""

    start: int
    curve: Curve


@dataclass(frozen=True, eq=False)
class HistoryRecord:
    """How a run came to where it is; nothing in it changes any more.

    `checkpoints` are the moments that one can go back to, by ascending epoch: those of networks of the present shape.
    While the run `is_back`, standing at an earlier moment, they go on to the newest one, the last of `branches` is the
    curve that leads there, and `last_epoch` its end; `trained_then` is how that moment was trained, where this differs
    from how training would go on now. `best_epoch` is the one with the lowest cost
    of the part that decides: validation, where there is one, else test, else training.
    """

    checkpoints: tuple[Checkpoint, ...] = ()
    branches: tuple[Branch, ...] = ()
    events: tuple[Event, ...] = ()
    best_epoch: int | None = None
    last_epoch: int = 0
    is_back: bool = False
    trained_then: TrainingSpec | None = None

    def nearest(self, epoch: int) -> Checkpoint | None:
        """Return the last moment at or before an epoch, the first of all where there is none, `None` without any."""
        before = [one for one in self.checkpoints if one.epoch <= epoch]
        return before[-1] if before else self.checkpoints[0] if self.checkpoints else None


NO_RECORD = HistoryRecord()
