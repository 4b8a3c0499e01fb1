"""Sheets of workbooks (.xlsx, .ods, .xls) as the same records that a CSV file is cut into.

Numbers come exactly as the cells hold them, dates as `2024-01-31`, truth values as TRUE and FALSE; cells with errors
count as missing. Cells that hold numbers as text are read with the decimal sign that these texts show.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from nnplayground.data.cancelling import cancellable
from nnplayground.data.cells import listed, quoted
from nnplayground.data.csv_table import COLUMN_LIMIT, ROW_LIMIT, Record, table_of
from nnplayground.data.decimal_sign import DecimalSign, find_decimal_sign
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, AUTO, Reading
from nnplayground.data.table import Table
from nnplayground.data.zip_bounds import check_workbook
from nnplayground.errors import InputError
from nnplayground.message import Message
from nnplayground.written_numbers import DECIMAL_SIGNS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

WORKBOOKS = (".xlsx", ".ods", ".xls")
ZIPPED = b"PK"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
PANIC = "PanicException"
"""What the library, which is written in Rust, raises where it meets a mistake of its own; it is no `Exception`."""

EXACT = 2.0**53
"""Up to here every whole number of a cell is exact."""

ROWS_AT_ONCE = 500
SMALL = 500_000
"""Workbooks of up to so many bytes are opened in a moment."""

Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def is_workbook_name(path: str) -> bool:
    """Tell whether a file is called like a workbook."""
    return path.lower().endswith(WORKBOOKS)


def sheet_names(source: bytes, *, name: str, progress: Progress = UNWATCHED) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook that hold cells, in order."""
    return _names(_opened(source, name, progress))


def read_workbook(source: bytes, *, name: str, reading: Reading = AS_FOUND, progress: Progress = UNWATCHED) -> Table:
    """Return a sheet of a workbook as a table; raises `InputError` when it is none or has no such sheet."""
    book = _opened(source, name, progress.part(0.0, 0.3))
    records, found, notes = _records(book, name, reading, progress.part(0.3, 1.0))
    place = f"{name}, sheet {quoted(found.sheet)}"
    table = table_of(
        iter(records), name=place, reading=replace(reading, decimal=found.decimal), found=found, what="row"
    )
    guesses = frozenset({"decimal"} if notes else ())
    return replace(table, name=name, notes=(*notes, *table.notes), sheets=_names(book), guesses=guesses)


def workbook_records(
    source: bytes, *, name: str, reading: Reading, progress: Progress = UNWATCHED
) -> tuple[Iterator[Record], Reading]:
    """Return the rows of a sheet, and how it was read."""
    records, found, _ = _records(_opened(source, name, progress), name, reading, progress)
    return iter(records), found


def _records(
    book: CalamineWorkbook, name: str, reading: Reading, progress: Progress
) -> tuple[list[Record], Reading, tuple[Message, ...]]:
    """Return the rows of a sheet as texts, how it was read, and what is to be told of that."""
    sheet = _sheet(book, name, reading.sheet, progress)
    rows = list(_rows(sheet, name, progress))
    decimal = _decimal_sign([cells for _, cells in rows], reading)
    sign = DECIMAL_SIGNS[decimal.sign]
    records = [(row, [_text(cell, sign) for cell in cells]) for row, cells in rows]
    if not records:
        raise InputError(f"{name}: the sheet {quoted(sheet.name)} is empty; choose another one.")
    found = replace(reading, sheet=sheet.name, decimal=decimal.sign)
    return records, found, ((decimal.note,) if decimal.note else ())


def _opened(source: bytes, name: str, progress: Progress) -> CalamineWorkbook:
    """Return an opened workbook; raises `InputError` when it is none, too large, or protected by a password."""
    from python_calamine import CalamineWorkbook

    if source.startswith(ZIPPED):
        check_workbook(source, name=name, progress=progress)
    elif not source.startswith(OLD_WORKBOOK):
        raise InputError(f"{name} is no workbook; save it again as .xlsx, .ods or CSV.")
    with _refusing(f"{name} is no workbook that can be read; save it again as .xlsx, .ods or CSV.", name):
        call = partial(CalamineWorkbook.from_filelike, io.BytesIO(source))
        return cancellable(call, progress) if len(source) > SMALL else call()


@contextmanager
def _refusing(sentence: str, name: str) -> Iterator[None]:
    """Say this sentence where the library for workbooks gives up on a file, in whichever way."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise InputError(f"{name} is protected by a password; save it without one, or as CSV.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(sentence) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise InputError(sentence) from error


def _names(book: CalamineWorkbook) -> tuple[str, ...]:
    """Return the names of the sheets with cells; charts have none."""
    from python_calamine import SheetTypeEnum

    return tuple(sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)


def _sheet(book: CalamineWorkbook, name: str, wanted: str, progress: Progress) -> CalamineSheet:
    """Return the sheet of a name, the first one where none is named."""
    names = _names(book)
    if not names or (wanted and wanted not in names):
        what = f"no sheet {quoted(wanted)}; its sheets are {listed(names)}" if names else "no sheet with cells"
        raise InputError(f"{name} has {what}.")
    chosen = wanted or names[0]
    with _refusing(f"{name}: the sheet {quoted(chosen)} cannot be read; save it again.", name):
        return cancellable(partial(book.get_sheet_by_name, chosen), progress)


def _rows(sheet: CalamineSheet, name: str, progress: Progress) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows that are not blank, with their numbers from 1, without the empty columns before the table."""
    if sheet.start is None:
        return
    if sheet.width > COLUMN_LIMIT:
        raise InputError(f"{name}: there are {sheet.width:,} columns; at most {COLUMN_LIMIT:,} can be read.")
    count = 0
    for place, cells in enumerate(sheet.iter_rows()):
        if place % ROWS_AT_ONCE == 0:
            progress.at(min(1.0, place / max(1, sheet.total_height)))
        if any(cell != "" for cell in cells):
            count += 1
            if count > ROW_LIMIT + 1:
                raise InputError(f"{name}: there are more than {ROW_LIMIT:,} rows; use a part of them.")
            yield place + 1, cells


def _decimal_sign(rows: Sequence[Sequence[Cell]], reading: Reading) -> DecimalSign:
    """Return the decimal sign of the cells that hold text; cells that hold numbers need none."""
    if reading.decimal != AUTO:
        return DecimalSign(reading.decimal)
    texts = [[cell.strip() for cell in column if isinstance(cell, str)] for column in zip(*rows[1:], strict=True)]
    return find_decimal_sign(texts, "")


def _text(cell: Cell, sign: str) -> str:
    """Return a cell as a CSV file with this decimal sign has it."""
    if isinstance(cell, float):  # most cells are one
        return _number_text(cell, sign)
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, int):
        return str(cell).upper()  # truth values are TRUE and FALSE in every spreadsheet
    if isinstance(cell, dt.timedelta):
        return _number_text(cell.total_seconds() / 86_400.0, sign)  # a spreadsheet counts times in days
    return _time_text(cell)


def _number_text(number: float, sign: str) -> str:
    text = repr(number)
    if text.endswith(".0") and abs(number) <= EXACT:
        return text[:-2]
    return text if sign == "." else text.replace(".", sign)


def _time_text(moment: dt.time | dt.date | dt.datetime) -> str:
    """Return a date without the time of midnight, which spreadsheets give to every date."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")
