"""Find the files that ship with the program: icons, lessons, data sets.

They lie in `resources/` of a checkout and in `nnplayground/_resources` of an installed or zipped wheel. A
resource is named by its path in that folder, with forward slashes on every system: `datasets/iris.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from nnplayground.errors import InputError, shown


def read_bytes(name: str) -> bytes:
    """Return the content of the resource `name`; raises `InputError` when there is none of that name."""
    place = _find(name)
    if place is None or not place.is_file():
        raise InputError(f"There is no resource {shown(name)}; {_neighbours(name)}.")
    return place.read_bytes()


def path_of(name: str) -> Path | None:
    """Return where the resource `name` lies on the disk; `None` when the program runs from a zipped wheel.

    Raises `InputError` when there is none of that name.
    """
    place = _find(name)
    if place is None or not place.is_file():
        raise InputError(f"There is no resource {shown(name)}; {_neighbours(name)}.")
    return place if isinstance(place, Path) else None


def names(folder: str = "") -> tuple[str, ...]:
    """Return the sorted names, as `read_bytes` takes them, of all files below `folder` ("" is everything).

    Raises `InputError` when there is no such folder.
    """
    place = _find(folder)
    if place is None or not place.is_dir():
        raise InputError(f"There is no folder {shown(folder)} in the resources; {_neighbours(folder)}.")
    return tuple(sorted(_walk(place, folder)))


@cache
def _root() -> Traversable:
    """Return the folder of the resources: the packed one of a wheel, else the one of the checkout."""
    packed = files("nnplayground") / "_resources"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "resources"


def _find(name: str) -> Traversable | None:
    """Return the place of `name`, or None when a part of it is missing or leads out of the folder."""
    place = _root()
    for part in name.split("/") if name else ():
        if part in {"", ".", ".."} or "\\" in part or not place.is_dir():
            return None
        place = place / part
    return place


def _walk(place: Traversable, name: str) -> Iterator[str]:
    """Yield the names of the files below `place`, whose own name is `name`; hidden files do not count."""
    for entry in place.iterdir():
        inner = f"{name}/{entry.name}" if name else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, inner)
        else:
            yield inner


def _neighbours(name: str) -> str:
    """Return in words what there is in the nearest existing folder above `name`."""
    folder = name
    while folder:
        folder = folder.rpartition("/")[0]
        place = _find(folder)
        if place is not None and place.is_dir():
            break
    found = sorted(entry.name for entry in (_find(folder) or _root()).iterdir())
    return f"{folder or 'resources'} has {', '.join(found) or 'nothing'}"
