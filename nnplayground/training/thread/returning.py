"""Gives back what a network had learned before layers shrank or went, when an undo makes room for it again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture, carry_over
from nnplayground.errors import UserError
from nnplayground.project.changes import same_inputs
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import architecture_of
from nnplayground.training.run.tuning import kept_inputs

Bools = NDArray[np.bool_]
Values = tuple[tuple[ParameterIndex, float], ...]


def brought_back(wanted: Snapshot, before: Snapshot, old: Project, new: Project) -> Values:
    """Return the weights and biases of `wanted` for which `new` has a place and `old` had none.

    `before` is a snapshot with the inputs of `old`. What `old` had is left out: it was carried over, and may have
    learned more meanwhile. Where the inputs are others, or a network is none, nothing comes back.
    """
    try:
        return _lost(wanted, before, old, new)
    except UserError:  # whoever trains it will say what is wrong with it
        return ()


def _lost(wanted: Snapshot, before: Snapshot, old: Project, new: Project) -> Values:
    if not same_inputs(wanted.project.data, new.data) or not same_inputs(before.project.data, old.data):
        return ()
    target = architecture_of(new, wanted.data)
    names = wanted.data.features
    is_kept = _has_place(architecture_of(old, before.data), before.data.features, target, names)
    is_known = _has_place(wanted.architecture, names, target, names)
    numbers = _moved(wanted.architecture, wanted.parameters, names, target, names)
    return _values(target, numbers, is_known & ~is_kept & np.isfinite(numbers))


def _has_place(old: Architecture, old_names: Sequence[str], new: Architecture, new_names: Sequence[str]) -> Bools:
    """Tell which numbers of the new network come from the old one."""
    ones = np.ones(old.parameter_count)
    found: Bools = _moved(old, ones, old_names, new, new_names) == 1.0
    return found


def _moved(
    old: Architecture, flat: Floats, old_names: Sequence[str], new: Architecture, new_names: Sequence[str]
) -> Floats:
    """Return the flat vector of the new network with what it takes over from the old one; new neurons have nan."""
    result = np.full(new.parameter_count, np.nan)
    carry_over(old, np.asarray(flat, dtype=np.float64), new, result, inputs=kept_inputs(old_names, new_names))
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
