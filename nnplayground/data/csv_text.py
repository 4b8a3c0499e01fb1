"""The text of a table file cut into records: its encoding and its delimiter are found here.

Tables come from many programs: with commas, semicolons (where the comma is the decimal sign), tabs, bars or spaces
between the cells, in UTF-8 or UTF-16, or in the Western European code page 1252. All work on a long text is done in
pieces, between which other threads get their turn and the work can be ended.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AUTO, DELIMITER_MARKS, ENCODINGS
from nnplayground.errors import InputError

DELIMITERS = ("\t", ";", "|", ",")
"""Rarest in ordinary text first: of delimiters that fit equally well, the first one is meant."""

LOOKED_AT = 50
"""How many records decide which delimiter a file uses."""

HEAD = 1 << 21
"""So many characters are looked at for the delimiter at most."""

PIECE = 1 << 18
"""So many bytes are decoded at once; it takes about a millisecond."""

LINES_AT_ONCE = 500
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
FIRST = re.compile(r"[^\r\n]")
RECORD_LIMIT = 2_000_000
"""So many characters one row may have: a thousand columns of two thousand each. A line without an end has more."""

LINE = re.compile(rf"[^\r\n]{{0,{RECORD_LIMIT}}}+(?:\r\n?|\n)|[^\r\n]{{1,{RECORD_LIMIT + 1}}}+")
HINT = re.compile(r'"?sep=([,;|\t ])"?[ \t]*(?=[\r\n])', re.IGNORECASE)
"""A first line with which a spreadsheet is told what separates the cells; it is no part of the table."""


def decode_table(source: bytes, *, name: str, encoding: str = AUTO, progress: Progress = UNWATCHED) -> tuple[str, str]:
    """Return the text of a table file and its encoding, one of `ENCODINGS`.

    Raises `InputError` when the file is empty, is not text, or not in this encoding.
    """
    tried = (encoding,) if encoding != AUTO else find_encodings(source)
    for attempt in tried:
        text = _decoded(source, attempt, progress)
        if text is not None:
            break
    else:
        problem = "does not hold text that can be read"
        if encoding != AUTO:
            raise InputError(f"{name} {problem} in the encoding {encoding}; choose another encoding.")
        raise InputError(f"{name} {problem}; save the table as CSV in UTF-8.")
    if not text or text.isspace():
        raise InputError(f"{name} is empty; a table has a line of column names and then lines of values.")
    return text, attempt


def decode_beginning(source: bytes, encoding: str, *, is_whole: bool) -> tuple[str, str]:
    """Return the text of the first bytes of a table, or of all, and its encoding; no text where it cannot be read."""
    for attempt in (encoding,) if encoding != AUTO else find_encodings(source):
        text = _decoded(source, attempt, UNWATCHED, whole=is_whole)
        if text:
            return text, attempt
    return "", encoding


def find_encodings(source: bytes) -> tuple[str, ...]:
    """Return the encodings that a file without a hint from outside may be in, the likeliest first."""
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    # In UTF-16 without a mark every other byte of Western text is 0; no text has such bytes in any other encoding.
    even, odd = source[:2000:2], source[1:2000:2]
    if len(odd) > 1 and odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return ("utf-16-le",)
    if len(odd) > 1 and even.count(0) > 0.8 * len(even) and not odd.count(0):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _decoded(source: bytes, encoding: str, progress: Progress, *, whole: bool = True) -> str | None:
    """Return the text, nothing where it is none in this encoding; of less than the whole, the last letter may lack."""
    decoder = codecs.getincrementaldecoder(ENCODINGS[encoding])()
    pieces = []
    try:
        for start in range(0, len(source), PIECE):
            progress.at(start / len(source))
            piece = decoder.decode(source[start : start + PIECE])
            if CONTROL.search(piece):
                return None
            pieces.append(piece)
        pieces.append(decoder.decode(b"", final=whole))
    except UnicodeError:  # also what UTF-16 says of a missing mark
        return None
    return "".join(pieces)


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first records into the most rows as wide as the header.

    Spaces separate the cells only where nothing else does and every record has as many. A first line such as `sep=;`
    decides.
    """
    if hint := HINT.match(text):
        return hint[1]
    head = _head(text)
    widths = {delimiter: _widths(head, delimiter) for delimiter in DELIMITERS}
    fits = {delimiter: _fit(widths[delimiter]) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: fits[delimiter])
    if fits[best][0]:
        return best
    spaced = _widths(head, " ")
    return " " if len(spaced) > 1 and len(set(spaced)) == 1 and spaced[0] > 1 else best


