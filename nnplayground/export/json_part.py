"""Objects of a JSON file that know their place in it, so that what is missing or of the wrong kind is told with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.errors import MISSING, FieldError
from nnplayground.project.json_text import look_in
from nnplayground.project.limits import LARGEST


class JsonPart:
    """One object of the file, which knows its place; what is missing or of the wrong kind is told with it."""

    def __init__(self, path: str, content: Any) -> None:
        if not isinstance(content, dict):
            raise FieldError(path, content, "an object in curly brackets")
        self._path, self._content = path, content

    def place(self, key: str) -> str:
        """Return the place of a key in the file."""
        return f"{self._path}.{key}" if self._path else key

    def knows(self, *keys: str) -> None:
        """Refuse every other key."""
        for key, value in self._content.items():
            if key not in keys:
                raise FieldError(self.place(key), value, f"left out, as only {', '.join(keys)} are known here")

    def get(self, key: str) -> Any:
        """Return a value, or what stands for a missing one."""
        return self._content.get(key, MISSING)

    def part(self, key: str) -> JsonPart:
        """Return an object inside this one."""
        return JsonPart(self.place(key), self.get(key))

    def items(self, key: str) -> list[Any]:
        """Return a list."""
        value = self.get(key)
        if not isinstance(value, list):
            raise FieldError(self.place(key), value, "a list in square brackets")
        return value

    def text(self, key: str, default: object = MISSING) -> str:
        """Return a text; without a default it must be there."""
        value = self._content.get(key, default)
        if not isinstance(value, str):
            raise FieldError(self.place(key), value, "a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        for number, value in enumerate(self.items(key)):
            if not isinstance(value, str):
                raise FieldError(f"{self.place(key)}[{number}]", value, "a text")
        return tuple(self.items(key))

    def whole(self, key: str) -> int:
        """Return a whole number that is not negative."""
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 63:
            raise FieldError(self.place(key), value, "a whole number, not negative")
        return value

    def number_or_null(self, key: str, default: object = MISSING) -> float | None:
        """Return a finite number, or `None` for null; without a default it must be there."""
        value = self._content.get(key, default)
        return None if value is None else _number(self.place(key), value)

    def numbers(self, key: str) -> Floats:
        """Return a list of finite numbers."""
        return _numbers(self.place(key), self.get(key))

    def array(self, key: str, dimensions: int) -> Floats:
        """Return lists in lists, so many dimensions deep and equally long in each, of finite numbers."""
        return _array(self.place(key), self.get(key), dimensions)


def _array(path: str, values: Any, dimensions: int) -> Floats:
    if dimensions == 1:
        return _numbers(path, values)
    if not isinstance(values, list):
        raise FieldError(path, values, "a list in square brackets")
    if not values:
        raise FieldError(path, values, "a list of at least one row")
    parts = [_array(f"{path}[{place}]", value, dimensions - 1) for place, value in enumerate(values)]
    for place, part in enumerate(parts):
        if part.shape != parts[0].shape:
            size = " × ".join(map(str, parts[0].shape))
            legal = f"a row of {size} numbers like the first" if dimensions == 2 else f"{size} numbers like the first"
            raise FieldError(f"{path}[{place}]", part.tolist(), legal)
    return np.stack(parts)


def _numbers(path: str, values: Any) -> Floats:
    if not isinstance(values, list):
        raise FieldError(path, values, "a list in square brackets")
    look_in()
    if set(map(type, values)) == {float}:
        numbers = np.array(values)
        if np.isfinite(numbers).all():
            return numbers
    return np.array([_number(f"{path}[{place}]", value) for place, value in enumerate(values)], dtype=np.float64)


def _number(path: str, value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    raise FieldError(path, value, "a finite number")
