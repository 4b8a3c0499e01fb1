"""The parts that tables give: a column that names them, or a second table all of whose rows test."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.data.cells import listed, quoted
from nnplayground.data.columns import part_column
from nnplayground.data.csv_table import Table
from nnplayground.data.part_names import TEST, TRAIN, part_named
from nnplayground.data.samples import PARTS
from nnplayground.errors import InputError


def row_parts(table: Table, part: str) -> Integers | None:
    """Return the part of each row as an index into `PARTS`, by the column `part`, else by the one that is called so.

    `None` where there is neither. Raises `InputError` for a cell that names no part.
    """
    name = part or part_column(table)
    if not name:
        return None
    found = [part_named(cell) for cell in table.column(name)]
    if None in found:
        row = found.index(None)
        raise InputError(
            f"{table.name}, line {table.lines[row]}: column {quoted(name)} holds {quoted(table.column(name)[row])}; "
            f"it must say {listed(PARTS)} in every row."
        )
    return np.array(found, dtype=np.int64)


def joined(table: Table, test: Table, used: tuple[str, ...]) -> Table:
    """Return the rows of both tables, first those of `table`, in the columns that both have.

    Raises `InputError` where the test table lacks one of the columns that are `used`.
    """
    missing = [name for name in used if name not in test.columns]
    if missing:
        raise InputError(
            f"{test.name} has no column {quoted(missing[0])}, which {table.name} has; the table of the test part must "
            "have the same columns."
        )
    columns = tuple(name for name in table.columns if name in test.columns)
    cells = tuple(table.column(name) + test.column(name) for name in columns)
    lines = table.lines + test.lines
    return Table(table.name, columns, cells, lines, table.decimal_comma, table.found, table.notes)


def joined_parts(parts: Integers | None, table: Table, test: Table) -> Integers:
    """Return the part of each row of both tables: what the first one says, else training; all of the second tests."""
    first = np.full(len(table.lines), TRAIN) if parts is None else parts
    return np.concatenate([first, np.full(len(test.lines), TEST)]).astype(np.int64)
