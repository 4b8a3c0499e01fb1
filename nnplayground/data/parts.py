"""The column of a table that says the part of each row: training, validation or test."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.data.cells import quoted
from nnplayground.data.samples import PARTS
from nnplayground.data.saved import PART
from nnplayground.data.table import Table
from nnplayground.errors import InputError

PART_WORDS = {
    "train": 0, "training": 0, "validation": 1, "valid": 1, "val": 1, "test": 2, "testing": 2,
}  # fmt: skip
"""The words for each of `samples.PARTS`, in small letters."""


def is_part_column(table: Table, name: str) -> bool:
    """Tell whether a column is called `part` and holds nothing but the words for parts."""
    if name.casefold() != PART or name in dict(table.choices.kinds):
        return False
    return all(cell in PART_WORDS for cell in {cell.lower() for cell in table.column(name)})


def part_column(table: Table) -> str:
    """Return the column that says the parts by its name and its words; "" where there is none."""
    return next((name for name in table.columns if is_part_column(table, name)), "")


def row_parts(table: Table, name: str) -> Integers:
    """Return the part of each row `[rows]` as an index into `samples.PARTS`.

    Raises `InputError` for a cell that holds no word for a part.
    """
    places = {cell: PART_WORDS.get(cell.lower(), -1) for cell in set(table.column(name))}
    parts = np.array([places[cell] for cell in table.column(name)], dtype=np.intp)
    wrong = np.flatnonzero(parts < 0)
    if len(wrong):
        line, cell = table.lines[wrong[0]], table.column(name)[wrong[0]]
        words = f"{', '.join(PARTS[:-1])} or {PARTS[-1]}"
        place = f"{table.name}, line {line}: column {quoted(name)}"
        raise InputError(f"{place} holds {quoted(cell)}, which is no part; it must be {words}.")
    return parts
