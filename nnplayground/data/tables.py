"""Tables as data: open a CSV file or a shipped data set, and turn chosen columns into samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground import resources
from nnplayground.arrays import Floats
from nnplayground.data.cells import is_missing, listed, quoted
from nnplayground.data.columns import guess_inputs, guess_target, number_columns, text_columns
from nnplayground.data.csv_table import Table, read_table, read_table_text
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.samples import Samples
from nnplayground.data.table_cache import TableCache
from nnplayground.data.table_inputs import NO_TEXT, InputColumn, TextColumn, encode_columns, filled, input_column
from nnplayground.data.table_parts import joined, joined_parts, row_parts
from nnplayground.errors import LONGEST, InputError, named
from nnplayground.files import absolute
from nnplayground.reading_files import is_folder, is_there, read_beginning, read_file, unreadable

BYTE_LIMIT = 200_000_000
SMALL = 500_000
"""Files of up to so many bytes are read again each time: that takes a moment, and nobody need ask if they changed."""

GLANCE = 1 << 16
"""So many bytes are enough to show the first rows."""

PASTED = "The pasted table"
CLASS_LIMIT = 100
FEW = 10
"""Up to so many different whole numbers in a target are taken for classes."""

TASKS = ("auto", "classification", "regression")
GAP_RULES = ("drop", "mean")
"""What is done about missing values of inputs: their rows are left out, or they are filled."""

_TABLES = TableCache()


@dataclass(frozen=True, eq=False)
class TableSamples(Samples):
    """Samples of a table.

    `used` names the columns that the inputs are made of, `text_columns` those that seem to hold text, or do; `gaps` is
    how many values of the inputs are missing in the rows whose target is known, `lacking` in how many of these rows
    one is, and `rows` how many the table has in all.
    """

    used: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    gaps: int = 0
    lacking: int = 0
    rows: int = 0


def shipped_tables() -> tuple[str, ...]:
    """Return the file names of the data sets that come with the program, such as `penguins.csv`."""
    return tuple(name.rpartition("/")[2] for name in resources.names("datasets") if name.endswith(".csv"))


def open_table(path: str, *, text: str = "", reading: Reading = AS_FOUND, progress: Progress = UNWATCHED) -> Table:
    """Return the table in the file `path`, else the shipped data set that has exactly this name.

    A table may also be given as `text` and no path. A large one is not read again as long as it stays the same. Raises
    `InputError` when there is no such file, or it cannot be read as a table.
    """
    if text:
        read = partial(read_table_text, text, name=PASTED, reading=reading, progress=progress)
        return _TABLES.get((text, reading), read) if len(text) > SMALL else read()
    name = named(" ".join(path[:LONGEST].splitlines()))
    if is_there(Path(path)) and not is_folder(Path(path)):
        return _table_in_file(Path(path), name, reading, progress)
    if path in shipped_tables():
        return read_table(resources.read_bytes(f"datasets/{path}"), name=name, reading=reading)
    known = ", ".join(shipped_tables())
    raise InputError(f'"{named(path)}" is neither a file nor a shipped data set ({known}).')


def _table_in_file(path: Path, name: str, reading: Reading, progress: Progress) -> Table:
    """Return the table in a file, the one that was read last if the file is large and has not changed."""

    def read() -> Table:
        content = _content(path, progress.part(0.0, 0.05))
        return read_table(content, name=name, reading=reading, progress=progress.part(0.05, 1.0))

    try:
        facts = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    if facts.st_size <= SMALL:
        return read()
    return _TABLES.get((str(absolute(path)), name, facts.st_mtime_ns, facts.st_size, reading), read)


def is_large(path: str, text: str) -> bool:
    """Tell whether it takes a while to read a table."""
    if text:
        return len(text) > SMALL
    try:
        return Path(path).stat().st_size > SMALL
    except (OSError, ValueError):
        return False


def beginning_of(path: str, text: str) -> bytes:
    """Return the first bytes of a table, none where the file cannot be read."""
    if text:
        return text[:GLANCE].encode("utf-8", errors="replace")
    try:
        return read_beginning(Path(path), GLANCE)
    except InputError:
        return b""


def table_bytes(path: str, progress: Progress = UNWATCHED) -> bytes:
    """Return the bytes of the file or of the shipped data set of this name, none where there is neither.

    Raises `InputError` when the file is too large or cannot be read.
    """
    if is_there(Path(path)) and not is_folder(Path(path)):
        return _content(Path(path), progress)
    return resources.read_bytes(f"datasets/{path}") if path in shipped_tables() else b""


def _content(path: Path, progress: Progress) -> bytes:
    """Return the bytes of a file; raises `InputError` when it is too large, no regular file, or cannot be read."""
    return read_file(path, limit=BYTE_LIMIT, kind="tables", at=progress.at)


def table_samples(
    table: Table,
    *,
    inputs: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    task: str = "auto",
    missing: str = "drop",
    test_table: Table | None = None,
    part: str = "",
) -> TableSamples:
    """Return the chosen columns of a table as samples; inputs and target that are not chosen are guessed.

    A column of text becomes one input for each different value. `task` is auto, classification or regression; auto
    means classification when the target holds text or at most 10 different whole numbers. Rows with no target are left
    out. With `missing` drop, so are rows with a missing input; with mean, the gaps of numbers are filled with the mean
    of the column and those of text with a value of their own. Notes say how many. The rows of a `test_table` follow and
    test; the column `part`, or one that is called so, tells the part of each row. Raises `InputError` when a column
    does not exist, has too many different texts, holds text where numbers are needed, or leaves nothing to learn.
    """
    _check_choice("task", task, TASKS)
    _check_choice("rule for missing values", missing, GAP_RULES)
    predicted = targets or (guess_target(table),)
    used = inputs or guess_inputs(table, predicted[0])
    parts = row_parts(table, part)
    if test_table is not None:
        parts = joined_parts(parts, table, test_table)
        table = joined(table, test_table, (*used, *predicted))
    if len({*used, *predicted}) != len(used) + len(predicted):
        what = "target is" if len(predicted) == 1 else "targets are"
        chosen = f"inputs are {listed(used)} and the {what} {listed(predicted)}"
        raise InputError(f"The {chosen}; choose each column only once.")
    columns, kept, gaps = _without_gaps(table, used, predicted, missing)
    values, names = encode_columns(table, columns)
    wanted, classes = _targets(table, predicted, kept, task)
    guessed = () if inputs else _note_on_guess(table, used, predicted)
    texts = {column.name for column in columns if isinstance(column, TextColumn)} | set(text_columns(table))
    return TableSamples(
        values, wanted, names, ", ".join(predicted), classes, _padded_range(values), target_names=predicted,
        notes=(*table.notes, *guessed, *_note_on_text(columns), *_notes_on_gaps(columns, kept, gaps, missing)),
        columns=table.columns, number_columns=number_columns(table), used=used,
        text_columns=tuple(name for name in table.columns if name in texts), gaps=int(np.count_nonzero(gaps)),
        lacking=int(np.count_nonzero(gaps.any(axis=1))), rows=len(table.lines),
        parts=None if parts is None else parts[kept],
    )  # fmt: skip


def _check_choice(what: str, value: str, legal: tuple[str, ...]) -> None:
    """Raise `InputError` unless the value is one of the legal words."""
    if value not in legal:
        raise InputError(f"The {what} is {quoted(value)}; it must be one of {', '.join(legal)}.")


def _without_gaps(
    table: Table, inputs: tuple[str, ...], targets: tuple[str, ...], missing: str
) -> tuple[tuple[InputColumn, ...], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the input columns with the kept rows only, which rows these are, and the gaps `[rows, columns]`.

    Gaps in rows that lack a target do not count, as these rows are never kept.
    """
    columns = tuple(input_column(table, name) for name in inputs)
    known = np.array([not any(map(is_missing, cells)) for cells in zip(*map(table.column, targets), strict=True)])
    gaps = np.column_stack([column.gaps for column in columns]) & known[:, None]
    if missing == "mean":
        _check_kept(table, known, targets)
        return tuple(filled(table, column).rows(known) for column in columns), known, gaps
    kept = known & ~gaps.any(axis=1)
    _check_kept(table, kept, (*inputs, *targets))
    return tuple(column.rows(kept) for column in columns), kept, gaps


