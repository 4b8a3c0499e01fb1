"""Project files on disk. Data beside the project file are named by a relative path, so that the two can travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import InputError, named
from nnplayground.files import absolute, write_atomically
from nnplayground.project.codec import decode, encode
from nnplayground.project.json_text import BYTE_LIMIT, Structure, watched
from nnplayground.project.model import ImagesSource, Project, TableSource
from nnplayground.reading_files import is_there, read_text

SUFFIX = ".nnp.json"


def load(path: Path, progress: Progress = UNWATCHED) -> Project:
    """Return the project in a file; raises `InputError` naming the file and what is wrong in it."""
    try:
        text = read_text(path, limit=BYTE_LIMIT, at=progress.part(0.0, 0.2).at, look=Structure().feed)
        with watched(progress.part(0.2, 1.0).at):
            project = decode(text)
    except InputError as error:
        raise about_file(path, error) from error
    return _with_paths(project, partial(_from_folder, path.parent))


def save(project: Project, path: Path) -> None:
    """Write the project to a file; raises `WorkError` when that is not possible."""
    project = _with_paths(project, partial(_seen_from, absolute(path.parent)))
    write_atomically(path, encode(project).encode("utf-8"))


def _from_folder(folder: Path, stored: str) -> str:
    """Return where the data lie that a file in a folder names, or the stored name where there are none beside it."""
    return str(absolute(folder / stored)) if is_there(folder / stored) else stored


def _seen_from(folder: Path, path: str) -> str:
    """Return how a file in a folder names data: those in the folder by the way from there, so that both can travel."""
    is_inside = Path(path).is_relative_to(folder) and Path(path) != folder
    return Path(path).relative_to(folder).as_posix() if is_inside else path


def about_file(path: Path, error: InputError) -> InputError:
    """Return what is wrong in a file with the name of the file in front, unless it stands there already."""
    return error if str(error).startswith(named(path)) else InputError(f"{named(path)}: {error}")


def _with_paths(project: Project, change: Callable[[str], str]) -> Project:
    """Return the project with every path of its data changed."""
    source = project.data.source
    if isinstance(source, TableSource):
        path, test = (change(one) if one else one for one in (source.path, source.test_path))
        source = replace(source, path=path, test_path=test)
    elif isinstance(source, ImagesSource) and source.path:
        source = replace(source, path=change(source.path))
    return replace(project, data=replace(project.data, source=source))
