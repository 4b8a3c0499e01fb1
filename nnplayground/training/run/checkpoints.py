"""A moment of a run, complete: a run that is set back to it goes on bit for bit as it did the first time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.engine.schedules import Rate
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.epoch_samples import Orders
from nnplayground.training.run.history import Curve
from nnplayground.training.run.stopping import Rules, Stop
from nnplayground.training.run.streams import GeneratorState


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything that decides how a run goes on, between two batches; nothing in it changes any more.

    It is of a network of this `architecture` with this `cost` on so many training `samples`; with `keep_ties` equal
    neurons are kept equal, which costs time. `parameters`, `best` and `last_finite` are `[parameters]`, `best` those of
    `best_epoch`; `memory` `[vectors, parameters]` is what the optimizer remembers. `orders` is the order of the samples
    in the current epoch, `sample` the place in it of the sample that is trained next.
    """

    architecture: Architecture
    cost: str
    samples: int
    training: TrainingSpec
    keep_ties: bool
    parameters: Floats
    best: Floats
    last_finite: Floats
    memory: Floats
    memory_steps: int
    shuffling: GeneratorState
    dropout: GeneratorState
    orders: Orders | None
    sample: int
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

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest cost so far of the part that decides."""
        return self.rules.best_epoch


def frozen_copy(array: Floats) -> Floats:
    """Return a copy that cannot be written to."""
    return read_only(array.copy())


def remember(memory: OptimizerState, checkpoint: Checkpoint) -> None:
    """Give an optimizer the memory of a checkpoint."""
    np.copyto(memory.vectors, checkpoint.memory)
    memory.steps = checkpoint.memory_steps
