"""Project files on disk. Data beside the project file are named by a relative path, so that the two can travel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnplayground.errors import InputError
from nnplayground.files import read_text, write_atomically
from nnplayground.project.codec import decode, encode
from nnplayground.project.model import ImagesSource, Project, Source, TableSource

SUFFIX = ".nnp.json"


def load(path: Path) -> Project:
    """Return the project in a file; raises `InputError` naming the file and what is wrong in it."""
    text = read_text(path)
    try:
        project = decode(text)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    own = _path(project.data.source)
    beside = None if own is None else path.parent / own
    if beside is not None and _exists(beside):
        return _with_path(project, str(beside.resolve()))
    return project


def save(project: Project, path: Path) -> None:
    """Write the project to a file; raises `WorkError` when that is not possible."""
    own, folder = _path(project.data.source), path.parent.resolve()
    if own is not None and Path(own).is_relative_to(folder) and Path(own) != folder:
        project = _with_path(project, Path(own).relative_to(folder).as_posix())
    write_atomically(path, encode(project).encode("utf-8"))


def _path(source: Source) -> str | None:
    """Return the path of the file or folder that the data are read from, where there is one."""
    return (source.path or None) if isinstance(source, TableSource | ImagesSource) else None


def _exists(path: Path) -> bool:
    """Tell whether there is such a file or folder; a name that is too long for the disk is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _with_path(project: Project, path: str) -> Project:
    source = project.data.source
    if isinstance(source, TableSource | ImagesSource):
        source = replace(source, path=path)
    return replace(project, data=replace(project.data, source=source))
