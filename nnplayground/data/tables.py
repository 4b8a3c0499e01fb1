"""Tables as data: open a CSV file or a shipped data set, and turn chosen columns into samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground import resources
from nnplayground.arrays import Floats, Integers
from nnplayground.data.cells import listed, quoted
from nnplayground.data.columns import guess_inputs, guess_targets, number_columns, text_columns
from nnplayground.data.csv_table import Record, read_table, read_table_text
from nnplayground.data.joined_tables import join_tables, kinds_of
from nnplayground.data.labels import CLASS_LIMIT, are_classes, classes_of, known_labels, labels_of
from nnplayground.data.left_out import LeftOut, columns_left_out, note_on_guess
from nnplayground.data.parts import part_column, row_parts
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.samples import PARTS, Samples
from nnplayground.data.table import Table, spellings
from nnplayground.data.table_cache import TableCache
from nnplayground.data.table_columns import date_note
from nnplayground.data.table_inputs import NO_TEXT, InputColumn, TextColumn, encode_columns, filled, input_column
from nnplayground.data.workbook import is_workbook_name, read_workbook, sheet_names, workbook_records
from nnplayground.errors import LONGEST, InputError, named
from nnplayground.files import absolute
from nnplayground.message import Facts, Message
from nnplayground.reading_files import is_folder, is_there, read_beginning, read_file, unreadable

BYTE_LIMIT = 200_000_000
SMALL = 500_000
"""Files of up to so many bytes are read again each time: that takes a moment, and no change can be missed."""

GLANCE = 1 << 16
"""So many bytes are enough to show the first rows."""

PASTED = "The pasted table"
FEW = 10
"""So many columns are named in a note."""

TASKS = ("auto", "classification", "regression")
GAP_RULES = ("drop", "mean")
"""What is done about missing values of inputs: their rows are left out, or they are filled."""

_TABLES = TableCache()


@dataclass(frozen=True, eq=False)
class TableSamples(Samples):
    """Samples of a table.

    `used` names the columns that the inputs are made of, `text_columns` those that hold text, `date_columns` those that
    hold dates, and `left_out` the columns that are neither input nor target, with the reason; `gaps` is how many values
    of the inputs are missing in the rows whose target is known, `lacking` in how many of these rows one is, and `rows`
    how many the table has in all. `other_targets` could be meant as well where the target was found and that is unsure.
    `found` is how the table was read, and `guesses` names the fields of it that are guesses.
    """

    used: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    gaps: int = 0
    lacking: int = 0
    rows: int = 0
    left_out: tuple[LeftOut, ...] = ()
    other_targets: tuple[str, ...] = ()
    date_columns: tuple[str, ...] = ()
    found: Reading = AS_FOUND
    guesses: frozenset[str] = frozenset()


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
        reader = read_workbook if is_workbook_name(str(path)) else read_table
        return reader(content, name=name, reading=reading, progress=progress.part(0.05, 1.0))

    try:
        facts = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    if facts.st_size <= SMALL:
        return read()
    return _TABLES.get((str(absolute(path)), name, facts.st_mtime_ns, facts.st_size, reading), read)


def is_workbook(path: str) -> bool:
    """Tell whether a path is that of a workbook, whose sheets are read in another way than text."""
    return is_workbook_name(path) and is_there(Path(path)) and not is_folder(Path(path))


def sheets_of(path: str, progress: Progress = UNWATCHED) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook; none of any other file, and of one that cannot be opened."""
    try:
        return sheet_names(table_bytes(path, progress), name=path, progress=progress) if is_workbook(path) else ()
    except InputError:
        return ()


