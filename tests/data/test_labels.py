"""A class label is a text, whatever number it could be read as."""

from __future__ import annotations

import pytest

from nnplayground.data.csv_table import read_table
from nnplayground.data.table import ColumnChoices
from nnplayground.data.tables import table_samples


def classes(*cells: str, task: str = "auto", delimiter: str = ",") -> tuple[str, ...]:
    rows = "".join(f"{row}{delimiter}{cell}\n" for row, cell in enumerate(cells))
    table = read_table(f"a{delimiter}y\n{rows}".encode(), name="t.csv")
    return table_samples(table, inputs=("a",), targets=("y",), task=task).classes


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("007", "7", "042"), ("007", "7", "042")),
        (("7", "07", "007", "7"), ("007", "07", "7")),
        (("123456789012345678", "123456789012345679", "1"), ("1", "123456789012345678", "123456789012345679")),
        (("2", "10", "1"), ("1", "2", "10")),
        (("1.0", "0.0", "2.0"), ("0", "1", "2")),
        (("1", "0", "1.0"), ("0", "1")),
        (("-1", "+1"), ("-1", "+1")),
        (("-1", "1"), ("-1", "1")),
        (("01234", "12345", "99999"), ("01234", "12345", "99999")),
    ],
)
def test_whole_numbers_are_classes_under_the_names_that_they_have(
    cells: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert classes(*cells) == found
    assert classes(*cells, task="classification") == found


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("1.10", "1.1", "2"), ("1.1", "1.10", "2")),
        (("1.5", "0.5"), ("0.5", "1.5")),
        (("1e3", "1000"), ("1000", "1e3")),
    ],
)
def test_numbers_that_are_said_to_be_classes_keep_their_spelling(
    cells: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert classes(*cells, task="classification") == found
    assert classes(*cells) == () or cells == ("1e3", "1000")


def test_decimal_commas_do_not_change_the_order() -> None:
    assert classes("1,5", "0,5", "10,25", task="classification", delimiter=";") == ("0,5", "1,5", "10,25")


def test_codes_with_zeros_in_front_are_classes_however_many_there_are() -> None:
    codes = tuple(f"{row:05}" for row in range(40))
    assert classes(*codes, *codes) == codes
    assert classes(*map(str, range(40))) == ()


def test_categories_that_are_numbers_are_sorted_as_numbers() -> None:
    rows = "".join(f"{row},{cell}\n" for row, cell in enumerate(("10", "9", "010", "2")))
    table = read_table(f"a,y\n{rows}".encode(), name="t.csv").choosing(ColumnChoices(kinds=(("y", "category"),)))
    assert table_samples(table, inputs=("a",), targets=("y",)).classes == ("2", "9", "010", "10")


@pytest.mark.parametrize(("last", "are_classes"), [(1, True), (1_000_000, False)])
def test_many_long_identifiers_stay_apart(last: int, are_classes: bool) -> None:
    first = 100_000_000_000_000_000  # beyond 2**53, so that neighbours are the same float64
    names = [str(first + last * place) for place in range(50)]
    table = read_table(("a,y\n" + "".join(f"{row}.5,{names[row % 50]}\n" for row in range(200))).encode(), name="t.csv")
    assert table_samples(table).classes == (tuple(names) if are_classes else ())
