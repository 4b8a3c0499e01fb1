"""Any file that the program opens becomes an experiment: a project file, a trained model, or a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnplayground.data.class_order import own_order, saved_task
from nnplayground.data.columns import guess_columns, part_column
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.tables import open_table, table_samples
from nnplayground.errors import InputError, named
from nnplayground.export.formats import FORMATS, read_model
from nnplayground.export.reopening import DataNotFoundError, Opened, reopen
from nnplayground.export.trained import project_from
from nnplayground.files import absolute
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.project.storage import SUFFIX, about_file, load
from nnplayground.training.prepare import load_samples
from nnplayground.training.streams import Streams

TABLES = (".csv", ".tsv", ".txt")


def open_project(path: Path, progress: Progress = UNWATCHED, *, data: Path | None = None) -> Opened:
    """Return the experiment in a file, trained where it is a model file that holds it, or one made of a table.

    `data` is where the data of a model file lie, if they are not to be looked for. `progress` is told how far it is,
    and can end the work. Raises `InputError` with one sentence that names the file and what is wrong with it.
    """
    name = path.name.lower()
    if name.endswith(tuple(entry.suffix for entry in FORMATS.values())):
        return _from_model(path, data, progress)
    if name.endswith(TABLES):
        return Opened(Project(data=table_data(path, progress)))
    if name.endswith(".json"):
        return Opened(load(path, progress))
    endings = ", ".join([SUFFIX, *(entry.suffix for entry in FORMATS.values()), *TABLES[:-1]])
    raise InputError(f"{named(path)} is of no kind that can be opened; the name must end in {endings} or {TABLES[-1]}.")


def _from_model(path: Path, data: Path | None, progress: Progress) -> Opened:
    model = read_model(path, progress.part(0.0, 0.8))
    try:
        if model.experiment is None:
            return Opened(project_from(model))
        return reopen(model, model.experiment, path, data=data, progress=progress.part(0.8, 1.0))
    except DataNotFoundError as error:
        raise DataNotFoundError(str(about_file(path, error)), path, is_folder=error.is_folder) from error
    except InputError as error:
        raise about_file(path, error) from error


def data_tested_by(data: DataSpec, path: Path) -> DataSpec:
    """Return the data of a table, all of whose rows now train, with a second file, all of whose rows test.

    Raises `InputError` with one sentence where the file cannot be read or has other columns.
    """
    if not isinstance(data.source, TableSource):
        raise InputError("These data are no table, so no second file can test them.")
    changed = replace(data, source=replace(data.source, test_path=str(absolute(path))), split="given")
    load_samples(changed, Streams(Project(data=changed)))  # tells now what is wrong with the file
    return changed


def table_data(path: Path, progress: Progress = UNWATCHED) -> DataSpec:
    """Return a data source for a table, with target and inputs found by themselves and inputs brought to one size."""
    place = str(absolute(path))
    table = open_table(place, progress=progress.part(0.0, 0.9))
    inputs, target = guess_columns(table)
    progress.at(0.95)
    part = part_column(table)
    task = saved_task(table, target, "auto") if part else "auto"
    samples = table_samples(table, inputs=inputs, targets=(target,), task=task, part=part)  # tells now what is wrong
    source = TableSource(path=place, inputs=inputs, targets=(target,), task=task, part=part)
    if part:
        source = replace(source, classes=own_order(samples.classes))
    return DataSpec(source=source, scaling="standardize", split="given" if part else "random")
