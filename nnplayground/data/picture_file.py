"""One picture file as numbers: decoded, turned upright, laid on white, cut square and scaled.

The only module that loads Pillow, so it is imported when the first picture is to be read and not before.
"""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from nnplayground.data.progress import UNWATCHED, CancelledError, Progress
from nnplayground.errors import InputError, named
from nnplayground.reading_files import open_regular

FORMATS = ("PNG", "JPEG")

PIXEL_LIMIT = 50_000_000
"""The largest picture that is decoded: a small file can unfold to more than the memory holds."""

BYTE_LIMIT = 400_000_000
"""The largest file: 50 million pixels of eight bytes each, as they are."""

SIDE_LIMIT = 8_000_000
"""So many bytes a file may hold besides its pixels, such as texts, profiles and a small picture."""

CHUNK_LIMIT = 200_000
"""So many pieces a PNG file may be cut into; programs make them of eight thousand bytes or more."""

BAND = 256  # rows that are laid on white at once

PNG = b"\x89PNG\r\n\x1a\n"
PIXELS = (b"IDAT", b"fdAT")

Bytes: TypeAlias = NDArray[np.uint8]


def read_picture(path: Path, *, side: int, colour: bool, progress: Progress = UNWATCHED) -> tuple[Bytes, bool]:
    """Return a PNG or JPEG picture as `[channels * side * side]`, 0 to 255, and whether it was square.

    The order is channel, row, column. Of a picture that is not square the middle is taken. Raises `InputError` that
    names the file when it cannot be read, is damaged, is no such picture, or is too large. `progress` can end the work
    in the middle of a large one.
    """
    name = named(path)
    with open_regular(path) as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")  # of EXIF that is cut off, or of sizes that are checked here
        try:
            _check_bytes(file, name)
            with Image.open(_Watched(file, progress), formats=FORMATS) as image:
                return _decoded(image, side, colour=colour)
        except (InputError, CancelledError, MemoryError):
            raise
        except Image.DecompressionBombError as error:
            remedy = "make it smaller or take it out of the folder"
            raise InputError(f"{name} has more than {PIXEL_LIMIT:,} pixels; {remedy}.") from error
        except Exception as error:  # a damaged file makes Pillow raise nearly anything, also AttributeError
            remedy = "replace it or take it out of the folder"
            raise InputError(f"{name} is damaged or no PNG or JPEG picture; {remedy}.") from error


class _Watched(io.BufferedReader):
    """An open file that looks, at each piece that is read of it, whether anybody still wants it."""

    def __init__(self, file: io.BufferedReader, progress: Progress) -> None:
        super().__init__(cast(io.RawIOBase, file.raw))
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes."""
        self._progress.at(self._progress.share)
        return super().read(size)


def _check_bytes(file: BinaryIO, name: str) -> None:
    """Refuse a file that is too large, or holds so much besides its pixels that it would fill the memory."""
    size = file.seek(0, io.SEEK_END)
    if size > BYTE_LIMIT:
        raise InputError(f"{name} has {size:,} bytes; pictures of up to {BYTE_LIMIT:,} bytes can be read.")
    file.seek(0)
    chunks, beside = _chunks(file, size) if file.read(len(PNG)) == PNG else (0, 0)
    file.seek(0)
    if beside > SIDE_LIMIT:
        problem = f"{name} holds {beside:,} bytes besides its pixels, such as texts; up to {SIDE_LIMIT:,} are possible"
        raise InputError(f"{problem}, so save it anew without them.")
    if chunks > CHUNK_LIMIT:
        raise InputError(f"{name} is cut into more than {CHUNK_LIMIT:,} pieces; save it anew.")


def _chunks(file: BinaryIO, size: int) -> tuple[int, int]:
    """Return how many chunks a PNG file has, up to too many, and how many bytes of it are no pixels.

    They are counted by their lengths, without reading them.
    """
    place, chunks, beside = len(PNG), 0, 0
    while place + 8 <= size and beside <= SIDE_LIMIT and chunks <= CHUNK_LIMIT:
        file.seek(place)
        length, name = struct.unpack(">I4s", file.read(8))
        place += 12 + length
        chunks += 1
        beside += 0 if name in PIXELS else 12 + length
    return chunks, min(beside, size)


def _decoded(image: Image.Image, side: int, *, colour: bool) -> tuple[Bytes, bool]:
    """Return the pixels of an opened picture and whether it is square."""
    if image.width * image.height > PIXEL_LIMIT:
        raise Image.DecompressionBombError
    square = image.width == image.height
    # A photo is decoded at an eighth, a quarter or a half when that still leaves three pixels for each one wanted.
    image.draft(None, (3 * side, 3 * side))
    ImageOps.exif_transpose(image, in_place=True)  # a copy of 50 million pixels would take 200 MB more
    upright = _opaque(image, colour=colour)
    # Hamming smooths as it scales down, and other than Lanczos does not draw rims beside sharp edges.
    small = ImageOps.fit(upright, (side, side), method=Image.Resampling.HAMMING)
    pixels = np.asarray(small).reshape(side, side, -1)
    return np.moveaxis(pixels, 2, 0).reshape(-1), square


def _opaque(image: Image.Image, *, colour: bool) -> Image.Image:
    """Return a picture of any kind in colours or greys of eight bits; what is transparent shows white paper."""
    if image.mode.startswith("I"):
        return _eight_bits(image).convert("RGB" if colour else "L")
    wanted = "RGB" if colour else "L"
    if image.has_transparency_data:
        return _on_white(image, wanted)
    return image if image.mode == wanted else image.convert(wanted)


def _on_white(image: Image.Image, wanted: str) -> Image.Image:
    """Return a picture laid on white paper, band by band: all of it at once would take its memory four times."""
    result = Image.new(wanted, image.size)
    for top in range(0, image.height, BAND):
        band = image.crop((0, top, image.width, min(top + BAND, image.height))).convert("RGBA")
        paper = Image.new("RGBA", band.size, "white")
        paper.alpha_composite(band)
        result.paste(paper.convert(wanted), (0, top))
    return result


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return greys of 16 bits as greys of 8, which Pillow would cut off at 255 instead."""
    return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