def _check_kept(table: Table, kept: NDArray[np.bool_], used: tuple[str, ...]) -> None:
    """Raise `InputError` when no row is left, naming the column that is missing most often."""
    if not kept.any():
        gaps = {name: sum(map(is_missing, table.column(name))) for name in used}
        worst = max(gaps, key=lambda name: gaps[name])
        raise InputError(
            f"{table.name}: every row lacks a value in one of the chosen columns, most often in "
            f"{quoted(worst)}; choose other columns."
        )


def _note_on_guess(table: Table, inputs: tuple[str, ...], targets: tuple[str, ...]) -> tuple[str, ...]:
    """Say which inputs were taken without being chosen, if there is text that was not."""
    left = [name for name in text_columns(table) if name not in inputs and name not in targets]
    return (f"Taken as inputs: {listed(inputs)}; the text in {listed(left)} was not.",) if left else ()


def _note_on_text(columns: Sequence[InputColumn]) -> tuple[str, ...]:
    """Say how many inputs text became, if there is any."""
    texts = [column for column in columns if isinstance(column, TextColumn)]
    counts = ", ".join(f"{quoted(column.name)} {len(column.kinds)}" for column in texts[:FEW])
    more = f" and {len(texts) - FEW} more columns" if len(texts) > FEW else ""
    return (f"Text became inputs of 0 and 1, one for each different value: {counts}{more}.",) if texts else ()


