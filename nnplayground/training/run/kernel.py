"""What takes the steps of a training: the part that can be done in NumPy or by compiled code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from nnplayground.arrays import Integers
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.project.training_spec import TrainingSpec


class Done(NamedTuple):
    """How many batches were trained on, and in which of the runs the gradient then went beyond all bounds.

    Such a run does not take the step; the batch counts where another run takes it.
    """

    batches: int
    beyond: tuple[int, ...] = ()


class Kernel(Protocol):
    """Trains one network, or several side by side, on the training samples in the order of the epoch.

    It is made for a network and its `EpochSamples`, and changes the parameters of the network in place. After a call
    the gradient of the network is that of the last batch, penalties included.
    """

    learning_rate: Any
    """That of the next steps; of several runs one for each, `[runs, 1]`."""

    @property
    def memory(self) -> OptimizerState:
        """What the optimizer remembers."""
        ...

    def train(self, start: int, size: int, count: int, after_step: Callable[[], object] | None = None) -> Done:
        """Train on `count` batches of `size` samples each from sample `start` on; the last of an epoch may be shorter.

        It ends early only with the batch in which a gradient goes beyond all bounds. `after_step` is called after each
        batch, or after several that take no longer than one usually does.
        """
        ...

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next step on; the optimizer stays the same and forgets nothing."""
        ...

    def hold(self, places: Integers) -> None:
        """Leave the numbers at these places of the flat vector, and no others, as they are at this moment."""
        ...

    def leave(self, runs: tuple[int, ...]) -> None:
        """Leave the parameters of these runs, and of no others, as they are at this moment: they have ended."""
        ...
