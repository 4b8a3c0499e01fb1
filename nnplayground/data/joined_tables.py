"""Two tables of the same columns below each other, so that values and classes get the same places in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnplayground.data.cells import listed
from nnplayground.data.column_numbers import ColumnNumbers, joined
from nnplayground.data.reading import COLUMN_KINDS
from nnplayground.data.saved import fits
from nnplayground.data.table import KIND_OF_CHOICE, ColumnChoices, Table
from nnplayground.errors import InputError


def join_tables(first: Table, second: Table, names: Sequence[str]) -> Table:
    """Return these columns of two tables, the rows of the second one below those of the first.

    The first one says what each column holds; each has its own decimal sign. Raises `InputError` when the second table
    lacks a column, or when what should be numbers is text or too large in one of them.
    """
    lacking = [name for name in names if name not in second.columns]
    if lacking:
        raise InputError(f"{second.name} has no column {listed(lacking)}, which {first.name} has; give both the same.")
    choices = kinds_of(first, names)
    first = replace(first, choices=choices)
    second = second.choosing(choices)
    kinds = dict(choices.kinds)
    # Numbers are read in each table by its own sign, dates in both together, as they begin with one day.
    numbers = {name: _numbers(first, second, name) for name in names if kinds[name] == "number"}
    cells = tuple(first.column(name) + second.column(name) for name in names)
    keeps_saved = tuple(names[-1:]) == first.saved_targets and fits(first.saved, len(names), set(cells[-1]))
    return replace(
        first, columns=tuple(names), cells=cells, lines=first.lines + second.lines, unnamed=frozenset(), left_out=(),
        notes=(), saved=first.saved if keeps_saved else None, _numbers=numbers, _dates={},
    )  # fmt: skip


def _numbers(first: Table, second: Table, name: str) -> ColumnNumbers:
    """Return a column of numbers of both tables, each of which is checked by itself, with its own name and lines."""
    for table in (first, second):
        table.numeric(name)
    return joined(first.numbers(name), second.numbers(name))


def kinds_of(table: Table, names: Sequence[str] | None = None) -> ColumnChoices:
    """Return the choices of a table with what it found of its columns as if it had been said."""
    words = {KIND_OF_CHOICE[kind]: kind for kind in COLUMN_KINDS} | {"empty": "number"}
    chosen = table.columns if names is None else names
    kinds = tuple((name, words[table.kind(name)]) for name in chosen)
    return replace(table.choices, kinds=kinds, merged=tuple(set(table.choices.merged) & set(chosen)))
