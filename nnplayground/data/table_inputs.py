"""Columns of a table become inputs: numbers as they are, text as one input of 0 or 1 for each different value.

Encoding a value by a place of its own ("one-hot") keeps the network from reading an order into names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.data.cells import quoted
from nnplayground.data.csv_table import COLUMN_LIMIT
from nnplayground.data.table import Table
from nnplayground.errors import InputError

KIND_LIMIT = 100
"""Up to so many different texts of a column can be inputs."""

NO_TEXT = "(missing)"
"""The value that a missing text becomes where gaps are filled."""


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers: `values` is `[rows]`, NaN where missing."""

    name: str
    values: Floats

    @property
    def gaps(self) -> NDArray[np.bool_]:
        """Tell for each row whether its value is missing."""
        return np.isnan(self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """What the one input is called."""
        return (self.name,)

    def rows(self, kept: NDArray[np.bool_]) -> NumberColumn:
        """Return the column with these rows only."""
        return NumberColumn(self.name, self.values[kept])

    def encoded(self) -> Floats:
        """Return the input, `[rows, 1]`."""
        return self.values[:, None]


@dataclass(frozen=True, eq=False)
class TextColumn:
    """A column of text: `values[row]` is on one line, and empty where missing."""

    name: str
    values: tuple[str, ...]

    @property
    def gaps(self) -> NDArray[np.bool_]:
        """Tell for each row whether its value is missing."""
        return np.array([not value for value in self.values])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The different values, sorted, the one of the gaps last."""
        return tuple(sorted(set(self.values), key=lambda value: (value == NO_TEXT, value)))

    @property
    def names(self) -> tuple[str, ...]:
        """What the inputs are called, such as `island = Dream`."""
        return tuple(f"{self.name} = {kind}" for kind in self.kinds)

    def rows(self, kept: NDArray[np.bool_]) -> TextColumn:
        """Return the column with these rows only."""
        return TextColumn(self.name, tuple(compress(self.values, kept)))

    def encoded(self) -> Floats:
        """Return one input for each different value, `[rows, values]`: 1 where the row has it, else 0."""
        places = {kind: place for place, kind in enumerate(self.kinds)}
        inputs = np.zeros((len(self.values), len(places)))
        inputs[np.arange(len(inputs)), [places[value] for value in self.values]] = 1.0
        return inputs


InputColumn = NumberColumn | TextColumn


def input_column(table: Table, name: str) -> InputColumn:
    """Return a column as it can become inputs: numbers, the days since the first date, or texts.

    Raises `InputError` for no such column, one that is left out, and too many numbers that are too large.
    """
    if table.column(name) and table.kind(name) == "text":
        return TextColumn(name, table.texts(name))
    return NumberColumn(name, table.numeric(name))


def filled(table: Table, column: InputColumn) -> InputColumn:
    """Return a column with its gaps filled: numbers with the mean of the known ones, text with a value of its own.

    The mean is that of the whole column, as the test part is not yet known here. Raises `InputError` when no number is
    known.
    """
    if isinstance(column, TextColumn):
        return TextColumn(column.name, tuple(value or NO_TEXT for value in column.values))
    gaps = column.gaps
    if gaps.all():
        problem = f"column {quoted(column.name)} holds no value, so there is no mean to fill it with"
        raise InputError(f"{table.name}: {problem}; choose other columns.")
    return NumberColumn(column.name, np.where(gaps, column.values[~gaps].mean(), column.values))


def encode_columns(table: Table, columns: Sequence[InputColumn]) -> tuple[Floats, tuple[str, ...]]:
    """Return the inputs that columns without gaps become, `[rows, inputs]`, and their names.

    Raises `InputError` when a text column has too many different values, when there are too many inputs in all, or
    when two inputs would have the same name.
    """
    for column in columns:
        if isinstance(column, TextColumn):
            _check_kinds(table, column)
    names = tuple(name for column in columns for name in column.names)
    if len(names) > COLUMN_LIMIT:
        problem = f"the chosen columns become {len(names):,} inputs; at most {COLUMN_LIMIT:,} are possible"
        raise InputError(f"{table.name}: {problem}, so choose fewer columns of text.")
    if len(set(names)) < len(names):
        twin = max(names, key=names.count)
        raise InputError(f"{table.name}: two inputs would be called {quoted(twin)}; rename a column.")
    return np.column_stack([column.encoded() for column in columns]), names


def _check_kinds(table: Table, column: TextColumn) -> None:
    """Raise `InputError` when a text column has too many different values to be inputs."""
    count = len(column.kinds)
    if count > KIND_LIMIT:
        text = quoted(next(value for value in column.values if value))
        raise InputError(
            f"{table.name}: column {quoted(column.name)} holds text such as {text} and {count:,} different values; "
            f"a column of text can have up to {KIND_LIMIT} as an input, so choose other columns."
        )
