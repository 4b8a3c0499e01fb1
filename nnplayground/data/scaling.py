"""Scaling: bringing columns of different units to a similar size, so that one learning rate suits them all.

A scaling is fitted on the training part only and then applied to everything, new data included.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.errors import InputError

Fit: TypeAlias = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Scaling:
    """A fitted scaling: one shift and one scale for each column. Raises `InputError` for illegal numbers."""

    name: str
    shift: tuple[float, ...]
    scale: tuple[float, ...]

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.shift) != len(self.scale):
            counts = f"{len(self.shift)} shifts and {len(self.scale)} scales"
            raise InputError(f"The scaling has {counts}; give one of each for every column.")
        for number in (*self.shift, *self.scale):
            if not math.isfinite(number):
                raise InputError(f"The scaling holds {number}; it must be a finite number.")
        if 0.0 in self.scale:
            raise InputError("The scaling holds the scale 0; it must be another number, because it divides.")

    def apply(self, inputs: Floats) -> Floats:
        """Return `(inputs - shift) / scale`, `[samples, columns]`; raises `InputError` for other columns."""
        if inputs.shape[-1] != len(self.shift):
            columns, fitted = inputs.shape[-1], len(self.shift)
            raise InputError(f"The data has {columns} columns; the scaling was fitted on {fitted}.")
        scaled: Floats = (inputs - np.array(self.shift)) / np.array(self.scale)
        return scaled

    @property
    def is_used(self) -> bool:
        """Whether this is a scaling at all; the kind "none" leaves all columns as they are."""
        return self.name != "none"


def fit_scaling(name: str, train_inputs: Floats) -> Scaling:
    """Return the scaling `name` for columns like those of `train_inputs` `[samples, columns]`.

    A column that always holds the same value gets the scale 1. Raises `InputError` for an unknown name.
    """
    _check_name(name)
    shift, scale = SCALINGS[name](train_inputs)
    # Rounding can give equal values a tiny deviation, and different tiny values none.
    varies = (train_inputs.min(axis=0) < train_inputs.max(axis=0)) & (scale > 0.0)
    safe = np.where(varies, scale, 1.0)
    return Scaling(name, tuple(map(float, shift)), tuple(map(float, safe)))


def _none(columns: Floats) -> tuple[Floats, Floats]:
    """Leave the columns as they are, to the last bit."""
    return np.zeros(columns.shape[1]), np.ones(columns.shape[1])


def _standardize(columns: Floats) -> tuple[Floats, Floats]:
    """Bring each column to mean 0 and standard deviation 1, that of a whole population (divided by n)."""
    return columns.mean(axis=0), columns.std(axis=0)


def _min_max(columns: Floats) -> tuple[Floats, Floats]:
    """Bring each column to the range from 0 to 1."""
    low = columns.min(axis=0)
    return low, columns.max(axis=0) - low


SCALINGS: dict[str, Fit] = {"none": _none, "standardize": _standardize, "min_max": _min_max}


def _check_name(name: str) -> None:
    """Raise `InputError` unless `name` is in the table."""
    if name not in SCALINGS:
        raise InputError(f'There is no scaling "{name}"; choose one of {", ".join(SCALINGS)}.')


AS_THEY_ARE = Scaling("none", (), ())
"""The scaling of targets that are trained on as they are, however many there are."""
