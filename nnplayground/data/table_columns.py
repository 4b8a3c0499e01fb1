"""What each column of a table holds, and what about it can be told or mended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.cells import MISSING, UNKNOWN, is_missing
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.table import Table, count_missing, spellings
from nnplayground.message import Message

MOST_MARKS = 5


@dataclass(frozen=True)
class ColumnFacts:
    """A column: `kind` is number, text, date, empty or left out; `missing` values, and how many `different` texts.

    `notes` tell what does not fit, which units were dropped and how dates were read. `spellings` are groups of texts
    that differ only in capitals and spaces, and `marks` the texts that count as missing but could be values.
    """

    name: str
    kind: str
    missing: int
    different: int
    notes: tuple[Message, ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def content(self) -> Message:
        """What the column holds."""
        name = f"column.{self.kind.replace(' ', '_')}"
        return Message(name, {"different": self.different}) if self.kind == "text" else Message(name)


def column_facts(table: Table, *, progress: Progress = UNWATCHED) -> tuple[ColumnFacts, ...]:
    """Return what each column holds; every value is looked at."""
    facts = []
    for place, name in enumerate(table.columns):
        progress.at(place / len(table.columns))
        facts.append(_facts_of(table, name))
    return tuple(facts)


def _facts_of(table: Table, name: str) -> ColumnFacts:
    kind, notes = table.kind(name), table.notes_on((name,))
    if kind in ("number", "empty"):
        missing = int(np.count_nonzero(np.isnan(table.numbers(name).values)))
        return ColumnFacts(name, kind, missing, 0, notes)
    if kind == "date":
        dates = table.dates(name)
        missing = int(np.count_nonzero(np.isnan(dates.days)))
        return ColumnFacts(name, kind, missing, len(set(table.texts(name)) - {""}), (*notes, date_note(table, name)))
    if kind == "left out":
        return ColumnFacts(name, kind, sum(map(is_missing, table.column(name))), 0)
    texts = table.texts(name)
    different = set(texts) - {""}
    return ColumnFacts(name, kind, count_missing(texts), len(different), notes, spellings(texts), _marks(table, name))


def date_note(table: Table, name: str) -> Message:
    """Tell how the dates of a column were read, and what becomes of them as an input."""
    dates = table.dates(name)
    facts = {"order": dates.order, "start": dates.start}
    return Message("data.dates_guessed" if dates.is_guess else "data.dates", facts)


def _marks(table: Table, name: str) -> tuple[str, ...]:
    """Return the texts of a column that count as missing although they could be values, such as NA for Namibia."""
    marks = table.marks(name) & (MISSING - {""})
    found = sorted({cell for cell in table.column(name) if cell.lower() in marks})
    return tuple(sorted(found, key=lambda cell: cell.lower() not in UNKNOWN)[:MOST_MARKS])
