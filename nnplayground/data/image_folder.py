"""A folder of pictures as data: each folder in it is a class and holds PNG and JPEG files.

A folder that holds `train` and `test` (and perhaps `validation`) has such class folders in each of these.

Other entries are left out and counted in a note; hidden ones (with a dot in front) do not count at all.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.cells import listed
from nnplayground.data.images import ImageShape, picture_samples
from nnplayground.data.labels import CLASS_LIMIT
from nnplayground.data.part_names import TRAIN, part_named
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError, clipped, named, printable, shown
from nnplayground.files import reason
from nnplayground.message import Message
from nnplayground.reading_files import is_folder, unreadable

SUFFIXES = (".png", ".jpg", ".jpeg")

SIDES = (4, 128)
"""The smallest and the largest side of the square that every picture is scaled to, in pixels."""

PICTURE_LIMIT = 20_000

ENTRY_LIMIT = 200_000
"""So many entries of one folder are looked at."""

NUMBER_LIMIT = 30_000_000
"""The most pixel values of all pictures: as float64, four times on the way to the network, they fill about 1 GB."""


def load_image_folder(path: Path, *, side: int, colour: bool, progress: Progress = UNWATCHED) -> Samples:
    """Return the pictures in the class folders of `path` as squares of `side` pixels, in colour or in grey.

    Values run from 0 (black) to 1 (white), in the order channel, row, column. A picture is turned as its EXIF data
    say and laid on white where it is transparent; the middle square of it is scaled, each new pixel being a weighted
    mean of those it covers. `progress` is told how many pictures are done, and can end the work. Raises `InputError`
    for a folder that is not of this form, too much, or a bad picture.
    """
    if not SIDES[0] <= side <= SIDES[1]:
        raise InputError(f"The side of the pictures is {side} pixels; it must be {SIDES[0]} to {SIDES[1]}.")
    tree = class_tree(path)
    found = [_pictures(folder, progress) for folder in tree.folders]
    files = [file for pictures, _ in found for file in pictures]
    counts = [len(pictures) for pictures, _ in found]
    left_out = tree.left_out + sum(others for _, others in found)
    shape = (3 if colour else 1, side, side)
    _check_amount(path, len(files), shape)
    pixels, oblong = _read_all(files, shape, progress)
    return picture_samples(
        pixels / 255.0,
        np.repeat(tree.targets, counts).astype(np.float64),
        shape=shape,
        target_name="class",
        classes=tuple(map(printable, tree.classes)),
        notes=_notes(len(files), shape, oblong=oblong, left_out=left_out),
        parts=None if tree.parts is None else np.repeat(tree.parts, counts),
    )


@dataclass(frozen=True)
class ClassTree:
    """The folders of pictures: `targets` and `parts` hold the class and the part of each, both as indices.

    `parts` is `None` where the folder holds the class folders themselves. `left_out` counts what is neither.
    """

    folders: tuple[Path, ...]
    classes: tuple[str, ...]
    targets: tuple[int, ...]
    parts: tuple[int, ...] | None
    left_out: int


def class_tree(path: Path) -> ClassTree:
    """Return the class folders in a folder, or in those for training, validation and test that it holds.

    Raises `InputError` where there are none, or another part has a class that the training part has not.
    """
    of_parts = _part_folders(path)
    if not of_parts:
        folders, left_out = _class_folders(path)
        names = tuple(folder.name for folder in folders)
        return ClassTree(tuple(folders), names, tuple(range(len(names))), None, left_out)
    entries, _ = inside(path)
    left_out = len(entries) - len(of_parts)
    classes: tuple[str, ...] = ()
    found: list[tuple[Path, int]] = []
    for part, folder in sorted(of_parts.items()):
        folders, others = _class_folders(folder) if part == TRAIN else _some_class_folders(folder)
        names = tuple(one.name for one in folders)
        classes = names if part == TRAIN else classes
        _check_known(folder, names, of_parts[TRAIN], classes)
        found += [(one, part) for one in folders]
        left_out += others
    targets = tuple(classes.index(folder.name) for folder, _ in found)
    return ClassTree(tuple(folder for folder, _ in found), classes, targets, tuple(part for _, part in found), left_out)


def _part_folders(path: Path) -> dict[int, Path]:
    """Return the folder of each part; none where the folders in `path` are those of classes.

    They are parts where one is for training, another one for another part, and there are class folders in them or no
    other folders beside them. Raises `InputError` for two folders of one part and for a single one.
    """
    _, folders = inside(path)
    known = [(part, folder) for folder in folders if (part := part_named(folder.name)) is not None]
    holds_folders = any(inside(folder)[1] for _, folder in known)
    if not known or not (holds_folders or len(known) == len(folders) > 1):
        return {}
    name = named(path)
    of_parts = dict(known)
    if len(of_parts) < len(known):
        raise InputError(
            f"{name} holds {listed([folder.name for _, folder in known])}, of which two are for the same part; "
            "keep one folder for each of train, validation and test."
        )
    if TRAIN not in of_parts or len(of_parts) < 2:
        if len(folders) > 1:
            return {}
        only = clipped(printable(folders[0].name))
        raise InputError(
            f"{name} holds a single folder, {only}; choose that folder itself, or put both train and test into {name}."
        )
    return of_parts


def _check_known(folder: Path, names: tuple[str, ...], train: Path, classes: tuple[str, ...]) -> None:
    """Raise `InputError` for a class in a part that the training part has not."""
    unknown = [name for name in names if name not in classes]
    if unknown:
        raise InputError(
            f"{named(folder)} has a folder for the class {shown(printable(unknown[0]))}, but {train.name} has "
            f"not; both must hold the same classes, so add it to {train.name} or take it away."
        )


def _some_class_folders(path: Path) -> tuple[list[Path], int]:
    """Return the class folders of a part that need not have all classes, and the number of other entries."""
    entries, folders = inside(path)
    if not folders:
        name = named(path)
        raise InputError(f"{name} holds no folders; it must hold one folder of pictures for each class.")
    return folders, len(entries) - len(folders)


def _class_folders(path: Path) -> tuple[list[Path], int]:
    """Return the class folders, sorted by name, and the number of other entries; raises `InputError`."""
    name = named(path)
    entries, folders = inside(path)
    if not folders and any(entry.suffix.lower() in SUFFIXES for entry in entries):
        remedy = "put the pictures of each class in a folder of its own, and choose the folder above"
        raise InputError(f"{name} holds pictures but no folders; {remedy}.")
    if not 2 <= len(folders) <= CLASS_LIMIT:
        legal = f"there must be 2 to {CLASS_LIMIT}, one for each class"
        raise InputError(f"The number of folders in {name} is {len(folders):,}; {legal}.")
    return folders, len(entries) - len(folders)


def _no_folder(path: Path) -> str:
    """Return what is wrong with a path that leads to no folder."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return f"There is no folder {named(path)}"
    except OSError as error:
        return str(unreadable(path, error)).removesuffix(".")
    return f"{named(path)} is a file"


