"""Project files on disk. Data beside the project file are named by a relative path, so that the two can travel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.errors import InputError, named
from nnplayground.files import absolute, write_atomically
from nnplayground.project.codec import decode, encode
from nnplayground.project.json_text import BYTE_LIMIT, Structure, watched
from nnplayground.project.model import ImagesSource, Project, Source, TableSource
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
    own = _path(project.data.source)
    beside = None if own is None else path.parent / own
    if beside is not None and is_there(beside):
        return _with_path(project, str(absolute(beside)))
    return project


def save(project: Project, path: Path) -> None:
    """Write the project to a file; raises `WorkError` when that is not possible."""
    own, folder = _path(project.data.source), absolute(path.parent)
    if own is not None and Path(own).is_relative_to(folder) and Path(own) != folder:
        project = _with_path(project, Path(own).relative_to(folder).as_posix())
    write_atomically(path, encode(project).encode("utf-8"))


def _path(source: Source) -> str | None:
    """Return the path of the file or folder that the data are read from, where there is one."""
    return (source.path or None) if isinstance(source, TableSource | ImagesSource) else None


def about_file(path: Path, error: InputError) -> InputError:
    """Return what is wrong in a file with the name of the file in front, unless it stands there already."""
    return error if str(error).startswith(named(path)) else InputError(f"{named(path)}: {error}")


def _with_path(project: Project, path: str) -> Project:
    source = project.data.source
    if isinstance(source, TableSource | ImagesSource):
        source = replace(source, path=path)
    return replace(project, data=replace(project.data, source=source))