def sheet_records(path: str, reading: Reading, progress: Progress = UNWATCHED) -> tuple[Iterator[Record], Reading]:
    """Return the rows of a sheet of a workbook, and how it was read; raises `InputError` when it cannot be."""
    return workbook_records(table_bytes(path, progress), name=path, reading=reading, progress=progress)


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
    """Return the chosen columns of a table as samples; inputs and targets that are not chosen are guessed.

    A column of text becomes one input for each different value, one of dates the days since the first one. `task` is
    auto, classification or regression; auto means classification when the target holds text or at most 10 different
    whole numbers. Rows with no target are left out. With `missing` drop, so are rows with a missing input; with mean,
    the gaps of numbers are filled with the mean of the column and those of text with a value of their own. The column
    `part`, else one of that name, says the part of each row, and all rows of `test_table` test. Notes say how many rows
    and cells were left out. Raises `InputError` when a column does not exist, has too many different texts, holds text
    where numbers are needed, or leaves nothing to learn.
    """
    _check_choice("task", task, TASKS)
    _check_choice("rule for missing values", missing, GAP_RULES)
    guess = None if targets else guess_targets(table)
    predicted = targets or (guess.targets if guess else ())
    used = inputs or guess_inputs(table, *predicted)
    if len({*used, *predicted}) != len(used) + len(predicted):
        what = "target is" if len(predicted) == 1 else "targets are"
        chosen = f"inputs are {listed(used)} and the {what} {listed(predicted)}"
        raise InputError(f"The {chosen}; choose each column only once.")
    said = part or part_column(table)
    whole = table
    if test_table is not None:
        task = _task_of(table, predicted, task)
        whole = join_tables(table, test_table, (*used, *predicted))
    columns, kept, gaps = _without_gaps(whole, used, predicted, missing, task)
    _check_each_kept(table, test_table, kept)
    values, names = encode_columns(whole, columns)
    wanted, classes = _targets(whole, predicted, kept, task)
    left_out = columns_left_out(table, used, predicted, said)
    guessed = () if inputs else note_on_guess(used, left_out)
    nearly = [entry.name for entry in left_out if entry.reason == "text"]
    dates = _notes_on_dates((*used, *predicted), table)
    spelt = _notes_on_spellings((*used, *predicted), table)
    odd = (*table.notes_on((*used, *predicted, *nearly)), *dates, *spelt, *_notes_on_test(whole, test_table))
    return TableSamples(
        values, wanted, names, ", ".join(predicted), classes, _padded_range(values), target_names=predicted,
        notes=(*table.notes, *odd, *guessed, *_note_on_text(columns), *_notes_on_gaps(columns, kept, gaps, missing)),
        columns=table.columns, number_columns=number_columns(table), used=used, text_columns=text_columns(table),
        gaps=int(np.count_nonzero(gaps)), lacking=int(np.count_nonzero(gaps.any(axis=1))), rows=len(whole.lines),
        parts=_parts(table, said, test_table, kept), left_out=left_out,
        other_targets=guess.others if guess and guess.is_unsure else (), found=table.found,
        date_columns=tuple(name for name in table.columns if table.kind(name) == "date"), guesses=table.guesses,
    )  # fmt: skip


def _task_of(table: Table, targets: tuple[str, ...], task: str) -> str:
    """Return the task by what a table holds alone, so that a second one does not turn classes into values."""
    return "classification" if predicts_classes(table, targets, task) else "regression"


def _check_each_kept(table: Table, test_table: Table | None, kept: NDArray[np.bool_]) -> None:
    """Raise `InputError` where no row is left of one of two tables, of which `kept` tells the rows that are."""
    if test_table is None:
        return
    for one, rows in ((table, kept[: len(table.lines)]), (test_table, kept[len(table.lines) :])):
        if not rows.any():
            raise InputError(f"{one.name}: every row lacks a value in one of the chosen columns; choose other columns.")


def _parts(table: Table, part: str, test_table: Table | None, kept: NDArray[np.bool_]) -> Integers | None:
    """Return the part of each kept row where the data say it: those of a second table test, all others train."""
    if not part and test_table is None:
        return None
    parts = row_parts(table, part) if part else np.zeros(len(table.lines), dtype=np.intp)
    if test_table is not None:
        parts = np.concatenate((parts, np.full(len(test_table.lines), PARTS.index("test"), dtype=np.intp)))
    return parts[kept]


def _notes_on_spellings(names: Sequence[str], table: Table) -> tuple[Message, ...]:
    """Tell which texts may be one value, as they differ only in capitals and spaces."""
    notes = []
    for name in names:
        groups = spellings(table.texts(name)) if table.kind(name) == "text" else ()
        facts: Facts = {"column": name, "texts": groups[0] if groups else ()}
        if len(groups) > 1:
            notes.append(Message("data.more_spellings", {**facts, "groups": len(groups) - 1}))
        elif groups:
            notes.append(Message("data.spellings", facts))
    return tuple(notes)


def _notes_on_dates(names: Sequence[str], table: Table) -> tuple[Message, ...]:
    """Tell how dates were read that are used."""
    dated = [name for name in names if table.kind(name) == "date"]
    return tuple(Message("data.of_column", {"column": name, "note": date_note(table, name)}) for name in dated)


def _notes_on_test(whole: Table, test_table: Table | None) -> tuple[Message, ...]:
    """Tell what is odd in the second table, whose name goes before it."""
    if test_table is None:
        return ()
    notes = (*test_table.notes, *test_table.choosing(kinds_of(whole)).notes_on(whole.columns))
    return tuple(Message("data.of_table", {"table": test_table.name, "note": note}) for note in notes)


