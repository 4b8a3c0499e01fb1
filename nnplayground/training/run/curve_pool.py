"""Many curves in little room: the moments of a run have curves that are beginnings of one another.

A curve is some columns of numbers. A column is written as what it has of another one, from the beginning on, and what
comes behind; a curve is a set of columns and its length. So a run is written once however many moments it has, and a
branch from where it left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, read_only
from nnplayground.errors import FieldError, InputError
from nnplayground.training.run.array_pool import ArrayReader, ArrayWriter
from nnplayground.training.run.history import COLUMNS, SHORT, Curve

FEWEST_SHARED = 16
FIRST_CHUNK, NEXT_CHUNK = 64, 1 << 16
GROWTH, SLACK = 64, 4_000_000
"""All columns together may have so many times as many numbers as the file holds, and so many more."""

COUNTS: dict[str, int | None] = {
    "measured": len(SHORT),
    "norms": None,
    "penalty": 1,
    "validation": len(COLUMNS) - len(SHORT),
}
"""How many columns each part of a curve has; `None` for one of each layer with weights."""

Key: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class CurveTables:
    """What is written: `columns` `[parent, shared, array]`, `sets` of the places of columns, `curves` `[set, length]`.

    In a set, `norms` are the columns of the gradient by layer, `penalty` and `validation` may be left out.
    """

    columns: list[Any]
    sets: list[Any]
    curves: list[Any]


class CurveWriter:
    """Collects curves; `tables` is asked when all of them are there."""

    def __init__(self, arrays: ArrayWriter[np.float64]) -> None:
        self._arrays = arrays
        self._curves: list[Curve] = []
        self._places: dict[int, int] = {}  # of each curve by its identity

    def add(self, curve: Curve) -> int:
        """Return the number under which a curve is written."""
        if id(curve) not in self._places:
            self._places[id(curve)] = len(self._curves)
            self._curves.append(curve)
        return self._places[id(curve)]

    def tables(self) -> CurveTables:
        """Return the curves that were collected, in their order."""
        columns = _ColumnWriter(self._arrays)
        split = [_columns_of(curve) for curve in self._curves]
        columns.add_all([column for parts in split for part in parts.values() for column in part])
        sets: list[dict[str, Any]] = []
        curves = []
        for curve, parts in zip(self._curves, split, strict=True):
            found = {name: [columns.place(one) for one in part] for name, part in parts.items()}
            if found not in sets:
                sets.append(found)
            curves.append([sets.index(found), len(curve)])
        return CurveTables(columns.written, sets, curves)


def _columns_of(curve: Curve) -> dict[str, list[Floats]]:
    """Return the columns of a curve: the measurements, and what it has beside them."""
    parts = {"measured": [getattr(curve, name) for name in SHORT], "norms": list(curve.gradient_norms)}
    if len(curve.penalty) == len(curve):
        parts["penalty"] = [curve.penalty]
    if curve.gradient_norms.shape[-1] != len(curve):
        del parts["norms"]
    if curve.has_validation:
        parts["validation"] = [getattr(curve, name) for name in COLUMNS[len(SHORT) :]]
    return parts


class _ColumnWriter:
    """Writes columns, each from where it leaves all others."""

    def __init__(self, arrays: ArrayWriter[np.float64]) -> None:
        self.written: list[list[Any]] = []
        self._arrays = arrays
        self._whole: list[Floats] = []
        self._places: dict[Key, int] = {}

    def add_all(self, columns: list[Floats]) -> None:
        """Add columns; of several views from one place in memory the longest holds them all."""
        longest: dict[Key, Floats] = {}
        for column in columns:
            key = _key(column)
            if key not in longest or len(column) > len(longest[key]):
                longest[key] = column
        for key, column in sorted(longest.items(), key=lambda item: -len(item[1])):
            self._places[key] = self._add(column)

    def place(self, column: Floats) -> int:
        """Return the place of a column that was added, or of one of which it is the beginning."""
        return self._places[_key(column)]

    def _add(self, column: Floats) -> int:
        bits = np.ascontiguousarray(column).view(np.uint64)
        shared = [_common(bits, whole.view(np.uint64)) for whole in self._whole]
        most = max(shared, default=0)
        parent = shared.index(most) if most >= FEWEST_SHARED else None
        if parent is not None and most == len(column):
            return parent
        start = 0 if parent is None else most
        self.written.append([parent, start, self._arrays.add(column[start:])])
        self._whole.append(np.ascontiguousarray(column))
        return len(self._whole) - 1


def _key(column: Floats) -> Key:
    """Return where in memory a column lies, and how its numbers follow each other."""
    return int(column.__array_interface__["data"][0]), column.strides[0]


def _common(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    """Return how many numbers two columns have in common from the beginning on, bit for bit."""
    start, end, chunk = 0, min(len(one), len(other)), FIRST_CHUNK
    while start < end:
        differs = np.flatnonzero(
            one[start : start + chunk][: end - start] != other[start : start + chunk][: end - start]
        )
        if len(differs):
            return start + int(differs[0])
        start, chunk = min(start + chunk, end), NEXT_CHUNK
    return end


class CurveReader:
    """Gives curves back; those of one run share their memory. Raises `InputError` for tables that cannot be."""

    def __init__(self, tables: CurveTables, arrays: ArrayReader[np.float64], *, stored: int) -> None:
        self._left = SLACK + GROWTH * stored
        self._columns: list[Floats] = []
        for place, column in enumerate(tables.columns):
            self._columns.append(self._column(f"columns[{place}]", column, arrays))
        self._sets = [self._set(f"sets[{place}]", one) for place, one in enumerate(tables.sets)]
        self._curves = tables.curves
        self._made: dict[int, Curve] = {}

    def get(self, number: Any) -> Curve:
        """Return the curve with a number."""
        if type(number) is not int or not 0 <= number < len(self._curves):
            raise FieldError("", number, f"the number of one of {len(self._curves):,} curves")
        if number not in self._made:
            self._made[number] = self._curve(self._curves[number])
        return self._made[number]

    def _column(self, place: str, column: Any, arrays: ArrayReader[np.float64]) -> Floats:
        parent, shared, tail = _list_of(3, place, column)
        try:
            behind = arrays.get(tail)
        except FieldError as error:
            raise FieldError(f"{place}[2]", tail, error.legal) from None
        if behind.ndim != 1:
            raise FieldError(f"{place}[2]", tail, "a list of an offset and a length")
        if parent is None:
            before = behind[:0]
        elif type(parent) is int and 0 <= parent < len(self._columns):
            before = self._columns[parent][: _whole(f"{place}[1]", shared, most=len(self._columns[parent]))]
        else:
            raise FieldError(f"{place}[0]", parent, "null or the place of a column before it")
        self._take(len(before) + len(behind))
        return np.concatenate([before, behind])

    def _set(self, place: str, found: Any) -> dict[str, Floats]:
        """Return the columns of each part of a set side by side `[columns, epochs + 1]`."""
        if not isinstance(found, dict) or not {"measured"} <= found.keys() <= COUNTS.keys():
            raise FieldError(place, found, f"an object of {', '.join(COUNTS)}")
        return {name: self._part(f"{place}.{name}", one, COUNTS[name]) for name, one in found.items()}

    def _part(self, place: str, numbers: Any, count: int | None) -> Floats:
        if not isinstance(numbers, list) or (count is not None and len(numbers) != count):
            raise FieldError(place, numbers, f"a list of {count} columns" if count else "a list of columns")
        columns = [self._columns[_whole(place, one, most=len(self._columns) - 1)] for one in numbers]
        length = min((len(column) for column in columns), default=0)
        self._take(length * len(columns))
        part: Floats = np.array([column[:length] for column in columns]).reshape(len(columns), length)
        return read_only(part)

    def _curve(self, reference: Any) -> Curve:
        place, length = _list_of(2, "curves", reference)
        parts = self._sets[_whole("curves", place, most=len(self._sets) - 1)]
        longest = min(part.shape[1] for name, part in parts.items() if name != "norms" or len(part))
        length = _whole("curves", length, most=longest)
        cut = {name: part[:, :length] for name, part in parts.items()}
        beside: dict[str, Floats] = {}
        if "penalty" in cut:
            beside["penalty"] = cut["penalty"][0]
        if "norms" in cut:
            beside["gradient_norms"] = cut["norms"]
        if "validation" in cut:
            beside |= dict(zip(COLUMNS[len(SHORT) :], cut["validation"], strict=True))
        return Curve(**dict(zip(SHORT, cut["measured"], strict=True)), **beside)

    def _take(self, numbers: int) -> None:
        """Count numbers that are about to be held."""
        self._left -= numbers
        if self._left < 0:
            raise InputError("Its curves would take far more memory than the file; it must be one of this program.")


def _list_of(count: int, place: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) != count:
        raise FieldError(place, value, f"a list of {count}")
    return value


def _whole(place: str, value: Any, *, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise FieldError(place, value, f"a whole number from 0 to {most:,}")
    return value
