"""The cells of a table: which are missing, which are numbers, and how a message shows them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.errors import clipped

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "+nan", "-nan", "null", "?"})
"""What stands in a cell, in small letters, when its value is not known."""

GROUPED_BY_COMMAS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
GROUPED_BY_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
"""Numbers such as 1,234.5 and 1.234,5, in which the thousands cannot be taken for anything else."""


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
            if GROUPED_BY_COMMAS.fullmatch(cell):
                return float(cell.replace(",", ""))
            if GROUPED_BY_POINTS.fullmatch(cell):
                return float(cell.replace(".", "").replace(",", "."))
    raise TextError(cell)


def read_numbers(cells: Sequence[str], *, decimal_comma: bool) -> Floats | str:
    """Return the numbers of a column, `[rows]`, NaN where missing, or else the first cell that is text."""
    try:
        return np.array([read_number(cell, decimal_comma=decimal_comma) for cell in cells])
    except TextError as error:
        return error.cell


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken yet: this one if possible, else with the first number from 2 on that is free."""
    number, result = 2, name
    while result in taken:
        result, number = f"{name} {number}", number + 1
    return result


def quoted(text: str, *, limit: int = 40) -> str:
    """Return a cell or a name for a message: in quotation marks, on one line, at most `limit` characters."""
    return f'"{clipped(" ".join(text[: 10 * limit].split()), limit=limit)}"'


def listed(names: Sequence[str], *, limit: int = 10) -> str:
    """Return names for a message, the first `limit` of them."""
    text = ", ".join(quoted(name) for name in names[:limit])
    return text if len(names) <= limit else f"{text} and {len(names) - limit} more"
