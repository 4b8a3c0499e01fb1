"""A guess at what the user means to learn from a table: which column is the target, which are the inputs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from nnplayground.data.cells import is_missing, quoted, read_numbers
from nnplayground.data.csv_table import Table
from nnplayground.data.part_names import part_named
from nnplayground.errors import InputError

TARGET_WORDS = frozenset({"species", "class", "label", "target", "y"})
ROW_NAMES = frozenset({"id", "index", "rowid"})
PART = "part"  # the column that saved samples have beside their own
LOOKED_AT = 200  # rows that tell what a column holds
MOST_KINDS = 20
"""A column of text with more different values than this is hardly meant as a target, or as inputs."""


def guess_columns(table: Table) -> tuple[tuple[str, ...], str]:
    """Return the names of the inputs and of the target that the user probably means.

    Raises `InputError` when there is no column to learn from.
    """
    target = guess_target(table)
    return guess_inputs(table, target), target


def guess_target(table: Table) -> str:
    """Return the column that looks most like something to predict.

    That is the last one that is called species, class, label, target or y and holds numbers or few different
    texts; else the last one with few different texts; else the last one of numbers.
    """
    numeric = _numeric_columns(table)
    kinds = [name for name in _others(table, numeric) if _has_kinds(table.column(name))]
    possible = [name for name in table.columns if name in numeric or name in kinds]
    called = [name for name in possible if not TARGET_WORDS.isdisjoint(_words(name))]
    values = [name for name in numeric if not _names_rows(table, name)]
    return (called or kinds or values or table.columns)[-1]


def guess_inputs(table: Table, target: str) -> tuple[str, ...]:
    """Return the columns of numbers other than `target`; those that only name or count the rows if need be.

    Where there is none, the columns of few different texts that repeat are taken. Text is not taken beside numbers:
    a project that names no inputs keeps the inputs it was trained on. Raises `InputError` when the target is not in
    the table or no column is left.
    """
    table.column(target)
    numeric = tuple(name for name in _numeric_columns(table) if name != target)
    if numeric:
        return tuple(name for name in numeric if not _names_rows(table, name)) or numeric
    others = [(name, table.column(name)) for name in _others(table, (target,))]
    kinds = tuple(name for name, cells in others if _has_kinds(cells) and _repeats(cells))
    if not kinds:
        problem = f"has no column of numbers besides {quoted(target)}, and none of 2 to {MOST_KINDS} texts that repeat"
        raise InputError(f"{table.name} {problem}; give at least one, because a network learns from them.")
    return kinds


def number_columns(table: Table) -> tuple[str, ...]:
    """Return the columns whose first rows hold numbers and no text; quick also for a long table."""
    return tuple(name for name in table.columns if _begins_with_numbers(table, name))


def text_columns(table: Table) -> tuple[str, ...]:
    """Return the columns whose first rows hold text; quick also for a long table."""
    return tuple(name for name in table.columns if _begins_with_text(table, name))


def _begins_with_numbers(table: Table, name: str) -> bool:
    cells = _first_cells(table, name)
    return bool(cells) and not isinstance(read_numbers(cells, decimal_comma=table.decimal_comma), str)


def _begins_with_text(table: Table, name: str) -> bool:
    return isinstance(read_numbers(_first_cells(table, name), decimal_comma=table.decimal_comma), str)


def _first_cells(table: Table, name: str) -> list[str]:
    """Return the known cells among the first rows of a column."""
    return [cell for cell in table.column(name)[:LOOKED_AT] if not is_missing(cell)]


def _numeric_columns(table: Table) -> tuple[str, ...]:
    """Return the columns that hold numbers, at least one, and no text."""
    read = {name: table.numbers_or_text(name) for name in table.columns}
    return tuple(name for name, numbers in read.items() if not isinstance(numbers, str) and not np.isnan(numbers).all())


def _others(table: Table, known: Sequence[str]) -> list[str]:
    """Return the other columns, without the one that only says which samples were kept for the test."""
    return [name for name in table.columns if name not in known and not _names_parts(table, name)]


def _names_parts(table: Table, name: str) -> bool:
    return name == PART and all(part_named(cell) is not None for cell in set(table.column(name)))


def part_column(table: Table) -> str:
    """Return the name of the column that says the part of each row; "" where there is none."""
    return PART if PART in table.columns and _names_parts(table, PART) else ""


def _has_kinds(cells: Sequence[str]) -> bool:
    """Tell whether a column of text could name classes: at least 2 different values, and not too many."""
    return 2 <= len({cell for cell in cells if not is_missing(cell)}) <= MOST_KINDS


def _repeats(cells: Sequence[str]) -> bool:
    """Tell whether a value occurs twice; where none does, the column only names its rows."""
    known = [cell for cell in cells if not is_missing(cell)]
    return len(set(known)) < len(known)


def _words(name: str) -> list[str]:
    """Return the words in the name of a column, in small letters."""
    return re.split(r"[\W_]+", name.lower())


def _names_rows(table: Table, name: str) -> bool:
    """Tell whether a column of numbers only names its rows: it says so, or it counts from 0 or 1."""
    if "".join(_words(name)) in ROW_NAMES:
        return True
    numbers = table.numbers_or_text(name)
    counted = np.arange(len(table.lines))
    return any(np.array_equal(numbers, counted + start) for start in (0, 1))
