"""The cells of a table: which are missing, which are numbers, and how a message shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Floats

MISSING = frozenset({"", "na", "nan", "+nan", "-nan", "null", "?"})
"""What stands in a cell, in small letters, when its value is not known."""


class TextError(ValueError):
    """A cell was to be read as a number but holds text, `cell`."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


def is_missing(cell: str) -> bool:
    """Tell whether a cell stands for a value that is not known."""
    return cell.lower() in MISSING


def read_number(cell: str, *, decimal_comma: bool = False) -> float:
    """Return the number in a cell, NaN when it is missing; raises `TextError` when the cell is text."""
    if "_" not in cell:  # Python reads 1_000 as a number, nobody else does
        try:
            return float(cell.replace(",", ".") if decimal_comma else cell)
        except ValueError:
            if is_missing(cell):
                return math.nan
    raise TextError(cell)


def read_numbers(cells: Sequence[str], *, decimal_comma: bool) -> Floats | str:
    """Return the numbers of a column, `[rows]`, NaN where missing, or else the first cell that is text."""
    try:
        return np.array([read_number(cell, decimal_comma=decimal_comma) for cell in cells])
    except TextError as error:
        return error.cell


def quoted(text: str, *, limit: int = 40) -> str:
    """Return a cell or a name for a message: in quotation marks, on one line, at most `limit` characters."""
    line = " ".join(text.split())
    return f'"{line if len(line) <= limit else line[: limit - 1] + "…"}"'


def listed(names: Sequence[str], *, limit: int = 10) -> str:
    """Return names for a message, the first `limit` of them."""
    text = ", ".join(quoted(name) for name in names[:limit])
    return text if len(names) <= limit else f"{text} and {len(names) - limit} more"
