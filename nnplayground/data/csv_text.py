"""The text of a table file cut into records: its encoding and its delimiter are found here.

Tables come from many programs: with commas, semicolons (where the comma is the decimal sign), tabs or bars
between the cells, in UTF-8 with or without a mark, or in the Western European code page 1252.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from nnplayground.errors import InputError

DELIMITERS = ("\t", ";", "|", ",")
"""Rarest in ordinary text first: of delimiters that fit equally well, the first one is meant."""

LOOKED_AT = 50
"""How many records decide which delimiter a file uses."""

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decode_table(source: bytes, *, name: str) -> str:
    """Return the text of a table file; raises `InputError` when it is empty or not text."""
    try:
        text = _decoded(source)
    except UnicodeDecodeError:
        text = "\0"
    if CONTROL.search(text):
        raise InputError(f"{name} does not hold text that can be read; save the table as CSV in UTF-8.")
    if not text.strip():
        raise InputError(f"{name} is empty; a table has a line of column names and then lines of values.")
    return text


def _decoded(source: bytes) -> str:
    """Return the text in UTF-8, else in code page 1252."""
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source.decode("cp1252")


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first records into the most rows as wide as the header."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many of the first records are as wide as the header, and how wide that is."""
    widths = []
    try:
        for _, cells in islice(read_records(text, delimiter=delimiter, name=""), LOOKED_AT):
            widths.append(len(cells))
    except InputError:
        pass  # what came before the unreadable place still counts
    if not widths or widths[0] < 2:
        return 0, 0
    return widths.count(widths[0]), widths[0]


def read_records(text: str, *, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank: the number of its first line, from 1, and its stripped cells.

    Raises `InputError` when quotation marks do not match, which would otherwise swallow the lines after them.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if len(cells) > 1 or any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{name}, line {line}: a cell cannot be read, because its quotation marks do not match or "
            f"it is longer than {csv.field_size_limit():,} characters."
        ) from error
