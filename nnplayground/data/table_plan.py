"""What would become of a table with some choices: a preview, what each column holds, and what it is used for.

A plan is made anew after every choice. It holds no table, only what is shown of it, so that a view that keeps plans
never has to let go of millions of texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from nnplayground.data.columns import TargetGuess, guess_inputs, guess_targets
from nnplayground.data.csv_table import (
    COLUMN_LIMIT,
    RaggedError,
    columns_of,
    decimal_of,
    delimiter_of,
    header_of,
    heads_of,
    name_of,
    names_of,
    numbered,
)
from nnplayground.data.csv_text import decode_beginning, decode_table, first_records
from nnplayground.data.parts import part_column
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.data.scaling_advice import advise_scaling
from nnplayground.data.table import NO_CHOICES, ColumnChoices, Table
from nnplayground.data.table_columns import ColumnFacts, column_facts
from nnplayground.data.tables import (
    GLANCE,
    TableSamples,
    beginning_of,
    is_workbook,
    open_table,
    sheet_records,
    sheets_of,
    table_bytes,
    table_samples,
)
from nnplayground.errors import InputError
from nnplayground.message import Facts, Message

PREVIEW_ROWS = 100
MOST_SHOWN = 1 << 21


@dataclass(frozen=True)
class Wanted:
    """The choices so far. No targets mean the likeliest; `inputs` of `None` means those that go with the targets."""

    reading: Reading = AS_FOUND
    targets: tuple[str, ...] = ()
    inputs: tuple[str, ...] | None = None
    task: str = "auto"
    missing: str = "drop"
    choices: ColumnChoices = NO_CHOICES
    part: str = ""


@dataclass(frozen=True)
class Preview:
    """The first rows as they were cut: `rows[row][column]` are texts; a row may be shorter or longer than others."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    rows_in_all: int = 0


@dataclass(frozen=True)
class TablePlan:
    """What the choices come to. Where `problem` says something, the table cannot be used with them.

    `found` is how the text was read, `columns` what the columns hold, `targets` and `inputs` those that are used;
    `task` is what the target comes to, `gaps` what is done about missing values. `summary` tells what
    will come. `others` are the columns that may be meant to be predicted as well where that is unsure, `ragged` is how
    many rows have another number of cells, `choices` are those about columns that the table has, and `part` is the
    column that says the parts of the rows. A workbook names its `sheets`. Of a glance only how the text is read and the
    first rows are known.
    """

    found: Reading = AS_FOUND
    preview: Preview = Preview()
    columns: tuple[ColumnFacts, ...] = ()
    targets: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    task: Message | None = None
    gaps: Message | None = None
    has_gaps: bool = False
    scaling: str = "standardize"
    scaling_reason: Message | None = None
    summary: Message | None = None
    notes: tuple[Message, ...] = ()
    problem: str = ""
    is_glance: bool = False
    others: tuple[str, ...] = ()
    ragged: int = 0
    choices: ColumnChoices = NO_CHOICES
    sheets: tuple[str, ...] = ()
    part: str = ""

    @property
    def question(self) -> Message | None:
        """What is to be asked where it is unsure which column is meant; `None` otherwise."""
        return Message("plan.unsure", {"others": self.others}) if self.others else None

    @property
    def target(self) -> str:
        """What is predicted, all names together."""
        return ", ".join(self.targets)


def plan_table(path: str, text: str, wanted: Wanted, progress: Progress = UNWATCHED) -> TablePlan:
    """Return what the table in a file, or in a text that was pasted, comes to with these choices; raises nothing."""
    try:
        table = open_table(path, text=text, reading=wanted.reading, progress=progress.part(0.0, 0.7))
        table = table.choosing(fitting(wanted.choices, table))
        facts = column_facts(table, progress=progress.part(0.7, 0.95))
    except InputError as error:
        found, preview = _cut(path, text, wanted.reading, progress)
        ragged = error.count if isinstance(error, RaggedError) else 0
        return TablePlan(
            found=found, preview=preview, problem=str(error), ragged=ragged, sheets=sheets_of(path, progress)
        )
    shown = islice(zip(*(column[:PREVIEW_ROWS] for column in table.cells), strict=True), PREVIEW_ROWS)
    preview = Preview(table.columns, tuple(shown), len(table.lines))
    guess, inputs, problem = _settled(table, wanted)
    known = TablePlan(
        table.found, preview, facts, guess.targets, inputs, notes=table.notes, problem=problem,
        others=guess.others if guess.is_unsure else (), ragged=len(table.left_out), choices=table.choices,
        sheets=table.sheets, part=wanted.part if wanted.part in table.columns else part_column(table),
    )  # fmt: skip
    return known if problem else _with_samples(known, table, wanted)


def fitting(choices: ColumnChoices, table: Table) -> ColumnChoices:
    """Return the choices about columns that a table has, as another way of reading it gives other columns."""
    return replace(
        choices,
        kinds=tuple((name, kind) for name, kind in choices.kinds if name in table.columns),
        merged=tuple(name for name in choices.merged if name in table.columns),
    )


