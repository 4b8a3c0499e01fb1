"""What data that the program saved say about their target where the columns alone would not tell it.

A last column, called `NAME (kind)`, is written only then. In each row it holds `class 0`, `class 1` and so on: the
place of the class among all; or `number`; or `2 numbers` where the last two columns before it are targets. It keeps the
order of the classes, and names that would be read as missing values or as numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.data.cells import is_missing
from nnplayground.data.table import Table

HELPER = " (kind)"
CLASS = re.compile(r"class (0|[1-9]\d{0,3})", re.ASCII)
NUMBERS = re.compile(r"(?:number|([2-9]|[1-9]\d{1,2}) numbers)", re.ASCII)
ORDINARY = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)


@dataclass(frozen=True)
class SavedTarget:
    """The targets of saved data, the column that says so, and the classes in their order where there are any."""

    targets: tuple[str, ...]
    helper: str
    classes: tuple[str, ...] = ()


def saved_target(table: Table) -> SavedTarget | None:
    """Return what the last column of saved data says; nothing where the table has no such column."""
    helper = table.columns[-1]
    if not helper.endswith(HELPER):
        return None
    words = set(table.column(helper))
    if len(words) == 1 and (hit := NUMBERS.fullmatch(next(iter(words)))):
        count = int(hit[1] or 1)
        targets = table.columns[-1 - count : -1]
        return SavedTarget(targets, helper) if len(targets) == count else None
    return _saved_classes(table, table.columns[-2], helper) if all(map(CLASS.fullmatch, words)) else None


def _saved_classes(table: Table, target: str, helper: str) -> SavedTarget | None:
    """Return the classes of saved data, where each place has one name only and none lacks."""
    names: dict[int, str] = {}
    for word, cell in set(zip(table.column(helper), table.column(target), strict=True)):
        name = names.setdefault(int(word.removeprefix("class ")), label_of(cell))
        if name != label_of(cell):
            return None
    if sorted(names) != list(range(len(names))) or len(set(names.values())) != len(names) or len(names) < 2:
        return None
    return SavedTarget((target,), helper, tuple(names[place] for place in range(len(names))))


def written_label(name: str) -> str:
    """Return the name of a class as a cell: as it is, or in quotation marks with escapes where spaces would be lost."""
    is_plain = name and name == " ".join(name.split()) and not name.startswith('"')
    return name if is_plain else json.dumps(name)


def label_of(cell: str) -> str:
    """Return the name of a class that `written_label` wrote."""
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        try:
            return str(json.loads(cell))
        except ValueError:
            return cell
    return cell


def are_in_order(classes: Sequence[str]) -> bool:
    """Tell whether classes would come back in this order, under these names, without being told."""
    numbers = [ORDINARY.fullmatch(name) is not None and len(name) < 16 for name in classes]
    if all(numbers):
        return [*map(int, classes)] == sorted(map(int, classes))
    plain = all(name and written_label(name) == name and not is_missing(name) for name in classes)
    return plain and not any(numbers) and list(classes) == sorted(classes)
