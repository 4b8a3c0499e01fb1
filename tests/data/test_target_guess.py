"""What is predicted repeats or is a number; what only names its rows is neither. A doubt is told."""

from __future__ import annotations

import pytest

from nnplayground.data.columns import TargetGuess, guess_inputs, guess_targets
from nnplayground.data.csv_table import read_table
from nnplayground.data.table import Table
from nnplayground.data.tables import table_samples
from tests.messages import all_told, told


def table(head: str, *rows: str) -> Table:
    return read_table("\n".join((head, *rows)).encode(), name="t.csv")


PLACES = tuple(f"{row}.5,{row % 7}.25,{'rgb'[row % 3]}" for row in range(12))
BODIES = tuple(f"name{row},{150 + row}.5,{60 + row % 5}.5" for row in range(12))


@pytest.mark.parametrize(
    ("found", "guess"),
    [
        (table("x,y,color", *PLACES), TargetGuess(("color",), False, ("x", "y"))),
        (table("x,y,z", "1.5,2.5,3.5", "2.5,3.5,5"), TargetGuess(("z",), False, ("x", "y"))),
        (table("x,y", "1.5,2.5", "2.5,3.5"), TargetGuess(("y",), False, ("x",))),
        (table("X,Y,weight", "1.5,2.5,3.5", "2.5,3.5,5"), TargetGuess(("weight",), False, ("X", "Y"))),
        (table("x1,x2,y", "1.5,2.5,3.5", "2.5,3.5,5"), TargetGuess(("y",), False, ("x1", "x2"))),
        (table("y,x1,x2", "1.5,2.5,3.5", "2.5,3.5,5"), TargetGuess(("y",), False, ("x1", "x2"))),
        (table("name,height,weight", *BODIES), TargetGuess(("weight",), True, ("height",))),
        (table("h,name,weight", "1,Ann,5", "2,Bob,6", "3,Cid,7", "4,Dot,9"), TargetGuess(("weight",), True, ("h",))),
        (table("id,height,weight", "7,1.5,2", "9,2.5,3"), TargetGuess(("weight",), False, ("height",))),
        (table("x1,x2,x3,out", "1,2,3,4", "2,3,4,6"), TargetGuess(("out",), False, ("x1", "x2", "x3"))),
        (table("rooms,sale price,age", "1,2,3", "2,3,4"), TargetGuess(("sale price",), False, ("rooms", "age"))),
        (table("price,area", "1,2", "2,3"), TargetGuess(("price",), False, ("area",))),
        (table("sex,a,city", "m,1,A", "f,3,B", "m,2,A"), TargetGuess(("city",), True, ("sex",))),
        (table("class,a,label", "m,1,A", "f,3,B", "m,2,A"), TargetGuess(("label",), True, ("class",))),
    ],
)  # fmt: skip
def test_the_target_is_guessed_and_a_doubt_is_told(found: Table, guess: TargetGuess) -> None:
    assert guess_targets(found) == guess


def test_names_with_one_twin_are_still_names() -> None:
    rows = [f"name{row},{row}.5,{row % 4}.25" for row in range(30)]
    rows[7] = "name3,7.5,1.25"
    assert guess_targets(table("who,height,weight", *rows)).targets == ("weight",)


def test_a_doubt_is_told_with_the_samples() -> None:
    samples = table_samples(table("name,height,weight", *BODIES))
    assert samples.target_name == "weight"
    assert samples.other_targets == ("height",)
    assert table_samples(table("name,height,weight", *BODIES), targets=("weight",)).other_targets == ()


def test_what_the_guess_leaves_out_is_told() -> None:
    rows = [f"{row},{row}.5,2024-01-{row + 1:02},{'ab'[row % 2]},{'xy'[row % 2]},train" for row in range(20)]
    samples = table_samples(table("id,size,day,kind,label,part", *rows))
    assert samples.input_names == ("size",)
    assert [(entry.name, told(entry.content)) for entry in samples.left_out] == [
        ("id", "numbers of the rows"), ("day", "dates"), ("kind", "text"), ("part", "parts of the data"),
    ]  # fmt: skip
    (note,) = all_told(samples.notes)
    assert note == 'Taken as inputs: "size"; not the text in "kind", the dates in "day" and the row numbers in "id".'


@pytest.mark.parametrize("name", ["hours", "n", "x", "time", "day", "count", "year"])
def test_a_column_that_counts_is_an_input(name: str) -> None:
    rows = [f"{row},{row * row}.5" for row in range(1, 31)]
    assert guess_inputs(table(f"{name},score", *rows), "score") == (name,)
    rows = [f"{row},{row % 7},{row * row}.5" for row in range(1, 31)]
    assert guess_inputs(table(f"{name},b,score", *rows), "score") == (name, "b")


@pytest.mark.parametrize(
    "name", ["id", "ID", "Id", "index", "row", "Row ID", "PassengerId", "customer_id", "Nr.", "Unnamed: 0"]
)
def test_a_column_that_says_that_it_numbers_the_rows_and_does_is_no_input(name: str) -> None:
    rows = [f"{3 * row},{row % 7},{row * row}.5" for row in range(1, 31)]
    assert guess_inputs(table(f"{name},b,score", *rows), "score") == ("b",)
    rows = [f"{row // 2},{row % 7},{row * row}.5" for row in range(1, 31)]
    assert guess_inputs(table(f"{name},b,score", *rows), "score") == (name, "b")
    rows = [f"{row}.25,{row % 7},{row * row}.5" for row in range(1, 31)]
    assert guess_inputs(table(f"{name},b,score", *rows), "score") == (name, "b")
