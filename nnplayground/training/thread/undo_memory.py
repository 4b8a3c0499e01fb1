"""Gives back what a network had learned before layers shrank or went, when an undo makes room for it again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.transfer import carry_over
from nnplayground.errors import UserError
from nnplayground.project.changes import EditPlan, same_inputs
from nnplayground.project.edit_step import Direction, EditStep
from nnplayground.project.pairing import Pairing
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import architecture_of

Bools = NDArray[np.bool_]
Values = tuple[tuple[ParameterIndex, float], ...]


MOST_BYTES = 64_000_000
"""How much the weights and biases of the moments may take that an undo can bring back."""


class UndoMemory:
    """What had been learned before and after the steps that can be undone or redone, of the latest `most` steps.

    Snapshots are large, so only steps that make weights go have theirs. Where all together take more than `most_bytes`,
    the oldest steps are forgotten: to undo them brings back the settings alone. The newest step is always kept.
    """

    def __init__(self, *, most: int, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._before: dict[int, Snapshot] = {}
        self._after: dict[int, Snapshot] = {}
        self._undone: set[int] = set()

    def __len__(self) -> int:
        return len(self._before.keys() | self._after.keys())

    def pass_step(self, step: EditStep, edit: EditPlan, now: Snapshot | None) -> Snapshot | None:
        """Keep the moment in which a step is taken; return the one to which the step leads back.

        That is the moment of before an undo or redo, or the one in which the gesture began that the step goes on with;
        `None` for a step to something new.
        """
        if step.direction is Direction.DO:
            self._forget(set(self._undone))
            wanted = None if step.began is None else self._before.get(step.began)
            if step.number != step.began:
                self._keep(self._before, step.number, edit, now)
        elif step.direction is Direction.UNDO:
            self._undone.add(step.number)
            wanted = self._before.get(step.number)
            self._keep(self._after, step.number, edit, now)
        else:
            self._undone.discard(step.number)
            wanted = self._after.get(step.number)
            self._keep(self._before, step.number, edit, now)
        return wanted

    def _keep(self, kept: dict[int, Snapshot], number: int, edit: EditPlan, now: Snapshot | None) -> None:
        kept.pop(number, None)
        if edit.changes_places and now is not None:
            kept[number] = now.slim()
        known = sorted(self._before.keys() | self._after.keys())
        self._forget(set(known[: -self._most]))
        for oldest in known[-self._most : -1]:
            if self._bytes() <= self._most_bytes:
                break
            self._forget({oldest})

    def _bytes(self) -> int:
        """Return how much the weights and biases of all moments take; one that stands in two places counts once."""
        arrays = {
            id(moment.parameters): moment.parameters.nbytes
            for moments in (self._before, self._after)
            for moment in moments.values()
        }
        return sum(arrays.values())

    def _forget(self, numbers: set[int]) -> None:
        """Forget steps that can neither be undone nor redone any more."""
        for number in numbers:
            self._before.pop(number, None)
            self._after.pop(number, None)
        self._undone -= numbers


def brought_back(wanted: Snapshot, before: Snapshot, edit: EditPlan) -> Values:
    """Return the weights and biases of `wanted` for which the network after an edit has a place and that before none.

    `before` is a snapshot with the inputs of the project before. What that had is left out: it was carried over, and
    may have learned more meanwhile. Where the inputs are others, or a network is none, nothing comes back.
    """
    try:
        return _lost(wanted, before, edit)
    except UserError:  # the training, which is told of the same edit, reports it
        return ()


def _lost(wanted: Snapshot, before: Snapshot, edit: EditPlan) -> Values:
    old, new = edit.old, edit.new
    if not same_inputs(wanted.project.data, new.data) or not same_inputs(before.project.data, old.data):
        return ()
    target = architecture_of(new, wanted.data)
    names = wanted.data.features
    source = architecture_of(old, before.data)
    carried = edit.pairing.completed(source, before.data.features, target, names)
    back = Pairing.between(wanted.project, new).completed(wanted.architecture, names, target, names)
    is_kept = _has_place(source, target, carried)
    is_known = _has_place(wanted.architecture, target, back)
    numbers = _moved(wanted.architecture, wanted.parameters, target, back)
    return _values(target, numbers, is_known & ~is_kept & np.isfinite(numbers))


def _has_place(old: Architecture, new: Architecture, pairing: Pairing) -> Bools:
    """Tell which numbers of the new network come from the old one."""
    ones = np.ones(old.parameter_count)
    found: Bools = _moved(old, ones, new, pairing) == 1.0
    return found


def _moved(old: Architecture, flat: Floats, new: Architecture, pairing: Pairing) -> Floats:
    """Return the flat vector of the new network with what it takes over from the old one; new neurons have nan."""
    result = np.full(new.parameter_count, np.nan)
    carry_over(old, np.asarray(flat, dtype=np.float64), new, result, pairs=pairing.matrix_pairs)
    return result


def _values(architecture: Architecture, flat: Floats, chosen: Bools) -> Values:
    """Return the chosen numbers of a flat vector with their places."""
    result: list[tuple[ParameterIndex, float]] = []
    wanted = architecture.matrices(chosen.astype(np.float64))
    for layer, (matrix, mask) in enumerate(zip(architecture.matrices(flat), wanted, strict=True)):
        bias = matrix.shape[1] - 1
        for unit, source in np.argwhere(mask).tolist():
            result.append(
                (ParameterIndex(layer, unit, None if source == bias else source), float(matrix[unit, source]))
            )
    return tuple(result)
