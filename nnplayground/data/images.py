"""Pictures as data: the sets that ship with the program, and how pictures become inputs.

A picture is one sample: its pixels in the order channel, row, column, each from 0 to 1.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from nnplayground import resources
from nnplayground.arrays import Floats, Integers
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError, shown
from nnplayground.message import Message

ImageShape: TypeAlias = tuple[int, int, int]
"""Channels, height and width of every picture."""

INK = 16
"""The value of a pixel of the digits file that is all ink; 0 is all paper."""

CHANNELS = {1: ("",), 3: ("red ", "green ", "blue ")}
"""What the name of a pixel begins with, for grey pictures and for coloured ones."""


def load_digits(most: int | None = None) -> Samples:
    """Return 1,797 handwritten digits of 8 by 8 grey pixels, 0 for paper and 1 for ink, or the first of them.

    Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, the test part, doi 10.24432/C50P49.
    """
    text = gzip.decompress(resources.read_bytes("datasets/digits.csv.gz")).decode("ascii")
    table = np.loadtxt(io.StringIO(text), delimiter=",", max_rows=most)
    pixels, digits = table[:, :-1] / INK, table[:, -1]
    note = Message("data.digits", {"pictures": len(pixels)})
    classes = tuple(map(str, range(10)))
    return picture_samples(pixels, digits, shape=(1, 8, 8), target_name="digit", classes=classes, notes=(note,))


IMAGE_SETS: dict[str, Callable[[int | None], Samples]] = {"digits": load_digits}
"""How each shipped set is loaded, all of it or so many pictures, by the name that a project file gives it."""


def load_image_set(name: str, *, most: int | None = None) -> Samples:
    """Return the pictures of a shipped set, or the first of them; raises `InputError` where no set has that name."""
    if name not in IMAGE_SETS:
        raise InputError(f"There is no shipped image set {shown(name)}; choose one of {', '.join(IMAGE_SETS)}.")
    return IMAGE_SETS[name](most)


def picture_samples(
    pixels: Floats,
    targets: Floats,
    *,
    shape: ImageShape,
    target_name: str,
    classes: tuple[str, ...],
    notes: tuple[Message, ...],
    parts: Integers | None = None,
) -> Samples:
    """Return pixels from 0 to 1, `[samples, channels * height * width]`, and class indices as samples."""
    bounds = np.tile((0.0, 1.0), (pixels.shape[1], 1))
    names = pixel_names(shape)
    return Samples(pixels, targets, names, target_name, classes, bounds, notes, image_shape=shape, parts=parts)


def pixel_names(shape: ImageShape) -> tuple[str, ...]:
    """Return what the pixels are called, in order: "row 1 column 1", in colour "red row 1 column 1"."""
    channels, height, width = shape
    places = [f"row {row} column {column}" for row in range(1, height + 1) for column in range(1, width + 1)]
    return tuple(channel + place for channel in CHANNELS[channels] for place in places)
