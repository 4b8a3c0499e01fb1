"""Parts of the document as JSON and back, of whatever kind: what a setting was before and after a change.

A setting is a number, a text, a list, or a dataclass of `project`, written as `{"type": name, "fields": ...}`. Long
lists of numbers, drawn points and first weights, are arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import numpy as np

from nnplayground.errors import FieldError
from nnplayground.project.model import Project
from nnplayground.training.run.array_pool import ArrayReader, ArrayWriter
from nnplayground.training.run.plain_values import BOOL, INT, NOTHING, REAL, TEXT, Form, read_at

SHORTEST_ARRAY = 16
FORMS = {bool: BOOL, int: INT, float: REAL, str: TEXT, type(None): NOTHING}
NUMBERS, TYPE, FIELDS, FLOAT = "numbers", "type", "fields", "float"


def _dataclasses(hint: Any, seen: set[Any]) -> Iterator[type[Any]]:
    """Yield the dataclasses that a value of a type can hold."""
    if is_dataclass(hint) and isinstance(hint, type) and hint not in seen:
        seen.add(hint)
        yield hint
        for inner in get_type_hints(hint).values():
            yield from _dataclasses(inner, seen)
    for inner in get_args(hint):
        yield from _dataclasses(inner, seen)


KINDS = {kind.__name__: kind for kind in _dataclasses(Project, set())}


class DocumentValueWriter:
    """Writes parts of the document; their long lists of numbers go to `floats`."""

    def __init__(self, floats: ArrayWriter[np.float64]) -> None:
        self._floats = floats

    def write(self, value: Any) -> Any:
        """Return a part of the document as JSON."""
        if isinstance(value, tuple):
            array = _as_array(value)
            if array is not None:
                return {NUMBERS: self._floats.add(array)}
            return [self.write(item) for item in value]
        if is_dataclass(value):
            entries = {entry.name: self.write(getattr(value, entry.name)) for entry in fields(value)}
            return {TYPE: type(value).__name__, FIELDS: entries}
        return FORMS[type(value)].write(value)


class DocumentValueReader:
    """Reads what `DocumentValueWriter` wrote; raises `FieldError` for what no document can hold."""

    def __init__(self, floats: ArrayReader[np.float64]) -> None:
        self._floats = floats

    def read(self, value: Any) -> Any:
        """Return a part of the document."""
        if isinstance(value, list):
            form = Form(self.read, self.read)
            return tuple([read_at(f"[{place}]", form, item) for place, item in enumerate(value)])
        if not isinstance(value, dict):
            return value
        if value.keys() == {NUMBERS}:
            return _as_tuple(self._floats.get(value[NUMBERS]).tolist())
        if value.keys() == {FLOAT}:
            return REAL.read(value)
        return self._dataclass(value)

    def _dataclass(self, value: dict[str, Any]) -> Any:
        name, found = value.get(TYPE), value.get(FIELDS)
        if not isinstance(name, str) or name not in KINDS or not isinstance(found, dict):
            raise FieldError("", value, "a part of a project")
        known = {entry.name for entry in fields(KINDS[name])}
        form = Form(self.read, self.read)
        for key in found:
            if key not in known:
                raise FieldError(key, found[key], f"left out, as {name} does not have it")
        try:
            return KINDS[name](**{key: read_at(key, form, item) for key, item in found.items()})
        except TypeError:
            raise FieldError("", name, "given with all that it needs") from None


def _as_array(value: tuple[Any, ...]) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Return a long list of floats, or of equally long lists of floats, as an array; `None` for anything else."""
    if len(value) < SHORTEST_ARRAY:
        return None
    if _are_floats(value):
        return np.array(value, dtype=np.float64)
    lengths = {len(item) if isinstance(item, tuple) and _are_floats(item) else 0 for item in value}
    return np.array(value, dtype=np.float64) if len(lengths) == 1 and lengths != {0} else None


def _are_floats(value: tuple[Any, ...]) -> bool:
    return set(map(type, value)) == {float}


def _as_tuple(numbers: list[Any]) -> tuple[Any, ...]:
    return tuple([_as_tuple(item) if isinstance(item, list) else item for item in numbers])
