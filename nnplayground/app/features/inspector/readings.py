"""How the whole of a pasted text is read: which commas part numbers, and which sign stands before their decimals.

One cell alone can often be read in two ways (`1,234`), so that all cells are read alike: with the one way that makes a
number of each, and where several do, with that of the person's own decimal sign. What is still in doubt is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nnplayground.app.ui.fields.steps import shown_number
from nnplayground.errors import InputError, shown
from nnplayground.project.parameter_index import VALUE
from nnplayground.written_numbers import COMMA, DECIMAL_SIGNS, POINT, NotANumberError, read_written

Cells = list[list[str]]
Numbers = tuple[tuple[float, ...], ...]

MARKS, BLANKS, COMMAS, COMMAS_AND_BLANKS = "marks", "blanks", "commas", "commas and blanks"
"""What parts the cells: tabs or semicolons; blanks; commas, with blanks or not; a comma with a blank behind it."""

Way = tuple[str, str]
"""What parts the cells, and the decimal sign in them."""

CSV, GROUPED = (COMMAS, POINT), (BLANKS, POINT)
DECIMAL, LISTED = (BLANKS, COMMA), (COMMAS_AND_BLANKS, COMMA)
PREFERRED: dict[str, tuple[Way, ...]] = {
    POINT: (CSV, GROUPED, DECIMAL, LISTED),
    COMMA: (DECIMAL, LISTED, CSV, GROUPED),
}
"""The ways to read a text with commas, those of a person with this decimal sign first."""
RIVALS: dict[tuple[str, Way], tuple[Way, ...]] = {
    (POINT, CSV): (GROUPED, LISTED),
    (POINT, GROUPED): (DECIMAL,),
    (COMMA, CSV): (GROUPED,),
}
"""The ways beside which a preferred one is in doubt, where they give other numbers."""
MOST_SHOWN = 3
PLAIN = re.compile(r"[+-]?\d{1,300}(\.\d{0,80})?([eE][+-]?\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """Cells, and the sign before the decimals in all of them."""

    cells: Cells
    decimal: str

    def value(self, row: int, column: int) -> float | None:
        """Return the number in a cell, or nothing."""
        return _value(self.cells[row][column], self.decimal)

    @cached_property
    def numbers(self) -> Numbers | None:
        """The numbers of all cells, or nothing where one is none or the rows are of different lengths."""
        if len({len(row) for row in self.cells}) != 1:
            return None
        found = []
        for row in self.cells:
            values = [value for value in (_value(cell, self.decimal) for cell in row) if value is not None]
            if len(values) < len(row):
                return None
            found.append(tuple(values))
        return tuple(found)


def chosen_reading(cells: Mapping[str, Cells], decimal: str) -> Reading:
    """Return how the cells are read, which may be parted in several ways; raises `InputError` where that is in doubt.

    `decimal` is the person's own sign. Where no reading makes numbers of all cells, the usual one is returned.
    """
    if COMMAS in cells:
        return _with_commas(cells, decimal)
    (only,) = cells.values()
    return _of_one_sign(only, decimal)


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number with one of the decimal signs."""
    return any(_value(cell, sign) is not None for sign in DECIMAL_SIGNS)


def _of_one_sign(cells: Cells, decimal: str) -> Reading:
    """Return the reading of cells whose places are beyond doubt."""
    readings = {sign: Reading(cells, sign) for sign in DECIMAL_SIGNS}
    fitting = {sign: reading.numbers for sign, reading in readings.items() if reading.numbers is not None}
    if len(fitting) == 1:
        return readings[next(iter(fitting))]
    if fitting:
        _refuse_doubt(cells, fitting, decimal)
    else:
        _refuse_mixture(readings)
    return readings[decimal]


def _refuse_doubt(cells: Cells, numbers: Mapping[str, Numbers], decimal: str) -> None:
    """Refuse cells that are other numbers with the other sign, unless the person's own stands in them."""
    if numbers[POINT] == numbers[COMMA]:
        return
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            values = [numbers[sign][row][column] for sign in DECIMAL_SIGNS]
            if values[0] != values[1] and DECIMAL_SIGNS[decimal] not in cell:
                both = " or ".join(shown_number(value, decimal) for value in values)
                raise InputError(f"{_place(row, column)} is {cell}, which can be {both}; write {both}.")


def _refuse_mixture(readings: Mapping[str, Reading]) -> None:
    """Refuse cells of which some have a decimal point and others a comma, and the first that is no number at all."""
    found: dict[str, str] = {}
    for row, line in enumerate(readings[POINT].cells):
        for column, cell in enumerate(line):
            fits = [sign for sign in DECIMAL_SIGNS if readings[sign].value(row, column) is not None]
            if not fits:
                what = shown(cell) if cell else "empty"
                raise InputError(f"{_place(row, column)} is {what}; it must be {VALUE.legal}.")
            if len(fits) == 1:
                found.setdefault(fits[0], f"{cell} in row {row + 1}, column {column + 1}")
    if len(found) == len(DECIMAL_SIGNS):
        raise InputError(
            f"The clipboard holds {found[POINT]}, with a decimal point, and {found[COMMA]}, with a comma; "
            "all numbers must have the same decimal sign."
        )


def _with_commas(cells: Mapping[str, Cells], decimal: str) -> Reading:
    """Return the reading of a text in which commas part the numbers, or stand in them."""
    readings = {(parted, sign): Reading(cells.get(parted, []), sign) for parted, sign in PREFERRED[decimal]}
    way = next((way for way in PREFERRED[decimal] if readings[way].numbers is not None), None)
    if way is None:
        return readings[CSV]
    for rival in RIVALS.get((decimal, way), ()):
        one, other = readings[way].numbers, readings[rival].numbers
        if one is not None and other is not None and one != other:
            pairs = zip(one, other, strict=False)
            row = next((row for row, pair in enumerate(pairs) if pair[0] != pair[1]), 0)
            raise InputError(
                f"Row {row + 1} of the clipboard can be {_words(one[row], decimal)}, or "
                f"{_words(other[row], decimal)}; part the numbers with tabs or semicolons."
            )
    return readings[way]


def _words(values: tuple[float, ...], decimal: str) -> str:
    """Return the numbers of a row in words."""
    texts = [shown_number(value, decimal) for value in values[:MOST_SHOWN]]
    return ", then ".join(texts) + (" and so on" if len(values) > MOST_SHOWN else "")


def _place(row: int, column: int) -> str:
    return f"Row {row + 1}, column {column + 1} of the clipboard"


def _value(cell: str, decimal: str) -> float | None:
    """Return the number in a cell, without a unit, or nothing."""
    other = "," if decimal == POINT else "."
    plain = cell if decimal == POINT else cell.replace(",", ".")
    if other not in cell and PLAIN.fullmatch(plain):
        return float(plain)  # what the reader says as well, but in less time
    try:
        written = read_written(cell, decimal)
    except NotANumberError:
        return None
    return None if written.unit else written.value
