"""A network that was trained before: its numbers, and how far it had come, so that a run can go on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnplayground.arrays import Floats
from nnplayground.engine.schedules import UNSEEN, Plateau
from nnplayground.errors import InputError
from nnplayground.training.run.prepare import Prepared

MOST_UNKNOWN_EPOCHS = 1_000_000
"""So many epochs are left open on a curve at most; a run with more behind it counts from 0 again."""


@dataclass(frozen=True)
class Standing:
    """How far a run has come: whole epochs and steps done, and where its learning rate schedule stands.

    The schedule counts its epochs from `schedule_start`, which lies below 0 where it is older than the count of epochs.
    `keep_ties` tells whether neurons that were equal are kept equal, which decides the last bits of what is computed.
    """

    epoch: int = 0
    steps: int = 0
    schedule_start: int = 0
    plateau: Plateau = UNSEEN
    keep_ties: bool = False

    def counted_anew(self) -> Standing:
        """Return the same standing with the epochs counted from 0; the schedule goes on where it was."""
        return replace(self, epoch=0, schedule_start=self.schedule_start - self.epoch)


@dataclass(frozen=True, eq=False)
class TrainedState:
    """The flat vector `parameters` of a network, how far it has come, and the data that it goes on with."""

    parameters: Floats
    standing: Standing
    data: Prepared

    def check_count(self, count: int) -> None:
        """Raise `InputError` where a network has another number of weights and biases."""
        if len(self.parameters) != count:
            found = f"{len(self.parameters):,} weights and biases"
            raise InputError(f"The trained network has {found}, but {count:,} fit the experiment.")
