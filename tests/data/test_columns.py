"""What a user probably means to learn is guessed from names and cells."""

from __future__ import annotations

import pytest

from nnplayground.data.columns import number_columns, text_columns
from nnplayground.data.csv_table import read_table
from nnplayground.errors import InputError
from tests.data.guesses import guess_columns


@pytest.mark.parametrize(
    ("text", "inputs", "target"),
    [
        # the last column of few different texts
        ("a,kind,b,size\n1,x,2,s\n3,y,4,l\n", ("a", "b"), "size"),
        # a telling name comes first, however it is written
        ("Species,a,b,sex\nx,1,2,m\ny,3,4,f\n", ("a", "b"), "Species"),
        ("true_label,a,sex\nx,1,m\ny,3,f\n", ("a",), "true_label"),
        # ... even when it holds numbers
        ("y,a,b\n0.5,1,2\n0.7,3,4\n", ("a", "b"), "y"),
        ("sex,a,target\nm,1,1\nf,3,0\n", ("a",), "target"),
        # only numbers: the last column
        ("a,b,c\n1.5,2,3\n3,4,9\n", ("a", "b"), "c"),
        # text that is the same everywhere names no classes
        ("a,b,unit\n1.5,2,mm\n3,4,mm\n", ("a",), "b"),
        # a column that numbers the rows is neither
        ("id,a,kind\n7,1,x\n3,5,y\n", ("a",), "kind"),
        ("Row ID,a,kind\n7,1,x\n3,5,y\n", ("a",), "kind"),
        (",a,kind\n1,1,x\n2,5,y\n3,6,y\n", ("a",), "kind"),
        (",a,kind\n0,1,x\n1,5,y\n2,6,y\n", ("a",), "kind"),
        ("PassengerId,a,kind\n7,1,x\n3,5,y\n4,2,y\n", ("a",), "kind"),
        # ... but one that only counts is the best input of all, and an id that repeats names no row
        ("hours,a,kind\n1,1,x\n2,5,y\n3,6,y\n", ("hours", "a"), "kind"),
        ("customer_id,a,kind\n1,1,x\n1,5,y\n3,6,y\n", ("customer_id", "a"), "kind"),
        ("body mass index,a,kind\n21.5,1,x\n22.5,5,y\n23,6,y\n", ("body mass index", "a"), "kind"),
        ("a,b,index\n1.5,2,9\n3,4,5\n", ("a",), "b"),
        # ... unless there is nothing else
        ("x,y\n1,5\n2,7\n3,8\n", ("x",), "y"),
        # an empty column is no column of numbers
        ("a,b,c\n1.5,NA,3\n2,,4\n", ("a",), "c"),
    ],
)
def test_inputs_and_target_are_guessed(text: str, inputs: tuple[str, ...], target: str) -> None:
    assert guess_columns(read_table(text.encode(), name="t.csv")) == (inputs, target)


def test_text_with_many_different_values_is_not_taken_for_a_target() -> None:
    rows = "".join(f"{row * 0.5},{row % 7},name{row}\n" for row in range(21))
    assert guess_columns(read_table(f"a,b,who\n{rows}".encode(), name="t.csv")) == (("a",), "b")


def test_few_different_texts_are_inputs_where_there_are_no_numbers() -> None:
    text = "a,unit,b,kind\nx,mm,y,u\nz,mm,w,v\nx,mm,w,u\n"
    assert guess_columns(read_table(text.encode(), name="t.csv")) == (("a", "b"), "kind")


def test_a_table_without_numbers_or_few_different_texts_is_refused() -> None:
    rows = "".join(f"name{row},{'xy'[row % 2]}\n" for row in range(21))
    for text in (f"who,kind\n{rows}", "unit,kind\nmm,x\nmm,y\n", "each,kind\nc,x\nd,y\n"):
        with pytest.raises(InputError, match=r'^t\.csv has no column of numbers besides "kind", and none of 2 to 20 t'):
            guess_columns(read_table(text.encode(), name="t.csv"))


def test_columns_that_begin_with_numbers_are_offered_as_inputs() -> None:
    text = "a,kind,gap,late\n1,x,,1\n2,y,5,2\n" + "3,x,6,3\n" * 300 + "4,y,7,oops\n"
    table = read_table(text.encode(), name="t.csv")
    assert number_columns(table) == ("a", "gap", "late")
    assert text_columns(table) == ("kind",)
