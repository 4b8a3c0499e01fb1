"""The steps of a training in NumPy: forward, backward, update.

This is the hot loop: everything that can be made once is made once, and a step allocates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.network import Backward, Forward, Network
from nnplayground.engine.optimizers import OPTIMIZERS, OptimizerSettings, OptimizerState
from nnplayground.engine.regularizers import L1, add_l2
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.epoch_samples import EpochSamples
from nnplayground.training.run.kernel import Done
from nnplayground.training.run.start import settings_of

# A gradient this large (its squared length) has left everything that float64 can still carry through a network.
LARGEST_SQUARE = 1e100

NumpyBatch: TypeAlias = tuple[Floats, Floats, Floats, Forward, Backward]
"""Views of the samples of one batch, as `EpochSamples.batch` gives them, and the buffers for so many of them."""

NONE: tuple[int, ...] = ()
ONLY_RUN = (0,)


class NumpyKernel:
    """A `Kernel` for every network: each step is some calls of NumPy.

    `generators` holds one random generator per run for what is drawn while training (dropout).
    """

    def __init__(
        self,
        network: Network,
        samples: EpochSamples,
        spec: TrainingSpec,
        *,
        cost: str,
        generators: Sequence[np.random.Generator] = (),
    ) -> None:
        self.network = network
        self._samples, self._cost, self._generators = samples, cost, generators
        self._buffers: dict[int, tuple[Forward, Backward]] = {}
        # The batches of `_size` samples from sample `_first` on, as far as they are cut. They are views of the arranged
        # samples, so those of one epoch do for the next.
        self._batches: list[NumpyBatch] = []
        self._first, self._size = 0, spec.batch_size
        self._mask = network.architecture.weight_mask
        self._scratch = np.empty_like(network.parameters)
        optimizer = OPTIMIZERS[spec.optimizer.name]
        settings = settings_of(spec.optimizer, OptimizerSettings)
        self.memory = OptimizerState(network.parameters, self._mask, vectors=optimizer.vectors, settings=settings)
        self._optimize = optimizer.step
        self._velocity = self.memory.vectors[0] if optimizer.has_velocity else None
        self._is_alone = not network.lead
        self._held: Integers | None = None
        self._held_values: Floats = np.empty(0)
        self._left: tuple[int, ...] = NONE
        self._left_values: Floats = np.empty(0)
        self.learning_rate: Any = spec.optimizer.learning_rate
        self._batch_size = spec.batch_size
        self.retune(spec)

    def retune(self, spec: TrainingSpec) -> None:
        """Use other numbers from the next step on; the optimizer stays the same and forgets nothing."""
        self.memory.settings = settings_of(spec.optimizer, OptimizerSettings)
        self._l1_rate, self._l2, self._clip = spec.l1, spec.l2, spec.clip_norm
        self._l1 = L1(self.network.parameters, self._mask) if spec.l1 else None
        if spec.batch_size != self._batch_size:
            self._batch_size = spec.batch_size
            self._buffers.clear()  # of batch sizes that are no longer used
            self._batches.clear()

    def hold(self, places: Integers) -> None:
        """Leave the numbers at these places of the flat vector, and no others, as they are at this moment."""
        self._held = places if len(places) else None
        self._held_values = self.network.parameters[..., places]

    def leave(self, runs: tuple[int, ...]) -> None:
        """Leave the parameters of these runs, and of no others, as they are at this moment: they have ended."""
        self._left = runs
        self._left_values = self.network.parameters[list(runs)]

    def train(self, start: int, size: int, count: int, after_step: Callable[[], object] | None = None) -> Done:
        """Train on `count` batches of `size` samples each from sample `start` on; see `Kernel`."""
        step = self.step
        for done, batch in enumerate(self.batches(start, size, count)):
            beyond = step(batch)
            if beyond:
                return Done(done if self._is_alone else done + 1, beyond)
            if after_step is not None:
                after_step()
        return Done(count)

    def batches(self, start: int, size: int, count: int) -> list[NumpyBatch]:
        """Return `count` batches of `size` samples each from sample `start` on; the last of an epoch may be shorter."""
        place, rest = divmod(start - self._first, size)
        if size != self._size or rest or place < 0:
            self._batches = []
            self._first, self._size, place = start, size, 0
        batches, end = self._batches, len(self._samples)
        is_usual = size == self._batch_size  # else this is a sample alone, after which the batches are other ones
        for low in range(self._first + len(batches) * size, end if is_usual else start + count * size, size):
            part = slice(low, min(low + size, end))
            batches.append((*self._samples.batch(part), *self._working_memory(part.stop - low)))
        return batches[place : place + count]

    def _working_memory(self, samples: int) -> tuple[Forward, Backward]:
        """Return the buffers for batches of this many samples, made at their first use."""
        if samples not in self._buffers:
            forward = self.network.forward(samples, generators=self._generators)
            self._buffers[samples] = forward, self.network.backward(forward, cost=self._cost)
        return self._buffers[samples]

    def step(self, batch: NumpyBatch) -> tuple[int, ...]:
        """Train on one batch; returns the runs whose gradient is beyond all bounds, which keep their parameters."""
        self._find_gradient(batch)
        gradient = self.network.gradient
        if self._is_alone:
            square = gradient.dot(gradient)
            if not square < LARGEST_SQUARE:  # also catches NaN
                return ONLY_RUN
            self._update(square)
            return NONE
        squares = np.vecdot(gradient, gradient)
        beyond = NONE if squares.max() < LARGEST_SQUARE else self._leave_unbounded(squares)
        self._update(squares)
        return beyond

    def _find_gradient(self, batch: NumpyBatch) -> None:
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

    def _leave_unbounded(self, squares: Floats) -> tuple[int, ...]:
        """Leave the runs whose gradient is beyond all bounds, and return those that were not left before."""
        unbounded = np.flatnonzero(~(squares < LARGEST_SQUARE)).tolist()
        beyond = tuple(run for run in unbounded if run not in self._left)
        if beyond:
            self.leave((*self._left, *beyond))
        return beyond

    def _update(self, square: Any) -> None:
        """Take the step; `square` is the squared length of the gradient, of several networks `[runs]`."""
        parameters, gradient = self.network.parameters, self.network.gradient
        if self._clip is not None:
            shorten(gradient, square, self._clip)
        self._optimize(parameters, gradient, self.learning_rate, self.memory)
        if self._l1 is not None:
            self._l1.stop_at_zero(parameters, self._velocity)
        if self._held is not None:
            parameters[..., self._held] = self._held_values
        if self._left:
            parameters[list(self._left)] = self._left_values


def shorten(gradient: Floats, square: Any, longest: float) -> None:
    """Scale gradients of the squared lengths `square` `[...]` down to a length, with PyTorch's guard of 1e-6.

    Source: Pascanu, Mikolov and Bengio 2013, algorithm 1.
    """
    share = np.minimum(longest / (np.sqrt(square) + 1e-6), 1.0)
    np.multiply(gradient, share[..., np.newaxis], gradient)
