"""Writes GIF animations: one palette for all pictures, and of each only what differs from the one before.

The layout of the file is that of the specification GIF89a (CompuServe 1990); Pillow packs the pixels.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.GifImagePlugin import getdata

from nnplayground.data.progress import Progress
from nnplayground.export.moving import Picture, Timing
from nnplayground.export.palette import COLOURS, Colours, cells_of

UNCHANGED = COLOURS  # the colour that lets the picture before show through
KEEP = 1  # leave the picture standing as the ground of the next one
LARGEST_SIDE = 65_535
REPEAT_FOR_EVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


def write_gif(path: Path, pictures: Iterable[Picture], timing: Timing, progress: Progress) -> None:
    """Write pictures of one size as they come; then `progress` tells how many of them are packed.

    They are kept on the disk meanwhile, as the palette is known only when all have been seen.
    """
    colours = Colours()
    with spooled() as spool, path.open("wb") as file:
        for picture in pictures:
            colours.add(picture)
            spool.add(picture)
        palette, nearest = colours.choose()
        file.write(_head(spool.shape, palette, loops=timing.loops))
        before: NDArray[np.uint8] | None = None
        for number, picture in enumerate(spool):
            progress.at(number / spool.count)
            indices = nearest[cells_of(picture)]
            is_last = number == spool.count - 1
            for block in _frame(indices, before, _hundredths(number, timing, is_last=is_last)):
                file.write(block)
            before = indices
        file.write(b";")


def _hundredths(number: int, timing: Timing, *, is_last: bool) -> int:
    """Return how long a picture stays, rounded so that all of them together take the right time."""
    end, start = ((number + step) * 100.0 / timing.rate for step in (1, 0))
    return round(end) - round(start) + (round(100.0 * timing.hold) if is_last else 0)


def _head(shape: tuple[int, int], palette: NDArray[np.uint8], *, loops: bool) -> bytes:
    """Return the beginning of the file: size, palette of 256 colours, and whether to repeat."""
    height, width = shape
    if max(shape) > LARGEST_SIDE:
        raise ValueError(f"a GIF cannot have {width} × {height} pixels")
    has_palette_of_256 = 0b1_111_0_111
    screen = struct.pack("<HHBBB", width, height, has_palette_of_256, 0, 0)
    return b"GIF89a" + screen + palette.tobytes() + (REPEAT_FOR_EVER if loops else b"")


def _frame(indices: NDArray[np.uint8], before: NDArray[np.uint8] | None, hundredths: int) -> list[bytes]:
    """Return one picture as blocks of the file: the rectangle of it that has changed since the one before."""
    top = left = 0
    if before is not None:
        changed = indices != before
        rows, columns = _range(changed.any(axis=1)), _range(changed.any(axis=0))
        top, left = rows.start, columns.start
        indices = np.where(changed, indices, np.uint8(UNCHANGED))[rows, columns]
    image = Image.fromarray(np.ascontiguousarray(indices), "L")
    return getdata(image, (left, top), duration=10 * hundredths, transparency=UNCHANGED, disposal=KEEP)


def _range(changed: NDArray[np.bool_]) -> slice:
    """Return from the first to the last that has changed; one where nothing has, as a picture has a pixel at least."""
    places = np.flatnonzero(changed)
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) else slice(0, 1)


class Spool:
    """Pictures of one size, packed in a file, to be gone through a second time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sizes: list[int] = []
        self.shape = (0, 0)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._sizes)

    def add(self, picture: Picture) -> None:
        """Put one more picture at the end."""
        height, width, _ = picture.shape
        if self._sizes and (height, width) != self.shape:
            raise ValueError(f"a picture of {(height, width)} pixels after others of {self.shape}")
        self.shape = height, width
        packed = zlib.compress(picture.tobytes(), level=1)
        self._file.write(packed)
        self._sizes.append(len(packed))

    def __iter__(self) -> Iterator[Picture]:
        self._file.seek(0)
        for size in self._sizes:
            pixels = zlib.decompress(self._file.read(size))
            yield np.frombuffer(pixels, dtype=np.uint8).reshape(*self.shape, 3)


@contextmanager
def spooled() -> Iterator[Spool]:
    """Give a spool that is gone afterwards."""
    with tempfile.TemporaryFile() as file:
        yield Spool(file)
