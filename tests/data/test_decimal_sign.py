"""A table has one decimal sign, decided from all its columns together; every cell is then read with it."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.csv_table import read_table
from nnplayground.data.reading import Reading
from nnplayground.data.table import Table
from nnplayground.errors import InputError
from tests.messages import all_told


def table(text: str, decimal: str = "auto") -> Table:
    return read_table(text.encode(), name="t.csv", reading=Reading(decimal=decimal))


@pytest.mark.parametrize(
    ("text", "sign", "numbers"),
    [
        # a cell that fits the comma only decides for the others
        ("a;b\n1.234;x\n2.345;y\n12.500;z\n1.234,50;w\n", "comma", [1234.0, 2345.0, 12500.0, 1234.5]),
        # ... also from another column
        ("a;b\n1.234;0,5\n2.345;1,5\n12.500;2\n", "comma", [1234.0, 2345.0, 12500.0]),
        ("a;b\n1,234;2.5\n12,500;3.5\n900;4.5\n", "point", [1234.0, 12500.0, 900.0]),
        ('a,b\n"1,234",2.5\n"12,500",3.5\n900,4.5\n', "point", [1234.0, 12500.0, 900.0]),
        ("a\tb\n1.234\t1,5\n2\t2,5\n", "comma", [1234.0, 2.0]),
        # thousands grouped by spaces, and groups that fit one sign only
        ("a;b\n1 234,5;x\n12 000;y\n", "comma", [1234.5, 12000.0]),
        ("a;b\n1.234.567;x\n1.234;y\n", "comma", [1234567.0, 1234.0]),
        ('a,b\n"1,234,567",x\n"1,234",y\n', "point", [1234567.0, 1234.0]),
        ("a;b\n1'234.50;x\n1\u2019000;y\n", "point", [1234.5, 1000.0]),
        # what a spreadsheet writes
        ("a;b\n(5,5);x\n5,5-;y\n\u22125;z\n+7;w\n", "comma", [-5.5, -5.5, -5.0, 7.0]),
        ("a;b\n1\u00a0234,5 €;x\n€ 2;y\n12 %;z\n", "comma", [1234.5, 2.0, 12.0]),
        ("a;b\n'12;x\n13;y\n", "point", [12.0, 13.0]),
    ],
)
def test_all_columns_decide_together(text: str, sign: str, numbers: list[float]) -> None:
    found = table(text)
    assert found.found.decimal == sign
    assert found.kind("a") == "number"
    assert found.numeric("a").tolist() == numbers
    assert not [note for note in all_told(found.notes) if "guess" in note]


@pytest.mark.parametrize(
    ("text", "sign", "number", "said"),
    [
        ("a;b\n1,234;x\n2;y\n", "comma", 1.234, '"1,234" was read as 1.234; it is 1234 if the decimal sign is a point'),
        (
            'a,b\n"1,234",x\n2,y\n',
            "point",
            1234.0,
            '"1,234" was read as 1234; it is 1.234 if the decimal sign is a com',
        ),
        ("a,b\n1.234,x\n2,y\n", "point", 1.234, '"1.234" was read as 1.234; it is 1234 if the decimal sign is a comma'),
        ("a;b\n1.234;x\n2;y\n", "point", 1.234, '"1.234" was read as 1.234; it is 1234'),
        ("a\tb\n1,234\tx\n2\ty\n", "point", 1234.0, '"1,234" was read as 1234'),
    ],
)
def test_numbers_that_fit_both_signs_are_a_guess_that_is_told(text: str, sign: str, number: float, said: str) -> None:
    found = table(text)
    assert (found.found.decimal, found.numeric("a")[0]) == (sign, number)
    (note,) = all_told(found.notes)
    assert note.startswith("The decimal sign is a guess: ") and said in note


@pytest.mark.parametrize(
    ("decimal", "numbers"),
    [("comma", [1234.0, 2345.0, 12500.0]), ("point", [1.234, 2.345, 12.5])],
)
def test_the_choice_of_a_sign_works(decimal: str, numbers: list[float]) -> None:
    chosen = table("a;b\n1.234;x\n2.345;y\n12.500;z\n", decimal)
    assert chosen.found.decimal == decimal
    assert chosen.numeric("a").tolist() == numbers
    assert chosen.notes == ()


def test_a_late_cell_decides_where_all_before_it_fit_both_signs() -> None:
    found = table("a;b\n" + "1.234;x\n" * 20_000 + "0,5;y\n" + "1.234;x\n" * 17)
    assert found.found.decimal == "comma"
    assert set(found.numeric("a").tolist()) == {1234.0, 0.5}


def test_a_cell_with_the_other_sign_among_many_is_odd_and_told() -> None:
    found = table("a;b\n" + "1,5;x\n" * 50 + "2.5;y\n")
    assert found.found.decimal == "comma"
    assert np.count_nonzero(np.isnan(found.numeric("a"))) == 1
    assert all_told(found.notes_on(("a",))) == (
        '"a": 1 cell is no number, it stands in line 52: "2.5". It counts as missing.',
    )


@pytest.mark.parametrize(("usual", "other"), [("1,5", "2.5"), ("1.5", "2,5")])
def test_a_column_with_the_other_sign_is_told(usual: str, other: str) -> None:
    found = table("a;b;c;d\n" + f"{usual};{usual};{other};word\n" * 20)
    signs = {",": "comma", ".": "point"}
    assert found.kind("c") == "text" and found.notes_on(("a", "b", "d")) == ()
    numbers = f'its numbers, such as "{other}" in line 2, have a decimal {signs[other[1]]}'
    note = f'"c" counts as text, because {numbers}, and the table has a decimal {signs[usual[1]]}.'
    assert all_told(found.notes_on(("c",))) == (note,)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("$1,234", "$2"), '"price" is in $; the numbers were taken without the sign.'),
        (("5 %", "7%"), '"price" is in %; the numbers were taken without the sign.'),
        (("$5", "7"), '"price" is in $, but not everywhere; the numbers were taken without the sign.'),
        (("$5", "€7", "7"), '"price" is in different units, $ and €: the numbers were taken as they stand'),
        (("5", "7"), ""),
    ],
)
def test_units_are_dropped_and_told(cells: tuple[str, ...], said: str) -> None:
    rows = "".join(f'"{cell}",x\n' for cell in cells)
    found = table(f"price,b\n{rows}")
    assert found.kind("price") == "number"
    notes = all_told(found.notes_on(("price",)))
    assert notes[0].startswith(said) if said else notes == ()


def test_prose_and_names_with_signs_say_nothing_of_the_decimals() -> None:
    text = "who;x\n" + "Smith, J. (3.5 years);1,5\n" * 3
    assert table(text).found.decimal == "comma"


def test_an_unknown_sign_is_refused() -> None:
    with pytest.raises(InputError, match=r"decimal is 'dot'; it must be one of auto, point, comma"):
        Reading(decimal="dot")
