"""Features: what the network is shown of a point in the plane, such as x1 squared besides x1.

Only data with exactly two inputs has a choice of features. All other data is shown as it is: its features
are its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError


@dataclass(frozen=True)
class Feature:
    """One way to make a number from a point: `value(x1, x2)`, `[samples]` each."""

    value: Callable[[Floats, Floats], Floats]


FEATURES: dict[str, Feature] = {
    "x1": Feature(lambda x1, x2: x1),
    "x2": Feature(lambda x1, x2: x2),
    "x1^2": Feature(lambda x1, x2: x1 * x1),
    "x2^2": Feature(lambda x1, x2: x2 * x2),
    "x1*x2": Feature(lambda x1, x2: x1 * x2),
    "sin(x1)": Feature(lambda x1, x2: np.sin(x1)),
    "sin(x2)": Feature(lambda x1, x2: np.sin(x2)),
}


def compute_features(inputs: Floats, names: Sequence[str]) -> Floats:
    """Return the named features `[samples, features]` of `inputs` `[samples, 2]`, in the order of the names.

    With another number of inputs than two, the inputs themselves come back and the names do not matter.
    Raises `InputError` when no feature is named, one is unknown, or one is named twice.
    """
    if inputs.shape[1] != 2:
        return inputs
    _check_names(names)
    x1, x2 = inputs.T
    return np.column_stack([FEATURES[name].value(x1, x2) for name in names])


def feature_names(samples: Samples, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns of `compute_features` are called for these samples."""
    return tuple(names) if len(samples.input_names) == 2 else samples.input_names


def _check_names(names: Sequence[str]) -> None:
    """Raise `InputError` unless the names are known, different, and at least one."""
    legal = ", ".join(FEATURES)
    if not names:
        raise InputError(f"No feature is chosen; choose at least one of {legal}.")
    for name in names:
        if name not in FEATURES:
            raise InputError(f'There is no feature "{name}"; choose from {legal}.')
    if len(set(names)) != len(names):
        raise InputError(f"The features are {', '.join(names)}; choose each only once.")
