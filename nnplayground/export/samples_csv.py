"""The samples as a CSV file: in original units, as they were split, for a spreadsheet or for coming back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nnplayground.data.cells import free_name
from nnplayground.data.columns import PART
from nnplayground.data.csv_table import COLUMN_LIMIT
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.samples import PARTS, Samples
from nnplayground.errors import WorkError
from nnplayground.export.table_csv import csv_text
from nnplayground.files import write_atomically
from nnplayground.training.prepare import Prepared

CELLS_AT_ONCE = 20_000


def save_samples(data: Prepared, path: Path, *, progress: Progress = UNWATCHED) -> None:
    """Write one row for each sample: its part (one of `PARTS`), its inputs in original units, and its targets.

    Numbers are written so that reading them back gives the same bits. Pictures are written as pixels. Raises
    `WorkError` when there are more inputs than a table can have columns, or the file cannot be written.
    """
    inputs = len(data.samples.input_names)
    if inputs + 1 + len(data.samples.target_names) > COLUMN_LIMIT:
        problem = f"The data have {inputs:,} inputs each; a table can have {COLUMN_LIMIT:,} columns"
        raise WorkError(f"{problem}, so they cannot be saved as one.")
    write_atomically(path, csv_text(column_names(data.samples), _all_rows(data, progress)).encode("utf-8"))


def column_names(samples: Samples) -> tuple[str, ...]:
    """Return the names of the columns, each once: the part, the inputs, the target or the targets."""
    names = [free_name(PART, list(samples.input_names)), *samples.input_names]
    for target in samples.target_names:
        names.append(free_name(target, names))
    return tuple(names)


def _all_rows(data: Prepared, progress: Progress) -> Iterator[list[str]]:
    """Yield the cells of all samples, and tell how far it is."""
    rows = len(data.samples.inputs)
    at_once = max(1, CELLS_AT_ONCE // len(data.samples.input_names))
    for start in range(0, rows, at_once):
        progress.at(start / rows)
        yield from _rows(data, start, start + at_once)


def _rows(data: Prepared, start: int, end: int) -> Iterator[list[str]]:
    """Yield the cells of some samples."""
    samples = data.samples
    parts = data.part_numbers[start:end].tolist()
    targets = samples.target_columns[start:end].tolist()
    rows = zip(parts, samples.inputs[start:end].tolist(), targets, strict=True)
    for part, inputs, values in rows:
        answers = [samples.classes[int(values[0])]] if samples.classes else map(repr, values)
        yield [PARTS[part], *map(repr, inputs), *answers]
