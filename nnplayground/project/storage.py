"""Project files on disk. A table beside the project file is named by a relative path, so that the two can travel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnplayground.errors import InputError
from nnplayground.files import read_text, write_atomically
from nnplayground.project.codec import decode, encode
from nnplayground.project.model import Project, TableSource

SUFFIX = ".nnp.json"


def load(path: Path) -> Project:
    """Return the project in a file; raises `InputError` naming the file and what is wrong in it."""
    text = read_text(path)
    try:
        project = decode(text)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    source = project.data.source
    beside = path.parent / source.path if isinstance(source, TableSource) else None
    if isinstance(source, TableSource) and beside is not None and _is_file(beside):
        return _with_table(project, source, str(beside.resolve()))
    return project


def save(project: Project, path: Path) -> None:
    """Write the project to a file; raises `WorkError` when that is not possible."""
    source = project.data.source
    folder = path.parent.resolve()
    if isinstance(source, TableSource) and Path(source.path).is_relative_to(folder):
        project = _with_table(project, source, Path(source.path).relative_to(folder).as_posix())
    write_atomically(path, encode(project).encode("utf-8"))


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name that is too long for the disk is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _with_table(project: Project, source: TableSource, path: str) -> Project:
    return replace(project, data=replace(project.data, source=replace(source, path=path)))
