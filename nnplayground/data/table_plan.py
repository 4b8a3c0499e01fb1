"""What would become of a table with some choices: a preview, what each column holds, and what it is used for.

A plan is made anew after every choice. It holds no table, only what is shown of it, so that whoever looks at plans
never has to let go of millions of texts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from nnplayground.data.cells import quoted
from nnplayground.data.class_order import own_order, saved_task
from nnplayground.data.columns import guess_inputs, guess_target, part_column
from nnplayground.data.csv_table import Table, decimal_of, delimiter_of, header_of, name_of, names_of, numbered
from nnplayground.data.csv_text import decode_beginning, decode_table, first_records
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.scaling_advice import advise_scaling
from nnplayground.data.table_columns import ColumnFacts, column_facts
from nnplayground.data.tables import GLANCE, TableSamples, beginning_of, open_table, table_bytes, table_samples
from nnplayground.errors import InputError

PREVIEW_ROWS = 100


@dataclass(frozen=True)
class Wanted:
    """The choices so far. No target means the likeliest; `inputs` of `None` means those that go with the target."""

    reading: Reading = AS_FOUND
    target: str = ""
    inputs: tuple[str, ...] | None = None
    task: str = "auto"
    missing: str = "drop"


@dataclass(frozen=True)
class Preview:
    """The first rows as they were cut: `rows[row][column]` are texts; a row may be shorter or longer than others."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    rows_in_all: int = 0


@dataclass(frozen=True)
class TablePlan:
    """What the choices come to. Where `problem` says something, the table cannot be used with them.

    `found` is how the text was read, `columns` what the columns hold, `target` and `inputs` those that are used;
    `task` is what the target comes to, in words, `gaps` what is done about missing values. `summary` says what
    will come. `part` is the column that says the part of each row, "" where there is none; `saved_task` is the task
    of such a table, and `classes` the order of its classes where it is not that of the alphabet. Of a glance only how
    the text is read and the first rows are known.
    """

    found: Reading = AS_FOUND
    preview: Preview = Preview()
    columns: tuple[ColumnFacts, ...] = ()
    target: str = ""
    inputs: tuple[str, ...] = ()
    task: str = ""
    gaps: str = ""
    has_gaps: bool = False
    scaling: str = "standardize"
    scaling_reason: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    is_glance: bool = False
    part: str = ""
    saved_task: str = ""
    classes: tuple[str, ...] = ()


def plan_table(path: str, text: str, wanted: Wanted, progress: Progress = UNWATCHED) -> TablePlan:
    """Return what the table in a file, or in a text that was pasted, comes to with these choices; raises nothing."""
    try:
        table = open_table(path, text=text, reading=wanted.reading, progress=progress.part(0.0, 0.7))
        facts = column_facts(table, progress=progress.part(0.7, 0.95))
    except InputError as error:
        found, preview = _cut(path, text, wanted.reading, progress)
        return TablePlan(found=found, preview=preview, problem=str(error))
    shown = islice(zip(*(column[:PREVIEW_ROWS] for column in table.cells), strict=True), PREVIEW_ROWS)
    preview = Preview(table.columns, tuple(shown), len(table.lines))
    target, inputs, problem = _settled(table, wanted)
    known = TablePlan(table.found, preview, facts, target, inputs, notes=table.notes, problem=problem)
    return known if problem else _with_samples(known, table, wanted)


def _with_samples(known: TablePlan, table: Table, wanted: Wanted) -> TablePlan:
    """Return the plan with what the samples come to, or with the reason why there are none."""
    try:
        part = part_column(table)
        task = saved_task(table, known.target, wanted.task) if part else wanted.task
        samples = table_samples(table, inputs=known.inputs, targets=(known.target,), task=task, missing=wanted.missing)
    except InputError as error:
        return replace(known, problem=str(error))
    scaling, reason = advise_scaling(samples.inputs)
    return replace(
        known,
        task=f"{len(samples.classes)} classes" if samples.classes else "a number",
        gaps=_words_on_gaps(samples, wanted.missing),
        has_gaps=samples.gaps > 0,
        scaling=scaling,
        scaling_reason=reason,
        summary=_summary(samples),
        part=part,
        saved_task=task if part else "",
        classes=own_order(samples.classes) if part else (),
    )


