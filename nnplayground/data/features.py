"""Features: what the network is shown of a point in the plane, such as x1 squared besides x1.

Only data with exactly two inputs has a choice of features: the usual ones of a table, and any formula of x1 and x2.
All other data is shown as it is: its features are its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.formula import parse_formula
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError

LARGEST_FEATURE = 1e100
"""The largest size of a feature: the square of the largest number that data may hold."""
DIGITS = 4
"""How many digits of a coordinate are told."""


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


def normal_name(name: str) -> str:
    """Return how a feature is called always, however it was typed: "x1 ** 2" is "x1^2".

    Raises `InputError` when it is no formula of x1 and x2.
    """
    return name if name in FEATURES else parse_formula(name).text


def compute_features(inputs: Floats, names: Sequence[str]) -> Floats:
    """Return the named features `[samples, features]` of `inputs` `[samples, 2]`, in the order of the names.

    With another number of inputs than two, the inputs themselves come back and the names do not matter. Where a
    formula has no value, it is NaN or infinite here. Raises `InputError` when no feature is named, one is no formula,
    or one is named twice.
    """
    if inputs.shape[1] != 2:
        return inputs
    if not names:
        raise InputError(f"No feature is chosen; choose at least one of {', '.join(FEATURES)}.")
    if len(set(map(normal_name, names))) != len(names):
        raise InputError(f"The features are {', '.join(names)}; choose each only once.")
    x1, x2 = inputs.T
    return np.column_stack([_feature(name).value(x1, x2) for name in names])


def check_features(inputs: Floats, names: Sequence[str], values: Floats) -> None:
    """Raise `InputError` for the first feature without a value at one of the points.

    `values` `[samples, features]` are those of the named features at `inputs` `[samples, 2]`. What is beyond ±1e100
    is refused too, as a network could not compute with it.
    """
    if inputs.shape[1] != 2:
        return
    for name, column in zip(names, values.T, strict=True):
        wrong = np.flatnonzero(~(np.abs(column) <= LARGEST_FEATURE))  # also what is no number, which compares as false
        if len(wrong):
            _refuse(name, inputs[wrong[0]], float(column[wrong[0]]))


def _refuse(name: str, point: Floats, value: float) -> None:
    """Say at which point a feature has no value, and what to do."""
    x1, x2 = (f"{coordinate:.{DIGITS}g}".replace("-", "−") for coordinate in point)
    what, cure = "is infinite", "divide by what is never 0, such as 1 + x1^2"
    if np.isnan(value):
        what, cure = "has no value", "take log() and sqrt() of what is never negative, such as abs(x1)"
    elif np.isfinite(value):
        what, cure = f"is {value:.3g}, too large to compute with,", "keep it within ±1e100"
    raise InputError(f"The feature {name} {what} at the sample x1 = {x1}, x2 = {x2}; {cure}, or leave the feature out.")


def feature_names(samples: Samples, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns of `compute_features` are called for these samples."""
    return tuple(names) if len(samples.input_names) == 2 else samples.input_names


def feature_map(name: str, bounds: Floats, side: int) -> Floats:
    """Return a feature over the plane `[side, side]`, row by row from the bottom; NaN where it has no value.

    `bounds` `[2, 2]` are the low and the high end of x1 and of x2.
    """
    centres = (np.arange(side) + 0.5) / side
    across, up = (low + (high - low) * centres for low, high in bounds)
    x1, x2 = np.meshgrid(across, up)
    return _feature(name).value(x1, x2)


def _feature(name: str) -> Feature:
    """Return a feature of the table, or the one that a formula makes."""
    return FEATURES[name] if name in FEATURES else Feature(parse_formula(name).value)
