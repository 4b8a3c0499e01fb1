"""A guess at what the user means to learn from a table: which column is the target, which are the inputs.

What is predicted repeats, or is a number; what only names its rows does not repeat. Where the names of the columns and
their contents leave a doubt, the guess says so and names the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.data.cells import is_missing, quoted
from nnplayground.data.parts import is_part_column
from nnplayground.data.saved import PART
from nnplayground.data.table import Table, column_is_whole
from nnplayground.errors import InputError

TARGET_WORDS = frozenset({"species", "class", "label", "target"})
LAST_WORDS = frozenset(
    {
        "classes", "labels", "targets", "outcome", "response", "diagnosis", "result", "category", "survived", "churn",
        "quality", "price", "salary", "income", "output", "prediction", "medv",
    }
)  # fmt: skip
"""Words that name a target where they are the last one of a name: `sale price`, but not `price level`."""

ROW_NAMES = frozenset(
    {"id", "ids", "index", "idx", "row", "rowid", "rownumber", "rownum", "rownr", "nr", "no", "number", "uid", "uuid"}
)
ROW_WORDS = frozenset({"id", "uid", "uuid"})
"""A name that ends in one of these, such as `PassengerId`, numbers the rows."""

IDENTIFIERS = frozenset({"name", "names", "id", "ids", "uid", "uuid", "url", "email", "key", "code", "title"})
COORDINATES = ("x", "y")
MOST_KINDS = 20
"""A column of text with more different values than this is hardly meant as a target, or as inputs."""

FEWEST_FOR_REPEATS = 4
"""In fewer rows nothing need repeat."""


@dataclass(frozen=True)
class TargetGuess:
    """The columns to predict, whether that is unsure, and the other columns that could be meant."""

    targets: tuple[str, ...]
    is_unsure: bool = False
    others: tuple[str, ...] = ()


def guess_targets(table: Table) -> TargetGuess:
    """Return the columns that look most like something to predict.

    That is the last one that is called as targets are and holds numbers or texts that repeat; else the last one with
    few different texts that repeat; else the last one of numbers. `y` is a target unless it stands beside an `x` and
    another column follows: then both are coordinates.
    """
    if table.saved:
        return TargetGuess(table.saved_targets)
    free = [name for name in table.columns if table.kind(name) != "left out" and not is_part_column(table, name)]
    numeric = [name for name in free if table.kind(name) == "number"]
    values = [name for name in numeric if not names_rows(table, name)]
    kinds = [name for name in free if table.kind(name) == "text" and _names_kinds(table, name)]
    possible = [name for name in free if name in values or name in kinds]
    called = [name for name in possible if _is_called_target(name, possible)]
    chosen = (called or kinds or values or numeric or free or table.columns)[-1]
    likely = called or kinds or _likely_values(values, has_text=len(free) > len(numeric))
    others = tuple(name for name in (likely if len(likely) > 1 else possible) if name != chosen)
    # A text among the inputs is as likely one of them, where nothing but its contents makes it the target.
    is_unsure = len(likely) > 1 or (not called and chosen not in (*possible[:1], *possible[-1:]))
    return TargetGuess((chosen,), is_unsure, others)


def guess_inputs(table: Table, *targets: str) -> tuple[str, ...]:
    """Return the columns of numbers other than the targets; those that only number the rows if need be.

    Where there is none, the columns of few different texts that repeat are taken, else those of dates. Text is not
    taken beside numbers: a project that names no inputs keeps the inputs it was trained on. Raises `InputError` when a
    target is not in the table or no column is left.
    """
    for target in targets:
        table.column(target)
    free = [name for name in table.columns if name not in targets and not is_part_column(table, name)]
    numeric = tuple(name for name in free if table.kind(name) == "number")
    if numeric:
        return tuple(name for name in numeric if table.saved or not names_rows(table, name)) or numeric
    kinds = tuple(name for name in free if table.kind(name) == "text" and _has_kinds(table, name))
    kinds = tuple(name for name in kinds if _repeats(table.texts(name)))
    kinds = kinds or tuple(name for name in free if table.kind(name) == "date")
    if not kinds:
        besides = quoted(targets[0]) if targets else "the target"
        problem = f"has no column of numbers besides {besides}, and none of 2 to {MOST_KINDS} texts that repeat"
        raise InputError(f"{table.name} {problem}; give at least one, because a network learns from them.")
    return kinds


def number_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of numbers."""
    return tuple(name for name in table.columns if table.kind(name) == "number")


