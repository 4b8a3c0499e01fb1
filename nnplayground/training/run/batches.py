"""One epoch after another, cut into batches, and the step that each batch takes.

This is the hot loop: everything that can be made once is made once, and a step allocates nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.network import Backward, Forward, Network, with_ones
from nnplayground.engine.optimizers import OPTIMIZERS, OptimizerSettings, OptimizerState
from nnplayground.engine.regularizers import L1, add_l2
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.start import settings_of

# A gradient this large (its squared length) has left everything that float64 can still carry through a network.
LARGEST_SQUARE = 1e100

Batch = tuple[Floats, Floats, Floats, Forward, Backward]
Orders = Sequence[Integers]
"""For each run the order of its samples; one run is the only one."""


class EpochBatches:
    """The training samples in the order of the current epoch, and views of them as batches.

    `inputs` is `[..., samples, inputs]`, `targets` `[..., samples, outputs]`; each run of a leading axis has samples
    and an order of its own.
    """

    def __init__(self, inputs: Floats, targets: Floats) -> None:
        self._inputs, self._targets = with_ones(inputs), np.ascontiguousarray(targets)
        self._rows, self._answers = self._inputs.copy(), self._targets.copy()
        self._columns, self._answer_columns = self._rows.swapaxes(-1, -2), self._answers.swapaxes(-1, -2)
        pairs = ((self._inputs, self._rows), (self._targets, self._answers))
        self._runs = [tuple(zip(*map(_by_run, pair), strict=True)) for pair in pairs]
        self.orders: Orders | None = None

    def __len__(self) -> int:
        return int(self._rows.shape[-2])

    def arrange(self, orders: Orders | None) -> None:
        """Put the samples of each run in a new order; `None` restores the given one."""
        self.orders = orders
        for runs in self._runs:
            for place, (source, target) in enumerate(runs):
                if orders is None:
                    np.copyto(target, source)
                else:
                    np.take(source, orders[place], axis=0, out=target, mode="clip")

    def batches(self, size: int, *, start: int, trainer: Trainer, end: int | None = None) -> list[Batch]:
        """Return views of `size` samples each from sample `start` on, up to `end`; the last one may be shorter.

        The views stay valid when the samples are put in another order.
        """
        result = []
        end = len(self) if end is None else end
        for low in range(start, end, size):
            part = slice(low, min(low + size, end))
            forward, backward = trainer.buffers(part.stop - part.start)
            columns, rows = self._columns[..., part], self._rows[..., part, :]
            result.append((columns, rows, self._answer_columns[..., part], forward, backward))
        return result


def _by_run(samples: Floats) -> Floats:
    """Return a view `[runs, samples, ...]`; one run is the only one."""
    return samples.reshape(-1, *samples.shape[-2:])


class Trainer:
    """Takes steps with a network, or with several at once: forward, backward, update.

    `generators` holds one random generator per run for what is drawn while training (dropout).
    """

    def __init__(
        self, network: Network, spec: TrainingSpec, *, cost: str, generators: Sequence[np.random.Generator] = ()
    ) -> None:
        self.network = network
        self._cost, self._generators = cost, generators
        self._buffers: dict[int, tuple[Forward, Backward]] = {}
        self._mask = network.architecture.weight_mask
        self._scratch = np.empty_like(network.parameters)
        optimizer = OPTIMIZERS[spec.optimizer.name]
        settings = settings_of(spec.optimizer, OptimizerSettings)
        self.memory = OptimizerState(network.parameters, self._mask, vectors=optimizer.vectors, settings=settings)
        self._optimize = optimizer.step
        self._velocity = self.memory.vectors[0] if optimizer.has_velocity else None
        self._held: Integers | None = None
        self._held_values: Floats = np.empty(0)
        self.learning_rate: Any = spec.optimizer.learning_rate  # or one for each run, `[runs, 1]`
        self.retune(spec)

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next step on; the optimizer stays the same and forgets nothing."""
        self.memory.settings = settings_of(spec.optimizer, OptimizerSettings)
        self._l1_rate, self._l2, self._clip = spec.l1, spec.l2, spec.clip_norm
        self._l1 = L1(self.network.parameters, self._mask) if spec.l1 else None

    def hold(self, places: Integers) -> None:
        """Leave the numbers at these places of the flat vector, and no others, as they are at this moment."""
        self._held = places if len(places) else None
        self._held_values = self.network.parameters[..., places]

    def buffers(self, samples: int) -> tuple[Forward, Backward]:
        """Return the working memory for batches of this many samples, made at its first use."""
        if samples not in self._buffers:
            forward = self.network.forward(samples, generators=self._generators)
            self._buffers[samples] = forward, self.network.backward(forward, cost=self._cost)
        return self._buffers[samples]

    def forget_buffers(self) -> None:
        """Give back the working memory of batch sizes that are no longer used."""
        self._buffers.clear()

    def step(self, batch: Batch) -> bool:
        """Train on one batch; returns False, with the parameters untouched, when the gradient is beyond all bounds."""
        self.find_gradient(batch)
        gradient = self.network.gradient
        square = gradient.dot(gradient)
        if not square < LARGEST_SQUARE:  # also catches NaN
            return False
        self.update(square)
        return True

    def find_gradient(self, batch: Batch) -> None:
        """Fill the gradient of the network with that of the batch, the penalties included; what is held has none."""
        columns, rows, targets, forward, backward = batch
        forward(columns)
        backward(rows, targets)
        if self._l2:
            add_l2(self.network.gradient, self.network.parameters, self._mask, self._l2, self._scratch)
        if self._l1 is not None:
            self._l1.add(self.network.gradient, self.network.parameters, self._l1_rate)
        if self._held is not None:
            self.network.gradient[..., self._held] = 0.0

    def update(self, square: Any) -> None:
        """Take the step; `square` is the squared length of the gradient, of several networks `[runs]`."""
        parameters, gradient = self.network.parameters, self.network.gradient
        if self._clip is not None:
            shorten(gradient, square, self._clip)
        self._optimize(parameters, gradient, self.learning_rate, self.memory)
        if self._l1 is not None:
            self._l1.stop_at_zero(parameters, self._velocity)
        if self._held is not None:
            parameters[..., self._held] = self._held_values


def shorten(gradient: Floats, square: Any, longest: float) -> None:
    """Scale gradients of the squared lengths `square` `[...]` down to a length, with PyTorch's guard of 1e-6.

    Source: Pascanu, Mikolov and Bengio 2013, algorithm 1.
    """
    share = np.minimum(longest / (np.sqrt(square) + 1e-6), 1.0)
    np.multiply(gradient, share[..., np.newaxis], gradient)
