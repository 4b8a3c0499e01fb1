"""The samples as a CSV file: in original units, as they were split, for a spreadsheet or for coming back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnplayground.data.cells import free_name
from nnplayground.data.columns import MOST_KINDS, is_telling_name
from nnplayground.data.csv_table import COLUMN_LIMIT
from nnplayground.data.labels import FEW, looks_like_classes
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.samples import PARTS, Samples
from nnplayground.data.saved import (
    OWN_TARGET,
    PART,
    are_in_order,
    are_numbers,
    head_of,
    is_own_order,
    written_labels,
)
from nnplayground.errors import WorkError
from nnplayground.export.table_csv import csv_text
from nnplayground.files import write_atomically
from nnplayground.training.run.prepare import Prepared

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
    write_atomically(path, csv_text(heads(data.samples), _all_rows(data, progress)).encode("utf-8"))


def column_names(samples: Samples) -> tuple[str, ...]:
    """Return the names of the columns, each once: the part, the inputs, the targets."""
    names = [free_name(PART, samples.input_names), *samples.input_names]
    for target in samples.target_names:
        names.append(free_name(target, names))
    return tuple(names)


def heads(samples: Samples) -> tuple[str, ...]:
    """Return the heads of the columns; the last one tells of the targets where they would not be found."""
    *names, last = column_names(samples)
    if needs_telling(samples):
        last = head_of(last, classes=samples.classes, targets=len(samples.target_names))
    return *names, last


def needs_telling(samples: Samples) -> bool:
    """Tell whether the columns alone would be read as other samples than these.

    They would where several columns or an unlikely one is the target, an input is called as targets or row numbers are,
    the order of the classes or their names would be lost, or numbers look like classes.
    """
    if len(samples.target_names) > 1 or any(map(is_telling_name, samples.input_names)):
        return True
    if not samples.classes:
        return looks_like_classes(samples.targets)
    if len(samples.targets) < 2 * len(samples.classes) or not has_all_classes(samples):
        return True
    if samples.target_name == OWN_TARGET and is_own_order(samples.classes):
        return False
    most = FEW if are_numbers(samples.classes) else MOST_KINDS
    return len(samples.classes) > most or not are_in_order(samples.classes)


def has_all_classes(samples: Samples) -> bool:
    """Tell whether every class has a sample."""
    return len(np.unique(samples.targets)) == len(samples.classes)


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
    labels = written_labels(samples.classes)
    rows = zip(parts, samples.inputs[start:end].tolist(), targets, strict=True)
    for part, inputs, values in rows:
        answers = [labels[int(values[0])]] if samples.classes else map(repr, values)
        yield [PARTS[part], *map(repr, inputs), *answers]
