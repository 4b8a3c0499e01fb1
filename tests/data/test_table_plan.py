"""What would become of a table with some choices is told before anything is done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnplayground.data.progress import CancelledError, Progress
from nnplayground.data.reading import Reading
from nnplayground.data.table_plan import PREVIEW_ROWS, TablePlan, Wanted, plan_table
from tests.messages import all_told, told

TREES = """height,width,soil,kind
1.5,200,clay,oak
,300,sand,elm
2.5,,clay,oak
3.5,400,sand,
4.5,500,clay,elm
"""


def plan(wanted: Wanted | None = None, text: str = TREES) -> TablePlan:
    return plan_table("", text, wanted or Wanted())


def test_a_table_is_planned_as_it_is_found() -> None:
    found = plan()
    assert found.problem == ""
    assert found.found == Reading("utf-8", "comma", "yes", "point")
    assert (found.target, found.inputs, told(found.task)) == ("kind", ("height", "width"), "2 classes")
    assert told(found.gaps) == "3 of 5 rows lack a value and are left out."
    assert found.has_gaps
    assert found.scaling == "standardize"
    assert told(found.scaling_reason) == "the inputs differ in size: one varies by 3, another by 300"
    assert told(found.summary) == '2 rows, 2 inputs, predicts "kind" (2 classes).'
    assert found.preview.columns == ("height", "width", "soil", "kind")
    assert found.preview.rows[1] == ("", "300", "sand", "elm")
    assert found.preview.rows_in_all == 5


def test_choices_are_followed() -> None:
    filled = plan(Wanted(targets=("kind",), inputs=("soil", "height"), missing="mean"))
    assert filled.inputs == ("height", "soil")
    assert told(filled.gaps) == "1 missing value is filled in, 1 of 5 rows; 1 without a target is left out."
    assert told(filled.summary) == '4 rows, 3 inputs made of 2 columns, predicts "kind" (2 classes).'
    number = plan(Wanted(targets=("width",), inputs=("height",), task="regression"))
    assert told(number.task) == "a number"
    assert told(number.summary).endswith('1 input, predicts "width" (a number).')
    assert told(plan(Wanted(targets=("soil",), inputs=("width",))).gaps) == "1 of 5 rows lacks a value and is left out."


def test_no_missing_value_is_told_as_well() -> None:
    assert told(plan(text="a,b\n1,x\n2,y\n").gaps) == "No value is missing."
    assert not plan(text="a,b\n1,x\n2,y\n").has_gaps


def test_choices_that_the_table_no_longer_has_are_made_anew() -> None:
    wanted = Wanted(Reading(header="no"), targets=("kind",), inputs=("height",))
    again = plan(wanted)
    assert again.target in again.preview.columns and again.inputs
    assert again.preview.rows[0] == ("height", "width", "soil", "kind")
    assert plan(Wanted(targets=("gone",), inputs=("gone", "height"))).inputs == ("height",)


@pytest.mark.parametrize(
    ("wanted", "text", "problem"),
    [
        (Wanted(inputs=()), TREES, "Choose at least one input"),
        (
            Wanted(targets=("kind",), inputs=("height",), task="regression"),
            TREES,
            'column "kind" holds text such as "oak"',
        ),
        (Wanted(Reading(delimiter="tab")), TREES, "there is only one column"),
        (Wanted(), "a,b\n1,2\n3\n", "The pasted table, line 3: the number of cells is 1"),
        (Wanted(), "a,b\nx,y\nz,w\n", "has no column of numbers"),
        (Wanted(), "a,b\n,1\n,2\n", "The pasted table"),
    ],
)
def test_what_cannot_work_is_told_with_what_is_there(wanted: Wanted, text: str, problem: str) -> None:
    refused = plan(wanted, text)
    assert problem in refused.problem
    assert told(refused.summary) == ""
    assert refused.preview.rows
    assert "auto" not in vars(refused.found).values() or not refused.columns


def test_a_ragged_table_is_shown_as_it_was_cut() -> None:
    refused = plan(text="a,b\n1,2\n3,4,5\n6\n")
    assert refused.preview.columns == ("a", "b", "column 3")
    assert refused.preview.rows == (("1", "2"), ("3", "4", "5"), ("6",))
    assert refused.found == Reading("auto", "comma", "yes", "point")


def test_a_file_that_is_not_there_is_told() -> None:
    refused = plan_table("/nowhere/t.csv", "", Wanted())
    assert "is neither a file nor a shipped data set" in refused.problem
    assert refused.preview.rows == ()


def test_only_the_first_rows_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "".join(f"{row},{row % 2}\n" for row in range(300)), encoding="cp1252")
    shown = plan_table(str(path), "", Wanted())
    assert len(shown.preview.rows) == PREVIEW_ROWS
    assert shown.preview.rows_in_all == 300
    assert told(shown.summary).startswith("300 rows")


def test_a_first_line_of_values_is_told() -> None:
    shown = plan(text="1,2\n3,4\n5,6\n")
    assert all_told(shown.notes) == (
        "The first line holds values, so the columns are called column 1, column 2 and so on.",
    )
    assert plan(Wanted(Reading(header="no")), "1,2\n3,4\n5,6\n").notes == ()


def test_a_plan_that_nobody_wants_ends_early() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        plan_table("", TREES, replace(Wanted(), missing="mean"), progress)
