"""What each column of a table holds, in a word, for whoever chooses among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

import numpy as np

from nnplayground.data.cells import is_missing
from nnplayground.data.csv_table import Table
from nnplayground.data.progress import UNWATCHED, Progress

LOOKED_AT = 50
DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d{1,2}:\d{2}.*)?")


@dataclass(frozen=True)
class ColumnFacts:
    """A column: `kind` is number, text, date or empty; `missing` values, and how many `different` texts it has."""

    name: str
    kind: str
    missing: int
    different: int

    @property
    def words(self) -> str:
        """What the column holds, in a few words."""
        if self.kind == "text":
            return f"text, {self.different:,} value{'' if self.different == 1 else 's'}"
        return self.kind


def column_facts(table: Table, *, progress: Progress = UNWATCHED) -> tuple[ColumnFacts, ...]:
    """Return what each column holds; every value is looked at."""
    facts = []
    for place, name in enumerate(table.columns):
        progress.at(place / len(table.columns))
        facts.append(_facts_of(table, name))
    return tuple(facts)


def _facts_of(table: Table, name: str) -> ColumnFacts:
    numbers = table.numbers_or_text(name)
    if not isinstance(numbers, str):
        missing = int(np.count_nonzero(np.isnan(numbers)))
        return ColumnFacts(name, "number" if missing < len(numbers) else "empty", missing, 0)
    cells = table.column(name)
    missing = sum(map(is_missing, cells))
    known = islice((cell for cell in cells if not is_missing(cell)), LOOKED_AT)
    kind = "date" if all(DATE.fullmatch(cell) for cell in known) else "text"
    different = {cell for cell in cells if not is_missing(cell)}
    return ColumnFacts(name, kind, missing, len(different))
