"""In which fields two documents differ, for marks on a curve and for comparing runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import reduce
from itertools import combinations
from typing import Any

from nnplayground.project.model import Project

WHOLE = ("data.source.points", "network.layers", "network.frozen", "parameters")
"""What is told as one thing, however much of it differs."""


@dataclass(frozen=True)
class Difference:
    """One field, by its path in the document such as `training.optimizer.learning_rate`, before and after."""

    path: str
    before: Any
    after: Any


def differences(old: Project, new: Project) -> tuple[Difference, ...]:
    """Return the fields that differ, in the order of the document; its name does not count.

    Two parts of different kinds, as two sources of data, differ as a whole.
    """
    return tuple(found for found in _differences("", old, new) if found.path != "name")


def _differences(path: str, before: Any, after: Any) -> list[Difference]:
    if before == after:
        return []
    if path in WHOLE or type(before) is not type(after) or not is_dataclass(before):
        return [Difference(path, before, after)]
    found = []
    for field in fields(before):
        inner = f"{path}.{field.name}" if path else field.name
        found += _differences(inner, getattr(before, field.name), getattr(after, field.name))
    return found


def differing_paths(projects: Sequence[Project]) -> tuple[str, ...]:
    """Return the fields in which any two of several documents differ, those of the first difference found first.

    Where parts of different kinds are among them, the part is named as a whole, and nothing inside it.
    """
    found = dict.fromkeys(one.path for old, new in combinations(projects, 2) for one in differences(old, new))
    return tuple(path for path in found if not any(path.startswith(f"{other}.") for other in found))


def value_at(project: Project, path: str) -> Any:
    """Return the value of a field by its path."""
    return reduce(getattr, path.split("."), project)
