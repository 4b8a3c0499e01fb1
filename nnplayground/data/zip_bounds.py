"""What is inside a workbook, measured before a reader takes memory for it.

`.xlsx` and `.ods` are zip files of XML. A few kilobytes can unpack to gigabytes, the sizes that a zip file declares can
be lies, and two cells in opposite corners of a sheet make the reader lay out all cells between them. So each part is
unpacked here up to the size it declares, piece by piece, and its cells are counted, before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from zipfile import ZipFile, ZipInfo

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import InputError
from nnplayground.zip_archives import DamagedArchiveError, Limits, open_archive, pieces_of

KIND = "a workbook"
LIMITS = Limits(entries=2_000, unpacked=400_000_000)
CELL_LIMIT = 20_000_000
OVERLAP = 4_096
"""So many bytes of a piece are looked at again with the next one, as a cell may lie across both."""

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
ANY_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,4})(\d{1,9})["']""")
FULL_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]{0,2000}\s)?r\s*=\s*["']([A-Za-z]{1,4})(\d{1,9})["'][^<>]{0,2000}(?<!/)>"""
)
ROW_END = b"</table:table-row>"
TAG = re.compile(
    rb"""<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?P<facts>(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d{1,12})""")
LONGEST_ROW = 32_000_000


@dataclass
class _Extent:
    """The last row and the last column of a sheet that hold something, from 1."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """How many cells there are up to the last ones."""
        return self.rows * self.columns

    def add(self, row: int, column: int) -> None:
        """Count a cell."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def check_workbook(source: bytes, *, name: str, progress: Progress = UNWATCHED) -> None:
    """Raise `InputError` when a workbook is no zip file, is damaged, or would take too much memory to read."""
    try:
        with open_archive(source, LIMITS, kind=KIND) as archive:
            parts = archive.infolist()
            for place, part in enumerate(parts):
                share = progress.part(place / len(parts), (place + 1) / len(parts))
                _check_part(archive, part, name, share)
    except DamagedArchiveError:
        remedy = "save it again as .xlsx, .ods or CSV"
        raise InputError(f"{name} is no workbook that can be read, or it is damaged; {remedy}.") from None
    except InputError as error:
        raise error if str(error).startswith(name) else InputError(f"{name}: {error}") from None


def _check_part(archive: ZipFile, part: ZipInfo, name: str, progress: Progress) -> None:
    """Raise `InputError` when a part is larger than it says, or a sheet reaches too far."""
    pieces = _pieces(archive, part, progress)
    if SHEET.fullmatch(part.filename):
        extent = _extent_of_sheet(pieces, ANY_CELL)
        if extent.cells > CELL_LIMIT:  # cells that have a colour but hold nothing do not count
            extent = _extent_of_sheet(_pieces(archive, part, progress), FULL_CELL)
        _check_extents([extent], name)
    elif part.filename == "content.xml":
        _check_extents(_extents_of_content(pieces, name), name)
    else:
        for _ in pieces:
            pass


def _pieces(archive: ZipFile, part: ZipInfo, progress: Progress) -> Iterator[bytes]:
    """Yield what a part unpacks to, which may end when the result is no longer wanted."""
    done = 0
    for piece in pieces_of(archive, part, kind=KIND):
        progress.at(min(1.0, done / max(1, part.file_size)))
        done += len(piece)
        yield piece


def _extent_of_sheet(pieces: Iterator[bytes], cell: re.Pattern[bytes]) -> _Extent:
    """Return how far the cells of a sheet of an .xlsx file reach, by the places that they name."""
    extent, before = _Extent(), b""
    for piece in pieces:
        text = before + piece
        places = cell.findall(text)
        if places:
            columns, rows = set(map(itemgetter(0), places)), set(map(itemgetter(1), places))
            extent.add(max(map(int, rows)), max(map(_column_number, columns)))
        before = text[-OVERLAP:]
    return extent


def _column_number(letters: bytes) -> int:
    """Return the number of a column, 1 for A and 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _extents_of_content(pieces: Iterator[bytes], name: str) -> list[_Extent]:
    """Return how far the cells of each sheet of an .ods file reach; repeated ones count as often as they are."""
    scan, before = _ContentScan(), b""
    for piece in pieces:
        *rows, before = (before + piece).split(ROW_END)
        if len(before) > LONGEST_ROW:
            raise InputError(f"{name} is damaged: a row in it has no end; save it again.")
        for row in rows:
            scan.read(row)
    scan.read(before)
    return scan.extents


class _ContentScan:
    """Follows the rows and cells of an .ods file, given by the texts before the end of each row."""

    def __init__(self) -> None:
        self.extents = [_Extent()]
        self._last_row = self._column = 0

    def read(self, text: bytes) -> None:
        """Count the rows and cells in a text; most hold one row in which nothing is repeated."""
        if b"-repeated" in text or text.count(b"<table:table-row") != 1 or b"<table:table " in text:
            for hit in TAG.finditer(text):
                self._count(hit["tag"], hit["facts"])
            return
        self._last_row += 1
        cells = text.count(b"<table:table-cell") + text.count(b"<table:covered-table-cell")
        if b"value-type" in text:
            self.extents[-1].add(self._last_row, cells)

    def _count(self, tag: bytes, facts: bytes) -> None:
        hit = REPEATED.search(facts)
        times = int(hit[1]) if hit else 1
        if tag == b"table":
            self.extents.append(_Extent())
            self._last_row = 0
        elif tag == b"table-row":
            self._last_row += times
            self._column = 0
        else:
            self._column += times
            if b"value-type" in facts:
                self.extents[-1].add(self._last_row, self._column)


def _check_extents(extents: list[_Extent], name: str) -> None:
    for extent in extents:
        if extent.cells > CELL_LIMIT:
            size = f"{extent.rows:,} rows and {extent.columns:,} columns"
            raise InputError(
                f"{name}: a sheet reaches over {size}; up to {CELL_LIMIT:,} cells can be read, so use a part of it."
            )
