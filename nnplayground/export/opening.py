"""Any file that the program opens becomes an experiment: a project file, a trained model, or a table."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from nnplayground.data.columns import TargetGuess, guess_inputs, guess_targets
from nnplayground.data.parts import part_column
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.tables import open_table, shipped_tables, table_samples
from nnplayground.data.workbook import WORKBOOKS
from nnplayground.errors import InputError, named
from nnplayground.export.formats import FORMATS, read_model
from nnplayground.export.reopening import DataNotFoundError, Opened, reopen
from nnplayground.export.trained import project_from
from nnplayground.files import absolute
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.project.storage import SUFFIX, about_file, load
from nnplayground.reading_files import is_there
from nnplayground.training.run.prepare import load_samples
from nnplayground.training.run.streams import Streams

TABLES = (".csv", ".tsv", ".txt", *WORKBOOKS)


def is_table(path: Path) -> bool:
    """Tell whether a file is called like a table."""
    return path.name.lower().endswith(TABLES)


def open_project(
    path: Path, progress: Progress = UNWATCHED, *, data: Path | None = None, reading: Reading = AS_FOUND
) -> Opened:
    """Return the experiment in a file, trained where it is a model file that holds it, or one made of a table.

    `data` is where the data of a model file lie, if they are not to be looked for, and `reading` says how a table is to
    be read. `progress` is told how far it is, and can end the work. Raises `InputError` with one sentence that names
    the file and what is wrong with it.
    """
    name = path.name.lower()
    if name.endswith(tuple(entry.suffix for entry in FORMATS.values())):
        return _from_model(path, data, progress)
    if name.endswith(TABLES):
        return Opened(Project(data=table_data(path, progress, reading=reading)))
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


def table_data(path: Path, progress: Progress = UNWATCHED, *, reading: Reading = AS_FOUND) -> DataSpec:
    """Return a data source for a table, with targets and inputs found by themselves and inputs brought to one size.

    Where a column says the parts of the rows, the split is given by it.
    """
    place = str(path) if str(path) in shipped_tables() and not is_there(path) else str(absolute(path))
    table = open_table(place, reading=reading, progress=progress.part(0.0, 0.9))
    targets = guess_targets(table).targets
    inputs = guess_inputs(table, *targets)
    progress.at(0.95)
    table_samples(table, inputs=inputs, targets=targets)  # what is wrong with the values is told before they are used
    part = part_column(table)
    source = TableSource(path=place, inputs=inputs, targets=targets, part=part, **asdict(reading))
    return DataSpec(source=source, scaling="standardize", split="given" if part else "random")


def guess_of(source: TableSource) -> TargetGuess:
    """Return what a table is guessed to predict where nothing was chosen."""
    return guess_targets(open_table(source.path, text=source.text, reading=source.reading).choosing(source.choices))
