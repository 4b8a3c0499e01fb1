"""Many arrays in one: what several values share is written once, and read as one array again.

A reference is `[offset, *shape]`: where an array begins in the row of all numbers, and its shape.
"""

from __future__ import annotations

from hashlib import blake2b
from math import prod
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import read_only
from nnplayground.errors import FieldError

MOST_DIMENSIONS = 4
Number = TypeVar("Number", np.float64, np.int64)


class ArrayWriter(Generic[Number]):
    """Collects arrays of one kind of number."""

    def __init__(self, kind: type[Number]) -> None:
        self._kind: np.dtype[Any] = np.dtype(kind)
        self._arrays: list[NDArray[Number]] = []
        self._count = 0
        self._offsets: dict[bytes, int] = {}
        self._seen: dict[int, tuple[NDArray[Any], list[int]]] = {}  # by identity, which holds while the array is kept

    def add(self, array: NDArray[Any]) -> list[int]:
        """Return the reference to an array; an equal one is there already and is not written again."""
        if id(array) not in self._seen:
            self._seen[id(array)] = array, self._reference(np.ascontiguousarray(array, dtype=self._kind))
        return self._seen[id(array)][1]

    def _reference(self, array: NDArray[Number]) -> list[int]:
        key = blake2b(array.tobytes(), digest_size=20).digest() + str(array.size).encode()
        if key not in self._offsets:
            self._offsets[key] = self._count
            self._arrays.append(array.reshape(-1))
            self._count += array.size
        return [self._offsets[key], *array.shape]

    def joined(self) -> NDArray[Any]:
        """Return all numbers in a row, little-endian, and whole ones in the smallest kind that holds them."""
        row = np.concatenate([np.empty(0, self._kind), *self._arrays])
        if self._kind == np.int64 and row.size and row.min() >= 0:
            row = row.astype(np.min_scalar_type(int(row.max())))
        return row.astype(row.dtype.newbyteorder("<"))


class ArrayReader(Generic[Number]):
    """Gives arrays back from the row of all numbers; each is a copy, so that one can go without the others.

    All of them together hold no more numbers than the row, so that a small file cannot ask for much memory.
    """

    def __init__(self, row: NDArray[Any], kind: type[Number]) -> None:
        self._kind: np.dtype[Any] = np.dtype(kind)
        self._row, self._left = row, row.size
        self._arrays: dict[tuple[int, ...], NDArray[Number]] = {}
        self._pieces: dict[tuple[int, int], NDArray[Number]] = {}  # equal numbers of several shapes are there once

    def get(self, reference: Any) -> NDArray[Number]:
        """Return the array of a reference, the same for equal ones; raises `FieldError` where there is none."""
        legal = f"a list of an offset and a shape within {self._row.size:,} numbers"
        if not isinstance(reference, list) or not 2 <= len(reference) <= 1 + MOST_DIMENSIONS:
            raise FieldError("", reference, legal)
        if any(type(number) is not int or not 0 <= number <= self._row.size for number in reference):
            raise FieldError("", reference, legal)
        key = tuple(reference)
        if key not in self._arrays:
            piece = self._piece(key[0], prod(key[1:]))
            if piece is None:
                raise FieldError("", reference, legal)
            self._arrays[key] = read_only(piece.reshape(key[1:]))
        return self._arrays[key]

    def _piece(self, offset: int, size: int) -> NDArray[Number] | None:
        """Return a copy of some numbers; `None` where they are not there, or all copies would be more than the row."""
        if (offset, size) not in self._pieces:
            if offset + size > self._row.size or size > self._left:
                return None
            self._left -= size
            self._pieces[offset, size] = self._row[offset : offset + size].astype(self._kind)
        return self._pieces[offset, size]