def _head(text: str) -> str:
    """Return the whole lines at the beginning of a long text, from the first one that is not blank."""
    start = FIRST.search(text)
    begin = start.start() if start else 0
    end = begin + HEAD
    if end >= len(text):
        return text[begin:]
    return text[begin : max(text.rfind("\n", begin, end), text.rfind("\r", begin, end)) + 1] or text[begin:end]


def _fit(widths: list[int]) -> tuple[int, int]:
    """Return how many of the first records are as wide as the header, and how wide that is."""
    if not widths or widths[0] < 2:
        return 0, 0
    return widths.count(widths[0]), widths[0]


def cells_in_first_line(text: str, delimiter: str) -> int:
    """Return how many cells the first line has, counted without cutting it; 0 where that is not so simple."""
    end = min((place for place in map(text.find, "\r\n") if place >= 0), default=len(text))
    is_simple = delimiter != " " and text.find('"', 0, end) < 0 and HINT.match(text) is None and end > 0
    return text.count(delimiter, 0, end) + 1 if is_simple else 0


def _widths(text: str, delimiter: str) -> list[int]:
    """Return how many cells each of the first records has."""
    return [len(cells) for _, cells in first_records(text, delimiter, LOOKED_AT)]


def first_records(text: str, delimiter: str, most: int) -> list[tuple[int, list[str]]]:
    """Return the first records, up to an unreadable place if there is one; what came before it still counts."""
    return list(islice(_until_unreadable(text, delimiter), most))


def _until_unreadable(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records before the first place that cannot be read."""
    try:
        yield from read_records(text, delimiter=delimiter, name="")
    except InputError:
        return


def read_records(
    text: str, *, delimiter: str, name: str, progress: Progress = UNWATCHED
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank: the number of its first line, from 1, and its stripped cells.

    Raises `InputError` when quotation marks do not match, which would otherwise swallow the lines after them.
    """
    source = _Lines(text, progress)
    lines: Iterator[str] = source
    if delimiter == DELIMITER_MARKS["space"]:
        lines = (
            line.strip(" \r\n") + "\n" for line in lines
        )  # cells are often brought to one width, the last ones too
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if len(cells) > 1 or any(cells):
                yield line, cells
            line, source.left = reader.line_num + 1, RECORD_LIMIT
    except _TooLongError:
        problem = f"the row has more than {RECORD_LIMIT:,} characters; end each row with a line end"
        raise InputError(f"{name}, line {line}: {problem}.") from None
    except csv.Error as error:
        raise InputError(
            f"{name}, line {line}: a cell cannot be read, because its quotation marks do not match or "
            f"it is longer than {csv.field_size_limit():,} characters."
        ) from error


class _TooLongError(Exception):
    """A row has more characters than any table."""


class _Lines:
    """Hands out the lines with their ends, whichever of the three usual ones they have, without copying the text.

    A first line that only tells the delimiter is handed on as a blank one. `left` is how many characters may still come
    before the row must end; who sees its end sets it anew.
    """

    def __init__(self, text: str, progress: Progress) -> None:
        self._matches = enumerate(LINE.finditer(text))
        self._length, self._progress = len(text), progress
        self._has_hint = HINT.match(text) is not None
        self.left = RECORD_LIMIT

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, match = next(self._matches)
        if number % LINES_AT_ONCE == 0:
            self._progress.at(match.end() / self._length)
        self.left -= match.end() - match.start()
        if self.left < 0:
            raise _TooLongError
        return "\n" if self._has_hint and not number else match.group()
