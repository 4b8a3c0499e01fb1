"""A CSV file becomes a table: its encoding, its delimiter, its names and its decimal sign are found here."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from nnplayground.data.cells import counted, is_missing
from nnplayground.data.column_numbers import is_number
from nnplayground.data.csv_text import cells_in_first_line, decode_table, find_delimiter, read_records
from nnplayground.data.decimal_sign import DecimalSign, find_decimal_sign
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, AUTO, DELIMITER_MARKS, Reading
from nnplayground.data.saved import OWN_TARGET, PART, SavedTarget, fits, own_points, told_by
from nnplayground.data.table import Table
from nnplayground.errors import InputError
from nnplayground.message import Message

ROW_LIMIT = 200_000
COLUMN_LIMIT = 1_000
CELLS_AT_ONCE = 20_000
ROWS_SEARCHED = 5_000
LOOKED_AT = 200  # records that tell whether the first line names the columns
GUESSED_ENCODINGS = ("cp1252",)
SEPARATE = "separate two or more by commas, semicolons, tabs or bars"
NO_HEADER = Message("data.no_header")

Record = tuple[int, list[str]]


class RaggedError(InputError):
    """Rows have another number of cells than the header; `count` of `rows` have, the first in `line`."""

    def __init__(self, sentence: str, *, count: int, rows: int, line: int) -> None:
        super().__init__(sentence)
        self.count, self.rows, self.line = count, rows, line


@dataclass
class _Rows:
    """The rows of a table as they are gathered: `columns` hold stretches of cells, `ragged` the lines left out."""

    columns: list[list[tuple[str, ...]]]
    lines: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
    first_ragged: int = 0


def read_table(source: bytes, *, name: str, reading: Reading = AS_FOUND, progress: Progress = UNWATCHED) -> Table:
    """Return the bytes of a CSV file as a table; `name` is what messages call it.

    What `reading` leaves open is found: the encoding, which of comma, semicolon, tab, bar and space separates the
    cells, whether the first line that is not blank names the columns, and whether numbers have a decimal comma. Raises
    `InputError` with the line or the column when the file is no such table or has too many rows or columns.
    """
    text, encoding = decode_table(source, name=name, encoding=reading.encoding, progress=progress.part(0.0, 0.1))
    table = read_table_text(text, name=name, reading=reading, encoding=encoding, progress=progress.part(0.1, 1.0))
    if reading.encoding == AUTO and encoding in GUESSED_ENCODINGS:
        guess = Message("data.encoding_guess", {"encoding": encoding})
        table = replace(table, notes=(guess, *table.notes), guesses=table.guesses | {"encoding"})
    return table


def read_table_text(
    text: str, *, name: str, reading: Reading = AS_FOUND, encoding: str = "utf-8", progress: Progress = UNWATCHED
) -> Table:
    """Return text, which came in this encoding, as a table; see `read_table`."""
    delimiter = delimiter_of(text, reading)
    wide = cells_in_first_line(text, delimiter)
    if wide > COLUMN_LIMIT:  # to cut a line of millions of cells takes long
        _check_width(wide, place=f"{name}, line 1")
    records = read_records(text, delimiter=delimiter, name=name, progress=progress)
    found = replace(reading, encoding=encoding, delimiter=name_of(delimiter), sheet="")
    return table_of(records, name=name, reading=reading, found=found)


def table_of(records: Iterator[Record], *, name: str, reading: Reading, found: Reading, what: str = "line") -> Table:
    """Return records as a table; `found` is what is known of how they were read, `what` a record stands in.

    Raises `InputError` when there are too few or too many rows or columns, or `RaggedError` when some rows have another
    number of cells and are not to be left out.
    """
    beginning = list(islice(records, LOOKED_AT)) or [(1, [])]
    line, first = beginning[0]
    _check_width(len(first), place=f"{name}, {what} {line}", is_sheet=what == "row")
    delimiter = DELIMITER_MARKS.get(found.delimiter, "")
    header = header_of(beginning, delimiter, reading)
    first, saved = heads_of(first) if header == "yes" else (first, None)
    rows, model = (beginning[1:], "header") if header == "yes" else (beginning, f"first {what}")
    gathered = _read_rows(chain(rows, records), len(first), name=name, what=what)
    _check_rows(gathered, len(first), name=name, model=model, reading=reading, what=what)
    cells = tuple(map(_joined, gathered.columns))
    own = [" ".join(cell.split()) for cell in first] if header == "yes" else [""] * len(first)
    names = names_of(first) if header == "yes" else numbered(len(first))
    # Many programs end each row with a delimiter, which makes a last column of nothing.
    used = [place for place, column in enumerate(cells) if header == "no" or first[place] or any(column)]
    _check_width(len(used), place=f"{name}, {what} {line}", is_sheet=what == "row")
    columns, cells = tuple(names[place] for place in used), tuple(cells[place] for place in used)
    saved = _fitting(saved, columns, cells)
    decimal = decimal_of(cells, delimiter, reading)
    named = _notes_on_names(first, columns, header, reading)
    notes = (*named, *_note_on_ragged(gathered, what), *_given(decimal.note))
    return Table(
        name, columns, cells, tuple(gathered.lines), replace(found, header=header, decimal=decimal.sign), notes,
        frozenset(names[place] for place in used if not own[place]), tuple(gathered.ragged), saved=saved,
        guesses=frozenset({"decimal"} if decimal.note else ()),
    )  # fmt: skip


def _fitting(saved: SavedTarget | None, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> SavedTarget | None:
    """Return what saved data say of their targets, where the cells are as they say."""
    if saved is None:
        is_ours = (columns[0], columns[-1]) == (PART, OWN_TARGET)
        return own_points(columns, set(cells[0]), set(cells[-1])) if is_ours else None
    return saved if fits(saved, len(columns), set(cells[-1])) else None


def _given(note: Message | None) -> tuple[Message, ...]:
    return () if note is None else (note,)


def _notes_on_names(first: Sequence[str], columns: Sequence[str], header: str, reading: Reading) -> tuple[Message, ...]:
    """Tell which columns are not called by what stands in the first line."""
    if header == "no":
        return (NO_HEADER,) if reading.header == AUTO else ()
    own = {" ".join(cell.split()) for cell in first}
    given = tuple(name for name in columns if name not in own)
    return (Message("data.unnamed_columns", {"columns": given}),) if given else ()


def _note_on_ragged(rows: _Rows, what: str) -> tuple[Message, ...]:
    """Tell how many rows were left out because of their cells, if any."""
    if not rows.ragged:
        return ()
    counts = {"left_out": len(rows.ragged), "rows": len(rows.ragged) + len(rows.lines)}
    return (Message("data.ragged_rows", {**counts, "record": what, "first": rows.ragged[0]}),)


def delimiter_of(text: str, reading: Reading) -> str:
    """Return the delimiter that was chosen, else the one that fits the text."""
    return find_delimiter(text) if reading.delimiter == AUTO else DELIMITER_MARKS[reading.delimiter]


def header_of(records: Sequence[Record], delimiter: str, reading: Reading) -> str:
    """Tell whether the first of these records names the columns, "yes", or holds values like the others, "no"."""
    if reading.header != AUTO:
        return reading.header
    first, *rows = [cells for _, cells in records]
    # The first line takes part: where nothing else has decimals, its own show the sign.
    decimal = decimal_of(columns_of([first, *rows]), delimiter, reading).sign
    if len(first) < 2 or not _holds_values(first, decimal):
        return "yes"
    return "yes" if _has_text_over_numbers(first, rows, decimal) else "no"


def columns_of(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows of any width as columns, shorter ones where a row has no such cell."""
    width = min(COLUMN_LIMIT, max(map(len, rows), default=0))
    return [[row[place] for row in rows if place < len(row)] for place in range(width)]


