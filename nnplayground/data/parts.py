"""The column of a table that says the part of each row: training, validation or test."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.data.cells import listed, quoted
from nnplayground.data.part_names import part_named
from nnplayground.data.samples import PARTS
from nnplayground.data.saved import PART
from nnplayground.data.table import Table
from nnplayground.errors import InputError


def is_part_column(table: Table, name: str) -> bool:
    """Tell whether a column is called `part` and holds nothing but the words for parts."""
    if name.casefold() != PART or name in dict(table.choices.kinds):
        return False
    return all(part_named(cell) is not None for cell in set(table.column(name)))


def part_column(table: Table) -> str:
    """Return the column that says the parts by its name and its words; "" where there is none."""
    return next((name for name in table.columns if is_part_column(table, name)), "")


def row_parts(table: Table, name: str) -> Integers:
    """Return the part of each row `[rows]` as an index into `samples.PARTS`.

    Raises `InputError` for a cell that holds no word for a part.
    """
    named = {cell: part_named(cell) for cell in set(table.column(name))}
    parts = [named[cell] for cell in table.column(name)]
    if None in parts:
        row = parts.index(None)
        place = f"{table.name}, line {table.lines[row]}: column {quoted(name)}"
        raise InputError(f"{place} holds {quoted(table.column(name)[row])}; it must say {listed(PARTS)} in every row.")
    return np.array(parts, dtype=np.intp)
