"""A column or a second table says which rows train, validate and test."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.csv_table import read_table
from nnplayground.data.parts import row_parts
from nnplayground.data.table import Table
from nnplayground.data.tables import table_samples
from nnplayground.errors import InputError
from tests.messages import all_told


def table(text: str, name: str = "t.csv") -> Table:
    return read_table(text.encode(), name=name)


ROWS = "a,part,y\n1.5,train,x\n2.5,Test,y\nNA,val,x\n3.5,Training,y\n4.5,valid,x\n5.5,testing,y\n6.5,validation,x\n"


def test_a_column_called_part_says_the_parts() -> None:
    samples = table_samples(table(ROWS))
    assert (samples.input_names, samples.target_name) == (("a",), "y")
    assert samples.parts is not None
    assert samples.parts.tolist() == [0, 2, 0, 1, 2, 1]


def test_another_column_says_them_where_it_is_named() -> None:
    rows = ROWS.replace("part", "fold")
    assert table_samples(table(rows), inputs=("a",), targets=("y",)).parts is None
    named = table_samples(table(rows), inputs=("a",), targets=("y",), part="fold")
    assert named.parts is not None and named.parts.tolist() == [0, 2, 0, 1, 2, 1]


def test_a_column_called_part_that_holds_other_words_is_one_like_any_other() -> None:
    samples = table_samples(table("a,part,y\n1.5,left,x\n2.5,train,y\n"), inputs=("a", "part"), targets=("y",))
    assert samples.parts is None and samples.used == ("a", "part")


def test_a_word_that_is_no_part_is_named_with_its_line() -> None:
    with pytest.raises(
        InputError, match=r't\.csv, line 3: column "b" holds "tset"; it must say "train", "validation", "test"'
    ):
        row_parts(table("a,b\n1,train\n2,tset\n"), "b")


def test_all_rows_of_a_second_table_test() -> None:
    first = table("a,k,y\n1,p,x\n2,q,z\n3,p,x\n")
    second = table("y;k;a;more\nz;r;4,5;1\nx;p;5,5;1\n;p;5,5;1\n", "second.csv")
    samples = table_samples(first, inputs=("a", "k"), targets=("y",), test_table=second)
    assert samples.parts is not None and samples.parts.tolist() == [0, 0, 0, 2, 2]
    assert samples.input_names == ("a", "k = p", "k = q", "k = r")
    assert samples.inputs[:, 0].tolist() == [1.0, 2.0, 3.0, 4.5, 5.5]
    assert samples.classes == ("x", "z") and samples.targets.tolist() == [0, 1, 0, 1, 0]
    assert "1 of 6 rows was left out because a value was missing." in all_told(samples.notes)


def test_a_second_table_must_have_the_columns() -> None:
    first, second = table("a,b,y\n1,2,x\n2,3,z\n"), table("a,y\n1,x\n2,z\n", "second.csv")
    with pytest.raises(InputError, match=r'second\.csv has no column "b", which t\.csv has; give both the same'):
        table_samples(first, test_table=second)


def test_what_is_odd_in_the_second_table_is_told_with_its_name() -> None:
    first = table("a,y\n" + "".join(f"{row}.5,{row}.25\n" for row in range(20)))
    second = table("a,y\n" + "".join(f"{row}.5,{row}.25\n" for row in range(20)) + "oops,1.5\n", "second.csv")
    samples = table_samples(first, test_table=second)
    assert (
        all_told(samples.notes)[0]
        == 'second.csv: "a": 1 cell is no number, it stands in line 22: "oops". It counts as missing.'
    )
    assert samples.parts is not None and np.array_equal(np.bincount(samples.parts), [20, 0, 20])


def test_a_second_table_of_which_no_row_is_left_is_refused() -> None:
    first, second = table("a,y\n1.5,2.5\n2.5,3.5\n"), table("a,y\noops,1.5\n1.5,\n", "second.csv")
    with pytest.raises(InputError, match=r"second\.csv: every row lacks a value in one of the chosen columns"):
        table_samples(first, inputs=("a",), targets=("y",), test_table=second)
    third = table("a,y\n,1.5\n,2.5\n", "third.csv")
    with pytest.raises(InputError, match=r"third\.csv: every row lacks a value in one of the chosen columns"):
        table_samples(third, inputs=("a",), targets=("y",), test_table=first)


def test_a_second_table_does_not_turn_classes_into_values() -> None:
    first = table("a,y\n" + "".join(f"{row}.5,{row % 3}\n" for row in range(9)))
    second = table("a,y\n" + "".join(f"{row}.5,{row}\n" for row in range(20)), "second.csv")
    samples = table_samples(first, inputs=("a",), targets=("y",), test_table=second)
    assert samples.classes == tuple(map(str, range(20)))
    values = table_samples(second, inputs=("a",), targets=("y",), test_table=first)
    assert values.classes == () and values.targets[-9:].tolist() == [0.0, 1.0, 2.0] * 3


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("2.5,1.5\n1e60,2.5\n3.5,3.5\n", r'second\.csv, line 3: column "a" holds "1e60"; numbers must lie'),
        ("low,1.5\nhigh,2.5\n", r'second\.csv: column "a" holds text such as "low"; choose columns of numbers'),
    ],
)
def test_what_is_refused_in_the_second_table_is_told_with_its_name_and_line(rows: str, sentence: str) -> None:
    first = table("a,y\n" + "".join(f"{row}.5,{row}.25\n" for row in range(5)))
    with pytest.raises(InputError, match=sentence):
        table_samples(first, inputs=("a",), targets=("y",), test_table=table(f"a,y\n{rows}", "second.csv"))