def _with_samples(known: TablePlan, table: Table, wanted: Wanted) -> TablePlan:
    """Return the plan with what the samples come to, or with the reason why there are none."""
    try:
        samples = table_samples(
            table, inputs=known.inputs, targets=known.targets, task=wanted.task, missing=wanted.missing,
            part=known.part,
        )  # fmt: skip
    except InputError as error:
        return replace(known, problem=str(error))
    scaling, reason = advise_scaling(samples.inputs)
    return replace(
        known,
        task=_task(samples),
        gaps=_what_of_gaps(samples, wanted.missing),
        has_gaps=samples.gaps > 0,
        scaling=scaling,
        scaling_reason=reason,
        summary=_summary(samples),
        notes=(*_part_note(known.part), *table.notes, *table.notes_on((*known.targets, *known.inputs))),
    )


def _settled(table: Table, wanted: Wanted) -> tuple[TargetGuess, tuple[str, ...], str]:
    """Return targets, inputs and what is wrong with them; choices that the table no longer has are made anew."""
    try:
        chosen = tuple(name for name in wanted.targets if name in table.columns)
        guess = TargetGuess(chosen) if chosen else guess_targets(table)
        kept = None
        if wanted.inputs is not None:
            kept = tuple(name for name in table.columns if name in wanted.inputs and name not in guess.targets)
            if not wanted.inputs:
                return guess, (), "Choose at least one input: a network learns from them."
        return guess, kept or guess_inputs(table, *guess.targets), ""
    except InputError as error:
        return TargetGuess(()), (), str(error)


def glance_at(path: str, text: str, reading: Reading, progress: Progress = UNWATCHED) -> TablePlan:
    """Return how a table is read and its first rows, without what takes a while to know."""
    progress.at(0.0)
    if is_workbook(path):  # nothing of it can be shown before all of it is unpacked
        return TablePlan(found=reading, is_glance=True)
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
        if is_workbook(path):
            return _first_of_workbook(path, reading, progress)
        if not text:
            text, encoding = decode_table(
                table_bytes(path, progress), name="", encoding=reading.encoding, progress=progress
            )
    except InputError:
        return reading, Preview()
    return _first_rows(text, encoding, reading)


def _first_of_workbook(path: str, reading: Reading, progress: Progress) -> tuple[Reading, Preview]:
    """Return how a sheet that cannot be used was read, and its first rows."""
    records, found = sheet_records(path, reading, progress)
    rows = list(islice(records, PREVIEW_ROWS))
    return _preview(rows, found, reading, "") if rows else (found, Preview())


def _first_rows(text: str, encoding: str, reading: Reading) -> tuple[Reading, Preview]:
    """Return how a text is read, and its first records as they are cut, however many cells each has."""
    delimiter = delimiter_of(text, reading)
    text = text[:MOST_SHOWN]  # a line of millions of cells is not shown in full
    rows = first_records(text, delimiter, PREVIEW_ROWS)
    if not rows:
        return replace(reading, encoding=encoding), Preview()
    return _preview(rows, replace(reading, encoding=encoding, delimiter=name_of(delimiter)), reading, delimiter)


def _preview(
    records: Sequence[tuple[int, list[str]]], found: Reading, reading: Reading, delimiter: str
) -> tuple[Reading, Preview]:
    """Return how records are read, and the first ones; of a line of very many cells only the first ones are shown."""
    rows = [(line, cells[:COLUMN_LIMIT]) for line, cells in records]
    first, width = rows[0][1], max(len(cells) for _, cells in rows)
    header = header_of(rows, delimiter, reading)
    first, _ = heads_of(first) if header == "yes" and first else (first, None)
    values = rows[1:] if header == "yes" else rows
    decimal = decimal_of(columns_of([cells for _, cells in values]), delimiter, reading).sign
    names = names_of([*first, *[""] * (width - len(first))]) if header == "yes" else numbered(width)
    return replace(found, header=header, decimal=decimal), Preview(names, tuple(tuple(cells) for _, cells in values))


def _part_note(part: str) -> tuple[Message, ...]:
    """Tell which column gives the split, where one does."""
    return (Message("data.part_column", {"column": part}),) if part else ()


def _task(samples: TableSamples) -> Message:
    """Tell what is predicted: classes, a number, or several."""
    if samples.classes:
        return Message("plan.classes", {"classes": len(samples.classes)})
    return Message("plan.numbers", {"numbers": len(samples.target_names)})


def _what_of_gaps(samples: TableSamples, missing: str) -> Message:
    """Tell what is done about missing values, with the count."""
    left_out, rows = samples.rows - len(samples.inputs), samples.rows
    if missing == "drop" or not samples.gaps:
        return Message("plan.left_out", {"left_out": left_out, "rows": rows}) if left_out else Message("plan.no_gaps")
    facts: Facts = {"gaps": samples.gaps, "lacking": samples.lacking, "rows": rows}
    if not left_out:
        return Message("plan.filled", facts)
    return Message("plan.filled_in_part", {**facts, "others": Message("phrase.no_target", {"left_out": left_out})})


def _summary(samples: TableSamples) -> Message:
    """Tell what will come of the table."""
    inputs = Message("phrase.inputs", {"inputs": len(samples.input_names)})
    if len(samples.input_names) > len(samples.used):
        inputs = Message("phrase.inputs_made", {"inputs": inputs, "columns": len(samples.used)})
    facts: Facts = {"rows": len(samples.inputs), "inputs": inputs, "targets": samples.target_names}
    return Message("plan.summary", {**facts, "task": _task(samples)})
