"""Tables as data: open a CSV file or a shipped data set, and turn chosen columns into samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground import resources
from nnplayground.arrays import Floats
from nnplayground.data.cells import is_missing, listed, quoted
from nnplayground.data.columns import guess_inputs, guess_target, number_columns
from nnplayground.data.csv_table import Table, read_table
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError
from nnplayground.files import reason

BYTE_LIMIT = 200_000_000
CLASS_LIMIT = 100
FEW = 10
"""Up to so many different whole numbers in a target are taken for classes."""

TASKS = ("auto", "classification", "regression")


def shipped_tables() -> tuple[str, ...]:
    """Return the file names of the data sets that come with the program, such as `penguins.csv`."""
    return tuple(name.rpartition("/")[2] for name in resources.names("datasets") if name.endswith(".csv"))


def open_table(path: str) -> Table:
    """Return the table in the file `path`, else the shipped data set that has exactly this name.

    Raises `InputError` when there is neither, or it cannot be read as a table.
    """
    name = " ".join(path.splitlines())
    if _is_file(path):
        return read_table(_content(Path(path)), name=name)
    if path in shipped_tables():
        return read_table(resources.read_bytes(f"datasets/{path}"), name=name)
    known = ", ".join(shipped_tables())
    raise InputError(f"{quoted(path, limit=300)} is neither a file nor a shipped data set ({known}).")


def _is_file(path: str) -> bool:
    """Tell whether `path` is a file; a text that cannot even be looked up is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _content(path: Path) -> bytes:
    """Return the bytes of a file; raises `InputError` when it is too large or cannot be read."""
    try:
        size = path.stat().st_size
        if size > BYTE_LIMIT:
            raise InputError(f"{path} has {size:,} bytes; tables of up to {BYTE_LIMIT:,} bytes can be read.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} could not be read: {reason(error)}.") from error


def table_samples(table: Table, *, inputs: tuple[str, ...] = (), target: str = "", task: str = "auto") -> Samples:
    """Return the chosen columns of a table as samples; inputs and target that are not chosen are guessed.

    `task` is auto, classification or regression; auto means classification when the target holds text or at
    most 10 different whole numbers. Rows with a missing value in a chosen column are left out, and a note
    says how many. Raises `InputError` when a column does not exist, holds text where numbers are needed, or
    leaves nothing to learn.
    """
    if task not in TASKS:
        raise InputError(f"The task is {quoted(task)}; it must be one of {', '.join(TASKS)}.")
    target = target or guess_target(table)
    inputs = inputs or guess_inputs(table, target)
    if target in inputs or len(set(inputs)) != len(inputs):
        chosen = f"inputs are {listed(inputs)} and the target is {quoted(target)}"
        raise InputError(f"The {chosen}; choose each column only once.")
    numbers = np.column_stack([table.numeric(name) for name in inputs])
    missing = np.array([is_missing(cell) for cell in table.column(target)])
    kept = ~(missing | np.isnan(numbers).any(axis=1))
    _check_kept(table, kept, (*inputs, target))
    targets, classes = _targets(table, target, kept, task)
    bounds, notes = _padded_range(numbers[kept]), _notes(kept)
    columns = table.columns, number_columns(table)
    return Samples(numbers[kept], targets, inputs, target, classes, bounds, notes, *columns)


def _check_kept(table: Table, kept: NDArray[np.bool_], used: tuple[str, ...]) -> None:
    """Raise `InputError` when no row is left, naming the column that is missing most often."""
    if not kept.any():
        gaps = {name: sum(map(is_missing, table.column(name))) for name in used}
        worst = max(gaps, key=lambda name: gaps[name])
        raise InputError(
            f"{table.name}: every row lacks a value in one of the chosen columns, most often in "
            f"{quoted(worst)}; choose other columns."
        )


def _notes(kept: NDArray[np.bool_]) -> tuple[str, ...]:
    """Say how many rows were left out, if any."""
    left_out = int(np.count_nonzero(~kept))
    was = "was" if left_out == 1 else "were"
    note = f"{left_out} of {len(kept)} rows {was} left out because a value was missing."
    return (note,) if left_out else ()


def _padded_range(inputs: Floats) -> Floats:
    """Return the lowest and highest value of each column, `[inputs, 2]`, 5 % of the range further out.

    A column of equal values gets a range around them, so that it can be plotted.
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    width = np.where(high > low, high - low, np.maximum(1.0, np.abs(low)))
    return np.column_stack((low - 0.05 * width, high + 0.05 * width))


def _targets(table: Table, target: str, kept: NDArray[np.bool_], task: str) -> tuple[Floats, tuple[str, ...]]:
    """Return the class indices or the values of the kept rows, and the class names (none for values)."""
    if isinstance(table.numbers_or_text(target), str) and task != "regression":
        cells = zip(table.column(target), kept, strict=True)
        labels = [" ".join(cell.split()) for cell, keep in cells if keep]
        names, indices = np.unique(np.array(labels, dtype=object), return_inverse=True)
        return _as_classes(table, target, tuple(map(str, names)), indices)
    values = table.numeric(target)[kept]
    different, indices = np.unique(values, return_inverse=True)
    few_whole = 2 <= len(different) <= FEW and bool((different == np.round(different)).all())
    if task == "classification" or (task == "auto" and few_whole):
        return _as_classes(table, target, tuple(_number_name(value) for value in different), indices)
    return values, ()


def _number_name(value: float) -> str:
    """Return a number as the name of a class: 3 rather than 3.0, and never two numbers under one name."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _as_classes(
    table: Table, target: str, names: tuple[str, ...], indices: NDArray[np.intp]
) -> tuple[Floats, tuple[str, ...]]:
    """Return indices and names as targets and classes; raises `InputError` for one class or too many."""
    if not 2 <= len(names) <= CLASS_LIMIT:
        raise InputError(
            f"{table.name}: the number of classes in column {quoted(target)} is {len(names)}; it must be "
            f"2 to {CLASS_LIMIT}, or choose a column of numbers and the task regression."
        )
    return indices.astype(np.float64), names
