"""Moving pictures as files: which kinds there are, and the one way in which one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import InputError, clipped
from nnplayground.export.gif import write_gif
from nnplayground.export.moving import Picture, Timing
from nnplayground.export.mp4 import needed_program, write_mp4
from nnplayground.files import written_beside

Writer: TypeAlias = Callable[[Path, Iterable[Picture], Timing, Progress], None]
"""Writes pictures, as they come, to a file that exists already and is empty."""


@dataclass(frozen=True)
class AnimationFormat:
    """One kind of file: what the user reads, the end of the file's name, and whether it can ask to be repeated.

    `check` raises `WorkError` where this machine cannot write any.
    """

    title: str
    suffix: str
    loops: bool
    write: Writer
    check: Callable[[], object] | None = None


ANIMATION_FORMATS: dict[str, AnimationFormat] = {
    "gif": AnimationFormat("GIF animation", ".gif", True, write_gif),
    "mp4": AnimationFormat("MP4 video", ".mp4", False, write_mp4, needed_program),
}


def animation_format(path: Path) -> AnimationFormat:
    """Return the kind that the name of the file asks for; raises `InputError` for any other name."""
    for entry in ANIMATION_FORMATS.values():
        if path.name.lower().endswith(entry.suffix):
            return entry
    endings = " or ".join(entry.suffix for entry in ANIMATION_FORMATS.values())
    raise InputError(f'The file name "{clipped(path.name)}" tells no kind of animation; it must end in {endings}.')


def check_animation(path: Path) -> None:
    """Find out before long work what is wrong with the kind that a file name asks for.

    Raises `InputError` for a name that says none, and `WorkError` for one that this machine cannot write.
    """
    entry = animation_format(path)
    if entry.check is not None:
        entry.check()


def write_animation(
    path: Path, pictures: Iterable[Picture], timing: Timing, *, count: int, progress: Progress = UNWATCHED
) -> None:
    """Write `count` pictures of one size as the kind of file that the name of `path` asks for.

    They are taken one after the other, as they come. What ends them, an error or the wish to cancel, leaves no file.
    Raises `InputError` for a name that says no kind, and `WorkError` when the file cannot be written.
    """
    entry = animation_format(path)
    with written_beside(path) as temporary:
        entry.write(temporary, _counted(pictures, count, progress.part(0.0, 0.75)), timing, progress.part(0.75, 1.0))


def _counted(pictures: Iterable[Picture], count: int, progress: Progress) -> Iterable[Picture]:
    """Hand the pictures on and tell how many are done."""
    for number, picture in enumerate(pictures):
        progress.at(min(1.0, number / count))
        yield picture
    progress.at(1.0)