def _settled(table: Table, wanted: Wanted) -> tuple[str, tuple[str, ...], str]:
    """Return target, inputs and what is wrong with them; choices that the table no longer has are made anew."""
    try:
        target = wanted.target if wanted.target in table.columns else guess_target(table)
        kept = None
        if wanted.inputs is not None:
            kept = tuple(name for name in table.columns if name in wanted.inputs and name != target)
            if not wanted.inputs:
                return target, (), "Choose at least one input: a network learns from them."
        return target, kept or guess_inputs(table, target), ""
    except InputError as error:
        return "", (), str(error)


def glance_at(path: str, text: str, reading: Reading, progress: Progress = UNWATCHED) -> TablePlan:
    """Return how a table is read and its first rows, without what takes a while to know."""
    progress.at(0.0)
    source = beginning_of(path, text)
    is_whole = len(source) < GLANCE
    beginning, encoding = decode_beginning(source, reading.encoding, is_whole=is_whole)
    if not is_whole:  # the last line may have been cut
        beginning = beginning[: max(map(beginning.rfind, "\r\n")) + 1] or beginning
    found, preview = _first_rows(beginning, encoding, reading)
    return TablePlan(found=found, preview=preview, is_glance=True)


def _cut(path: str, text: str, reading: Reading, progress: Progress) -> tuple[Reading, Preview]:
    """Return how a table that cannot be used was read, and its first records as they were cut, if any."""
    encoding = reading.encoding
    try:
        if not text:
            text, encoding = decode_table(
                table_bytes(path, progress), name="", encoding=reading.encoding, progress=progress
            )
    except InputError:
        return reading, Preview()
    return _first_rows(text, encoding, reading)


def _first_rows(text: str, encoding: str, reading: Reading) -> tuple[Reading, Preview]:
    """Return how a text is read, and its first records as they are cut, however many cells each has."""
    delimiter = delimiter_of(text, reading)
    rows = first_records(text, delimiter, PREVIEW_ROWS)
    if not rows:
        return replace(reading, encoding=encoding), Preview()
    first, width = rows[0][1], max(len(cells) for _, cells in rows)
    header = header_of(rows, delimiter, reading)
    values = rows[1:] if header == "yes" else rows
    found = Reading(encoding, name_of(delimiter), header, decimal_of(values, delimiter, reading))
    names = names_of([*first, *[""] * (width - len(first))]) if header == "yes" else numbered(width)
    return found, Preview(names, tuple(tuple(cells) for _, cells in values))


def _words_on_gaps(samples: TableSamples, missing: str) -> str:
    """Say what is done about missing values, with the count."""
    left_out = samples.rows - len(samples.inputs)
    of = f"of {samples.rows:,} rows"
    if missing == "drop" or not samples.gaps:
        lack = "lacks" if left_out == 1 else "lack"
        return (
            f"{left_out:,} {of} {lack} a value and {_are(left_out)} left out." if left_out else "No value is missing."
        )
    filled = f"{samples.gaps:,} missing {'value is' if samples.gaps == 1 else 'values are'} filled in"
    more = f"; {left_out:,} without a target {_are(left_out)} left out" if left_out else ""
    return f"{filled}, {samples.lacking:,} {of}{more}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _summary(samples: TableSamples) -> str:
    """Say what will come of the table."""
    rows, count = len(samples.inputs), len(samples.input_names)
    inputs = f"{count:,} input{'' if count == 1 else 's'}"
    if count > len(samples.used):
        inputs += f" made of {len(samples.used):,} column{'' if len(samples.used) == 1 else 's'}"
    what = f"{len(samples.classes)} classes" if samples.classes else "a number"
    return f"{rows:,} rows, {inputs}, predicts {quoted(samples.target_name)} ({what})."
