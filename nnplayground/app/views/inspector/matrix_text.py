"""Matrices as text: what is copied for a spreadsheet, for NumPy and as CSV, and reading what is pasted from there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.errors import InputError, shown
from nnplayground.project.places import VALUE

MOST_NUMBERS = 100_000
"""So many numbers can be pasted at once."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
ROW = re.compile(r"\[([^\[\]]*)\]")
Cells = list[list[str]]


def as_table(numbers: Floats) -> str:
    """Return rows of tab-separated numbers in full precision, as a spreadsheet takes them."""
    return "\n".join("\t".join(map(repr, row)) for row in numbers.tolist())


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


def read_matrix(text: str) -> Floats:
    """Return the numbers `[rows, columns]` of a text; raises `InputError` with one sentence where it holds others.

    Cells are parted by tabs, semicolons, commas or blanks, or written as NumPy prints and makes arrays. With tabs or
    semicolons a comma can stand for the decimal point. A row and a column of names are passed over. A matrix and a
    vector of as many numbers as it has rows, both as for NumPy, are put beside each other: W and b.
    """
    cells = _array_cells(text) if "[" in text else _cells(text)
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
    return np.array(
        [[_number(cell, row, column) for column, cell in enumerate(line)] for row, line in enumerate(cells)]
    )


def read_number(text: str) -> float:
    """Return the number that somebody has typed; raises `InputError` where it is none or too large."""
    plain = _plain(text)
    commas = plain.count(",") == 1 and "." not in plain
    value = float(plain.replace(",", ".")) if _is_number(plain.replace(",", ".") if commas else plain) else None
    if value is None or not VALUE.accepts(value):
        raise InputError(f"{shown(text.strip())} cannot be a weight or a bias; it must be {VALUE.legal}.")
    return value


def _cells(text: str) -> Cells:
    """Return the cells of a text of lines, without names around the numbers."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    whole = "\n".join(lines)
    mark = next((mark for mark in "\t;," if mark in whole), None)
    try:
        rows = list(csv.reader(lines, delimiter=mark)) if mark else [line.split() for line in lines]
    except csv.Error:
        raise InputError("The clipboard holds a table that cannot be read; copy plain numbers.") from None
    if mark in ("\t", ";") and "." not in whole:
        rows = [[cell.replace(",", ".") if cell.count(",") == 1 else cell for cell in row] for row in rows]
    return _without_names([[_plain(cell) for cell in row] for row in rows])


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


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None


def _is_name(cell: str) -> bool:
    """Tell whether a cell is a name, and not something that was meant as a number."""
    return bool(cell) and not any(character.isdigit() for character in cell[:1]) and not _is_like_number(cell)


def _is_like_number(cell: str) -> bool:
    return _is_number(cell) or NOT_FINITE.fullmatch(cell) is not None


def _number(cell: str, row: int, column: int) -> float:
    """Return the number in a cell; raises `InputError` where there is none or one that cannot be a weight."""
    value = float(cell) if _is_number(cell) else None
    if value is None or not VALUE.accepts(value):
        found = shown(cell) if value is None else cell[:20]
        raise InputError(
            f"Row {row + 1}, column {column + 1} of the clipboard is {found if cell else 'empty'}; "
            f"it must be {VALUE.legal}."
        )
    return value


def _count(number: int) -> str:
    return f"{number} number" if number == 1 else f"{number} numbers"
