"""A column of texts read as numbers: which values, which cells are no numbers, and which units were dropped.

The decimal sign is known by then, as it is one for the whole file. Most cells are read by `float` alone, which is fast;
only the others go through the reader of written numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import is_no_number_known
from nnplayground.data.samples import LARGEST
from nnplayground.written_numbers import COMMA, NotANumberError, WrittenNumber, read_written

FEW_ODD = 0.05
"""A column in which at most this share of the known cells is no number is still a column of numbers."""

ENOUGH_FOR_ONE = 10
"""Among at least so many known cells a single odd one makes no column of text either."""

CELLS_AT_ONCE = 10_000
WORD = re.compile(r"[^\W\d_]{4}")
"""Four letters in a row stand in no number: no currency and no exponent is as long."""

DIGIT = re.compile(r"\d")
REMEMBERED = 1_000
"""So many texts that Python does not read as numbers are looked at only once, as words of a column repeat."""

GROUPED_BY_COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
GROUPED_BY_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?", re.ASCII)


@dataclass(frozen=True, eq=False)
class ColumnNumbers:
    """A column as numbers: `values[row]` is NaN where the cell is missing, no number, or too large a one.

    `known` cells are not missing; of these, `odd` are no numbers and `too_large` are infinite or too large, the first
    ones in the rows `first_odd` and `first_too_large` (-1: none). `units` are the currencies and percent signs that
    stood at numbers, "" where a number had none while others had one.
    """

    values: Floats
    known: int
    odd: int = 0
    first_odd: int = -1
    too_large: int = 0
    first_too_large: int = -1
    units: tuple[str, ...] = ()

    @property
    def are_numbers(self) -> bool:
        """Tell whether the column is one of numbers: at least one cell is, and few of the others are not."""
        return self.known > self.odd and are_few(self.odd, self.known)

    @property
    def has_few_too_large(self) -> bool:
        """Tell whether so few numbers are too large that they can be taken for missing ones."""
        return are_few(self.too_large, self.known)


def are_few(odd: int, known: int) -> bool:
    """Tell whether so few of the known cells are odd that they say nothing about the others."""
    return odd <= max(FEW_ODD * known, 1 if known >= ENOUGH_FOR_ONE else 0)


def read_column(cells: Sequence[str], decimal: str) -> ColumnNumbers:
    """Return a column as numbers with this decimal sign; a column of words is given up halfway."""
    reader = _Reader(decimal)
    numbers: list[float] = []
    for start in range(0, len(cells), CELLS_AT_ONCE):
        numbers += reader.read(cells[start : start + CELLS_AT_ONCE], start)
        if reader.odd > max(len(cells) // 2, CELLS_AT_ONCE // 2):
            numbers += [math.nan] * (len(cells) - len(numbers))
            break
    values = np.array(numbers, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        wrong = np.abs(values) > LARGEST
    too_large = np.flatnonzero(wrong)
    known = int(np.count_nonzero(~np.isnan(values))) + reader.odd
    values[wrong] = math.nan
    return ColumnNumbers(
        values, known, reader.odd, reader.first_odd,
        len(too_large), int(too_large[0]) if len(too_large) else -1, reader.all_units(known),
    )  # fmt: skip


def is_number(cell: str, decimal: str) -> bool:
    """Tell whether a cell holds a number that is not too large."""
    return abs(_Reader(decimal).read((cell,), 0)[0]) <= LARGEST


def joined(first: ColumnNumbers, second: ColumnNumbers) -> ColumnNumbers:
    """Return the numbers of two tables below each other; what does not fit is missing, and each table tells of it."""
    values = np.concatenate((first.values, second.values))
    return ColumnNumbers(values, int(np.count_nonzero(~np.isnan(values))))


@dataclass
class _Reader:
    """Reads cells and counts what is odd among them."""

    decimal: str
    odd: int = 0
    first_odd: int = -1
    units: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known: dict[str, WrittenNumber | None] = {}
        self._quick: Callable[[str], float] = _quick_comma if self.decimal == COMMA else float

    def read(self, cells: Sequence[str], start: int) -> list[float]:
        """Return the numbers of cells of which the first one stands in row `start`."""
        if "_" not in "".join(cells):  # only Python reads 1_000 as a number
            try:
                return list(map(self._quick, [cell or "nan" for cell in cells]))
            except ValueError:
                pass
        return [self._one(cell, start + place) for place, cell in enumerate(cells)]

    def _one(self, cell: str, row: int) -> float:
        if "_" not in cell:
            try:
                return self._quick(cell)
            except ValueError:
                if is_no_number_known(cell):
                    return math.nan
        return self._written(cell, row)

    def _written(self, cell: str, row: int) -> float:
        """Return the number in a cell that Python does not read by itself, NaN where it is none."""
        grouped = GROUPED_BY_POINTS if self.decimal == COMMA else GROUPED_BY_COMMAS
        if grouped.fullmatch(cell):
            points = cell.replace(".", "").replace(",", ".") if self.decimal == COMMA else cell.replace(",", "")
            return float(points)
        if cell not in self._known and len(self._known) < REMEMBERED:
            self._known[cell] = _written_or_none(cell, self.decimal)
        found = self._known[cell] if cell in self._known else _written_or_none(cell, self.decimal)
        if found is not None:
            if found.unit:
                self.units[found.unit] = self.units.get(found.unit, 0) + 1
            return found.value
        if not self.odd:
            self.first_odd = row
        self.odd += 1
        return math.nan

    def all_units(self, known: int) -> tuple[str, ...]:
        """Return the units, with "" among them where some numbers have none."""
        plain = ("",) if self.units and sum(self.units.values()) < known - self.odd else ()
        return (*self.units, *plain)


def _written_or_none(cell: str, decimal: str) -> WrittenNumber | None:
    """Return the number that a cell is written as, if it is one; words are quickly told."""
    if WORD.search(cell) or not DIGIT.search(cell):
        return None
    try:
        return read_written(cell, decimal)
    except NotANumberError:
        return None


def _quick_comma(cell: str) -> float:
    """Return a plain number with a decimal comma; raises `ValueError` for everything else."""
    if "." in cell:
        raise ValueError(cell)
    return float(cell.replace(",", "."))
