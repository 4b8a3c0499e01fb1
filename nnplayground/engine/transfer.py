"""Copies weights and biases of one network into another one, where it is said which matrices correspond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture


@dataclass(frozen=True)
class MatrixPair:
    """A weight matrix of an old network, and the one of a new network that goes on with its numbers.

    Layers are those with weights, counted from 0. `columns` pairs the columns (old, new) that mean the same; without it
    the first ones of both do, as far as they go.
    """

    old: int
    new: int
    columns: tuple[tuple[int, int], ...] | None = None


def carry_over(
    old: Architecture, old_flat: Floats, new: Architecture, new_flat: Floats, *, pairs: Iterable[MatrixPair]
) -> None:
    """Copy into `new_flat` every weight and bias of the old network that has a place in a paired matrix of the new one.

    New inputs and neurons get zero weights to the neurons above that were there before; new neurons keep the weights
    from below that `new_flat` has for them, so they differ from each other and learn.
    """
    before, after = old.matrices(old_flat), new.matrices(new_flat)
    for pair in pairs:
        source, target = before[pair.old], after[pair.new]
        rows = min(len(source), len(target))
        # What is new below counts for nothing at first, so that a network that only grows computes what it did before.
        target[:rows] = 0.0
        target[:rows, -1] = source[:rows, -1]  # the biases
        if pair.columns is None:
            shared = min(source.shape[1], target.shape[1]) - 1
            target[:rows, :shared] = source[:rows, :shared]
        else:
            old_columns, new_columns = ([columns[side] for columns in pair.columns] for side in (0, 1))
            target[:rows, new_columns] = source[:rows, old_columns]
