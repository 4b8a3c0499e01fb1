"""Rows of another width are refused with their count, or left out with it."""

from __future__ import annotations

import pytest

from nnplayground.data.csv_table import RaggedError, read_table
from nnplayground.data.reading import Reading
from nnplayground.data.table_plan import Wanted, plan_table
from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.training.run.prepare import prepare
from tests.messages import all_told, told

TEXT = "a,b,y\n" + "".join(f"{row},{row % 3},{row}.5\n" for row in range(20)) + "1,2\n3,4,5,6\n7,8,9.5\n"
LEAVE_OUT = Reading(ragged="leave_out")


def test_they_are_refused_with_their_count_and_the_first_line() -> None:
    with pytest.raises(RaggedError) as caught:
        read_table(TEXT.encode(), name="t.csv")
    assert str(caught.value) == (
        "t.csv, line 22: the number of cells is 2; it must be 3, as in the header. "
        "2 rows of 23 are so: mend what is wrong, or leave such rows out."
    )
    assert (caught.value.count, caught.value.rows, caught.value.line) == (2, 23, 22)


def test_they_are_left_out_where_that_is_said() -> None:
    table = read_table(TEXT.encode(), name="t.csv", reading=LEAVE_OUT)
    assert table.lines == (*range(2, 22), 24)
    assert table.left_out == (22, 23)
    assert all_told(table.notes) == (
        "2 of 23 rows were left out because of another number of cells; the first stands in line 22.",
    )
    assert read_table(b"a,b\n1,2\n", name="t.csv", reading=LEAVE_OUT).notes == ()


def test_the_project_file_says_so() -> None:
    source = TableSource(text=TEXT, inputs=("a", "b"), targets=("y",), ragged="leave_out")
    samples = prepare(Project(data=DataSpec(source=source))).samples
    assert len(samples.inputs) == 21
    assert all_told(samples.notes)[0].startswith("2 of 23 rows were left out because of another number of cells")


def test_a_table_of_nothing_else_is_refused() -> None:
    with pytest.raises(InputError, match=r"t\.csv has column names but no rows"):
        read_table(b"a,b\n1\n2,3,4\n", name="t.csv", reading=LEAVE_OUT)


def test_the_plan_counts_them() -> None:
    assert plan_table("", TEXT, Wanted()).ragged == 2
    plan = plan_table("", TEXT, Wanted(LEAVE_OUT))
    assert plan.ragged == 2 and told(plan.summary).startswith("21 rows")


@pytest.mark.parametrize("line", [b"," * 100_000, b"a," * 100_000, b"x" * 100_000, b"," * 100_000 + b"\n1,2"])
def test_a_first_line_of_very_many_cells_is_told_at_once(line: bytes) -> None:
    plan = plan_table("", line.decode(), Wanted())
    assert plan.problem
    assert len(plan.preview.columns) <= 1000


def test_ragged_rows_count_among_the_rows_that_can_be_read() -> None:
    with pytest.raises(InputError, match="line 200002: there are more than 200,000 rows"):
        read_table(b"a,b\n" + b"1,2\n3\n" * 100_001, name="t.csv", reading=LEAVE_OUT)
