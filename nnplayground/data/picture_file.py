"""One picture file as numbers: decoded, turned upright, laid on white, cut square and scaled.

The only module that loads Pillow, so it is imported when the first picture is to be read and not before.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from nnplayground.errors import InputError, printable
from nnplayground.files import reason

FORMATS = ("PNG", "JPEG")

PIXEL_LIMIT = 50_000_000
"""The largest picture that is decoded: a small file can unfold to more than the memory holds."""

Bytes: TypeAlias = NDArray[np.uint8]


def read_picture(path: Path, *, side: int, colour: bool) -> tuple[Bytes, bool]:
    """Return a PNG or JPEG picture as `[channels * side * side]`, 0 to 255, and whether it was square.

    The order is channel, row, column. Of a picture that is not square the middle is taken. Raises `InputError` that
    names the file when it cannot be read, is damaged, is no such picture, or is too large.
    """
    name = printable(str(path))
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"{name} could not be read: {reason(error)}.") from error
    with file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")  # of EXIF that is cut off, or of sizes that are checked here
        try:
            with Image.open(file, formats=FORMATS) as image:
                return _decoded(image, side, colour=colour)
        except Image.DecompressionBombError as error:
            remedy = "make it smaller or take it out of the folder"
            raise InputError(f"{name} has more than {PIXEL_LIMIT:,} pixels; {remedy}.") from error
        except Exception as error:  # a damaged file makes Pillow raise nearly anything, also AttributeError
            remedy = "replace it or take it out of the folder"
            raise InputError(f"{name} is damaged or no PNG or JPEG picture; {remedy}.") from error


def _decoded(image: Image.Image, side: int, *, colour: bool) -> tuple[Bytes, bool]:
    """Return the pixels of an opened picture and whether it is square."""
    if image.width * image.height > PIXEL_LIMIT:
        raise Image.DecompressionBombError
    square = image.width == image.height
    # A photo is decoded at an eighth, a quarter or a half when that still leaves three pixels for each one wanted.
    image.draft(None, (3 * side, 3 * side))
    upright = _opaque(ImageOps.exif_transpose(image), colour=colour)
    # Hamming smooths as it scales down, and other than Lanczos does not draw rims beside sharp edges.
    small = ImageOps.fit(upright, (side, side), method=Image.Resampling.HAMMING)
    pixels = np.asarray(small).reshape(side, side, -1)
    return np.moveaxis(pixels, 2, 0).reshape(-1), square


def _opaque(image: Image.Image, *, colour: bool) -> Image.Image:
    """Return a picture of any kind in colours or greys of eight bits; what is transparent shows white paper."""
    if image.mode.startswith("I"):
        return _eight_bits(image).convert("RGB" if colour else "L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGBA", layer.size, "white")
        image.alpha_composite(layer)
    return image.convert("RGB" if colour else "L")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return greys of 16 bits as greys of 8, which Pillow would cut off at 255 instead."""
    return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