def _check_choice(what: str, value: str, legal: tuple[str, ...]) -> None:
    """Raise `InputError` unless the value is one of the legal words."""
    if value not in legal:
        raise InputError(f"The {what} is {quoted(value)}; it must be one of {', '.join(legal)}.")


def _without_gaps(
    table: Table, inputs: tuple[str, ...], targets: tuple[str, ...], missing: str, task: str
) -> tuple[tuple[InputColumn, ...], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the input columns with the kept rows only, which rows these are, and the gaps `[rows, columns]`.

    Gaps in rows that lack a target do not count, as these rows are never kept.
    """
    columns = tuple(input_column(table, name) for name in inputs)
    known = np.logical_and.reduce([_known_targets(table, name, task) for name in targets])
    gaps = np.column_stack([column.gaps for column in columns]) & known[:, None]
    if missing == "mean":
        _check_kept(table, known, (), targets, task)
        return tuple(filled(table, column).rows(known) for column in columns), known, gaps
    kept = known & ~gaps.any(axis=1)
    _check_kept(table, kept, columns, targets, task)
    return tuple(column.rows(kept) for column in columns), kept, gaps


def _known_targets(table: Table, name: str, task: str) -> NDArray[np.bool_]:
    """Tell for each row whether its target is known."""
    if predicts_classes(table, (name,), task):
        return known_labels(table, name)
    return ~np.isnan(table.numeric(name))


def predicts_classes(table: Table, targets: tuple[str, ...], task: str) -> bool:
    """Tell whether classes are to be predicted; raises `InputError` for classes of several columns."""
    if len(targets) > 1:
        if task == "classification":
            raise InputError(f"The targets are {listed(targets)}; classes are predicted from a single column.")
        return False
    return task == "classification" or (task == "auto" and are_classes(table, targets[0]))


def _check_kept(
    table: Table, kept: NDArray[np.bool_], inputs: Sequence[InputColumn], targets: tuple[str, ...], task: str
) -> None:
    """Raise `InputError` when no row is left, naming the column that is missing most often."""
    if not kept.any():
        gaps = {column.name: int(np.count_nonzero(column.gaps)) for column in inputs}
        gaps |= {name: int(np.count_nonzero(~_known_targets(table, name, task))) for name in targets}
        worst = max(gaps, key=lambda name: gaps[name])
        raise InputError(
            f"{table.name}: every row lacks a value in one of the chosen columns, most often in "
            f"{quoted(worst)}; choose other columns."
        )


def _note_on_text(columns: Sequence[InputColumn]) -> tuple[Message, ...]:
    """Tell how many inputs text became, if there is any."""
    texts = [column for column in columns if isinstance(column, TextColumn)]
    told = tuple(
        Message("phrase.text_column", {"column": column.name, "values": len(column.kinds)}) for column in texts[:FEW]
    )
    if len(texts) > FEW:
        return (Message("data.text_inputs_and_more", {"columns": told, "more": len(texts) - FEW}),)
    return (Message("data.text_inputs", {"columns": told}),) if texts else ()


def _notes_on_gaps(
    columns: Sequence[InputColumn], kept: NDArray[np.bool_], gaps: NDArray[np.bool_], missing: str
) -> tuple[Message, ...]:
    """Tell what was done about missing values."""
    left_out = int(np.count_nonzero(~kept))
    what = "data.lacks_target" if missing == "mean" else "data.lacks_value"
    notes = (Message(what, {"left_out": left_out, "rows": len(kept)}),) if left_out else ()
    return (*notes, *_notes_on_filled(columns, gaps)) if missing == "mean" else notes


def _notes_on_filled(columns: Sequence[InputColumn], gaps: NDArray[np.bool_]) -> tuple[Message, ...]:
    """Tell how many gaps `[rows, columns]` were filled, and with what."""
    is_text = np.array([isinstance(column, TextColumn) for column in columns])
    numbers, texts = (int(np.count_nonzero(gaps[:, which])) for which in (~is_text, is_text))
    notes = []
    if numbers:
        notes.append(Message("data.numbers_filled", {"numbers": numbers}))
    if texts:
        notes.append(Message("data.texts_filled", {"texts": texts, "value": NO_TEXT}))
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
        return np.column_stack([table.numeric(name)[kept] for name in targets]), ()
    (target,) = targets
    if not predicts_classes(table, targets, task):
        return table.numeric(target)[kept], ()
    labels = tuple(compress(labels_of(table, target), kept))
    names = classes_of(table, target, labels)
    places = {name: place for place, name in enumerate(names)}
    return _as_classes(table, target, names, np.array([places[label] for label in labels], dtype=np.intp))


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
