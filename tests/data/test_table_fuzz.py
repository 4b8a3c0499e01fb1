"""Whatever a file holds, and however it is to be read, the end is a table or one clear sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnplayground.data.csv_table import read_table, read_table_text
from nnplayground.data.reading import AS_FOUND, CHOICES, COLUMN_KINDS, ENCODINGS, RAGGED_RULES, Reading
from nnplayground.data.samples import Samples
from nnplayground.data.table import ColumnChoices, Table
from nnplayground.data.table_columns import column_facts
from nnplayground.data.table_plan import Wanted, glance_at, plan_table
from nnplayground.data.tables import TASKS, open_table, table_samples
from nnplayground.errors import InputError
from tests.messages import told

NUMBERS = (
    "1",
    "-2.5",
    "1e400",
    "-1E+308",
    "9" * 400,
    "inf",
    "-Infinity",
    "nan",
    "1_000",
    "0x1F",
    "1,5",
    "٣",
    "½",
    "-0",
)
GAPS = ("", "NA", "NaN", "null", "?", " ", "None", "-")
TEXTS = ("x", "class", "a b", "größe", "名", "a\nb", 'say "yes"', "a,b", "a;b", "\t", "é́", "\u2028", "=1+1", "𝕏")
CELLS = st.sampled_from(NUMBERS + GAPS + TEXTS) | st.text(max_size=8)
MARKS = st.sampled_from([",", ";", "\t", "|", " "])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
READINGS = st.builds(
    Reading,
    **{field: st.sampled_from(options) for field, options in CHOICES.items()},
    ragged=st.sampled_from(RAGGED_RULES),
)
JUNK = st.sampled_from([b"\x00", b"\xff", b"\x81", b'"', b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\x1a", b"\xd8\x00"])


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    """Files as programs write them, with rows of any length, quoted or not, in any encoding, at times damaged."""
    width = draw(st.integers(1, 5))
    row = st.lists(CELLS, min_size=width, max_size=width)
    ragged = st.lists(CELLS, max_size=7)
    rows = draw(st.lists(draw(st.sampled_from([row, row | ragged])), max_size=12))
    mark, end = draw(MARKS), draw(ENDS)
    text = io.StringIO(newline="")
    if draw(st.booleans()):
        csv.writer(text, delimiter=mark, lineterminator=end).writerows(rows)
    else:
        text.write(end.join(mark.join(cells) for cells in rows))
    encoded = text.getvalue().encode(ENCODINGS[draw(st.sampled_from(list(ENCODINGS)))], errors="replace")
    if draw(st.booleans()):
        place = draw(st.integers(0, len(encoded)))
        encoded = encoded[:place] + draw(JUNK) + encoded[place:]
    return encoded


Result = TypeVar("Result")
ANYTHING = csv_files() | st.binary(max_size=300)


def result_or_sentence(job: Callable[[], Result], name: str) -> Result | None:
    """Return the result; where there is none, the sentence must be one that a user can be shown."""
    try:
        return job()
    except InputError as error:
        sentence = str(error)
    assert len(sentence.splitlines()) == 1 and name in sentence and sentence.endswith(".")
    return None


@given(ANYTHING, READINGS)
@example(b"", AS_FOUND)
@example(b"a,b\n", AS_FOUND)
@example(b"only\n1\n2\n", AS_FOUND)
@example(b"\xff\xfea\x00", AS_FOUND)
@example(b"a b\n1 2\n", Reading(delimiter="space", header="no"))
@example(b'a,b\n"' + b"x" * 200_000 + b'",1\n', AS_FOUND)
def test_any_file_is_a_table_or_one_sentence(source: bytes, reading: Reading) -> None:
    table = result_or_sentence(partial(read_table, source, name="t.csv", reading=reading), "t.csv")
    if table is None:
        return
    assert_rectangle(table)
    assert "auto" not in vars(table.found).values()
    samples = result_or_sentence(partial(table_samples, table), "t.csv")
    if samples is not None:
        assert np.isfinite(samples.inputs).all() and np.isfinite(samples.targets).all()


def assert_rectangle(table: Table) -> None:
    """Every column has a name of its own and a text for every row."""
    assert len(set(table.columns)) == len(table.columns) >= 2
    assert all(name and len(name.splitlines()) == 1 for name in table.columns)
    assert {len(cells) for cells in table.cells} == {len(table.lines)}
    assert list(table.lines) == sorted(set(table.lines))


@given(ANYTHING, READINGS, st.sampled_from(TASKS), st.sampled_from(["drop", "mean"]), st.booleans())
def test_any_file_has_a_plan(
    tmp_path_factory: pytest.TempPathFactory, source: bytes, reading: Reading, task: str, missing: str, none: bool
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "t.csv"
    path.write_bytes(source)
    inputs: tuple[str, ...] | None = () if none else None
    plan = plan_table(str(path), "", Wanted(reading, inputs=inputs, task=task, missing=missing))
    assert bool(plan.problem) != bool(told(plan.summary))
    assert len((plan.problem or told(plan.summary)).splitlines()) == 1
    if not plan.problem:
        assert plan.target in plan.preview.columns and set(plan.inputs) < set(plan.preview.columns)


@given(csv_files(), READINGS)
@example(b"sep=;\na;b\r1;2\r", AS_FOUND)
@example(b"2.5;x\n1,5;y\n", Reading(header="yes"))
@example(b"a,b\n1,\xc3", AS_FOUND)
def test_a_first_glance_reads_a_small_file_as_the_whole_is_read(
    tmp_path_factory: pytest.TempPathFactory, source: bytes, reading: Reading
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "t.csv"
    path.write_bytes(source)
    glance, plan = glance_at(str(path), "", reading), plan_table(str(path), "", Wanted(reading))
    if plan.columns:
        assert glance.found == plan.found
        assert set(plan.preview.columns) <= set(glance.preview.columns)


@given(st.text(max_size=300), READINGS)
def test_any_text_that_is_pasted_is_a_table_or_one_sentence(text: str, reading: Reading) -> None:
    table = result_or_sentence(partial(open_table, "", text=text or " ", reading=reading), "The pasted table")
    if table is not None:
        assert_rectangle(table)


WORDS = st.text(st.characters(categories=["L", "Nd", "P", "Zs"], exclude_characters="\x00"), min_size=1, max_size=9)


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["comma", "semicolon", "tab", "bar"]),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    marks = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=marks[delimiter], quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *rows])
    source = text.getvalue().encode(ENCODINGS[encoding])
    table = read_table(source, name="t.csv", reading=Reading(encoding, delimiter, "yes", "point"))
    assert [list(row) for row in zip(*table.cells, strict=True)] == [
        [cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)
    ] or any(len(row) > 1 and not any(cell.strip() for cell in row) for row in rows)
    again = read_table_text(text.getvalue(), name="t.csv", reading=table.found)
    assert again.cells == table.cells


NAMES = st.sampled_from(["column 1", "column 2", "column 3"])


@given(csv_files(), st.dictionaries(NAMES, st.sampled_from(COLUMN_KINDS)), st.sets(NAMES), st.sets(CELLS, max_size=3))
def test_any_choices_about_the_columns_of_any_file_are_samples_or_one_sentence(
    source: bytes, kinds: dict[str, str], merged: set[str], values: set[str]
) -> None:
    choices = ColumnChoices(tuple(kinds.items()), tuple(sorted(merged)), tuple(sorted(values)))

    def samples() -> Samples:
        table = read_table(source, name="t.csv", reading=Reading(header="no", ragged="leave_out")).choosing(choices)
        column_facts(table)
        return table_samples(table, missing="mean")

    found = result_or_sentence(samples, "t.csv")
    if found is not None:
        assert np.isfinite(found.inputs).all() and np.isfinite(found.targets).all()
        assert all(name and len(name.splitlines()) == 1 for name in found.classes)
        assert not {name for name, kind in kinds.items() if kind == "left out"} & {*found.target_names}
