"""A CSV file as a table: named columns of text, from which numbers can be read."""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import TextError, listed, quoted, read_number, read_numbers
from nnplayground.data.csv_text import decode_table, find_delimiter, read_records
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, AUTO, DELIMITER_MARKS, Reading
from nnplayground.data.samples import LARGEST
from nnplayground.errors import InputError

ROW_LIMIT = 200_000
COLUMN_LIMIT = 1_000
CELLS_AT_ONCE = 20_000
ROWS_SEARCHED = 5_000
LOOKED_AT = 200  # records that tell whether numbers have a decimal comma

COMMA_NUMBER = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
POINT_NUMBER = re.compile(r"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")
NO_HEADER = "The first line holds values, so the columns are called column 1, column 2 and so on."

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """A table as text: `columns` are the names, `cells[column][row]` the stripped texts.

    `name` is what messages call the table, `lines[row]` the line of the file where a row starts, from 1; `found` is how
    it was read, and `notes` are sentences about that for the user.
    """

    name: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool = False
    found: Reading = AS_FOUND
    notes: tuple[str, ...] = ()
    _numbers: dict[str, Floats | str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __del__(self) -> None:
        """Let go of the texts column by column: millions at once would hold up the window, whatever thread does it."""
        columns = list(self.__dict__.pop("cells", ()))
        while columns:
            columns.pop()

    def column(self, name: str) -> tuple[str, ...]:
        """Return the texts of a column; raises `InputError` when the table has no column of that name."""
        if name not in self.columns:
            known = listed(self.columns)
            raise InputError(f"{self.name} has no column {quoted(name)}; its columns are {known}.")
        return self.cells[self.columns.index(name)]

    def numbers_or_text(self, name: str) -> Floats | str:
        """Return the numbers of a column, `[rows]`, NaN where missing, or else its first text."""
        if name not in self._numbers:
            self._numbers[name] = read_numbers(self.column(name), decimal_comma=self.decimal_comma)
        return self._numbers[name]

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


def read_table(source: bytes, *, name: str, reading: Reading = AS_FOUND, progress: Progress = UNWATCHED) -> Table:
    """Return the bytes of a CSV file as a table; `name` is what messages call it.

    What `reading` leaves open is found: the encoding, which of comma, semicolon, tab, bar and space separates the
    cells, whether the first line that is not blank names the columns, and whether numbers have a decimal comma. Raises
    `InputError` with the line or the column when the file is no such table or has too many rows or columns.
    """
    text, encoding = decode_table(source, name=name, encoding=reading.encoding, progress=progress.part(0.0, 0.1))
    return read_table_text(text, name=name, reading=reading, encoding=encoding, progress=progress.part(0.1, 1.0))


def read_table_text(
    text: str, *, name: str, reading: Reading = AS_FOUND, encoding: str = "utf-8", progress: Progress = UNWATCHED
) -> Table:
    """Return text, which came in this encoding, as a table; see `read_table`."""
    delimiter = delimiter_of(text, reading)
    may_have_comma = reading.decimal == "comma" or (reading.decimal == AUTO and delimiter != ",")
    records = read_records(text, delimiter=delimiter, name=name, progress=progress)
    line, first = next(records, (1, []))
    header = header_of(first, reading, decimal_comma=may_have_comma)
    columns = tuple(" ".join(cell.split()) for cell in first) if header == "yes" else numbered(len(first))
    _check_header(columns, place=f"{name}, line {line}")
    if header == "no":
        records = chain(((line, first),), records)
    beginning = list(islice(records, LOOKED_AT))
    decimal = decimal_of(beginning, delimiter, reading)
    model = "header" if header == "yes" else "first line"
    lines, cells = _read_rows(chain(beginning, records), len(columns), name=name, model=model)
    # What is separated by semicolons may have decimal commas further down as well.
    decimal_comma = decimal == "comma" or (delimiter == ";" and reading.decimal == AUTO)
    found = Reading(encoding, name_of(delimiter), header, decimal)
    notes = (NO_HEADER,) if header == "no" and reading.header == AUTO else ()
    return Table(name, columns, cells, lines, decimal_comma, found, notes)


def delimiter_of(text: str, reading: Reading) -> str:
    """Return the delimiter that was chosen, else the one that fits the text."""
    return find_delimiter(text) if reading.delimiter == AUTO else DELIMITER_MARKS[reading.delimiter]


def header_of(first: Sequence[str], reading: Reading, *, decimal_comma: bool) -> str:
    """Tell whether the first line names the columns, "yes", or holds values like the others, "no"."""
    if reading.header != AUTO:
        return reading.header
    return "no" if len(first) > 1 and _value_in_header(first, decimal_comma=decimal_comma) else "yes"


def decimal_of(records: Sequence[Record], delimiter: str, reading: Reading) -> str:
    """Return the sign before the decimals, "point" or "comma", that was chosen or that the first records show."""
    if reading.decimal != AUTO:
        return reading.decimal
    cells = [cell for _, row in records for cell in row] if delimiter != "," else []
    points = any(POINT_NUMBER.fullmatch(cell) for cell in cells)
    return "comma" if not points and any(COMMA_NUMBER.fullmatch(cell) for cell in cells) else "point"


def numbered(count: int) -> tuple[str, ...]:
    """Return names for columns that have none."""
    return tuple(f"column {place + 1}" for place in range(count))


def name_of(delimiter: str) -> str:
    """Return the name of a delimiter, one of `DELIMITER_MARKS`."""
    return next(name for name, mark in DELIMITER_MARKS.items() if mark == delimiter)


def _read_rows(
    records: Iterator[Record], width: int, *, name: str, model: str
) -> tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]:
    """Return line numbers and the cells by columns; raises `InputError` for no rows, too many, or a ragged one.

    Rows are turned into columns a few at a time: a single call on millions of cells would hold up the window
    meanwhile, and so would Python's search for garbage, which passes over tuples of texts but not over lists.
    """
    lines: list[int] = []
    columns: list[list[tuple[str, ...]]] = [[] for _ in range(width)]
    while rows := list(islice(records, max(1, CELLS_AT_ONCE // width))):
        for line, cells in rows:
            if len(cells) != width:
                problem = f"the number of cells is {len(cells)}; it must be {width}, as in the {model}."
                raise InputError(f"{name}, line {line}: {problem}")
            lines.append(line)
        if len(lines) > ROW_LIMIT:
            problem = f"there are more than {ROW_LIMIT:,} rows; use a part of them."
            raise InputError(f"{name}, line {lines[ROW_LIMIT]}: {problem}")
        for column, stretch in zip(columns, zip(*(cells for _, cells in rows), strict=True), strict=True):
            column.append(stretch)
    if not lines:
        raise InputError(f"{name} has column names but no rows; give at least one line of values below them.")
    return tuple(lines), tuple(map(_joined, columns))


def _joined(column: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a column in one piece, and let go of the pieces.

    Python's search for garbage looks once at every text of a new column, then never again. It does so here, at one
    column: the columns of a large table together would hold up the window for longer than one notices.
    """
    joined = tuple(chain.from_iterable(column))
    column.clear()
    if len(joined) > ROWS_SEARCHED:
        gc.collect(0)
    return joined


def _check_header(columns: tuple[str, ...], *, place: str) -> None:
    """Raise `InputError` unless there are at least two columns, each with a name of its own."""
    if problem := _problem_of_header(columns):
        raise InputError(f"{place}: {problem}.")


def _problem_of_header(columns: tuple[str, ...]) -> str:
    """Return what is wrong with the names of the columns and what would be right, or nothing."""
    if len(columns) < 2:
        return "there is only one column; separate two or more by commas, semicolons, tabs or bars"
    if len(columns) > COLUMN_LIMIT:
        return f"there are {len(columns):,} columns; at most {COLUMN_LIMIT:,} can be read"
    if "" in columns:
        return f"column {columns.index('') + 1} has no name; the first line must name every column"
    twice = [column for column in columns if columns.count(column) > 1]
    return f"the column name {quoted(twice[0])} occurs twice; give each column its own name" if twice else ""


def _value_in_header(columns: Sequence[str], *, decimal_comma: bool) -> str:
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
