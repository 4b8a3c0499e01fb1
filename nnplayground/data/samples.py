"""The data of one project after loading: what goes into the network and what should come out.

Every kind of source (a generator, drawn points, a table) ends in the same checked, frozen `Samples`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.errors import InputError
from nnplayground.message import Message

Task: TypeAlias = Literal["classification", "regression"]

PARTS = ("train", "validation", "test")
"""The parts that samples can belong to."""

LARGEST = 1e50
"""The largest size of a number in the data: its square, summed over all samples, still fits a float64."""

PLANE = ((-6.0, 6.0), (-6.0, 6.0))
"""The square that a plot shows of generated and drawn data, low and high of x1 and x2."""


@dataclass(frozen=True, eq=False)
class Samples:
    """Inputs and targets in raw units, and what a user calls them.

    `inputs` is `[samples, inputs]`; `targets` is `[samples]` and holds the index of the class, or the value when
    `classes` is empty (regression); of several targets it is `[samples, targets]`, and `target_names` has the name of
    each, while `target_name` is what all of them together are called. `parts` `[samples]` holds the part of each sample
    as an index into `PARTS` where the data say it, and is `None` otherwise. `bounds` is `[inputs, 2]`, the low and high
    end that a plot should show of each input; `notes` are what the user should know. Samples of a table also name
    all its `columns` and those that seem to hold numbers, from which others can be chosen. Pictures have an
    `image_shape`: channels, height and width, and the inputs are the pixels in that order. The arrays are copied and
    read-only. Raises `InputError` when the parts do not fit together.
    """

    inputs: Floats
    targets: Floats
    input_names: tuple[str, ...]
    target_name: str
    classes: tuple[str, ...]
    bounds: Floats
    notes: tuple[Message, ...] = ()
    columns: tuple[str, ...] = ()
    number_columns: tuple[str, ...] = ()
    image_shape: tuple[int, int, int] | None = None
    target_names: tuple[str, ...] = ()
    parts: Integers | None = None

    def __post_init__(self) -> None:
        for field in ("inputs", "targets", "bounds"):
            copied = _numbers(field, getattr(self, field))
            object.__setattr__(self, field, read_only(copied))
        if self.parts is not None:
            object.__setattr__(self, "parts", read_only(np.array(self.parts, dtype=np.int64)))
            _check_parts(self.parts, len(self.inputs))
        if not self.target_names:
            object.__setattr__(self, "target_names", (self.target_name,))
        _check_shapes(self)
        _check_numbers(self)
        if self.classes:
            _check_classes(self)

    @property
    def target_columns(self) -> Floats:
        """The targets as columns `[samples, targets]`, also where there is only one."""
        return self.targets.reshape(len(self.targets), -1)

    def of_target(self, place: int) -> Samples:
        """Return the same samples with one of several targets alone; those with a single target as they are."""
        if len(self.target_names) == 1:
            return self
        name = self.target_names[place]
        return replace(self, targets=self.targets[:, place], target_name=name, target_names=(name,))

    @property
    def task(self) -> Task:
        """Tell whether the targets are classes or values."""
        return "classification" if self.classes else "regression"


def _check_parts(parts: Integers, count: int) -> None:
    """Raise `InputError` unless every sample belongs to one of the parts."""
    if parts.shape != (count,) or not ((parts >= 0) & (parts < len(PARTS))).all():
        raise InputError(f"There are {count} samples; give the part of each as a number from 0 to {len(PARTS) - 1}.")


def _numbers(field: str, values: object) -> Floats:
    """Return a copy as an array of numbers; raises `InputError` where it is none."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"The {field} are no rectangle of numbers; give an array of numbers.") from None


def _check_shapes(samples: Samples) -> None:
    """Raise `InputError` unless the arrays and names agree on the numbers of samples and inputs."""
    inputs, targets, names = samples.inputs, samples.targets, samples.input_names
    if inputs.ndim != 2 or 0 in inputs.shape:
        raise InputError("There are no samples; give at least one, with at least one input.")
    rows, columns = inputs.shape
    several = len(samples.target_names)
    if targets.shape != ((rows,) if several == 1 else (rows, several)):
        each = "one" if several == 1 else f"{several}"
        raise InputError(f"There are {rows} samples and {targets.size} targets; give {each} for each sample.")
    if len(names) != columns or len(set(names)) != columns:
        known = ", ".join(names) or "nothing"
        raise InputError(f"The {columns} inputs are called {known}; give each a name of its own.")
    if samples.bounds.shape != (columns, 2):
        raise InputError(f"The bounds have {samples.bounds.size} numbers; give a low and a high for each input.")
    _check_image_shape(samples.image_shape, columns)


def _check_image_shape(shape: tuple[int, int, int] | None, inputs: int) -> None:
    """Raise `InputError` unless the samples are no pictures or every pixel of each channel is one input."""
    if shape is not None and (min(shape) < 1 or math.prod(shape) != inputs):
        size = " x ".join(map(str, shape))
        raise InputError(
            f"The picture shape is {size} and the number of inputs is {inputs}; channels, height and width must be "
            "1 or more each, and their product the number of inputs."
        )


def _check_numbers(samples: Samples) -> None:
    """Raise `InputError` unless all numbers are finite and of a size that can be squared and summed."""
    for what, numbers in (("inputs", samples.inputs), ("targets", samples.targets)):
        wrong = numbers[~(np.abs(numbers) <= LARGEST)]
        if len(wrong):
            legal = f"between -{LARGEST:g} and {LARGEST:g}"
            raise InputError(f"The {what} hold {wrong[0]:g}; numbers must lie {legal}.")
    low, high = samples.bounds.T
    if not (np.isfinite(samples.bounds).all() and (low < high).all()):
        raise InputError("The bounds of an input must be two finite numbers, the low one below the high one.")


def _check_classes(samples: Samples) -> None:
    """Raise `InputError` unless there are two classes or more and every target is the index of one."""
    classes, targets = samples.classes, samples.targets
    if len(classes) < 2 or len(set(classes)) != len(classes):
        raise InputError(f"The classes are {', '.join(classes)}; give at least two different ones.")
    wrong = targets[~np.isin(targets, np.arange(len(classes)))]
    if len(wrong):
        legal = f"whole numbers from 0 to {len(classes) - 1}"
        raise InputError(f"A sample has the class {wrong[0]:g}; classes are {legal}.")
