"""Tables as CSV: columns of numbers, written so that reading them back gives the same bits, and of words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers
from nnplayground.files import write_atomically

Column: TypeAlias = Floats | Integers | NDArray[np.bool_] | Sequence[str]
Table: TypeAlias = Mapping[str, Column]
EXACT = 2.0**53
"""Up to here every whole number is a float64 of its own."""


def save_table(table: Table, path: Path) -> None:
    """Write columns under their names; those that are shorter end in empty fields, and what is not a number is empty.

    Raises `WorkError` with one sentence when the file cannot be written.
    """
    write_atomically(path, csv_text(table.keys(), rows_of(table)).encode("utf-8"))


def csv_text(names: Iterable[str], rows: Iterable[Sequence[str]], *, separator: str = ",") -> str:
    """Return a line of names and one for each row, quoted where they must be."""
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=separator, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return content.getvalue()


def rows_of(table: Table) -> Iterable[tuple[str, ...]]:
    """Return the fields of each row of a table."""
    return zip_longest(*map(fields, table.values()), fillvalue="")


def fields(column: Column) -> list[str]:
    """Return the values of a column as texts; whole numbers are written without a point where all of them are whole."""
    if not isinstance(column, np.ndarray):
        return list(column)
    if column.dtype.kind != "f":
        return [str(int(value)) for value in column.tolist()]
    missing = np.isnan(column)
    known = column[~missing]
    if np.all((known == np.floor(known)) & (np.abs(known) < EXACT)) and not np.any((known == 0) & np.signbit(known)):
        texts = list(map(str, np.where(missing, 0.0, column).astype(np.int64).tolist()))
    else:
        texts = list(map(repr, column.tolist()))
    for place in np.flatnonzero(missing).tolist():
        texts[place] = ""
    return texts
