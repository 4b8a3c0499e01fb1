"""One epoch after another, cut into batches, and the step that each batch takes.

This is the hot loop: everything that can be made once is made once, and a step allocates nothing.
"""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.network import Backward, Forward, Network, with_ones
from nnplayground.engine.optimizers import OPTIMIZERS, Memory, Settings
from nnplayground.engine.regularizers import add_l2, apply_l1, l1_pull
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.start import settings_of

# A gradient this large (its squared length) has left everything that float64 can still carry through a network.
LARGEST_SQUARE = 1e100

Batch = tuple[Floats, Floats, Floats, Forward, Backward]


class Epoch:
    """The training samples in the order of the current epoch, and views of them as batches."""

    def __init__(self, inputs: Floats, targets: Floats) -> None:
        self._inputs, self._targets = with_ones(inputs), np.ascontiguousarray(targets)
        self._rows, self._answers = self._inputs.copy(), self._targets.copy()
        self._columns, self._answer_columns = self._rows.T, self._answers.T

    def __len__(self) -> int:
        return len(self._rows)

    def arrange(self, order: np.ndarray | None) -> None:
        """Put the samples in a new order; `None` restores the given one."""
        if order is None:
            np.copyto(self._rows, self._inputs)
            np.copyto(self._answers, self._targets)
        else:
            np.take(self._inputs, order, axis=0, out=self._rows, mode="clip")
            np.take(self._targets, order, axis=0, out=self._answers, mode="clip")

    def batches(self, size: int, *, start: int, trainer: Trainer) -> list[Batch]:
        """Return views of `size` samples each from sample `start` on; the last one may be shorter.

        The views stay valid when the samples are put in another order.
        """
        result = []
        for low in range(start, len(self), size):
            part = slice(low, min(low + size, len(self)))
            forward, backward = trainer.buffers(part.stop - part.start)
            result.append((self._columns[:, part], self._rows[part], self._answer_columns[:, part], forward, backward))
        return result


class Trainer:
    """Takes steps with a network: forward, backward, update."""

    def __init__(self, network: Network, spec: TrainingSpec, *, cost: str) -> None:
        self.network = network
        self._cost = cost
        self._buffers: dict[int, tuple[Forward, Backward]] = {}
        self._mask = network.architecture.weight_mask
        self._scratch = np.empty_like(network.parameters)
        optimizer = OPTIMIZERS[spec.optimizer.name]
        settings = settings_of(spec.optimizer, Settings)
        self.memory = Memory(network.parameters, self._mask, vectors=optimizer.vectors, settings=settings)
        self._optimize = optimizer.step
        self.learning_rate = spec.optimizer.learning_rate
        self.retune(spec)

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next step on; the optimizer stays the same and forgets nothing."""
        self.memory.settings = settings_of(spec.optimizer, Settings)
        self._l1, self._l2, self._clip = spec.l1, spec.l2, spec.clip_norm

    def buffers(self, samples: int) -> tuple[Forward, Backward]:
        """Return the working memory for batches of this many samples, made at its first use."""
        if samples not in self._buffers:
            forward = self.network.forward(samples)
            self._buffers[samples] = forward, self.network.backward(forward, cost=self._cost)
        return self._buffers[samples]

    def forget_buffers(self) -> None:
        """Give back the working memory of batch sizes that are no longer used."""
        self._buffers.clear()

    def step(self, batch: Batch) -> bool:
        """Train on one batch; returns False, with the parameters untouched, when the gradient is beyond all bounds."""
        columns, rows, targets, forward, backward = batch
        network = self.network
        parameters, gradient = network.parameters, network.gradient
        forward(columns)
        backward(rows, targets)
        if self._l2:
            add_l2(gradient, parameters, self._mask, self._l2, self._scratch)
        square = gradient.dot(gradient)
        if not square < LARGEST_SQUARE:  # also catches NaN
            return False
        if self._clip is not None:
            shorten(gradient, float(square) ** 0.5, self._clip)
        if not self._l1:
            self._optimize(parameters, gradient, self.learning_rate, self.memory)
            return True
        pull = l1_pull(parameters, self._mask, self.learning_rate * self._l1)
        self._optimize(parameters, gradient, self.learning_rate, self.memory)
        apply_l1(parameters, pull)
        return True


def shorten(gradient: Floats, length: float, longest: float) -> None:
    """Scale a gradient down to a length (Pascanu, Mikolov and Bengio 2013, alg. 1), with PyTorch's guard of 1e-6."""
    share = longest / (length + 1e-6)
    if share < 1.0:
        np.multiply(gradient, share, gradient)
