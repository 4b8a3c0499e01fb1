"""A table that is saved as CSV comes back to the bit from every reader."""

from __future__ import annotations

import csv
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.errors import WorkError
from nnplayground.export.table_csv import Table, csv_text, fields, rows_of, save_table


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return head and rows as another reader finds them."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    return head, rows


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_every_number_comes_back_with_the_same_bits(numbers: list[float]) -> None:
    texts = fields(np.array(numbers))
    assert [bits(float(text)) for text in texts] == [bits(number) for number in numbers]


@given(st.lists(st.integers(-(2**53) + 1, 2**53 - 1), min_size=1))
def test_a_column_of_whole_numbers_has_no_points(numbers: list[int]) -> None:
    assert fields(np.array(numbers, dtype=np.float64)) == [str(number) for number in numbers]


def test_names_and_words_with_commas_quotes_and_other_letters_come_back(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    table: Table = {'größe, in "cm"': np.array([0.1, 2.0]), "class": ("Ä,b", 'a "c"\nd')}
    save_table(table, path)
    head, rows = read(path)
    assert head == ['größe, in "cm"', "class"]
    assert rows == [["0.1", "Ä,b"], ["2.0", 'a "c"\nd']]


def test_what_is_not_a_number_is_an_empty_field(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    save_table({"epoch": np.array([0.0, 1.0]), "cost": np.array([np.nan, 0.25]), "norm": np.array([np.inf, 1.0])}, path)
    assert read(path) == (["epoch", "cost", "norm"], [["0", "", "inf"], ["1", "0.25", "1.0"]])


def test_shorter_columns_end_in_empty_fields() -> None:
    table: Table = {"edges": np.array([1.0, 2.0, 3.0]), "counts": np.array([7, 8]), "right": np.array([True, False])}
    assert list(rows_of(table)) == [("1", "7", "1"), ("2", "8", "0"), ("3", "", "")]


def test_the_sign_of_zero_is_kept() -> None:
    assert [bits(float(text)) for text in fields(np.array([-0.0, 1.0]))] == [bits(-0.0), bits(1.0)]


def test_tabs_part_the_fields_where_a_spreadsheet_takes_them_from_the_clipboard() -> None:
    assert csv_text(["a", "b"], [["1", "x\ty"]], separator="\t") == 'a\tb\n1\t"x\ty"\n'


def test_a_folder_that_is_missing_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="choose a folder that exists"):
        save_table({"a": np.zeros(1)}, tmp_path / "no" / "a.csv")
