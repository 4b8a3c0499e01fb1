"""Which step of the undo history an edit of the document is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """Whether a step is taken for the first time, taken back, or taken once more."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class EditStep:
    """A step by its `number`, which it keeps for as long as it can be undone and redone.

    Edits of one gesture (a drag) are one step. `began` is the number of the step with which the gesture began, where
    this one goes on with it.
    """

    number: int
    direction: Direction = Direction.DO
    began: int | None = None
