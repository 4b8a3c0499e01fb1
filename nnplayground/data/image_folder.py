"""A folder of pictures as data: each folder in it is a class and holds PNG and JPEG files.

Other entries are left out and counted in a note; hidden ones (with a dot in front) do not count at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.images import ImageShape, picture_samples
from nnplayground.data.labels import CLASS_LIMIT
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError, printable
from nnplayground.files import reason

SUFFIXES = (".png", ".jpg", ".jpeg")

SIDES = (4, 128)
"""The smallest and the largest side of the square that every picture is scaled to, in pixels."""

PICTURE_LIMIT = 20_000

NUMBER_LIMIT = 30_000_000
"""The most pixel values of all pictures: as float64, four times on the way to the network, they fill about 1 GB."""


def load_image_folder(path: Path, *, side: int, colour: bool) -> Samples:
    """Return the pictures in the class folders of `path` as squares of `side` pixels, in colour or in grey.

    Values run from 0 (black) to 1 (white), in the order channel, row, column. A picture is turned as its EXIF data
    say and laid on white where it is transparent; the middle square of it is scaled, each new pixel being a weighted
    mean of those it covers. Raises `InputError` for a folder that is not of this form, too much, or a bad picture.
    """
    if not SIDES[0] <= side <= SIDES[1]:
        raise InputError(f"The side of the pictures is {side} pixels; it must be {SIDES[0]} to {SIDES[1]}.")
    folders, left_out = _class_folders(path)
    found = [_pictures(folder) for folder in folders]
    files = [file for pictures, _ in found for file in pictures]
    counts = [len(pictures) for pictures, _ in found]
    left_out += sum(others for _, others in found)
    shape = (3 if colour else 1, side, side)
    _check_amount(path, len(files), shape)
    pixels, oblong = _read_all(files, shape)
    return picture_samples(
        pixels / 255.0,
        np.repeat(np.arange(len(folders)), counts).astype(np.float64),
        shape=shape,
        target_name="class",
        classes=tuple(printable(folder.name) for folder in folders),
        notes=_notes(len(files), shape, oblong=oblong, left_out=left_out),
    )


def _class_folders(path: Path) -> tuple[list[Path], int]:
    """Return the class folders, sorted by name, and the number of other entries; raises `InputError`."""
    name = printable(str(path))
    with _readable(path):
        if not path.is_dir():
            problem = f"{name} is a file" if path.exists() else f"There is no folder {name}"
            raise InputError(f"{problem}; choose a folder that holds one folder of pictures for each class.")
        entries = _entries(path)
        folders = [entry for entry in entries if entry.is_dir()]
    if not folders and any(entry.suffix.lower() in SUFFIXES for entry in entries):
        remedy = "put the pictures of each class in a folder of its own, and choose the folder above"
        raise InputError(f"{name} holds pictures but no folders; {remedy}.")
    if not 2 <= len(folders) <= CLASS_LIMIT:
        legal = f"there must be 2 to {CLASS_LIMIT}, one for each class"
        raise InputError(f"The number of folders in {name} is {len(folders):,}; {legal}.")
    return folders, len(entries) - len(folders)


def _pictures(folder: Path) -> tuple[list[Path], int]:
    """Return the picture files of a class, sorted by name, and the number of other entries; raises `InputError`."""
    with _readable(folder):
        entries = _entries(folder)
        files = [entry for entry in entries if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    if not files:
        remedy = f"put {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} files into it, or remove it"
        raise InputError(f"The class folder {printable(str(folder))} has no pictures; {remedy}.")
    return files, len(entries) - len(files)


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder and is not hidden, sorted by name."""
    visible = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    return sorted(visible, key=lambda entry: entry.name)


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to let us read a folder into an `InputError` that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{printable(str(folder))} could not be read: {reason(error)}.") from error


def _check_amount(path: Path, pictures: int, shape: ImageShape) -> None:
    """Raise `InputError` when there are too many pictures, or their pixels would fill the memory."""
    name = printable(str(path))
    if pictures > PICTURE_LIMIT:
        raise InputError(f"{name} has {pictures:,} pictures; at most {PICTURE_LIMIT:,} can be used.")
    numbers = pictures * math.prod(shape)
    if numbers > NUMBER_LIMIT:
        fitting = math.isqrt(NUMBER_LIMIT // (pictures * shape[0]))
        raise InputError(
            f"The {pictures:,} pictures in {name} make {numbers:,} numbers with a side of {shape[1]} pixels; at most "
            f"{NUMBER_LIMIT:,} can be used, so choose a side of {fitting} or less."
        )


def _read_all(pictures: list[Path], shape: ImageShape) -> tuple[NDArray[np.uint8], int]:
    """Return all pixels, `[pictures, channels * side * side]` from 0 to 255, and how many were not square."""
    from nnplayground.data.picture_file import read_picture  # noqa: PLC0415  # loads Pillow, which few sessions need

    pixels = np.empty((len(pictures), math.prod(shape)), dtype=np.uint8)
    oblong = 0
    for row, picture in enumerate(pictures):
        pixels[row], square = read_picture(picture, side=shape[1], colour=shape[0] == 3)
        oblong += not square
    return pixels, oblong


def _notes(pictures: int, shape: ImageShape, *, oblong: int, left_out: int) -> tuple[str, ...]:
    """Say what was done to the pictures and how much was left out."""
    kind = "in grey" if shape[0] == 1 else "in colour"
    notes = [f"{pictures:,} pictures were scaled to {shape[1]} by {shape[2]} pixels {kind}; 0 is black and 1 is white."]
    if oblong:
        was = "was" if oblong == 1 else "were"
        notes.append(f"{oblong:,} of them {was} not square, and only the middle square was taken.")
    if left_out:
        was = "entry was" if left_out == 1 else "entries were"
        notes.append(f"{left_out:,} other {was} left out; only {', '.join(SUFFIXES)} files in class folders count.")
    return tuple(notes)