def _note_on_rows(kept: NDArray[np.bool_], what: str) -> tuple[str, ...]:
    """Say how many rows were left out, if any, and what they lack."""
    left_out = int(np.count_nonzero(~kept))
    was = "was" if left_out == 1 else "were"
    note = f"{left_out} of {len(kept)} rows {was} left out because {what} was missing."
    return (note,) if left_out else ()


def _notes_on_gaps(
    columns: Sequence[InputColumn], kept: NDArray[np.bool_], gaps: NDArray[np.bool_], missing: str
) -> tuple[str, ...]:
    """Say what was done about missing values."""
    if missing == "mean":
        return *_note_on_rows(kept, "the target"), *_notes_on_filled(columns, gaps)
    return _note_on_rows(kept, "a value")


def _notes_on_filled(columns: Sequence[InputColumn], gaps: NDArray[np.bool_]) -> tuple[str, ...]:
    """Say how many gaps `[rows, columns]` were filled, and with what."""
    is_text = np.array([isinstance(column, TextColumn) for column in columns])
    numbers, texts = (int(np.count_nonzero(gaps[:, which])) for which in (~is_text, is_text))
    notes = []
    if numbers:
        were, their = ("number was", "its") if numbers == 1 else ("numbers were", "their")
        mean = f"the mean of {their} column, which is that of all rows, the test part among them"
        notes.append(f"{numbers} missing {were} filled with {mean}.")
    if texts:
        notes.append(f'{texts} missing {"text" if texts == 1 else "texts"} became the value "{NO_TEXT}".')
    return tuple(notes)


def _padded_range(inputs: Floats) -> Floats:
    """Return the lowest and highest value of each column, `[inputs, 2]`, 5 % of the range further out.

    A column of equal values gets a range around them, so that it can be plotted.
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    width = np.where(high > low, high - low, np.maximum(1.0, np.abs(low)))
    return np.column_stack((low - 0.05 * width, high + 0.05 * width))


def _targets(
    table: Table, targets: tuple[str, ...], kept: NDArray[np.bool_], task: str
) -> tuple[Floats, tuple[str, ...]]:
    """Return the class indices or the values of the kept rows, and the class names (none for values).

    Several targets are values `[rows, targets]`.
    """
    if len(targets) > 1:
        if task == "classification":
            raise InputError(f"The targets are {listed(targets)}; classes are predicted from a single column.")
        return np.column_stack([table.numeric(name)[kept] for name in targets]), ()
    (target,) = targets
    if isinstance(table.numbers_or_text(target), str) and task != "regression":
        cells = zip(table.column(target), kept, strict=True)
        labels = [" ".join(cell.split()) for cell, keep in cells if keep]
        names = tuple(sorted(set(labels)))
        places = {name: place for place, name in enumerate(names)}
        return _as_classes(table, target, names, np.array([places[label] for label in labels], dtype=np.intp))
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