def text_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of text."""
    return tuple(name for name in table.columns if table.kind(name) == "text")


def names_rows(table: Table, name: str) -> bool:
    """Tell whether a column of numbers only numbers its rows: its name says so, and no number occurs twice.

    A first column without a name of its own, as programs write the numbers of rows, must count them from 0 or 1.
    """
    if table.kind(name) != "number":
        return False
    values = table.numbers(name).values
    if name in table.unnamed:
        counts = (np.arange(len(values)) + start for start in (0, 1))
        has_names = len(table.unnamed) < len(table.columns)
        return has_names and name == table.columns[0] and any(np.array_equal(values, count) for count in counts)
    known = values[~np.isnan(values)]
    return _is_called_row(_words(name)) and column_is_whole(values) and len(np.unique(known)) == len(known)


def is_telling_name(name: str) -> bool:
    """Tell whether a column may be taken for the target or for the numbers of the rows because of its name."""
    words = _words(name)
    is_row = _is_called_row(words) or name.casefold() == PART
    return is_row or (bool(words) and (words[-1] in LAST_WORDS or not {*TARGET_WORDS, "y"}.isdisjoint(words)))


def _is_called_row(words: Sequence[str]) -> bool:
    return "".join(words) in ROW_NAMES or (bool(words) and (words[-1] in ROW_WORDS or words[0] == "unnamed"))


def _is_called_target(name: str, possible: Sequence[str]) -> bool:
    """Tell whether a column is called as targets are."""
    words = _words(name)
    if not TARGET_WORDS.isdisjoint(words) or (words and words[-1] in LAST_WORDS):
        return True
    if "y" not in words:
        return False
    has_x = any(_words(other) == ["x"] for other in possible)
    return words != ["y"] or not has_x or name == possible[-1]


def _likely_values(values: Sequence[str], *, has_text: bool) -> Sequence[str]:
    """Return the columns of numbers that are as likely to be meant as the last one.

    Only the last is of two in a table of nothing else, and where all others are called alike, such as x1 and x2, or are
    the coordinates x and y.
    """
    stems = {re.sub(r"[\d\W_]+$", "", name.lower()) for name in values[:-1]}
    are_alike = len(values) > 2 and len(stems) == 1 and re.sub(r"[\d\W_]+$", "", values[-1].lower()) not in stems
    are_coordinates = tuple(name.lower() for name in values[:-1]) == COORDINATES
    return values[-1:] if (len(values) == 2 and not has_text) or are_alike or are_coordinates else values


def _names_kinds(table: Table, name: str) -> bool:
    """Tell whether a column of text could name classes: few different values, which repeat."""
    return _has_kinds(table, name) and not _identifies(table, name)


def _has_kinds(table: Table, name: str) -> bool:
    """Tell whether a column of text holds at least 2 different values, and not too many."""
    return 2 <= len(set(table.texts(name)) - {""}) <= MOST_KINDS


def _identifies(table: Table, name: str) -> bool:
    """Tell whether the texts of a column name its rows rather than something that they share."""
    values = [value for value in table.texts(name) if value]
    if _repeats(values):
        return len(values) > MOST_KINDS and len(set(values)) > len(values) // 2
    return len(values) >= FEWEST_FOR_REPEATS or not IDENTIFIERS.isdisjoint(_words(name))


def _repeats(values: Sequence[str]) -> bool:
    """Tell whether a value occurs twice; where none does, the column only names its rows."""
    known = [value for value in values if not is_missing(value)]
    return len(set(known)) < len(known)


def _words(name: str) -> list[str]:
    """Return the words in the name of a column, in small letters; a capital after a small letter begins one."""
    apart = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name)
    return [word for word in re.split(r"[\W_]+", apart.lower()) if word]
