"""Matrices as text: what is copied for a spreadsheet, for NumPy and as CSV, and reading what is pasted from there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from math import inf

import numpy as np

from nnplayground.app.features.inspector.readings import (
    BLANKS,
    COMMAS,
    COMMAS_AND_BLANKS,
    MARKS,
    Cells,
    Reading,
    chosen_reading,
    is_number,
)
from nnplayground.app.ui.fields.steps import shown_number
from nnplayground.arrays import Floats
from nnplayground.errors import InputError, shown
from nnplayground.project.parameter_index import VALUE
from nnplayground.written_numbers import (
    DECIMAL_SIGNS,
    POINT,
    AmbiguousNumberError,
    NotANumberError,
    WrittenNumber,
    read_typed,
)

MOST_NUMBERS = 100_000
"""So many numbers can be pasted at once."""
LONGEST = 50 * MOST_NUMBERS
"""Characters: more than so many numbers have in full precision."""

NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
ROW = re.compile(r"\[([^\[\]]*)\]")


def written(value: float, decimal: str) -> str:
    """Return a number in full precision with a decimal sign."""
    return repr(value).replace(".", DECIMAL_SIGNS[decimal])


def as_table(numbers: Floats, decimal: str = POINT) -> str:
    """Return rows of tab-separated numbers in full precision, as a spreadsheet with this decimal sign takes them."""
    return "\n".join("\t".join(written(value, decimal) for value in row) for row in numbers.tolist())


def as_csv(numbers: Floats, *, rows: Sequence[str], columns: Sequence[str]) -> str:
    """Return comma-separated numbers in full precision with the names of rows and columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["", *columns])
    for name, row in zip(rows, numbers.tolist(), strict=True):
        writer.writerow([name, *map(repr, row)])
    return text.getvalue()


def as_numpy(numbers: Floats) -> str:
    """Return an expression that makes the same array in Python."""
    if numbers.ndim == 1:
        return f"np.array({numbers.tolist()})"
    return "np.array([\n" + "".join(f"    {row},\n" for row in numbers.tolist()) + "])"


def read_matrix(text: str, decimal: str = POINT) -> Floats:
    """Return the numbers `[rows, columns]` of a text; raises `InputError` with one sentence where it holds others.

    Cells are parted by tabs, semicolons, commas or blanks, or written as NumPy prints and makes arrays. How the whole
    text is to be read is the matter of `readings.py`; `decimal` is the person's own sign. A row and a column of names
    are passed over. A matrix and a vector of as many numbers as it has rows, both as for NumPy, are put beside each
    other: W and b.
    """
    if len(text) > LONGEST:
        raise InputError(
            f"The clipboard holds {len(text):,} characters; at most {MOST_NUMBERS:,} numbers can be pasted at once."
        )
    if "[" in text:
        return _array(Reading(_array_cells(text), POINT))
    return _array(chosen_reading(_cells(text), decimal))


def read_number(text: str, decimal: str = POINT) -> float:
    """Return the number that a person with this decimal sign has typed; raises `InputError` where it is none."""
    try:
        found = read_typed(text, decimal)
    except AmbiguousNumberError as error:
        both = f"{shown_number(error.with_point, decimal)} or {shown_number(error.with_comma, decimal)}"
        raise InputError(f"{shown(text.strip())} can be {both}; write {both}.") from None
    except NotANumberError:
        found = WrittenNumber(inf)
    if found.unit or not VALUE.accepts(found.value):
        raise InputError(f"{shown(text.strip())} cannot be a weight or a bias; it must be {VALUE.legal}.")
    return found.value


