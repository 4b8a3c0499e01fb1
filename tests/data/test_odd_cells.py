"""One odd cell does not change what a column is: it counts as missing, and that is told."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.column_numbers import read_column
from nnplayground.data.csv_table import read_table
from nnplayground.data.table import ColumnChoices, Table
from nnplayground.data.tables import table_samples
from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.training.run.prepare import prepare
from tests.messages import all_told

RNG = np.random.default_rng(11)
ROWS = [[f"{value:.4f}" for value in row] for row in RNG.normal(size=(300, 3))]


def text(rows: list[list[str]]) -> str:
    return "x1,x2,y\n" + "".join(",".join(row) + "\n" for row in rows)


def with_cell(column: int, cell: str) -> str:
    """Return the 300 rows with another cell in line 252 of the file."""
    rows = [list(row) for row in ROWS]
    rows[250][column] = cell
    return text(rows)


def read(source: str) -> Table:
    return read_table(source.encode(), name="t.csv")


@pytest.mark.parametrize(
    "mark",
    ["-", "--", ".", "n.a.", "N/A", "none", "nil", "\\N", "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!",
     "#NULL!", "<NA>", "NaN", "NaT", "missing", "unknown", "NULL", "", "?"],
)  # fmt: skip
def test_the_usual_marks_for_missing_keep_the_roles_of_all_columns(mark: str) -> None:
    for column in (0, 1):
        samples = table_samples(read(with_cell(column, mark)))
        assert (samples.input_names, samples.target_names) == (("x1", "x2"), ("y",))
        assert len(samples.inputs) == 299
        assert all_told(samples.notes) == ("1 of 300 rows was left out because a value was missing.",)
    target = table_samples(read(with_cell(2, mark)))
    assert (target.input_names, target.target_names, len(target.inputs)) == (("x1", "x2"), ("y",), 299)
    assert all_told(target.notes) == ("1 of 300 rows was left out because a value was missing.",)


@pytest.mark.parametrize(
    ("cell", "what"),
    [("oops", "no number"), ("1.2.3", "no number"), ("1e999", "too large a number"), ("inf", "too large a number")],
)
@pytest.mark.parametrize("column", [0, 2], ids=["input", "target"])
def test_an_odd_cell_counts_as_missing_and_is_told_with_its_line(cell: str, what: str, column: int) -> None:
    samples = table_samples(read(with_cell(column, cell)))
    assert (samples.input_names, samples.target_names, len(samples.inputs)) == (("x1", "x2"), ("y",), 299)
    name = ("x1", "x2", "y")[column]
    odd, left_out = all_told(samples.notes)
    assert odd == f'"{name}": 1 cell is {what}, it stands in line 252: "{cell}". It counts as missing.'
    assert left_out.startswith("1 of 300 rows was left out")


def test_several_odd_cells_are_counted() -> None:
    rows = [list(row) for row in ROWS]
    for place in (30, 40, 299):
        rows[place][0] = "n. b."
    assert all_told(read(text(rows)).notes_on(("x1",))) == (
        '"x1": 3 cells are no number, the first stands in line 32: "n. b.". They count as missing.',
    )


@pytest.mark.parametrize(
    ("known", "odd", "is_number"),
    [(100, 5, True), (100, 6, False), (10, 1, True), (9, 1, False), (1, 0, True), (3, 3, False)],
)  # fmt: skip
def test_few_odd_cells_leave_a_column_one_of_numbers(known: int, odd: int, is_number: bool) -> None:
    cells = ["1.5"] * (known - odd) + ["odd"] * odd + [""] * 50
    column = read_column(cells, "point")
    assert (column.known, column.odd, column.first_odd) == (known, odd, known - odd if odd else -1)
    assert column.are_numbers == is_number


def test_a_kind_that_was_chosen_goes_before_what_was_found() -> None:
    rows = "a,b,y\n" + "".join(f"{row % 3},{'x' if row % 3 else row},{row}.5\n" for row in range(30))
    assert [read(rows).kind(name) for name in ("a", "b", "y")] == ["number", "text", "number"]
    chosen = read(rows).choosing(ColumnChoices(kinds=(("a", "category"), ("b", "number"))))
    assert [chosen.kind(name) for name in ("a", "b")] == ["text", "number"]
    samples = table_samples(chosen, inputs=("a", "b"), targets=("y",), missing="mean")
    assert samples.input_names == ("a = 0", "a = 1", "a = 2", "b")
    assert np.isclose(samples.inputs[1, 3], np.mean(range(0, 30, 3)))
    assert '"b": 20 cells are no number, the first stands in line 3: "x". They count as missing.' in all_told(
        samples.notes
    )


def test_a_column_that_is_left_out_is_never_used() -> None:
    table = read(text(ROWS)).choosing(ColumnChoices(kinds=(("x1", "left out"), ("y", "left out"))))
    with pytest.raises(InputError, match='has no column of numbers besides "x2"'):
        table_samples(table)
    with pytest.raises(InputError, match=r'column "x1" is left out; choose columns of numbers'):
        table_samples(table, inputs=("x1",), targets=("x2",))


def test_a_kind_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match=r't\.csv has no column "z"'):
        read(text(ROWS)).choosing(ColumnChoices(kinds=(("z", "number"),)))


def test_words_that_mark_missing_numbers_are_values_among_words() -> None:
    table = read("garage,price\nnone,1\nbuilt in,2\nnone,3\nunknown,4\n")
    assert table.texts("garage") == ("none", "built in", "none", "unknown")


def test_plus_and_minus_are_classes_where_both_stand() -> None:
    table = read("a,y\n1.5,+\n2.5,-\n3.5,+\n")
    assert table_samples(table, targets=("y",)).classes == ("+", "-")
    assert read("a,y\n1.5,x\n2.5,-\n3.5,z\n").texts("y") == ("x", "", "z")


def test_a_class_that_is_spelt_like_a_missing_value_is_kept_where_that_is_said() -> None:
    source = "a,country\n1.5,NA\n2.5,DE\n3.5,NA\n,DE\n"
    assert len(read(source).choosing(ColumnChoices(values=("NA",))).texts("country")) == 4
    samples = table_samples(read(source).choosing(ColumnChoices(values=("NA",))), targets=("country",))
    assert samples.classes == ("DE", "NA")
    assert samples.targets.tolist() == [1.0, 0.0, 1.0]
    with pytest.raises(InputError, match='classes in column "country" is 1'):
        table_samples(read(source), targets=("country",))


def test_spellings_are_merged_where_that_is_said() -> None:
    source = "a,answer\n1,yes\n2,Yes\n3,yes \n4,no\n5,NO\n6,no\n"
    apart = table_samples(read(source), targets=("answer",))
    assert apart.classes == ("NO", "Yes", "no", "yes")
    merged = table_samples(read(source).choosing(ColumnChoices(merged=("answer",))), targets=("answer",))
    assert merged.classes == ("no", "yes")
    assert merged.targets.tolist() == [1, 1, 1, 0, 0, 0]


def test_the_project_file_says_all_of_it() -> None:
    rows = "".join(f"{row % 2},{'Yes' if row % 3 else 'yes'},{'NA' if row % 2 else 'DE'}\n" for row in range(20))
    source = TableSource(
        text=f"a,b,country\n{rows}", inputs=("a", "b"), targets=("country",), merged=("b",), values=("NA",)
    )
    samples = prepare(Project(data=DataSpec(source=source))).samples
    assert samples.input_names == ("a", "b = Yes")
    assert samples.classes == ("DE", "NA")


def test_a_column_of_text_that_holds_mostly_numbers_is_told() -> None:
    rows = "a,b,y\n" + "".join(f"{row},{'x' if row % 5 == 3 else row},{row}.5\n" for row in range(30))
    note = '"b" counts as text, because 6 of its 30 cells are no numbers, the first in line 5: "x".'
    assert all_told(read(rows).notes_on(("b",))) == (note,)
    assert note in all_told(table_samples(read(rows), targets=("y",)).notes)
    assert read(rows).choosing(ColumnChoices(kinds=(("b", "category"),))).notes_on(("b",)) == ()


def test_numbers_too_large_are_not_said_to_be_missing_where_they_are_refused() -> None:
    table = read("a,y\n1e400,1.5\n2,2.5\n3,3.5\n")
    assert table.notes_on(("a",)) == ()
    with pytest.raises(InputError, match=r't\.csv, line 2: column "a" holds "1e400"; numbers must lie between'):
        table_samples(table, inputs=("a",), targets=("y",))