def decimal_of(columns: Sequence[Sequence[str]], delimiter: str, reading: Reading) -> DecimalSign:
    """Return the sign before the decimals that was chosen or that the cells show."""
    return find_decimal_sign(columns, delimiter) if reading.decimal == AUTO else DecimalSign(reading.decimal)


def heads_of(first: Sequence[str]) -> tuple[list[str], SavedTarget | None]:
    """Return a first line of names without what it tells of the targets of saved data, and that."""
    name, saved = told_by(first[-1])
    return [*first[:-1], name], saved


def names_of(first: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns with this first line, each once: one that has none or a taken one gets another."""
    own = [" ".join(cell.split()) for cell in first]
    taken, given, numbers = set(own), set[str](), dict[str, int]()
    names: list[str] = []
    for name, number in zip(own, numbered(len(own)), strict=True):
        final = base = name or number
        if not name or name in given:
            while final in taken:
                numbers[base] = numbers.get(base, 1) + 1
                final = f"{base} {numbers[base]}"
        given.add(final)
        taken.add(final)
        names.append(final)
    return tuple(names)


def numbered(count: int) -> tuple[str, ...]:
    """Return names for columns that have none."""
    return tuple(f"column {place + 1}" for place in range(count))


def name_of(delimiter: str) -> str:
    """Return the name of a delimiter, one of `DELIMITER_MARKS`."""
    return next(name for name, mark in DELIMITER_MARKS.items() if mark == delimiter)


def _read_rows(records: Iterator[Record], width: int, *, name: str, what: str) -> _Rows:
    """Return the rows with so many cells by columns, and the lines of the others; raises `InputError` for too many.

    Rows are turned into columns a few at a time: a single call on millions of cells would hold up the window
    meanwhile, and so would Python's search for garbage, which passes over tuples of texts but not over lists.
    """
    gathered = _Rows([[] for _ in range(width)])
    while rows := list(islice(records, max(1, CELLS_AT_ONCE // width))):
        fitting = [cells for line, cells in rows if _fits(cells, line, width, gathered)]
        if len(gathered.lines) + len(gathered.ragged) > ROW_LIMIT:
            line = sorted((*gathered.lines, *gathered.ragged))[ROW_LIMIT]
            raise InputError(f"{name}, {what} {line}: there are more than {ROW_LIMIT:,} rows; use a part of them.")
        if fitting:
            for column, stretch in zip(gathered.columns, zip(*fitting, strict=True), strict=True):
                column.append(stretch)
    return gathered


def _fits(cells: list[str], line: int, width: int, gathered: _Rows) -> bool:
    """Note the line of a row, and tell whether it has the right number of cells; empty ones behind do not count."""
    if len(cells) > width and not any(cells[width:]):
        del cells[width:]
    if len(cells) == width:
        gathered.lines.append(line)
        return True
    if not gathered.ragged:
        gathered.first_ragged = len(cells)
    gathered.ragged.append(line)
    return False


def _check_rows(rows: _Rows, width: int, *, name: str, model: str, reading: Reading, what: str) -> None:
    """Raise `InputError` for no rows at all, and for rows of another width that are not to be left out."""
    count, total = len(rows.ragged), len(rows.ragged) + len(rows.lines)
    if count and reading.ragged == "refuse":
        line = rows.ragged[0]
        problem = f"the number of cells is {rows.first_ragged}; it must be {width}, as in the {model}"
        share = f"{counted(count, 'row')} of {total:,} {'is' if count == 1 else 'are'} so"
        sentence = f"{name}, {what} {line}: {problem}. {share}: mend what is wrong, or leave such rows out."
        raise RaggedError(sentence, count=count, rows=total, line=line)
    if not rows.lines:
        raise InputError(f"{name} has column names but no rows; give at least one line of values below them.")


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


def _check_width(columns: int, *, place: str, is_sheet: bool = False) -> None:
    """Raise `InputError` unless there are at least two columns, and not too many."""
    if columns < 2:
        remedy = "choose a sheet with two or more" if is_sheet else SEPARATE
        raise InputError(f"{place}: there is only one column; {remedy}.")
    if columns > COLUMN_LIMIT:
        raise InputError(f"{place}: there are {columns:,} columns; at most {COLUMN_LIMIT:,} can be read.")


def _holds_values(first: Sequence[str], decimal: str) -> bool:
    """Tell whether a first line looks like a row of values rather than like names.

    It does when all cells that are not missing are numbers, or when one has decimals, which names seldom have; a whole
    number among words may well be a name, such as a year. With an empty corner, the others are names of columns.
    """
    known = [cell for cell in first if not is_missing(cell)]
    numbers = [cell for cell in known if is_number(cell, decimal)]
    if any(not cell.lstrip("+-").isdigit() for cell in numbers):
        return True
    return 0 < len(numbers) == len(known) and bool(first[0])


def _has_text_over_numbers(first: Sequence[str], rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Tell whether a text of the first line stands over a column of numbers: it can only be the name of them."""
    for place, cell in enumerate(first):
        below = [row[place] for row in rows if place < len(row) and not is_missing(row[place])]
        is_text = not is_missing(cell) and not is_number(cell, decimal)
        if is_text and below and all(is_number(other, decimal) for other in below):
            return True
    return False
