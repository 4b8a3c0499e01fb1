"""The training samples in the order of the current epoch, from which batches are cut."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.network import with_ones

Orders: TypeAlias = tuple[Integers, ...]
"""For each run the order of its samples; one run is the only one."""


class EpochSamples:
    """The training samples of one run, or of each run of a leading axis, which then has an order of its own.

    `inputs` is `[..., samples, inputs]`, `targets` `[..., samples, outputs]`.
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

    def batch(self, part: slice) -> tuple[Floats, Floats, Floats]:
        """Return views of some samples: their inputs as columns and as rows, and their targets as columns.

        These are `[..., inputs + 1, samples]`, `[..., samples, inputs + 1]` and `[..., outputs, samples]`.
        They stay valid when the samples are put in another order.
        """
        return self._columns[..., part], self._rows[..., part, :], self._answer_columns[..., part]


def _by_run(samples: Floats) -> Floats:
    """Return a view `[runs, samples, ...]`; one run is the only one."""
    return samples.reshape(-1, *samples.shape[-2:])
