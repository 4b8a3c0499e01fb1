"""What a table that the program has saved tells of its target: the order of its classes, or that it holds values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from nnplayground.data.csv_table import Table
from nnplayground.data.datasets import CLASSES, MANY_CLASSES
from nnplayground.data.samples import Samples

Kind = TypeVar("Kind", bound=Samples)


def saved_task(table: Table, target: str, task: str) -> str:
    """Return the task of a table with a column of parts where `task` is auto: values are saved as 1.0, classes as 1."""
    cells = table.column(target)
    are_values = bool(cells) and all("." in cell or "e" in cell.lower() for cell in cells)
    is_number = not isinstance(table.numbers_or_text(target), str)
    return "regression" if task == "auto" and are_values and is_number else task


def own_order(classes: Sequence[str]) -> tuple[str, ...]:
    """Return the order in which the generated data sets have these classes; none where they are not theirs.

    A table names its classes in the order of the alphabet. Data that the program has saved open with the order of
    before, so that they train as before.
    """
    orders = (CLASSES, MANY_CLASSES[: len(classes)])
    return next((order for order in orders if sorted(order) == sorted(classes) and list(order) != list(classes)), ())


def with_class_order(samples: Kind, order: Sequence[str]) -> Kind:
    """Return the samples with their classes in this order; as they are where these are not their classes."""
    if tuple(order) == samples.classes or sorted(order) != sorted(samples.classes):
        return samples
    places = np.array([order.index(name) for name in samples.classes])
    return replace(samples, classes=tuple(order), targets=places[samples.targets.astype(np.int64)].astype(np.float64))
