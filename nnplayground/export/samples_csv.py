"""The samples as a CSV file: in original units, as they were split, for a spreadsheet or for coming back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnplayground.data.cells import free_name
from nnplayground.data.csv_table import COLUMN_LIMIT
from nnplayground.data.parts import PART
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.samples import Samples
from nnplayground.errors import WorkError
from nnplayground.export.table_csv import csv_text
from nnplayground.files import write_atomically
from nnplayground.training.prepare import Prepared

CELLS_AT_ONCE = 20_000


def save_samples(data: Prepared, path: Path, *, progress: Progress = UNWATCHED) -> None:
    """Write one row for each sample: its part (train or test), its inputs in original units, and its target.

    Numbers are written so that reading them back gives the same bits. Pictures are written as pixels. Raises
    `WorkError` when there are more inputs than a table can have columns, or the file cannot be written.
    """
    inputs = len(data.samples.input_names)
    if inputs + 2 > COLUMN_LIMIT:
        problem = f"The data have {inputs:,} inputs each; a table can have {COLUMN_LIMIT:,} columns"
        raise WorkError(f"{problem}, so they cannot be saved as one.")
    write_atomically(path, csv_text(column_names(data.samples), _all_rows(data, progress)).encode("utf-8"))


def column_names(samples: Samples) -> tuple[str, ...]:
    """Return the names of the columns, each once: the part, the inputs, the target."""
    taken = list(samples.input_names)
    part = free_name(PART, taken)
    return (part, *taken, free_name(samples.target_name, [part, *taken]))


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
    is_test = np.zeros(len(samples.inputs), dtype=bool)
    is_test[data.test_rows] = True
    targets = samples.targets[start:end].tolist()
    rows = zip(is_test[start:end].tolist(), samples.inputs[start:end].tolist(), targets, strict=True)
    for tested, inputs, target in rows:
        name = samples.classes[int(target)] if samples.classes else repr(target)
        yield ["test" if tested else "train", *map(repr, inputs), name]
