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
from nnplayground.data.cells import TextError, free_name, is_missing, listed, quoted, read_number, read_numbers
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

COMMA_NUMBER = re.compile(r"[+-]?(?:\d*|\d{1,3}(?:\.\d{3})+),\d+(?:[eE][+-]?\d+)?")
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
    records = read_records(text, delimiter=delimiter, name=name, progress=progress)
    beginning = list(islice(records, LOOKED_AT)) or [(1, [])]
    line, first = beginning[0]
    _check_width(len(first), place=f"{name}, line {line}")
    header = header_of(beginning, delimiter, reading)
    rows, model = (beginning[1:], "header") if header == "yes" else (beginning, "first line")
    decimal = decimal_of(rows, delimiter, reading)
    lines, cells = _read_rows(chain(rows, records), len(first), name=name, model=model)
    names = names_of(first) if header == "yes" else numbered(len(first))
    # Many programs end each row with a delimiter, which makes a last column of nothing.
    used = [place for place, column in enumerate(cells) if header == "no" or first[place] or any(column)]
    _check_width(len(used), place=f"{name}, line {line}")
    columns, cells = tuple(names[place] for place in used), tuple(cells[place] for place in used)
    # What is separated by semicolons may have decimal commas further down as well.
    decimal_comma = decimal == "comma" or (delimiter == ";" and reading.decimal == AUTO)
    found = Reading(encoding, name_of(delimiter), header, decimal)
    return Table(name, columns, cells, lines, decimal_comma, found, _notes_on_names(first, columns, header, reading))


def _notes_on_names(first: Sequence[str], columns: Sequence[str], header: str, reading: Reading) -> tuple[str, ...]:
    """Say which columns are not called by what stands in the first line."""
    if header == "no":
        return (NO_HEADER,) if reading.header == AUTO else ()
    own = {" ".join(cell.split()) for cell in first}
    given = [name for name in columns if name not in own]
    return (f"Without a name of their own in the first line, columns are called {listed(given)}.",) if given else ()


def delimiter_of(text: str, reading: Reading) -> str:
    """Return the delimiter that was chosen, else the one that fits the text."""
    return find_delimiter(text) if reading.delimiter == AUTO else DELIMITER_MARKS[reading.delimiter]


def header_of(records: Sequence[Record], delimiter: str, reading: Reading) -> str:
    """Tell whether the first of these records names the columns, "yes", or holds values like the others, "no"."""
    if reading.header != AUTO:
        return reading.header
    decimal_comma = reading.decimal == "comma" or (reading.decimal == AUTO and delimiter != ",")
    first, *rows = [cells for _, cells in records]
    if len(first) < 2 or not _holds_values(first, decimal_comma=decimal_comma):
        return "yes"
    return "yes" if _has_text_over_numbers(first, rows, decimal_comma=decimal_comma) else "no"


def decimal_of(records: Sequence[Record], delimiter: str, reading: Reading) -> str:
    """Return the sign before the decimals, "point" or "comma", that was chosen or that the first records show."""
    if reading.decimal != AUTO:
        return reading.decimal
    cells = [cell for _, row in records for cell in row] if delimiter != "," else []
    points = any(POINT_NUMBER.fullmatch(cell) for cell in cells)
    return "comma" if not points and any(COMMA_NUMBER.fullmatch(cell) for cell in cells) else "point"


def names_of(first: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns with this first line, each once: one that has none or a taken one gets another."""
    own = [" ".join(cell.split()) for cell in first]
    names: list[str] = []
    for name, number in zip(own, numbered(len(own)), strict=True):
        names.append(name if name and name not in names else free_name(name or number, {*own, *names}))
    return tuple(names)


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
            if len(cells) > width and not any(cells[width:]):
                del cells[width:]
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


def _check_width(columns: int, *, place: str) -> None:
    """Raise `InputError` unless there are at least two columns, and not too many."""
    if columns < 2:
        problem = "there is only one column; separate two or more by commas, semicolons, tabs or bars"
        raise InputError(f"{place}: {problem}.")
    if columns > COLUMN_LIMIT:
        raise InputError(f"{place}: there are {columns:,} columns; at most {COLUMN_LIMIT:,} can be read.")


def _holds_values(first: Sequence[str], *, decimal_comma: bool) -> bool:
    """Tell whether a first line looks like a row of values rather than like names.

    It does when all cells that are not missing are numbers, or when one has decimals, which names seldom have; a whole
    number among words may well be a name, such as a year. With an empty corner, the others are names of columns.
    """
    known = [cell for cell in first if not is_missing(cell)]
    numbers = [cell for cell in known if _is_number(cell, decimal_comma=decimal_comma)]
    if any(not cell.lstrip("+-").isdigit() for cell in numbers):
        return True
    return 0 < len(numbers) == len(known) and bool(first[0])


def _has_text_over_numbers(first: Sequence[str], rows: Sequence[Sequence[str]], *, decimal_comma: bool) -> bool:
    """Tell whether a text of the first line stands over a column of numbers: it can only be the name of them."""
    for place, cell in enumerate(first):
        below = [row[place] for row in rows if place < len(row) and not is_missing(row[place])]
        is_text = not is_missing(cell) and not _is_number(cell, decimal_comma=decimal_comma)
        if is_text and below and all(_is_number(other, decimal_comma=decimal_comma) for other in below):
            return True
    return False


def _is_number(cell: str, *, decimal_comma: bool) -> bool:
    """Tell whether a cell holds a finite number."""
    try:
        return math.isfinite(read_number(cell, decimal_comma=decimal_comma))
    except TextError:
        return False
