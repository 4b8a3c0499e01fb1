"""Dropout: while training, every value below is switched off at random, so that no neuron can rely on another one.

The values that stay are scaled up, so that their expected sum is the same and nothing needs to be done later ("inverted
dropout", Srivastava et al. 2014, section 10). When the network only answers, the layer hands on what it gets.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.layers.layer import BackwardStep, LayerContext, Shape, Weightless, check_share


@dataclass(frozen=True)
class Dropout(Weightless):
    """Switches off each value with the probability `rate`, independently, anew in every batch."""

    kind: ClassVar[str] = "dropout"
    is_counted: ClassVar[bool] = False
    hands_on: ClassVar[bool] = True
    rate: float

    def __post_init__(self) -> None:
        check_share("rate", self.rate)

    @property
    def dropped(self) -> float:
        """The rate."""
        return self.rate

    def shape(self, below: Shape) -> Shape:
        """Return the shape below."""
        return below

    def make_buffers(self, context: LayerContext) -> DropoutBuffers | None:
        """Set up the work, of which there is none but in training."""
        return DropoutBuffers(self.rate, context) if context.generators and self.rate else None

    def values(self, below: Shape) -> int:
        """Return about how many numbers the work holds for each sample."""
        return 2 * prod(below)


class DropoutBuffers:
    """A dropout layer at work on training batches of one size."""

    preactivations = None

    def __init__(self, rate: float, context: LayerContext) -> None:
        self.outputs_with_ones = context.outputs_with_ones()
        self._outputs = self.outputs_with_ones[..., :-1, :]
        self._mask = context.empty(prod(context.shape))
        self._rate = rate
        runs = self._mask.reshape(-1, *self._mask.shape[-2:])  # one run is the only one
        self._draws = list(zip(context.generators, runs, strict=True))

    def forward(self, below: Floats) -> None:
        """Draw which values stay, and hand them on."""
        mask = self._mask
        for generator, run in self._draws:
            generator.random(out=run)
        np.greater_equal(mask, self._rate, out=mask)
        np.multiply(mask, 1.0 / (1.0 - self._rate), mask)
        np.multiply(below[..., :-1, :], mask, self._outputs)

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return dC/da_below = dC/da · mask as a function."""
        mask = self._mask

        def back(seen: Floats) -> None:
            if lower is not None:
                np.multiply(delta, mask, lower[..., :-1, :])

        return back
