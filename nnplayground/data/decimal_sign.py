"""The one decimal sign of a table, decided from all its columns together.

Each cell says what it can: `1.5` says point, `1.234,5` comma, `1.234` fits both and `12` says nothing. Where cells say
something, the majority decides; where all that have a sign fit both, it is a guess, which is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.data.column_numbers import WORD
from nnplayground.data.reading import DELIMITER_MARKS
from nnplayground.message import Facts, Message
from nnplayground.written_numbers import COMMA, POINT, fitting_signs, read_written

LOOKED_AT = 5_000
"""So many cells, spread evenly over the table, decide where they say anything; else all cells are looked at."""

FEWEST_ROWS = 20
LONGEST = 40  # characters of a cell that may say something; prose does not
SEMICOLON = DELIMITER_MARKS["semicolon"]
PLAIN_POINT, PLAIN_COMMA = (
    re.compile(rf"[+-]?(?:\d*{sign}(?:\d{{1,2}}|\d{{4,}})|(?:0|\d{{4,}}){sign}\d+)", re.ASCII) for sign in (r"\.", ",")
)
ONLY_POINT, ONLY_COMMA, BOTH = frozenset({POINT}), frozenset({COMMA}), frozenset({POINT, COMMA})

Columns = Sequence[Sequence[str]]


@dataclass(frozen=True)
class DecimalSign:
    """The sign, "point" or "comma", and a note where it is a guess."""

    sign: str = POINT
    note: Message | None = None


@dataclass
class _Evidence:
    """How many cells fit the point only and the comma only, and one cell that fits both with each of them."""

    point: int = 0
    comma: int = 0
    with_point: str = ""
    with_comma: str = ""

    def add(self, cell: str) -> None:
        """Count what a cell says."""
        if len(cell) > LONGEST or WORD.search(cell):
            return
        signs = _signs(cell)
        if signs == BOTH and "." in cell:
            self.with_point = self.with_point or cell
        elif signs == BOTH:
            self.with_comma = self.with_comma or cell
        else:
            self.point += signs == ONLY_POINT
            self.comma += signs == ONLY_COMMA

    @property
    def decides(self) -> bool:
        """Tell whether any cell fits one sign only."""
        return self.point > 0 or self.comma > 0


def _signs(cell: str) -> frozenset[str]:
    """Return which signs a cell fits; most cells are plain and quickly told."""
    if PLAIN_POINT.fullmatch(cell):
        return ONLY_POINT
    return ONLY_COMMA if PLAIN_COMMA.fullmatch(cell) else fitting_signs(cell)


def find_decimal_sign(columns: Columns, delimiter: str) -> DecimalSign:
    """Return the decimal sign of a table, given by its columns of cells and what separates them."""
    evidence = _Evidence()
    for column in _sample(columns):
        for cell in column:
            if "," in cell or "." in cell:
                evidence.add(cell)
    if not evidence.decides:
        evidence = _all_of(columns)
    if evidence.point != evidence.comma:
        return DecimalSign(POINT if evidence.point > evidence.comma else COMMA)
    if evidence.decides:
        return DecimalSign(COMMA if delimiter == SEMICOLON else POINT)
    return _guess(evidence, delimiter)


def _sample(columns: Columns) -> Columns:
    """Return the columns with rows that are spread evenly over the table only."""
    rows = max((len(column) for column in columns), default=0)
    wanted = max(FEWEST_ROWS, LOOKED_AT // max(1, len(columns)))
    step = max(1, rows // wanted)
    return [column[::step] for column in columns]


def _all_of(columns: Columns) -> _Evidence:
    """Return what all cells say, each different text once."""
    evidence = _Evidence()
    for column in columns:
        for cell in dict.fromkeys(cell for cell in column if "," in cell or "." in cell):
            evidence.add(cell)
    return evidence


def _guess(evidence: _Evidence, delimiter: str) -> DecimalSign:
    """Return the likelier sign where every number that has one fits both."""
    cell = evidence.with_comma or evidence.with_point
    if not cell:
        return DecimalSign()
    is_comma = bool(evidence.with_comma) and delimiter == SEMICOLON
    readings = {sign: read_written(cell, sign).value for sign in (POINT, COMMA)}
    taken = COMMA if is_comma else POINT
    other = POINT if is_comma else COMMA
    facts: Facts = {"cell": cell, "taken": readings[taken], "other": readings[other], "sign": other}
    return DecimalSign(taken, Message("data.decimal_guess", facts))
