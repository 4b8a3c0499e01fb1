"""A moment of a run, complete: a run that is set back to it goes on bit for bit as it did the first time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.engine.schedules import Rate
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.batches import Orders
from nnplayground.training.run.history import Curve
from nnplayground.training.run.stopping import Rules, Stop


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything that decides how a run goes on, between two batches; nothing in it changes any more.

    It is of a network of this `architecture` with this `cost` on so many training `samples`; with `keep_ties` equal
    neurons are kept equal, which costs time. `parameters`, `best` and `last_finite` are `[parameters]`, `best` those of
    `best_epoch`; `memory` `[vectors, parameters]` is what the optimizer remembers. `orders` is the order of the samples
    in the current epoch, `sample` and `position` where it is cut into batches and how many of these are done. The
    random states are those of NumPy's bit generators.
    """

    architecture: Architecture
    cost: str
    samples: int
    training: TrainingSpec
    keep_ties: bool
    parameters: Floats
    best: Floats
    best_epoch: int
    last_finite: Floats
    memory: Floats
    memory_steps: int
    shuffling: dict[str, Any]
    dropout: dict[str, Any]
    orders: Orders | None
    sample: int
    position: int
    steps: int
    schedule_start: int
    rate: Rate
    rules: Rules
    curve: Curve
    stop: Stop | None
    ignored: frozenset[str]
    is_best_restored: bool

    @property
    def epoch(self) -> int:
        """How many whole epochs are done."""
        return len(self.curve) - 1


def frozen_copy(array: Floats) -> Floats:
    """Return a copy that nobody can change."""
    return read_only(array.copy())


def state_of(generator: np.random.Generator) -> dict[str, Any]:
    """Return the state of a generator, to outlive it."""
    return dict(generator.bit_generator.state)  # made anew for every call


def remember(memory: OptimizerState, checkpoint: Checkpoint) -> None:
    """Give an optimizer the memory of a checkpoint."""
    np.copyto(memory.vectors, checkpoint.memory)
    memory.steps = checkpoint.memory_steps