def _pictures(folder: Path, progress: Progress) -> tuple[list[Path], int]:
    """Return the picture files of a class, sorted by name, and the number of other entries; raises `InputError`."""
    progress.at(0.0)
    entries = _entries(folder)
    with _readable(folder):
        files = [entry for entry, _ in entries if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    if not files:
        remedy = f"put {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} files into it, or remove it"
        raise InputError(f"The class folder {named(folder)} has no pictures; {remedy}.")
    return files, len(entries) - len(files)


def inside(path: Path) -> tuple[list[Path], list[Path]]:
    """Return what lies in a folder, and the folders among it, both sorted by name; raises `InputError`."""
    if not is_folder(path):
        raise InputError(f"{_no_folder(path)}; choose a folder that holds one folder of pictures for each class.")
    entries = _entries(path)
    return [entry for entry, _ in entries], [entry for entry, is_dir in entries if is_dir]


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """Return what lies in a folder and is not hidden, sorted by name, and of each whether it is a folder."""
    found = []
    with _readable(folder), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                found.append((Path(entry.path), _is_dir(entry)))
            if len(found) > ENTRY_LIMIT:
                raise InputError(f"{named(folder)} has more than {ENTRY_LIMIT:,} entries; choose a folder of pictures.")
    return sorted(found, key=lambda entry: entry[0].name)


def _is_dir(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder; a link that leads to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to let us read a folder into an `InputError` that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{named(folder)} could not be read: {reason(error)}.") from error


def _check_amount(path: Path, pictures: int, shape: ImageShape) -> None:
    """Raise `InputError` when there are too many pictures, or their pixels would fill the memory."""
    name = named(path)
    if pictures > PICTURE_LIMIT:
        raise InputError(f"{name} has {pictures:,} pictures; at most {PICTURE_LIMIT:,} can be used.")
    numbers = pictures * math.prod(shape)
    if numbers > NUMBER_LIMIT:
        fitting = math.isqrt(NUMBER_LIMIT // (pictures * shape[0]))
        raise InputError(
            f"The {pictures:,} pictures in {name} make {numbers:,} numbers with a side of {shape[1]} pixels; at most "
            f"{NUMBER_LIMIT:,} can be used, so choose a side of {fitting} or less."
        )


def _read_all(pictures: list[Path], shape: ImageShape, progress: Progress) -> tuple[NDArray[np.uint8], int]:
    """Return all pixels, `[pictures, channels * side * side]` from 0 to 255, and how many were not square."""
    from nnplayground.data.picture_file import read_picture  # noqa: PLC0415  # loads Pillow, which few sessions need

    pixels = np.empty((len(pictures), math.prod(shape)), dtype=np.uint8)
    oblong = 0
    for row, picture in enumerate(pictures):
        progress.at(row / len(pictures))
        pixels[row], square = read_picture(picture, side=shape[1], colour=shape[0] == 3, progress=progress)
        oblong += not square
    return pixels, oblong


def _notes(pictures: int, shape: ImageShape, *, oblong: int, left_out: int) -> tuple[Message, ...]:
    """Tell what was done to the pictures and how much was left out."""
    facts = {"pictures": pictures, "height": shape[1], "width": shape[2]}
    notes = [Message("data.pictures_in_grey" if shape[0] == 1 else "data.pictures_in_colour", facts)]
    if oblong:
        notes.append(Message("data.not_square", {"pictures": oblong}))
    if left_out:
        notes.append(Message("data.other_entries", {"entries": left_out, "kinds": tuple(SUFFIXES)}))
    return tuple(notes)