def _cells(text: str) -> dict[str, Cells]:
    """Return the cells of a text of lines, without names around the numbers, for each way to part them."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    whole = "\n".join(lines)
    mark = next((mark for mark in "\t;," if mark in whole), None)
    blanks = [line.split() for line in lines]
    if mark is None:
        return {BLANKS: _without_names(blanks)}
    try:
        rows = list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        raise InputError("The clipboard holds a table that cannot be read; copy plain numbers.") from None
    cells = _without_names([[cell.strip() for cell in row] for row in rows])
    if mark != ",":
        return {MARKS: cells}
    found = {COMMAS: cells, BLANKS: _without_names(blanks)}
    if any(cell.endswith(",") for row in blanks for cell in row):
        found[COMMAS_AND_BLANKS] = _without_names([[cell.removesuffix(",") for cell in row] for row in blanks])
    return found


def _without_names(rows: Cells) -> Cells:
    """Leave out a first row and a first column that hold only names."""
    if len(rows) > 1 and rows[0][1:] and all(map(_is_name, rows[0][1:])):
        rows = rows[1:]
    if rows and all(len(row) > 1 and _is_name(row[0]) for row in rows):
        rows = [row[1:] for row in rows]
    return rows


def _array_cells(text: str) -> Cells:
    """Return the cells of arrays as NumPy prints or makes them."""
    if "..." in text or "…" in text:
        raise InputError("The text in the clipboard leaves numbers out (…); copy the whole matrix.")
    found = [_rows_of(group) for group in _groups(text)]
    if len(found) == 2 and len(found[1]) == 1 and len(found[1][0]) == len(found[0]):
        return [[*row, bias] for row, bias in zip(found[0], found[1][0], strict=True)]
    if len(found) != 1:
        raise InputError(f"The clipboard holds {len(found)} arrays; copy one matrix, or a matrix and its biases.")
    return [row for row in found[0] if row]


def _groups(text: str) -> list[str]:
    """Return each outermost pair of brackets with what is in it."""
    groups, depth, start = [], 0, 0
    for place, mark in enumerate(text):
        if mark == "[":
            start = place if not depth else start
            depth += 1
        elif mark == "]":
            depth -= 1
            if not depth:
                groups.append(text[start : place + 1])
        if not 0 <= depth <= 2:
            break
    if depth:
        raise InputError("The brackets in the clipboard do not make a matrix; copy one array of rows, [[…], […]].")
    return groups


def _rows_of(group: str) -> Cells:
    """Return the cells of one array, which has one or two dimensions."""
    inner = group[1:-1]
    if "[" not in inner:
        return [_parted(inner)]
    if ROW.sub("", inner).strip(", \t\r\n"):
        raise InputError("The brackets in the clipboard do not make a matrix; copy one array of rows, [[…], […]].")
    return [_parted(row) for row in ROW.findall(inner)]


def _parted(row: str) -> list[str]:
    """Return the cells of one row of an array."""
    plain = _plain(row)
    if "," not in plain:
        return plain.split()
    return [cell.strip() for cell in plain.removesuffix(",").split(",")]


def _plain(cell: str) -> str:
    """Return a cell with plain minus signs and without blanks around it."""
    return cell.replace("\u2212", "-").replace("\u00a0", " ").strip()


def _is_name(cell: str) -> bool:
    """Tell whether a cell is a name, and not something that was meant as a number."""
    return bool(cell) and not cell[0].isdigit() and not (is_number(cell) or NOT_FINITE.fullmatch(cell))


def _array(reading: Reading) -> Floats:
    """Return the numbers of a reading; raises `InputError` for rows of different lengths and numbers out of range."""
    cells = reading.cells
    if not cells:
        raise InputError(
            "The clipboard holds no numbers; copy a block of numbers first, such as rows of a spreadsheet."
        )
    for place, row in enumerate(cells[1:], start=2):
        if len(row) != len(cells[0]):
            raise InputError(
                f"Row {place} of the clipboard has {_count(len(row))} and row 1 has {len(cells[0])}; "
                "every row must have as many."
            )
    if len(cells) * len(cells[0]) > MOST_NUMBERS:
        many = f"{len(cells) * len(cells[0]):,} numbers"
        raise InputError(f"The clipboard holds {many}; at most {MOST_NUMBERS:,} can be pasted at once.")
    return np.array([[_number(reading, row, column) for column in range(len(line))] for row, line in enumerate(cells)])


def _number(reading: Reading, row: int, column: int) -> float:
    """Return the number in a cell; raises `InputError` where there is none or one that cannot be a weight."""
    cell, value = reading.cells[row][column], reading.value(row, column)
    if value is None or not VALUE.accepts(value):
        found = shown(cell) if value is None else cell[:20]
        raise InputError(
            f"Row {row + 1}, column {column + 1} of the clipboard is {found if cell else 'empty'}; "
            f"it must be {VALUE.legal}."
        )
    return value


def _count(number: int) -> str:
    return f"{number} number" if number == 1 else f"{number} numbers"
