"""Any file that the program opens becomes a project: a project file, a trained model, or a table."""

from __future__ import annotations

from pathlib import Path

from nnplayground.data.columns import guess_columns
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.tables import open_table, table_samples
from nnplayground.errors import InputError, named
from nnplayground.export.formats import FORMATS, read_model
from nnplayground.export.trained import project_from
from nnplayground.files import absolute
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.project.storage import SUFFIX, about_file, load

TABLES = (".csv", ".tsv", ".txt")


def open_project(path: Path, progress: Progress = UNWATCHED) -> Project:
    """Return the project in a file, or one made of the model or the table in it.

    `progress` is told how far it is, and can end the work.
    Raises `InputError` with one sentence that names the file and what is wrong with it.
    """
    name = path.name.lower()
    if name.endswith(tuple(entry.suffix for entry in FORMATS.values())):
        return _from_model(path, progress)
    if name.endswith(TABLES):
        return Project(data=table_data(path, progress))
    if name.endswith(".json"):
        return load(path, progress)
    endings = ", ".join([SUFFIX, *(entry.suffix for entry in FORMATS.values()), *TABLES[:-1]])
    raise InputError(f"{named(path)} is of no kind that can be opened; the name must end in {endings} or {TABLES[-1]}.")


def _from_model(path: Path, progress: Progress) -> Project:
    model = read_model(path, progress)
    progress.at(1.0)
    try:
        return project_from(model)
    except InputError as error:
        raise about_file(path, error) from error


def table_data(path: Path, progress: Progress = UNWATCHED) -> DataSpec:
    """Return a data source for a table, with target and inputs found by themselves and inputs brought to one size."""
    place = str(absolute(path))
    table = open_table(place, progress=progress.part(0.0, 0.9))
    inputs, target = guess_columns(table)
    progress.at(0.95)
    table_samples(table, inputs=inputs, targets=(target,))  # what is wrong with the values is told before they are used
    return DataSpec(source=TableSource(path=place, inputs=inputs, targets=(target,)), scaling="standardize")
