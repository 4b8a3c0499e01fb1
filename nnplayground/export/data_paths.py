"""How a model file names the data of its experiment, and where they are looked for when it is opened.

A path of this machine is nobody else's business, and of no use elsewhere: a file holds the way from its own folder
where that is short, and otherwise only the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from nnplayground.data.tables import shipped_tables
from nnplayground.project.model import ImagesSource, Project, TableSource


def portable(project: Project, folder: Path) -> Project:
    """Return the project with the paths of its data as a file in this folder names them."""
    source = project.data.source
    if isinstance(source, TableSource):
        if not source.path and not source.test_path:
            return project
        path, test = (_stored(path, folder) for path in (source.path, source.test_path))
        return with_source(project, replace(source, path=path, test_path=test))
    if isinstance(source, ImagesSource) and source.path is not None:
        return with_source(project, replace(source, path=_stored(source.path, folder)))
    return project


def data_path(project: Project) -> str:
    """Return the path by which the project names its data; an empty text where it needs no file."""
    source = project.data.source
    return (source.path or "") if isinstance(source, TableSource | ImagesSource) else ""


def with_data_path(project: Project, path: str, folder: Path) -> Project:
    """Return the project with the data at this path; a second table is looked for beside the first, or in `folder`."""
    source = project.data.source
    if isinstance(source, TableSource):
        test = source.test_path and _beside(source.test_path, (folder, Path(path).parent))
        return with_source(project, replace(source, path=path, test_path=test))
    if isinstance(source, ImagesSource):
        return with_source(project, replace(source, path=path))
    return project


def with_source(project: Project, source: TableSource | ImagesSource) -> Project:
    """Return the project with another source of the same kind."""
    return replace(project, data=replace(project.data, source=source))


def candidates(project: Project, folder: Path) -> Iterator[str]:
    """Yield where the data of an experiment may lie, the most likely first: places that exist, none twice.

    They are looked for on the stored way, by their name beside the model file, and among the tables that come with the
    program.
    """
    stored = data_path(project)
    seen = set()
    for place in (folder / stored, folder / PurePosixPath(stored).name):
        if _exists(place) and place.resolve() not in seen:
            seen.add(place.resolve())
            yield str(place.resolve())
    if isinstance(project.data.source, TableSource) and stored in shipped_tables():
        yield stored


def _stored(path: str, folder: Path) -> str:
    """Return how a file in a folder names the data at a path."""
    if not path or (path in shipped_tables() and not _exists(Path(path))):
        return path
    place, home = Path(path).resolve(), folder.resolve()
    if place.is_relative_to(home) and place != home:
        return place.relative_to(home).as_posix()
    above = home.parent
    if place.is_relative_to(above) and place != above and not _is_shared(above):
        return f"../{place.relative_to(above).as_posix()}"
    return place.name or path


def _is_shared(folder: Path) -> bool:
    """Tell whether the folders in this one may belong to different people: the root, or one above a home."""
    try:
        homes = Path.home().resolve().parents
    except RuntimeError:  # an account without a home
        return True
    return folder == folder.parent or folder in homes


def _beside(path: str, folders: tuple[Path, ...]) -> str:
    """Return where a file of this name lies in one of the folders; as it is stored where it lies in none."""
    for folder in folders:
        for place in (folder / path, folder / PurePosixPath(path).name):
            if _exists(place):
                return str(place.resolve())
    return path


def _exists(path: Path) -> bool:
    """Tell whether there is such a file or folder; a name that is too long for the disk is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
