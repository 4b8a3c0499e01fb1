"""A CSV file as a table: named columns of text, from which numbers can be read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import TextError, listed, quoted, read_number, read_numbers
from nnplayground.data.csv_text import decode_table, find_delimiter, read_records
from nnplayground.data.samples import LARGEST
from nnplayground.errors import InputError

ROW_LIMIT = 200_000
COLUMN_LIMIT = 1_000


@dataclass(frozen=True)
class Table:
    """A table as text: `columns` are the names, `cells[column][row]` the stripped texts.

    `name` is what messages call the table, `lines[row]` the line of the file where a row starts, from 1.
    """

    name: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool = False

    def column(self, name: str) -> tuple[str, ...]:
        """Return the texts of a column; raises `InputError` when the table has no column of that name."""
        if name not in self.columns:
            known = listed(self.columns)
            raise InputError(f"{self.name} has no column {quoted(name)}; its columns are {known}.")
        return self.cells[self.columns.index(name)]

    def numbers_or_text(self, name: str) -> Floats | str:
        """Return the numbers of a column, `[rows]`, NaN where missing, or else its first text."""
        return read_numbers(self.column(name), decimal_comma=self.decimal_comma)

    def numeric(self, name: str) -> Floats:
        """Return the numbers of a column, `[rows]`, NaN where missing.

        Raises `InputError` when the column holds text, or a number that is infinite or too large.
        """
        numbers = self.numbers_or_text(name)
        if isinstance(numbers, str):
            what = f"column {quoted(name)} holds text such as {quoted(numbers)}"
            raise InputError(f"{self.name}: {what}; choose columns of numbers.")
        self.check_range(name, numbers)
        return numbers

    def check_range(self, name: str, numbers: Floats) -> None:
        """Raise `InputError` when the numbers of a column, `[rows]`, hold one that is infinite or too large."""
        wrong = np.flatnonzero(np.abs(numbers) > LARGEST)
        if len(wrong):
            line, cell = self.lines[wrong[0]], self.column(name)[wrong[0]]
            raise InputError(
                f"{self.name}, line {line}: column {quoted(name)} holds {quoted(cell)}; "
                f"numbers must lie between -{LARGEST:g} and {LARGEST:g}."
            )


def read_table(source: bytes, *, name: str) -> Table:
    """Return the bytes of a CSV file as a table; `name` is what messages call it.

    The first line that is not blank names the columns. Comma, semicolon, tab and bar are told apart by
    themselves; with semicolons a number may have a decimal comma. Raises `InputError` with the line or the
    column when the file is no such table or has too many rows or columns.
    """
    text = decode_table(source, name=name)
    delimiter = find_delimiter(text)
    decimal_comma = delimiter == ";"
    records = read_records(text, delimiter=delimiter, name=name)
    line, header = next(records, (1, []))
    columns = tuple(" ".join(cell.split()) for cell in header)
    _check_header(columns, place=f"{name}, line {line}", decimal_comma=decimal_comma)
    lines, rows = _read_rows(records, len(columns), name=name)
    # Column by column, not one zip(*rows): a single call on millions of cells would hold up the window meanwhile.
    cells = tuple(tuple(row[place] for row in rows) for place in range(len(columns)))
    return Table(name, columns, cells, tuple(lines), decimal_comma)


def _read_rows(records: Iterator[tuple[int, list[str]]], width: int, *, name: str) -> tuple[list[int], list[list[str]]]:
    """Return line numbers and cells of the rows; raises `InputError` for none, too many, or a ragged one."""
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, cells in records:
        if len(cells) != width:
            problem = f"the number of cells is {len(cells)}; it must be {width}, as in the header."
            raise InputError(f"{name}, line {line}: {problem}")
        if len(rows) == ROW_LIMIT:
            raise InputError(f"{name}, line {line}: there are more than {ROW_LIMIT:,} rows; use a part of them.")
        lines.append(line)
        rows.append(cells)
    if not rows:
        raise InputError(f"{name} has column names but no rows; give at least one line of values below them.")
    return lines, rows


def _check_header(columns: tuple[str, ...], *, place: str, decimal_comma: bool) -> None:
    """Raise `InputError` unless there are at least two columns, each with a name of its own."""
    if problem := _problem_of_header(columns, decimal_comma=decimal_comma):
        raise InputError(f"{place}: {problem}.")


def _problem_of_header(columns: tuple[str, ...], *, decimal_comma: bool) -> str:
    """Return what is wrong with the names of the columns and what would be right, or nothing."""
    if len(columns) < 2:
        return "there is only one column; separate two or more by commas, semicolons, tabs or bars"
    if len(columns) > COLUMN_LIMIT:
        return f"there are {len(columns):,} columns; at most {COLUMN_LIMIT:,} can be read"
    if "" in columns:
        return f"column {columns.index('') + 1} has no name; the first line must name every column"
    if value := _value_in_header(columns, decimal_comma=decimal_comma):
        return f"it holds values such as {quoted(value)}; the first line must name the columns"
    twice = [column for column in columns if columns.count(column) > 1]
    return f"the column name {quoted(twice[0])} occurs twice; give each column its own name" if twice else ""


def _value_in_header(columns: tuple[str, ...], *, decimal_comma: bool) -> str:
    """Return a number that shows that a first line is a row of values, nothing when it is a header.

    It is one when all cells are numbers, or when one has decimals, which no name has; a whole number among
    words may well be a name, such as a year.
    """
    numbers = [cell for cell in columns if _is_number(cell, decimal_comma=decimal_comma)]
    decimals = [cell for cell in numbers if not cell.lstrip("+-").isdigit()]
    return decimals[0] if decimals else numbers[0] if len(numbers) == len(columns) else ""


def _is_number(cell: str, *, decimal_comma: bool) -> bool:
    """Tell whether a cell holds a finite number."""
    try:
        return math.isfinite(read_number(cell, decimal_comma=decimal_comma))
    except TextError:
        return False
