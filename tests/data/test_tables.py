"""Chosen columns of a table become samples."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from nnplayground import resources
from nnplayground.data.csv_table import read_table
from nnplayground.data.table import Table
from nnplayground.data.tables import open_table, shipped_tables, table_samples
from nnplayground.errors import InputError
from tests.messages import all_told

FLOWERS = """length,width,site,kind
1.0,10,north,rose
2.0,20,south,tulip
NA,30,north,rose
4.0,?,south,aster
5.0,50,north,
3.0,40,north,rose
"""


def flowers() -> Table:
    """Return a small table in which three of six rows have a gap."""
    return read_table(FLOWERS.encode(), name="flowers.csv")


def columns(target: str, *cells: str) -> Table:
    """Return a table of an input `a`, counting up in halves, and a target."""
    rows = "".join(f"{row / 2},{cell}\n" for row, cell in enumerate(cells))
    return read_table(f"a,{target}\n{rows}".encode(), name="t.csv")


def test_rows_with_gaps_are_left_out_and_counted() -> None:
    samples = table_samples(flowers(), inputs=("length", "width"), targets=("kind",))
    assert samples.inputs.tolist() == [[1.0, 10.0], [2.0, 20.0], [3.0, 40.0]]
    assert all_told(samples.notes) == ("3 of 6 rows were left out because a value was missing.",)


def test_a_gap_in_a_column_that_is_not_used_does_not_matter() -> None:
    samples = table_samples(flowers(), inputs=("width",), targets=("site",))
    assert len(samples.inputs) == 5
    assert all_told(samples.notes) == ("1 of 6 rows was left out because a value was missing.",)


def test_gaps_are_filled_with_the_mean_of_the_whole_column_where_that_is_wanted() -> None:
    samples = table_samples(flowers(), inputs=("length", "width"), targets=("kind",), missing="mean")
    # length: (1 + 2 + 4 + 5 + 3) / 5 = 3, width: (10 + 20 + 30 + 50 + 40) / 5 = 30; the row without a kind is not used
    assert samples.inputs.tolist() == [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [4.0, 30.0], [3.0, 40.0]]
    assert [samples.classes[int(place)] for place in samples.targets] == ["rose", "tulip", "rose", "aster", "rose"]
    left_out, filled = all_told(samples.notes)
    assert left_out == "1 of 6 rows was left out because the target was missing."
    assert filled.startswith("2 missing numbers were filled with the mean of their column, which is that of all rows")


def test_the_gaps_of_the_inputs_are_counted_where_the_target_is_known() -> None:
    assert table_samples(flowers(), inputs=("length", "width"), targets=("kind",)).gaps == 2
    assert table_samples(flowers(), inputs=("width",), targets=("kind",)).gaps == 1
    assert table_samples(flowers(), inputs=("site",), targets=("kind",)).gaps == 0


def test_a_column_without_any_number_cannot_be_filled() -> None:
    table = read_table(b"a,b,y\n1,NA,2\n2,?,3\n", name="t.csv")
    with pytest.raises(InputError, match=r't\.csv: column "b" holds no value, so there is no mean'):
        table_samples(table, inputs=("a", "b"), targets=("y",), missing="mean")


def test_a_target_is_never_filled() -> None:
    table = read_table(b"a,y\n1,NA\n2,?\n", name="t.csv")
    with pytest.raises(InputError, match='most often in "y"; choose other columns'):
        table_samples(table, inputs=("a",), targets=("y",), missing="mean")


def test_another_rule_for_gaps_is_refused() -> None:
    with pytest.raises(InputError, match='rule for missing values is "median"; it must be one of drop, mean'):
        table_samples(flowers(), missing="median")


def test_a_table_without_gaps_needs_no_note() -> None:
    assert table_samples(columns("y", "1.5", "2.5"), targets=("y",)).notes == ()


def test_classes_are_sorted_and_targets_are_their_indices() -> None:
    samples = table_samples(flowers(), inputs=("length", "width"), targets=("kind",))
    assert samples.classes == ("rose", "tulip")
    assert samples.targets.tolist() == [0.0, 1.0, 0.0]
    assert (samples.input_names, samples.target_name) == (("length", "width"), "kind")


def test_the_plot_range_is_five_per_cent_wider_than_the_data() -> None:
    samples = table_samples(flowers(), inputs=("length", "width"), targets=("kind",))
    assert samples.bounds == pytest.approx(np.array([[0.9, 3.1], [8.5, 41.5]]))


@pytest.mark.parametrize("value", ["0", "3.5", "1e50", "-1e20"])
def test_a_column_of_equal_values_has_a_plot_range_around_them(value: str) -> None:
    table = read_table(f"a,y\n{value},1.5\n{value},2.5\n".encode(), name="t.csv")
    (low, high) = table_samples(table, inputs=("a",), targets=("y",)).bounds[0]
    assert low < float(value) < high


def test_what_is_not_chosen_is_guessed() -> None:
    samples = table_samples(flowers())
    assert (samples.input_names, samples.target_name) == (("length", "width"), "kind")
    samples = table_samples(flowers(), targets=("width",))
    assert samples.input_names == ("length",)


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (("x", "b", "x"), ("b", "x")),
        (("1", "0", "1.0"), ("0", "1")),
        (("10", "9", "-1"), ("-1", "9", "10")),
        (("1", "x", "10"), ("1", "10", "x")),
        (tuple(map(str, range(10))), tuple(map(str, range(10)))),
        (tuple(map(str, range(11))), ()),
        (("1", "0", "0.5"), ()),
        (("4", "4", "4"), ()),
    ],
)
def test_few_kinds_are_classes_and_other_numbers_are_values(cells: tuple[str, ...], classes: tuple[str, ...]) -> None:
    samples = table_samples(columns("y", *cells), inputs=("a",), targets=("y",))
    assert samples.classes == classes
    if not classes:
        assert samples.targets.tolist() == [float(cell) for cell in cells]


def test_the_task_can_be_chosen() -> None:
    table = columns("y", "1", "0", "1")
    assert table_samples(table, inputs=("a",), targets=("y",), task="regression").targets.tolist() == [
        1.0,
        0.0,
        1.0,
    ]
    halves = table_samples(columns("y", "0.5", "1", "0.1"), inputs=("a",), targets=("y",), task="classification")
    assert halves.classes == ("0.1", "0.5", "1")
    assert halves.targets.tolist() == [1.0, 2.0, 0.0]


@pytest.mark.parametrize(
    ("inputs", "target", "task", "said"),
    [
        (
            ("length",),
            "kind",
            "regression",
            'column "kind" holds text such as "rose"; choose columns of numbers.',
        ),
        (
            ("height",),
            "kind",
            "auto",
            'has no column "height"; its columns are "length", "width", "site", "kind".',
        ),
        (("length",), "color", "auto", 'has no column "color"'),
        ((), "color", "auto", 'has no column "color"'),
        (("length", "length"), "kind", "auto", "each column only once"),
        (("length", "width"), "width", "auto", "each column only once"),
        (
            ("length",),
            "kind",
            "clustering",
            '"clustering"; it must be one of auto, classification, regression',
        ),
    ],
)
def test_a_choice_that_cannot_be_learned_is_refused(inputs: tuple[str, ...], target: str, task: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        table_samples(flowers(), inputs=inputs, targets=(target,), task=task)
    assert said in str(caught.value)


@pytest.mark.parametrize("task", ["auto", "classification"])
def test_one_class_or_more_than_a_hundred_are_refused(task: str) -> None:
    with pytest.raises(InputError, match='classes in column "y" is 1; it must be 2 to 100'):
        table_samples(columns("y", "x", "x", "NA"), inputs=("a",), targets=("y",), task=task)
    many = columns("y", *(f"k{row}" for row in range(101)))
    with pytest.raises(InputError, match='classes in column "y" is 101'):
        table_samples(many, inputs=("a",), targets=("y",), task=task)
    hundred = columns("y", *(f"k{row}" for row in range(100)))
    assert len(table_samples(hundred, inputs=("a",), targets=("y",), task=task).classes) == 100


def test_a_table_in_which_every_row_has_a_gap_is_refused() -> None:
    table = read_table(b"a,b,y\n1,NA,2\n2,?,3\n3,,5\n,4,6\n", name="t.csv")
    with pytest.raises(InputError, match=r't\.csv: every row lacks a value .* most often in "b"'):
        table_samples(table, inputs=("a", "b"), targets=("y",))


def test_an_infinite_target_is_refused() -> None:
    with pytest.raises(InputError, match='line 3: column "y" holds "inf"'):
        table_samples(columns("y", "1", "inf", "2"), inputs=("a",), targets=("y",))


def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    table = open_table(str(path))
    assert (table.name, table.columns) == (str(path), ("a", "b"))


def test_an_own_file_goes_before_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "species" in open_table("penguins.csv").columns
    Path("penguins.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert open_table("penguins.csv").columns == ("a", "b")


@pytest.mark.parametrize(
    "path",
    [
        "nowhere.csv",
        "",
        "folder/penguins.csv",
        ".",
        "a\0b",
        "x" * 5000,
        "datasets/penguins.csv",
        "two\nlines",
    ],
)
def test_what_is_neither_a_file_nor_shipped_is_answered_with_what_is(path: str) -> None:
    with pytest.raises(InputError) as caught:
        open_table(path)
    assert "neither a file nor a shipped data set (penguins.csv)" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    def refuse(*_: object) -> int:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(InputError, match=r"locked\.csv could not be read: permission denied"):
        open_table(str(path))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_001)  # takes no room on the disk
    with pytest.raises(InputError, match="has 200,000,001 bytes; tables of up to 200,000,000"):
        open_table(str(path))


def test_the_penguins_are_all_there() -> None:
    table = open_table("penguins.csv")
    species = table.column("species")
    counts = {kind: species.count(kind) for kind in sorted(set(species))}
    assert counts == {"Adelie": 152, "Chinstrap": 68, "Gentoo": 124}
    samples = table_samples(table, targets=("species",))
    assert samples.classes == ("Adelie", "Chinstrap", "Gentoo")
    taken, left_out = all_told(samples.notes)
    assert taken.endswith('"body_mass_g", "year"; not the text in "island", "sex".')
    assert left_out == "2 of 344 rows were left out because a value was missing."
    # the means that the authors publish for all penguins
    means = dict(zip(samples.input_names, samples.inputs.mean(axis=0), strict=True))
    assert means["bill_length_mm"] == pytest.approx(43.92, abs=0.005)
    assert means["bill_depth_mm"] == pytest.approx(17.15, abs=0.005)
    assert means["flipper_length_mm"] == pytest.approx(200.92, abs=0.005)
    assert means["body_mass_g"] == pytest.approx(4201.75, abs=0.005)


def test_every_shipped_table_can_be_learned_and_has_its_licence_beside_it() -> None:
    assert "penguins.csv" in shipped_tables()
    for name in shipped_tables():
        assert len(table_samples(open_table(name)).inputs) > 10
        licence = resources.read_bytes(f"datasets/{name.removesuffix('.csv')}.LICENSE.txt").decode()
        assert "Licence: CC0-1.0" in licence
        assert "Source: https://" in licence
