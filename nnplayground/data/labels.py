"""The classes of a table: the labels of a column are texts, whatever numbers they could be read as.

`007`, `7` and `042` are three classes, and identifiers of 18 digits stay apart. Only ordinary whole numbers have one
name each, however they are written: programs write `1.0` for `1` as soon as a value is missing in the column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.data.saved import written_labels
from nnplayground.data.table import Table, column_is_whole
from nnplayground.written_numbers import DECIMAL_SIGNS, NotANumberError, read_written

CLASS_LIMIT = 100
FEW = 10
"""Up to so many different whole numbers in a target are taken for classes."""

CODE = re.compile(r"0\d+", re.ASCII)
"""No quantity is written with a zero in front, so such a number is a name."""

LONG = re.compile(r"[1-9]\d{15,}", re.ASCII)
"""Numbers of so many digits may be different ones and yet the same float64."""


def labels_of(table: Table, target: str) -> tuple[str, ...]:
    """Return the label of each row, on one line; empty where missing, which no class is called but in saved data."""
    if _is_saved(table, target):
        names = dict(zip(written_labels(table.saved_classes), table.saved_classes, strict=True))
        return tuple(names[cell] for cell in table.column(target))
    if table.kind(target) != "number":
        return table.texts(target)
    numbers = table.numeric(target)
    cells = (" ".join(cell.split()) for cell in table.column(target))
    return _ordinary(tuple("" if np.isnan(value) else cell for value, cell in zip(numbers, cells, strict=True)), table)


def classes_of(table: Table, target: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the different labels in order: as saved data say, by number where all are numbers, else by letter."""
    if _is_saved(table, target):
        return table.saved_classes
    names = sorted(set(labels))
    numbers = {name: _number(name, table.found.decimal) for name in names}
    if any(number is None for number in numbers.values()):
        return tuple(names)
    return tuple(sorted(names, key=lambda name: (numbers[name] or 0.0, name)))


def known_labels(table: Table, target: str) -> NDArray[np.bool_]:
    """Tell for each row whether its label is known."""
    if _is_saved(table, target):
        return np.ones(len(table.lines), dtype=np.bool_)
    return np.array([bool(label) for label in labels_of(table, target)])


def are_classes(table: Table, target: str) -> bool:
    """Tell whether a column holds classes rather than values, as its cells look.

    It does where it holds text, 2 to 10 different whole numbers, numbers with zeros in front, or long ones that would
    not stay apart as values.
    """
    if target in table.saved_targets:
        return bool(table.saved_classes)
    if table.kind(target) != "number":
        return table.kind(target) == "text"
    names = set(labels_of(table, target)) - {""}
    if column_is_whole(table.numbers(target).values) and 2 <= len(names) <= FEW:
        return True
    return len(names) <= CLASS_LIMIT and (any(CODE.fullmatch(name) for name in names) or _fall_together(names))


def _fall_together(names: set[str]) -> bool:
    """Tell whether different long whole numbers are the same value, which identifiers may be but quantities are not."""
    long = [name for name in names if LONG.fullmatch(name)]
    return len({float(name) for name in long}) < len(long)


def _is_saved(table: Table, target: str) -> bool:
    """Tell whether the table itself says which classes a column holds."""
    return bool(table.saved_classes) and table.saved_targets == (target,)


def looks_like_classes(values: Floats) -> bool:
    """Tell whether numbers that are no classes would be taken for some: few different whole ones."""
    different = np.unique(values)
    return 2 <= len(different) <= FEW and bool((different == np.round(different)).all())


def _ordinary(labels: tuple[str, ...], table: Table) -> tuple[str, ...]:
    """Return labels with one name for each whole number, where all of them are ordinary ones."""
    sign = re.escape(DECIMAL_SIGNS[table.found.decimal])
    pattern = re.compile(rf"(-?(?:0|[1-9]\d{{0,14}}))(?:{sign}0)?", re.ASCII)
    names: dict[str, str] = {"": ""}
    for label in set(labels) - {""}:
        hit = pattern.fullmatch(label)
        if hit is None:
            return labels
        names[label] = "0" if hit[1] == "-0" else hit[1]
    return tuple(names[label] for label in labels)


def _number(name: str, decimal: str) -> float | None:
    """Return the number that a label can be read as; nothing where it is none."""
    try:
        return read_written(name, decimal).value
    except NotANumberError:
        return None
