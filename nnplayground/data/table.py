"""A table as named columns of text, and what each column is: numbers, text, dates or nothing.

The texts are kept as they were read. What they mean follows from the decimal sign of the table and from the choices
that were made about its columns, so that another choice needs no second reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.cells import MISSING, listed, quoted
from nnplayground.data.column_numbers import ColumnNumbers, is_number, read_column
from nnplayground.data.dates import ColumnDates, look_like_dates, read_dates
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.samples import LARGEST
from nnplayground.data.saved import SavedTarget
from nnplayground.errors import InputError
from nnplayground.message import Facts, Message
from nnplayground.written_numbers import COMMA, POINT

KIND_OF_CHOICE = {"number": "number", "category": "text", "date": "date", "left out": "left out"}
"""What a column holds by the kind that was chosen for it, one of `reading.COLUMN_KINDS`."""


@dataclass(frozen=True)
class ColumnChoices:
    """What was said about the columns of a table: pairs of a column and its kind, one of `reading.COLUMN_KINDS`.

    In the `merged` columns texts that differ only in capitals and spaces are one value, and `values` are texts that are
    values although they usually mark a missing one.
    """

    kinds: tuple[tuple[str, str], ...] = ()
    merged: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


NO_CHOICES = ColumnChoices()
MOST_TOLD = 400
"""So many characters of a cell are kept in a note; its words have room for fewer."""


@dataclass(frozen=True)
class Table:
    """A table as text: `columns` are the names, `cells[column][row]` the stripped texts.

    `name` is what messages call the table, `lines[row]` the line of the file where a row starts, from 1; `found` is how
    it was read, and `notes` are what the user should know of that. `unnamed` are the columns without a name of their
    own, `left_out` the lines of rows that were left out, as they had another number of cells, `sheets` those of a
    workbook, and `saved` what data that the program saved say of their targets. `guesses` are the fields of `found`,
    encoding and decimal, of which the notes say that they are guesses.
    """

    name: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    found: Reading = AS_FOUND
    notes: tuple[Message, ...] = ()
    unnamed: frozenset[str] = frozenset()
    left_out: tuple[int, ...] = ()
    choices: ColumnChoices = NO_CHOICES
    sheets: tuple[str, ...] = ()
    saved: SavedTarget | None = None
    guesses: frozenset[str] = frozenset()
    _numbers: dict[str, ColumnNumbers] = field(default_factory=dict, compare=False, repr=False)
    _dates: dict[str, ColumnDates] = field(default_factory=dict, compare=False, repr=False)
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _kinds: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __del__(self) -> None:
        """Let go of the texts column by column: millions at once would hold up the window, whatever thread does it."""
        columns = list(self.__dict__.pop("cells", ()))
        while columns:
            columns.pop()

    def choosing(self, choices: ColumnChoices) -> Table:
        """Return the same table with these choices about its columns; raises `InputError` for one that it has not."""
        for name in (*(name for name, _ in choices.kinds), *choices.merged):
            self.column(name)
        return self if choices == self.choices else replace(self, choices=choices)

    def column(self, name: str) -> tuple[str, ...]:
        """Return the texts of a column; raises `InputError` when the table has no column of that name."""
        if name not in self._places:
            known = listed(self.columns)
            raise InputError(f"{self.name} has no column {quoted(name)}; its columns are {known}.")
        return self.cells[self._places[name]]

    def kind(self, name: str) -> str:
        """Return what a column holds, number, text, date or empty, or that it is left out."""
        if name not in self._kinds:
            chosen = dict(self.choices.kinds).get(name)
            self._kinds[name] = KIND_OF_CHOICE[chosen] if chosen else self._found_kind(name)
        return self._kinds[name]

    def numbers(self, name: str) -> ColumnNumbers:
        """Return a column read as numbers, whatever it holds."""
        if name not in self._numbers:
            self._numbers[name] = read_column(self.column(name), self.found.decimal)
        return self._numbers[name]

    def dates(self, name: str) -> ColumnDates:
        """Return a column read as dates, whatever it holds."""
        if name not in self._dates:
            self._dates[name] = read_dates(self.column(name))
        return self._dates[name]

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values of a column as texts, each on one line; empty where missing."""
        if name not in self._texts:
            marks, cells = self.marks(name), self.column(name)
            known = {cell: "" if cell.lower() in marks else " ".join(cell.split()) for cell in set(cells)}
            values = tuple(known[cell] for cell in cells)
            self._texts[name] = _merged(values) if name in self.choices.merged else values
        return self._texts[name]

    def marks(self, name: str) -> frozenset[str]:
        """Return what stands for a missing value in a column of text, in small letters."""
        kept = {value.lower() for value in self.choices.values}
        if "-" in self.column(name) and "+" in self.column(name):  # the classes plus and minus
            kept |= {"+", "-"}
        return MISSING - kept | {""}

    def numeric(self, name: str) -> Floats:
        """Return the numbers of a column, `[rows]`, NaN where missing or no number; days since the first for dates.

        Raises `InputError` when the column holds text, or too many numbers that are infinite or too large.
        """
        kind = self.kind(name)
        if kind == "date":
            return self._days(name)
        numbers = self.numbers(name)
        if kind in ("text", "left out") or (kind == "number" and numbers.known == numbers.odd > 0):
            text = self._first_text(name)
            what = "is left out" if kind == "left out" else f"holds text such as {quoted(text)}"
            raise InputError(f"{self.name}: column {quoted(name)} {what}; choose columns of numbers.")
        if not numbers.has_few_too_large:
            row = numbers.first_too_large
            raise InputError(
                f"{self.name}, line {self.lines[row]}: column {quoted(name)} holds {quoted(self.column(name)[row])}; "
                f"numbers must lie between -{LARGEST:g} and {LARGEST:g}."
            )
        return numbers.values

    @property
    def saved_targets(self) -> tuple[str, ...]:
        """The targets of data that the program saved where they say so; none otherwise."""
        return self.columns[-self.saved.count :] if self.saved else ()

    @property
    def saved_classes(self) -> tuple[str, ...]:
        """The classes of data that the program saved, in their order, where they say so."""
        return self.saved.classes if self.saved else ()

    def _days(self, name: str) -> Floats:
        """Return the dates of a column as days since the first one; raises `InputError` where it holds none."""
        dates = self.dates(name)
        if dates.known == dates.odd > 0:
            what = f"holds {quoted(self.column(name)[dates.first_odd])} and no date"
            raise InputError(f"{self.name}: column {quoted(name)} {what}; choose another kind for it.")
        return dates.days

    def notes_on(self, names: Sequence[str]) -> tuple[Message, ...]:
        """Tell what does not fit in these columns, and on units that were dropped."""
        return tuple(note for name in names for note in self._notes_on_column(name))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.columns)}

    def _found_kind(self, name: str) -> str:
        numbers = self.numbers(name)
        if not numbers.known:
            return "empty"
        if numbers.are_numbers:
            return "number"
        if look_like_dates(self.column(name)) and self.dates(name).are_dates:
            return "date"
        return "text"

    def _first_text(self, name: str) -> str:
        """Return the first cell of a column that is no number, else the first one."""
        return self.column(name)[max(0, self.numbers(name).first_odd)]

    def _notes_on_column(self, name: str) -> list[Message]:
        kind = self.kind(name)
        if kind == "date":
            dates = self.dates(name)
            return self._note_on_odd("data.no_date", name, dates.odd, dates.first_odd)
        if kind == "text":
            return self._note_on_nearly_numbers(name)
        if kind != "number":
            return []
        numbers = self.numbers(name)
        notes = self._note_on_odd("data.no_number", name, numbers.odd, numbers.first_odd)
        if numbers.has_few_too_large:  # more of them are refused
            notes += self._note_on_odd("data.too_large", name, numbers.too_large, numbers.first_too_large)
        if numbers.units:
            notes.append(_note_on_units(name, numbers.units))
        return notes

    def _note_on_nearly_numbers(self, name: str) -> list[Message]:
        """Tell of a column of text that most of its cells are numbers, unless it was said to hold categories."""
        numbers = self.numbers(name)
        if name in dict(self.choices.kinds) or not numbers.odd:
            return []
        if 2 * numbers.odd >= numbers.known:
            return self._note_on_other_sign(name)
        row = numbers.first_odd
        counts = {"odd": numbers.odd, "known": numbers.known}
        return [Message("data.text_with_numbers", {**self._cell(name, row), **counts})]

    def _note_on_other_sign(self, name: str) -> list[Message]:
        """Tell of a column of text that it holds numbers with the decimal sign that the table has not."""
        row, other = self.numbers(name).first_odd, COMMA if self.found.decimal == POINT else POINT
        cells = self.column(name)
        if not (is_number(cells[row], other) and read_column(cells, other).are_numbers):
            return []
        signs = {"other": other, "own": self.found.decimal}
        return [Message("data.other_decimal_sign", {**self._cell(name, row), **signs})]

    def _note_on_odd(self, what: str, name: str, count: int, row: int) -> list[Message]:
        """Tell how many cells do not fit and which is the first, if any does not."""
        return [Message(what, {**self._cell(name, row), "cells": count})] if count else []

    def _cell(self, name: str, row: int) -> Facts:
        """Return a cell as facts: its column, the line it stands in, and as much of it as a message shows."""
        return {"column": name, "line": self.lines[row], "cell": self.column(name)[row][:MOST_TOLD]}


def _note_on_units(name: str, units: tuple[str, ...]) -> Message:
    """Tell the units of a column; that they differ is told, as nothing is converted."""
    named = tuple(unit for unit in units if unit)
    if len(named) > 1:
        return Message("data.units_differ", {"column": name, "units": named})
    return Message("data.unit_in_part" if "" in units else "data.unit", {"column": name, "unit": named[0]})


def _merged(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts of which those that differ only in capitals are spelt as most of them are."""
    common: dict[str, str] = {}
    for value, _ in sorted(Counter(values).items(), key=lambda entry: (-entry[1], entry[0])):
        common.setdefault(value.casefold(), value)
    return tuple(common[value.casefold()] for value in values)


def spellings(values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of texts that differ only in capitals and spaces, each with two spellings or more."""
    groups: dict[str, list[str]] = {}
    for value in sorted(set(values) - {""}):
        groups.setdefault(value.casefold(), []).append(value)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def count_missing(values: Sequence[str]) -> int:
    """Return how many texts of a column are missing."""
    return sum(1 for value in values if not value)


def column_is_whole(values: Floats) -> bool:
    """Tell whether all known numbers of a column are whole."""
    known = values[~np.isnan(values)]
    return bool(len(known)) and bool((known == np.round(known)).all())
