"""Archives of arrays, read without trusting them: what one says of itself is checked before memory is taken.

An archive says how large its entries are, and each entry of what shape and type its array is; an array of two billion
texts of no letters fits in 200 bytes. Only arrays whose declared size is that of their bytes are made.
"""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnplayground.errors import InputError, clipped
from nnplayground.zip_archives import Limits, open_archive, read_entry

KIND = "an NPZ archive of arrays"
LIMITS = Limits(entries=2_000, unpacked=128_000_000)
"""Room for the largest network, 5 million numbers, three times over."""

LONGEST_HEADER = 10_000
MOST_DIMENSIONS = 32
SUFFIX = ".npy"
PLAIN = "biufcSU"
"""The kinds of arrays that are read, as in `dtype.kind`: numbers and texts of a fixed length; no Python objects."""

READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0, (3, 0): npy.read_array_header_2_0}


class Beginning:
    """Looks at the first bytes of a file, so that what is no archive is refused before the rest is read."""

    def __init__(self) -> None:
        self._is_first = True

    def feed(self, piece: bytes) -> None:
        """Look at the next piece of the file."""
        is_first, self._is_first = self._is_first, False
        if is_first and not piece.startswith((b"PK", npy.MAGIC_PREFIX)):
            raise InputError(f"It is not {KIND}, or it is damaged.")


def npy_bytes(array: NDArray[Any]) -> bytes:
    """Return an array of numbers as the bytes of a `.npy` file."""
    buffer = io.BytesIO()
    npy.write_array(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def read_arrays(content: bytes, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return all arrays of an NPZ archive by name; what is no array in it comes as bytes.

    Raises `InputError` with one sentence for what is no such archive, is damaged, or would take more than the limits.
    """
    if content.startswith(npy.MAGIC_PREFIX):
        raise InputError("It is a single array; it must be an NPZ archive of several.")
    arrays: dict[str, Any] = {}
    with open_archive(content, limits, kind=KIND) as archive:
        for entry in archive.infolist():
            name = entry.filename.removesuffix(SUFFIX)
            if name in arrays:
                raise InputError(f'It is not {KIND} that can be read: "{clipped(name)}" stands twice in it.')
            found = read_entry(archive, entry, kind=KIND)
            arrays[name] = _array(name, found) if found.startswith(npy.MAGIC_PREFIX) else found
    return arrays


def _array(name: str, content: bytes) -> Any:
    """Return the array that the bytes of a `.npy` file hold."""
    file = io.BytesIO(content)
    shape, in_columns, kind = _header(name, file)
    if kind.kind not in PLAIN or kind.subdtype is not None:
        raise _odd(name, f"holds {clipped(str(kind))}; it must hold numbers or texts")
    count, start = math.prod(shape), file.tell()
    if len(shape) > MOST_DIMENSIONS or any(length < 0 for length in shape):
        raise _odd(name, f"has the shape {clipped(str(shape))}, which no array has")
    declared, found = count * kind.itemsize, len(content) - start
    if declared != found or (kind.itemsize == 0 and count > 1):
        raise _odd(
            name, f"says that it is {clipped(str(kind))} of the shape {clipped(str(shape))}, and has {found:,} bytes"
        )
    array = np.frombuffer(content, dtype=kind, count=count, offset=start) if declared else np.zeros(count, dtype=kind)
    return array.reshape(shape, order="F" if in_columns else "C")


def _header(name: str, file: io.BytesIO) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return the shape, whether columns come before rows, and the type of the numbers that a `.npy` file declares."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged header is read as Python text, which may warn about itself
            reader = READERS[npy.read_magic(file)]
            shape, in_columns, kind = reader(file, max_header_size=LONGEST_HEADER)
            return tuple(map(int, shape)), bool(in_columns), kind
    except Exception as error:  # NumPy, Python's parser and struct have no common one for what is damaged
        raise _odd(name, "has a damaged beginning") from error


def _odd(name: str, what: str) -> InputError:
    return InputError(f'It is not {KIND} that can be read: the array "{clipped(name)}" {what}.')
