"""A column of texts read as dates, and as the days since the first of them.

Years of four digits may come first; else the order of day and month is found from all cells together, as one day above
12 tells it. Where no cell does, a point means the day first and a slash the month first, and that guess is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import is_no_number_known
from nnplayground.data.column_numbers import are_few

TIME = r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
HALF = r"(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?"
ZONE = r" ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(
    rf"(?P<first>\d{{4}})(?P<mark>[-/.])(?P<middle>\d{{1,2}})(?P=mark)(?P<last>\d{{1,2}}){TIME}{HALF}{ZONE}"
)
YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<middle>\d{{1,2}})(?P=mark)(?P<last>\d{{4}}|\d{{2}}){TIME}{HALF}{ZONE}"
)
LOOKED_AT = 50
SECONDS_A_DAY = 86_400.0
CENTURY_TURNS = 69
"""A year of two digits from here on is one of 1969 to 1999, as POSIX has it."""

ORDERS = ("ymd", "dmy", "mdy")


@dataclass(frozen=True, eq=False)
class ColumnDates:
    """A column as dates: `days[row]` are the days since `start`, NaN where the cell is missing or no date.

    `order` is one of `ORDERS`, and `is_guess` tells that no cell shows whether day or month comes first.
    """

    days: Floats
    start: str
    order: str
    is_guess: bool
    known: int
    odd: int
    first_odd: int

    @property
    def are_dates(self) -> bool:
        """Tell whether the column is one of dates: at least one cell is, and few of the others are not."""
        return self.known > self.odd and are_few(self.odd, self.known)


def look_like_dates(cells: Iterable[str]) -> bool:
    """Tell whether the first known cells of a column look like dates; quick."""
    known = list(islice((cell for cell in cells if not is_no_number_known(cell)), LOOKED_AT))
    fitting = sum(1 for cell in known if _match(cell) is not None)
    return fitting > 0 and fitting >= len(known) // 2


def read_dates(cells: Sequence[str]) -> ColumnDates:
    """Return a column as dates; cells that are none are counted."""
    matches = [_match(cell) for cell in cells]
    order, is_guess = _order([hit for hit in matches if hit is not None and hit.re is YEAR_LAST])
    moments: list[datetime | None] = []
    known = odd = 0
    first_odd = -1
    for row, (cell, hit) in enumerate(zip(cells, matches, strict=True)):
        moment = None if hit is None else _moment(hit, order)
        is_known = moment is not None or not is_no_number_known(cell)
        known += is_known
        if is_known and moment is None:
            odd, first_odd = odd + 1, row if first_odd < 0 else first_odd
        moments.append(moment)
    start = min((moment for moment in moments if moment is not None), default=None)
    start = None if start is None else start.replace(hour=0, minute=0, second=0, microsecond=0)
    days = np.array([np.nan if moment is None or start is None else _days(moment - start) for moment in moments])
    return ColumnDates(days, f"{start:%Y-%m-%d}" if start else "", order, is_guess, known, odd, first_odd)


def _match(cell: str) -> re.Match[str] | None:
    return YEAR_FIRST.fullmatch(cell) or YEAR_LAST.fullmatch(cell)


def _order(matches: Sequence[re.Match[str]]) -> tuple[str, bool]:
    """Return the order of the parts of dates whose year comes last, and whether it is a guess."""
    if not matches:
        return "ymd", False
    days_first = sum(1 for hit in matches if int(hit["first"]) > 12)
    months_first = sum(1 for hit in matches if int(hit["middle"]) > 12)
    if days_first != months_first:
        return ("dmy" if days_first > months_first else "mdy"), False
    return ("mdy" if matches[0]["mark"] == "/" else "dmy"), True


def _moment(hit: re.Match[str], order: str) -> datetime | None:
    """Return the moment of a date that was matched, in UTC; nothing for the 31st of February."""
    first, middle, last = int(hit["first"]), int(hit["middle"]), int(hit["last"])
    if hit.re is YEAR_FIRST:
        year, month, day = first, middle, last
    else:
        year = last if len(hit["last"]) == 4 else last + (1900 if last >= CENTURY_TURNS else 2000)
        day, month = (first, middle) if order == "dmy" else (middle, first)
    try:
        moment = datetime(year, month, day, *_time(hit), tzinfo=UTC)
        return moment - _offset(hit["zone"])
    except (ValueError, OverflowError):
        return None


def _time(hit: re.Match[str]) -> tuple[int, int, int, int]:
    hour, minute, second = (int(hit[part] or 0) for part in ("hour", "minute", "second"))
    if hit["half"]:
        hour = _hour_of_day(hour, is_afternoon=hit["half"] in "Pp")
    return hour, minute, second, int(((hit["part"] or "") + "000000")[:6])


def _hour_of_day(hour: int, *, is_afternoon: bool) -> int:
    """Return the hour of a clock of 12 hours, on which 12 AM is midnight; raises `ValueError` for others."""
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + 12 * is_afternoon


def _offset(zone: str | None) -> timedelta:
    """Return how far a time zone is ahead of UTC."""
    if not zone or zone == "Z":
        return timedelta()
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -ahead if zone[0] == "-" else ahead


def _days(span: timedelta) -> float:
    return span.total_seconds() / SECONDS_A_DAY
